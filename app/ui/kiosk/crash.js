// After a crash: shows a plain screen with whom to call, then reloads the page, later each time. A crashed app cannot
// do this itself.

import { attempt, SETTINGS_KEY } from "./storage.js";

const CRASH_COUNT_KEY = "yobirin.crashes"; // sessionStorage: consecutive crashes and the time of the last one
const CRASH_KEY = "yobirin.error"; // localStorage: the last crash; the next heartbeat reports it (browser/watchdog.rs)
const RELOAD_DELAYS_S = [1, 5, 30, 120, 300]; // grows, so that an app that crashes at every start does not spin
const CRASH_RESET_MS = 10 * 60_000; // the count starts again after this long without a crash
const PANIC_REPORT_MAX_AGE_MS = 2_000; // a trap follows the panic that caused it at once

let crashed = false;

/** Handles the first crash of this page; later ones are its consequences. */
export function crash(error) {
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

/** Telephone to call, from the cached settings. */
const contact = () => JSON.parse(JSON.parse(localStorage.getItem(SETTINGS_KEY)).json).site.contact;
/** Message and stack. Chromium's stack begins with the message, those of WebKit and Firefox lack it. */
function describe(error) {
  const [message, stack = ""] = [String(error), error?.stack];
  return (stack.startsWith(message) ? stack : `${message} ${stack}`).trim().replace(/\s+/g, " ").slice(0, 300);
}
/** True for a trap of the compiled app, which cannot run on after it. */
const fatal = (error) => error instanceof WebAssembly.RuntimeError;

addEventListener("error", ({ error }) => fatal(error) && crash(error));
addEventListener("unhandledrejection", ({ reason }) => fatal(reason) && crash(reason));
