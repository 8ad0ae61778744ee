//! What a visitor can change about the screen for this visit: size of the text, contrast, and how far
//! up one has to reach.

use leptos::prelude::*;
use yobirin_domain::model::menu::{Access, TextSize};

use crate::browser;
use crate::browser::task::run_effect;
use crate::i18n::kiosk::Words;
use crate::kiosk::app::FOCUS_START;
use crate::kiosk::navigation::Navigation;
use crate::kiosk::state::KioskState;
use crate::kiosk::widgets::erased;

/// The card that changes it.
pub(crate) fn card(kiosk: KioskState, words: &'static Words) -> AnyView {
    let says = &words.access;
    let access = Memo::new(move |_| kiosk.navigation.with(Navigation::access));
    let change = move |change: fn(&mut Access)| {
        kiosk
            .navigation
            .update(|navigation| navigation.change_access(change));
    };
    let choice = move |label: &'static str, is_on: fn(&Access) -> bool, turn: fn(&mut Access)| {
        view! {
            <button
                type="button"
                class="button"
                aria-pressed=move || is_on(&access.read()).to_string()
                on:click=move |_| change(turn)
            >
                {label}
            </button>
        }
        .into_any()
    };
    let sizes = [
        choice(
            says.usual,
            |access| access.text_size == TextSize::Usual,
            |access| access.text_size = TextSize::Usual,
        ),
        choice(
            says.large,
            |access| access.text_size == TextSize::Large,
            |access| access.text_size = TextSize::Large,
        ),
        choice(
            says.largest,
            |access| access.text_size == TextSize::Largest,
            |access| access.text_size = TextSize::Largest,
        ),
    ];
    view! {
        <h2>{says.title}</h2>
        <div class="access" role="group" aria-label=says.size data-state="text-size">
            {sizes.into_iter().collect_view()}
        </div>
        <div class="access">
            {choice(
                says.contrast,
                |access| access.high_contrast,
                |access| access.high_contrast = !access.high_contrast,
            )}
            {choice(
                says.reach,
                |access| access.low_reach,
                |access| access.low_reach = !access.low_reach,
            )}
        </div>
    }
    .into_any()
}

/// Above every screen: opens the card.
pub(crate) fn open_button(kiosk: KioskState) -> AnyView {
    let label = move || kiosk.words().access.open;
    view! {
        <button
            type="button"
            class="button quiet tool"
            data-state="access"
            on:click=move |_| kiosk.show_overlay(Some(crate::kiosk::navigation::Overlay::Access))
        >
            <span class="aa">"Aa"</span>
            <span class="aa-words">{erased(label)}</span>
        </button>
    }
    .into_any()
}

/// Puts it on the page, where the styles look for it.
pub(crate) fn follow(kiosk: KioskState) {
    let access = Memo::new(move |_| kiosk.navigation.with(Navigation::access));
    let mut low = false;
    run_effect(move || {
        let access = access.get();
        let size = match access.text_size {
            TextSize::Usual => "",
            TextSize::Large => "large",
            TextSize::Largest => "largest",
        };
        browser::set_root_attribute("data-text", size);
        browser::set_root_attribute(
            "data-contrast",
            if access.high_contrast { "high" } else { "" },
        );
        browser::set_root_attribute("data-reach", if access.low_reach { "low" } else { "" });
        if low != access.low_reach {
            low = access.low_reach;
            browser::focus_and_scroll_to(FOCUS_START);
        }
    });
}
