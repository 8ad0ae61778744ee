//! The device's menu: one big button per entry.

use leptos::prelude::*;

use crate::components::tile;
use crate::kiosk::app::RenderContext;
use crate::kiosk::navigation::Intent;
use crate::kiosk::widgets::{self, press};

pub(super) fn view(context: &RenderContext) -> AnyView {
    let words = &context.words.menu;
    let menu = &context.office.device().menu;
    let buttons = menu.iter().map(|button| {
        let intent = Intent::Press(button.id.clone());
        tile(button, context.lang, words, press(context.kiosk, intent))
    });
    let buttons = buttons.collect_view();
    let (title, empty) = match menu.is_empty() {
        true => (
            context.words.frame.not_set_up,
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
