//! One file per screen. Each is built from a [`Scene`] and does nothing but show it and turn presses
//! into intents.

mod call;
mod confirm;
mod details;
mod find;
mod groups;
mod host_open;
mod menu;
pub(super) mod pairing;
pub(super) mod rest;

use leptos::prelude::*;

use super::flow::Screen;
use super::parts;
use super::shell::Scene;

/// Shows a screen.
pub(super) fn view(scene: &Scene, screen: Screen) -> AnyView {
    match screen {
        Screen::Menu => menu::view(scene),
        Screen::Groups { button, at } => groups::view(scene, &button, at.as_ref()),
        Screen::HostOpen { at, .. } => host_open::view(scene, at.as_ref()),
        Screen::HostClosed { .. } => find::closed(scene),
        Screen::HostSearch { .. } => find::search(scene),
        Screen::Details(chosen) => details::view(scene, &chosen),
        Screen::Confirm(chosen) => confirm::view(scene, &chosen),
        Screen::Call(id) => call::view(scene, id),
    }
}

/// Nothing but a few words.
pub(super) fn message(title: &'static str, text: &'static str) -> AnyView {
    view! {
        <section class="message">
            {parts::heading(title)}
            <p>{text}</p>
        </section>
    }
    .into_any()
}
