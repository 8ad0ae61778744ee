// Handles a crash of the app: shows a plain screen with the contact, and reloads the page after a delay that grows
// with each crash. A crashed app cannot do this itself.

import { attempt, SETTINGS_KEY } from "./storage.js";

const CRASH_COUNT_KEY = "yobirin.crashes"; // sessionStorage: consecutive crashes and the time of the last one
const CRASH_KEY = "yobirin.error"; // localStorage: the last crash; the next heartbeat reports it (browser/watchdog.rs)
const RELOAD_DELAYS_S = [1, 5, 30, 120, 300]; // by consecutive crashes: an app that crashes at every start must not reload all the time
const CRASH_RESET_MS = 10 * 60_000; // the count starts again after this long without a crash
const PANIC_REPORT_MAX_AGE_MS = 2_000; // a trap follows at once after the panic that caused it

let crashed = false;

/** Handles the first crash of this page. Later ones are its consequences, and are ignored. */
export function crash(error) {
  if (crashed) return;
  crashed = true;
  const now = Date.now();
  const last = attempt(() => JSON.parse(sessionStorage.getItem(CRASH_COUNT_KEY)), { count: 0, at: 0 });
  const count = now - last.at > CRASH_RESET_MS ? 0 : last.count;
  attempt(() => sessionStorage.setItem(CRASH_COUNT_KEY, JSON.stringify({ count: count + 1, at: now })));
  // The app's panic hook has written file, line and message already; the trap itself only says "unreachable".
  const panic = attempt(() => JSON.parse(localStorage.getItem(CRASH_KEY)), { at: 0 });
  const isReported = isTrap(error) && Math.abs(now - panic.at) < PANIC_REPORT_MAX_AGE_MS;
  if (!isReported)
    attempt(() => localStorage.setItem(CRASH_KEY, JSON.stringify({ at: now, text: describe(error) })));
  document.body.className = "kiosk-body";
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

/** The site's contact, from the cached settings; fails without them. */
const contact = () => JSON.parse(JSON.parse(localStorage.getItem(SETTINGS_KEY)).json).site.contact;
/** Message and stack. The stack begins with the message in Chromium, and not in WebKit and Firefox. */
function describe(error) {
  const [message, stack = ""] = [String(error), error?.stack];
  return (stack.startsWith(message) ? stack : `${message} ${stack}`).trim().replace(/\s+/g, " ").slice(0, 300);
}
/** True for a trap of the compiled app, which cannot run on after it. */
const isTrap = (error) => error instanceof WebAssembly.RuntimeError;

addEventListener("error", ({ error }) => isTrap(error) && crash(error));
addEventListener("unhandledrejection", ({ reason }) => isTrap(reason) && crash(reason));
