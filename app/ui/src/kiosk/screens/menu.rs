//! The device's menu: one big button per entry.

use leptos::prelude::*;
use yobirin_domain::menu::{Action, Button};

use crate::components::{Picture, Sign};
use crate::kiosk::flow::Intent;
use crate::kiosk::parts::{self, press};
use crate::kiosk::shell::Scene;

pub(super) fn view(scene: &Scene) -> AnyView {
    let words = &scene.words.menu;
    let menu = &scene.office.device().menu;
    let buttons = menu.iter().map(|button| tile(scene, button)).collect_view();
    let empty = menu
        .is_empty()
        .then(|| view! { <p class="lead">{words.empty}</p> });
    view! {
        <section class="menu">
            {parts::heading(words.greeting)}
            <div class="tiles">{buttons}</div>
            {empty}
        </section>
    }
    .into_any()
}

fn tile(scene: &Scene, button: &Button) -> AnyView {
    let label = button.label.best(scene.lang).to_owned();
    view! {
        <button
            type="button"
            class="tile"
            data-button=button.id.to_string()
            on:click=press(scene.desk, Intent::Press(button.id.clone()))
        >
            <span class="tile-icon">
                <Picture sign=Sign::Of(button.icon) />
            </span>
            <span class="tile-words">
                <span class="tile-label">{label}</span>
                <span class="tile-hint">{hint(scene, button)}</span>
            </span>
        </button>
    }
    .into_any()
}

/// What will happen, in a few words.
fn hint(scene: &Scene, button: &Button) -> &'static str {
    let words = &scene.words.menu;
    match button.action {
        Action::GroupSelection { .. } => words.group,
        Action::Custom { .. } if button.ask.is_nothing() => words.call_now,
        Action::Custom { .. } => words.call,
        Action::HostOpen => words.open,
        Action::HostClosed => words.closed,
        Action::HostSearch => words.search,
    }
}
