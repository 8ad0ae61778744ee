// Watchdog of the kiosk. It runs outside the app, because a crashed app cannot restart itself: reloads the page
// after a crash or a hang, holds the screen wake lock, registers and updates the service worker, and reports the battery.
// It also keeps the browser's menus from visitors.

const CRASH_COUNT_KEY = "yobirin.crashes"; // sessionStorage: consecutive crashes and the time of the last one
const CRASH_KEY = "yobirin.error"; // localStorage: the last crash; the next heartbeat reports it (browser/watchdog.rs)
const SETTINGS_KEY = "yobirin.settings"; // localStorage: cached settings (kiosk/session/settings_sync.rs)
const RELOAD_DELAYS_S = [1, 5, 30, 120, 300]; // grows, so that an app that crashes at every start does not spin
const CRASH_RESET_MS = 10 * 60_000; // the count starts again after this long without a crash
const HANG_TIMEOUT_MS = 60_000; // the app ticks every second
const PANIC_REPORT_MAX_AGE_MS = 2_000; // a trap follows the panic that caused it at once

const attempt = (act, otherwise) => {
  try {
    return act() ?? otherwise;
  } catch {
    return otherwise;
  }
};

// ---- boot screen and preload

const boot = document.querySelector("[data-boot]");
if (attempt(() => localStorage.getItem(SETTINGS_KEY)) !== undefined) {
  boot.hidden = true; // the menu follows in a moment, and drawing anything before it would delay it
  setTimeout(() => (boot.hidden = false), 1000);
} else if (location.pathname === "/") {
  const preload = { rel: "preload", as: "fetch", crossOrigin: "anonymous", href: "/api/settings" };
  document.head.append(Object.assign(document.createElement("link"), preload));
}

// ---- crash: a plain screen, then a reload

let crashed = false;
function crash(error) {
  if (crashed) return;
  crashed = true;
  const now = Date.now();
  const last = attempt(() => JSON.parse(sessionStorage.getItem(CRASH_COUNT_KEY)), { count: 0, at: 0 });
  const count = now - last.at > CRASH_RESET_MS ? 0 : last.count;
  attempt(() => sessionStorage.setItem(CRASH_COUNT_KEY, JSON.stringify({ count: count + 1, at: now })));
  // The app's panic hook has written file, line and message already; the trap itself only says "unreachable".
  const panic = attempt(() => JSON.parse(localStorage.getItem(CRASH_KEY)), { at: 0 });
  if (!(fatal(error) && Math.abs(now - panic.at) < PANIC_REPORT_MAX_AGE_MS))
    attempt(() => localStorage.setItem(CRASH_KEY, JSON.stringify({ at: now, text: describe(error) })));
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
  setTimeout(() => location.reload(), RELOAD_DELAYS_S[Math.min(count, RELOAD_DELAYS_S.length - 1)] * 1000);
}

const contact = () => JSON.parse(JSON.parse(localStorage.getItem(SETTINGS_KEY)).json).site.contact;
const describe = (error) => String(error?.stack ?? error).replace(/\s+/g, " ").slice(0, 300);
const fatal = (error) => error instanceof WebAssembly.RuntimeError;

addEventListener("error", ({ error }) => fatal(error) && crash(error));
addEventListener("unhandledrejection", ({ reason }) => fatal(reason) && crash(reason));
export const failed = crash; // for an app that does not even load

// ---- hang: the app has not ticked for a minute

let lastTick; // undefined until the app has started
let lastCheck = performance.now();
addEventListener("yobirin-tick", () => (lastTick = performance.now()));
setInterval(() => {
  const now = performance.now();
  // On a machine that slept, this check is as late as the tick.
  const isAwake = now - lastCheck < HANG_TIMEOUT_MS;
  lastCheck = now;
  if (isAwake && lastTick && now - lastTick > HANG_TIMEOUT_MS) crash(new Error("the app has stopped"));
}, 15_000);

// ---- screen wake lock: browsers release it whenever the page is hidden or the battery is low

let wakeLock;
async function requestWakeLock() {
  if (document.visibilityState !== "visible" || (wakeLock && !wakeLock.released)) return;
  wakeLock = await navigator.wakeLock?.request("screen").catch(() => undefined);
}
for (const event of ["visibilitychange", "pointerdown", "fullscreenchange"]) document.addEventListener(event, requestWakeLock);
setInterval(requestWakeLock, 30_000);
requestWakeLock();

// ---- long press and right click: no menu of the browser, which leads out of the kiosk

addEventListener("contextmenu", (event) => event.preventDefault());

// ---- battery level, in browsers that have the Battery Status API

navigator.getBattery?.().then(
  (battery) => {
    const read = () => (window.yobirinBattery = Math.round(battery.level * 100));
    battery.addEventListener("levelchange", read);
    read();
  },
  () => {},
);

// ---- an unpaired tablet keeps no settings

addEventListener("yobirin-forget", () => attempt(() => caches.delete("yobirin-settings-2")));

// ---- service worker: a newer one takes over by itself, and the app reloads when nobody uses it

const serviceWorker = navigator.serviceWorker;
if (serviceWorker) {
  let isFirst = serviceWorker.controller === null; // the first one takes over an app of its own version
  serviceWorker.addEventListener("controllerchange", () => {
    if (!isFirst) dispatchEvent(new Event("yobirin-update"));
    isFirst = false;
  });
  // Registered anew each time: browsers forget a worker whose first installation failed. Without https, or with
  // storage blocked, there is no service worker: the app works, except without network.
  const update = () =>
    serviceWorker.register("/sw.js", { updateViaCache: "none" }).then((registration) => registration.update()).catch(() => {});
  const start = () => {
    update();
    for (const event of ["online", "yobirin-connected"]) addEventListener(event, update);
    setInterval(update, 60 * 60_000);
  };
  addEventListener("yobirin-tick", start, { once: true }); // after the app itself has started
}
