//! The device's menu: one button per entry.

use leptos::prelude::*;

use super::listed_calls;
use crate::components::tile;
use crate::kiosk::click_handlers::on_press;
use crate::kiosk::navigation::Intent;
use crate::kiosk::render_context::RenderContext;
use crate::kiosk::shared_views;

pub(super) fn view(context: &RenderContext) -> AnyView {
    let words = &context.words.menu;
    let menu = &context.settings.device().menu;
    let buttons = menu.iter().map(|button| {
        let intent = Intent::PressButton(button.id.clone());
        let label = context.text(&button.label);
        tile(button, label, words, on_press(context.kiosk, intent))
    });
    let buttons = buttons.collect_view();
    let (title, empty_text) = match menu.is_empty() {
        true => (
            context.words.layout.not_set_up,
            Some(view! { <p class="lead">{words.no_buttons}</p> }),
        ),
        false => (words.greeting, None),
    };
    view! {
        <section class="menu">
            <div class="menu-head">{shared_views::heading(title)} {listed_calls::view(context)}</div>
            <div class="tiles">{buttons}</div>
            {empty_text}
        </section>
    }
    .into_any()
}
