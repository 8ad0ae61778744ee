// A tablet in Chromium for the measurement of answers (`bench answers` starts it): node painted.mjs PAIRING-LINK
//
// Each line on the standard input calls with the first button of the menu. Prints "called" once the screen says that
// somebody was notified, then "painted" with the time, in milliseconds since 1970, of the frame after the answer.
import { createInterface } from "node:readline";
import { browser } from "./browser.mjs";

/** Resolves in the page once something matches. */
const SEEN = `(what) => new Promise((seen) => {
  const look = () => document.querySelector(what) && (observer.disconnect(), seen());
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true, attributes: true });
  look();
})`;
const CALL = `async () => {
  const seen = ${SEEN};
  document.querySelector("[data-state=home]")?.click();
  await seen("[data-screen=menu] [data-button]");
  document.querySelector("[data-screen=menu] [data-button]").click();
  await seen("[data-wait=new]");
}`;
const PAINTED = `async () => {
  await (${SEEN})("[data-wait=answered]");
  await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
  return performance.timeOrigin + performance.now();
}`;

const { open, run, close } = await browser();
await open(process.argv[2]);
await run(SEEN, "dialog.overlay[open] [data-state=close]");
await run(`() => document.querySelector("dialog.overlay[open] [data-state=close]").click()`);
console.log("paired");
for await (const _ of createInterface({ input: process.stdin })) {
  await run(CALL);
  console.log("called");
  console.log(`painted ${Math.round(await run(PAINTED))}`);
}
await close();
process.exit(0);
