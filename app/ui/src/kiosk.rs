//! The kiosk: what a visitor sees on the tablet in the lobby.
//!
//! `flow`, `queue`, `idle` and their like are plain types that decide; `entry`, `courier` and `watch`
//! reach outward (network, storage, clock); `shell`, `frame` and `screens` show. They meet in `desk`.

mod access;
mod courier;
mod desk;
mod entry;
mod exit;
mod flow;
mod frame;
mod idle;
mod keys;
mod lasting;
mod mask;
mod office;
mod order;
mod pairing;
mod parts;
mod queue;
mod renewal;
mod screens;
mod shell;
mod typed;
mod watch;

use leptos::prelude::*;

/// Starts the kiosk in the page's body.
pub fn start() {
    mount_to_body(|| {
        let desk = desk::Desk::new();
        watch::start(desk);
        crate::platform::keep_focus::keep();
        entry::open(desk);
        // The boot screen stays until there is more to show than that things are loading.
        move || {
            desk.drawn.get().then(|| {
                crate::platform::boot_done();
                shell::view(desk)
            })
        }
    });
}
