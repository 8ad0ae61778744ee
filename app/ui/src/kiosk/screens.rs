//! One file per screen. A screen renders its [`RenderContext`] and turns presses into intents.

pub(crate) mod accessibility;
mod call;
pub(crate) mod checklist;
pub(super) mod closed;
mod confirm;
mod details;
mod find;
mod groups;
mod host_open;
pub(crate) mod keyboard;
pub(crate) mod listed_calls;
mod menu;
pub(crate) mod name_mask;
pub(super) mod pairing;
mod person_card;
pub(crate) mod purpose_notice;
pub(crate) mod staff_exit;
pub(crate) mod text_entry;
mod words_on_demand;

use leptos::prelude::*;

use super::navigation::Screen;
use super::render_context::RenderContext;
use super::shared_views;

/// Renders a screen.
pub(super) fn view(context: &RenderContext, screen: Screen) -> AnyView {
    match screen {
        Screen::Menu => menu::view(context),
        Screen::Groups { button, at } => groups::view(context, &button, at.as_ref()),
        Screen::HostOpen { at, .. } => host_open::view(context, at.as_ref()),
        Screen::HostClosed { .. } => find::closed(context),
        Screen::HostSearch { .. } => find::search(context),
        Screen::Details(chosen) => details::view(context, &chosen),
        Screen::Confirm(chosen) => confirm::view(context, &chosen),
        Screen::Call(id) => call::view(context, id),
    }
}

/// A screen of a heading and a text.
pub(super) fn message(title: &'static str, text: &'static str) -> AnyView {
    view! {
        <section class="message">
            {shared_views::heading(title)}
            <p>{text}</p>
        </section>
    }
    .into_any()
}
