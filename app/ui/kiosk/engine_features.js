// Features that this browser lacks, for the heartbeat (browser/watchdog.rs); set-up says what to do about each. The
// names are those of app/domain/src/engine_feature.rs.

import { attempt } from "./storage.js";

/** True when a text as long as a large call can be stored. */
const canStore = () =>
  attempt(() => {
    localStorage.setItem("yobirin.probe", "x".repeat(10_000));
    localStorage.removeItem("yobirin.probe");
    return true;
  }, false);

const isInstalled = () => ["standalone", "fullscreen"].some((mode) => matchMedia(`(display-mode: ${mode})`).matches);
const has = {
  wake_lock: () => "wakeLock" in navigator,
  full_screen: () => document.fullscreenEnabled || document.webkitFullscreenEnabled || isInstalled(),
  // `navigator.standalone` exists on iPads, whose share menu adds an app to the home screen.
  installation: () => "onbeforeinstallprompt" in window || "standalone" in navigator || isInstalled(),
  offline_start: () => "serviceWorker" in navigator,
  storage: canStore,
  persistent_storage: () => !!navigator.storage?.persist,
  battery_level: () => "getBattery" in navigator,
};
const missing = Object.keys(has).filter((name) => !has[name]());
// Without https browsers hide all of these but storage: the address is the cause, and not the browser.
const lacks = isSecureContext ? missing : ["secure_context", ...missing.filter((name) => name === "storage")];
window.yobirinLacks = lacks.join(" ");
