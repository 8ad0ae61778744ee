// Screen wake lock, which keeps the tablet's screen on. Browsers release it whenever the page is hidden or the battery
// is low, so it is requested again.

let wakeLock;
async function requestWakeLock() {
  if (document.visibilityState !== "visible" || (wakeLock && !wakeLock.released)) return;
  wakeLock = await navigator.wakeLock?.request("screen").catch(() => undefined);
}
for (const event of ["visibilitychange", "pointerdown", "fullscreenchange"]) document.addEventListener(event, requestWakeLock);
setInterval(requestWakeLock, 30_000);
requestWakeLock();

/** True while the screen is kept on. */
export const isAwake = () => !!wakeLock && !wakeLock.released;
