// Before the app runs: hides the boot screen or preloads the settings.

import { attempt, SETTINGS_KEY } from "./storage.js";

const bootScreen = document.querySelector("[data-boot]");
if (attempt(() => localStorage.getItem(SETTINGS_KEY)) !== undefined) {
  // Cached settings: the menu follows in a moment, and drawing the boot screen would delay it.
  bootScreen.hidden = true;
  setTimeout(() => (bootScreen.hidden = false), 1000);
} else if (location.pathname === "/") {
  const preload = { rel: "preload", as: "fetch", crossOrigin: "anonymous", href: "/api/settings" };
  document.head.append(Object.assign(document.createElement("link"), preload));
}
