// Watchdog of the kiosk: everything that must work even when the app does not. It runs outside the app, because a
// crashed app cannot restart itself. This file is its entry; each concern has a module of its own.

import "./boot_screen.js";
import { crash } from "./crash.js";
import "./hang.js";
import "./wake_lock.js";
import "./tablet_checks.js";
import "./context_menu.js";
import "./battery.js";
import "./register_service_worker.js";
import "./engine_features.js";

export const failed = crash; // for an app that does not even load
