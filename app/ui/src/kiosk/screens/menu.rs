//! The device's menu: one big button per entry.

use leptos::prelude::*;

use crate::components::tile;
use crate::kiosk::app::Scene;
use crate::kiosk::navigation::Intent;
use crate::kiosk::widgets::{self, press};

pub(super) fn view(scene: &Scene) -> AnyView {
    let words = &scene.words.menu;
    let menu = &scene.office.device().menu;
    let buttons = menu.iter().map(|button| {
        let intent = Intent::Press(button.id.clone());
        tile(button, scene.lang, words, press(scene.desk, intent))
    });
    let buttons = buttons.collect_view();
    let (title, empty) = match menu.is_empty() {
        true => (
            scene.words.frame.not_set_up,
            Some(view! { <p class="lead">{words.empty}</p> }),
        ),
        false => (words.greeting, None),
    };
    view! {
        <section class="menu">
            {widgets::heading(title)}
            <div class="tiles">{buttons}</div>
            {empty}
        </section>
    }
    .into_any()
}
