// Hang detection: an app that has not ticked for a minute counts as crashed.

import { crash } from "./crash.js";

const HANG_TIMEOUT_MS = 60_000; // the app ticks every second

let lastTick; // undefined until the app has started
let lastCheck = performance.now();
addEventListener("yobirin-tick", () => (lastTick = performance.now()));
setInterval(() => {
  const now = performance.now();
  // After the machine has slept, this check is late as well, and the app has not hung.
  const isAwake = now - lastCheck < HANG_TIMEOUT_MS;
  lastCheck = now;
  if (isAwake && lastTick && now - lastTick > HANG_TIMEOUT_MS) crash(new Error("the app has stopped"));
}, 15_000);
