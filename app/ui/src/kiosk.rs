//! The kiosk: the visitors' app on the tablet in the lobby.
//!
//! `navigation`, `calls::queue` and `idle` are plain state machines; `state` holds them as signals. `session` and
//! `calls::sync` use network, storage and clock; `controller` performs the visitor's actions. `app`,
//! `layout` and `screens` render.

mod app;
mod calls;
mod click_handlers;
mod controller;
mod idle;
mod idle_phase;
mod layout;
mod navigation;
mod render_context;
mod rendering;
mod screens;
mod session;
mod shared_views;
mod state;
mod static_signal;

use leptos::prelude::*;

use crate::browser;

/// Starts the kiosk in the page's body.
pub fn start() {
    mount_to_body(|| {
        browser::watchdog::report_panics();
        let kiosk = state::KioskState::new();
        session::events::start(kiosk);
        browser::keep_focus::install();
        session::boot::open(kiosk);
        // The boot screen stays until the first screen can be rendered.
        move || {
            kiosk.is_boot_done.get().then(|| {
                browser::remove_boot_screen();
                app::view(kiosk)
            })
        }
    });
}
