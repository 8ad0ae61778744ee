// Checks of the tablet that the browser can detect, for the checklist, known before the app starts and updated once a
// second: one bit for each, in the order of browser/tablet_checks.rs.

import { isAwake } from "./wake_lock.js";

const { userAgent, maxTouchPoints } = navigator;
const isIpad = /iP(ad|hone)/.test(userAgent) || (userAgent.includes("Mac") && maxTouchPoints > 1); // iPads call themselves Macs
const isMode = (mode) => matchMedia(`(display-mode: ${mode})`).matches;

function update() {
  const isFullScreen = isMode("fullscreen") || !!document.fullscreenElement;
  const isApp = isFullScreen || isMode("standalone") || !!navigator.standalone;
  const isReachable = !/^(localhost|.*\.localhost|127\..*|0\.0\.0\.0|\[::1?\])$/.test(location.hostname);
  const isHttps = location.protocol === "https:";
  const checks = [isReachable, isHttps, isApp, isFullScreen || (isIpad && isApp), isAwake(), isIpad, userAgent.includes("Android")];
  window.yobirinChecks = checks.reduce((bits, check, index) => bits | (check << index), 0);
}

update();
addEventListener("yobirin-tick", update);
