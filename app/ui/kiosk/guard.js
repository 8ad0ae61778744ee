// Watches over the app from outside, because the app cannot when it has broken: brings it back after a
// crash, keeps the screen on, and keeps the service worker up to date. It decides nothing else.

const CRASHES = "yobirin.crashes"; // sessionStorage: how many in a row, and when the last one was
const ERROR = "yobirin.error"; // localStorage: the last one, for the next sign of life
const SETTINGS = "yobirin.settings"; // localStorage: the last ones, written by entry.rs
const WAITS = [1, 5, 30, 120, 300]; // seconds until the next try, so that a broken app cannot spin
const CALM = 10 * 60_000; // after so long without a crash, counting starts anew
const HUNG = 60_000; // the app ticks every second; so long without a tick, it has stopped

const attempt = (act, otherwise) => {
  try {
    return act() ?? otherwise;
  } catch {
    return otherwise;
  }
};

// ---- with settings at hand the menu is here in a moment; without, they are asked for at once

const boot = document.querySelector("[data-boot]");
if (attempt(() => localStorage.getItem(SETTINGS)) !== undefined) {
  boot.hidden = true; // what is drawn first keeps the menu waiting
  setTimeout(() => (boot.hidden = false), 1000);
} else if (location.pathname === "/") {
  const asked = { rel: "preload", as: "fetch", crossOrigin: "anonymous", href: "/api/settings" };
  document.head.append(Object.assign(document.createElement("link"), asked));
}

// ---- a crash: a plain screen, and the app anew after a while

let broken = false;
function crash(error) {
  if (broken) return;
  broken = true;
  const now = Date.now();
  const last = attempt(() => JSON.parse(sessionStorage.getItem(CRASHES)), { count: 0, at: 0 });
  const count = now - last.at > CALM ? 0 : last.count;
  attempt(() => sessionStorage.setItem(CRASHES, JSON.stringify({ count: count + 1, at: now })));
  attempt(() => localStorage.setItem(ERROR, JSON.stringify({ at: now, text: describe(error) })));
  document.body.className = "face-kiosk";
  document.body.innerHTML =
    '<div class="boot" data-state="crashed" role="alert"><div class="message"><p class="heading" lang="ja">少々お待ちください</p><p lang="ja">この画面は自動で読み込み直します。お急ぎの方は、お約束の相手に直接ご連絡ください。</p><p lang="en">One moment, please: this screen reloads by itself. If you are in a hurry, please contact the person you are visiting directly.</p></div></div>';
  const { name = "", phone = "" } = attempt(contact, {});
  if (phone.trim()) {
    const line = document.createElement("p");
    line.className = "heading";
    line.textContent = `☎ ${name} ${phone}`;
    document.querySelector(".message").append(line);
  }
  setTimeout(() => location.reload(), WAITS[Math.min(count, WAITS.length - 1)] * 1000);
}

const contact = () => JSON.parse(JSON.parse(localStorage.getItem(SETTINGS)).json).site.contact;
const describe = (error) => String(error?.stack ?? error).replace(/\s+/g, " ").slice(0, 300);
const fatal = (error) => error instanceof WebAssembly.RuntimeError;

addEventListener("error", ({ error }) => fatal(error) && crash(error));
addEventListener("unhandledrejection", ({ reason }) => fatal(reason) && crash(reason));
export const failed = crash;

let ticked; // never, until the app has started
let watched = performance.now();
addEventListener("yobirin-tick", () => (ticked = performance.now()));
setInterval(() => {
  const now = performance.now();
  // A machine that slept has not ticked either, and wakes with both late.
  const awake = now - watched < HUNG;
  watched = now;
  if (awake && ticked && now - ticked > HUNG) crash(new Error("the app has stopped"));
}, 15_000);

// ---- the screen stays on; browsers let go whenever the page is hidden or the battery is low

let lock;
async function stayAwake() {
  if (document.visibilityState !== "visible" || (lock && !lock.released)) return;
  lock = await navigator.wakeLock?.request("screen").catch(() => undefined);
}
for (const moment of ["visibilitychange", "pointerdown", "fullscreenchange"]) document.addEventListener(moment, stayAwake);
setInterval(stayAwake, 30_000);
stayAwake();

// ---- the battery, where the browser tells

navigator.getBattery?.().then(
  (battery) => {
    const read = () => (window.yobirinBattery = Math.round(battery.level * 100));
    battery.addEventListener("levelchange", read);
    read();
  },
  () => {},
);

// ---- a tablet that is none any more keeps nothing of the office

addEventListener("yobirin-forget", () => attempt(() => caches.delete("yobirin-settings-2")));

// ---- the service worker: a newer one takes over by itself, and the app reloads when nobody uses it

const workers = navigator.serviceWorker;
if (workers) {
  let first = workers.controller === null; // the first one takes over an app that is as new as itself
  workers.addEventListener("controllerchange", () => {
    if (!first) dispatchEvent(new Event("yobirin-update"));
    first = false;
  });
  // Each time anew: where the first one could not be installed, the browser has forgotten it. Without
  // https, or with storage blocked, there is none: the app works all the same, but not without network.
  const look = () =>
    workers.register("/sw.js", { updateViaCache: "none" }).then((registration) => registration.update()).catch(() => {});
  const start = () => {
    look();
    for (const moment of ["online", "yobirin-connected"]) addEventListener(moment, look);
    setInterval(look, 60 * 60_000);
  };
  addEventListener("yobirin-tick", start, { once: true }); // the app itself comes first
}
