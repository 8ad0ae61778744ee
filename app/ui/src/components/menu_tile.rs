//! A button of a tablet's menu as visitors see it; shared by the kiosk and set-up's preview.

use leptos::ev::MouseEvent;
use leptos::prelude::*;
use yobirin_domain::model::menu::{Action, Button};

use super::{Icon, Sign};
use crate::i18n::kiosk::Menu;

/// The button, with its label in one language.
pub fn tile(
    button: &Button,
    label: &str,
    words: &Menu,
    press: impl Fn(MouseEvent) + 'static,
) -> AnyView {
    view! {
        <button type="button" class="tile" data-button=button.id.to_string() on:click=press>
            <span class="tile-icon">
                <Icon sign=Sign::of(button.icon) />
            </span>
            <span class="tile-text">
                <span class="tile-label">{label.to_owned()}</span>
                <span class="tile-hint">{hint(button, words)}</span>
            </span>
        </button>
    }
    .into_any()
}

/// Short description of the button's effect.
fn hint(button: &Button, words: &Menu) -> &'static str {
    match button.action {
        Action::GroupSelection { .. } => words.group_hint,
        Action::Custom { .. } if button.ask.is_nothing() => words.call_now_hint,
        Action::Custom { .. } => words.call_hint,
        Action::HostOpen => words.host_open_hint,
        Action::HostClosed => words.host_closed_hint,
        Action::HostSearch => words.host_search_hint,
    }
}
