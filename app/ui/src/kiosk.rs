//! The kiosk: what a visitor sees on the tablet in the lobby.
//!
//! `navigation`, `calls::queue`, `idle` and their like are plain types that decide; `session` and
//! `calls::sync` reach outward (network, storage, clock); `app`, `layout` and `screens` show. They meet
//! in `state`.

mod app;
mod calls;
mod idle;
mod layout;
mod navigation;
mod screens;
mod session;
mod state;
mod static_signal;
mod widgets;

use leptos::prelude::*;

/// Starts the kiosk in the page's body.
pub fn start() {
    mount_to_body(|| {
        let kiosk = state::KioskState::new();
        session::events::start(kiosk);
        crate::browser::keep_focus::install();
        session::boot::open(kiosk);
        // The boot screen stays until there is more to show than that things are loading.
        move || {
            kiosk.is_boot_done.get().then(|| {
                crate::browser::remove_boot_screen();
                app::view(kiosk)
            })
        }
    });
}
