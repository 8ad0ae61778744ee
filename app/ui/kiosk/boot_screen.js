// Boot screen, and preload of the settings while the app itself is loading.

import { attempt, SETTINGS_KEY } from "./storage.js";

const bootScreen = document.querySelector("[data-boot]");
if (attempt(() => localStorage.getItem(SETTINGS_KEY)) !== undefined) {
  bootScreen.hidden = true; // the menu follows in a moment, and drawing anything before it would delay it
  setTimeout(() => (bootScreen.hidden = false), 1000);
} else if (location.pathname === "/") {
  const preload = { rel: "preload", as: "fetch", crossOrigin: "anonymous", href: "/api/settings" };
  document.head.append(Object.assign(document.createElement("link"), preload));
}
