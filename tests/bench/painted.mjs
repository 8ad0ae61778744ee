// A tablet in Chromium for the measurement of answers (`bench answers` starts it): node painted.mjs PAIRING-LINK
//
// Each line on the standard input calls with the first button of the menu. Prints "called" once the screen says that
// somebody was notified, then "painted" with the time, in milliseconds since 1970, of the frame after the answer.
import { createInterface } from "node:readline";
import { browser } from "./browser.mjs";

/** Script that resolves once an element matches. */
const UNTIL_SEEN = `(selector) => new Promise((seen) => {
  const look = () => document.querySelector(selector) && (observer.disconnect(), seen());
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true, attributes: true });
  look();
})`;
/** Script that calls with the first button, and resolves once the call waits for an answer. */
const CALL = `async () => {
  const seen = ${UNTIL_SEEN};
  document.querySelector("[data-state=home], [data-state=done]")?.click();
  await seen("[data-screen=menu] [data-button]");
  document.querySelector("[data-screen=menu] [data-button]").click();
  await seen("[data-wait=new]");
}`;
/** Script that resolves to the time of the frame after the answer. */
const PAINTED = `async () => {
  await (${UNTIL_SEEN})("[data-wait=answered]");
  await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
  return performance.timeOrigin + performance.now();
}`;

const { open, run, close } = await browser();
await open(process.argv[2]);
await run(UNTIL_SEEN, "dialog.overlay[open] [data-state=close]");
await run(`() => document.querySelector("dialog.overlay[open] [data-state=close]").click()`);
console.log("paired");
for await (const _ of createInterface({ input: process.stdin })) {
  await run(CALL);
  console.log("called");
  console.log(`painted ${Math.round(await run(PAINTED))}`);
}
await close();
process.exit(0);
