//! Accessibility options of a visit: text size, contrast, and controls low on the screen, within reach from a
//! wheelchair.

use leptos::prelude::*;
use yobirin_domain::model::menu::{Accessibility, TextSize};

use crate::browser;
use crate::browser::task::run_effect;
use crate::i18n::kiosk::Words;
use crate::kiosk::navigation::{Navigation, Overlay};
use crate::kiosk::render_context::FOCUS_START;
use crate::kiosk::rendering::erased;
use crate::kiosk::state::KioskState;

/// Content of the dialog in which the visitor selects the options.
pub(crate) fn dialog_content(kiosk: KioskState, words: &'static Words) -> AnyView {
    let words = &words.accessibility;
    let accessibility = Memo::new(move |_| kiosk.navigation.with(Navigation::accessibility));
    let apply = move |change: fn(&mut Accessibility)| {
        kiosk
            .navigation
            .update(|navigation| navigation.change_accessibility(change));
    };
    let choice = move |label: &'static str,
                       is_on: fn(&Accessibility) -> bool,
                       set: fn(&mut Accessibility)| {
        view! {
            <button
                type="button"
                class="button"
                aria-pressed=move || is_on(&accessibility.read()).to_string()
                on:click=move |_| apply(set)
            >
                {label}
            </button>
        }
        .into_any()
    };
    let sizes = [
        choice(
            words.normal,
            |accessibility| accessibility.text_size == TextSize::Usual,
            |accessibility| accessibility.text_size = TextSize::Usual,
        ),
        choice(
            words.large,
            |accessibility| accessibility.text_size == TextSize::Large,
            |accessibility| accessibility.text_size = TextSize::Large,
        ),
        choice(
            words.largest,
            |accessibility| accessibility.text_size == TextSize::Largest,
            |accessibility| accessibility.text_size = TextSize::Largest,
        ),
    ];
    view! {
        <h2>{words.title}</h2>
        <div class="access" role="group" aria-label=words.text_size data-state="text-size">
            {sizes.into_iter().collect_view()}
        </div>
        <div class="access">
            {choice(
                words.high_contrast,
                |accessibility| accessibility.high_contrast,
                |accessibility| accessibility.high_contrast = !accessibility.high_contrast,
            )}
            {choice(
                words.low_reach,
                |accessibility| accessibility.low_reach,
                |accessibility| accessibility.low_reach = !accessibility.low_reach,
            )}
        </div>
    }
    .into_any()
}

/// Button of the header that opens the dialog.
pub(crate) fn open_button(kiosk: KioskState) -> AnyView {
    let label = move || kiosk.words().accessibility.open;
    view! {
        <button
            type="button"
            class="button quiet tool"
            data-state="access"
            on:click=move |_| kiosk.show_overlay(Some(Overlay::Accessibility))
        >
            <span class="text-size-sign">"Aa"</span>
            <span class="accessibility-label">{erased(label)}</span>
        </button>
    }
    .into_any()
}

/// Sets the options as attributes of the page's root, for the styles.
pub(crate) fn apply_to_page(kiosk: KioskState) {
    let accessibility = Memo::new(move |_| kiosk.navigation.with(Navigation::accessibility));
    let mut was_low_reach = false;
    run_effect(move || {
        let accessibility = accessibility.get();
        let size = match accessibility.text_size {
            TextSize::Usual => "",
            TextSize::Large => "large",
            TextSize::Largest => "largest",
        };
        browser::set_root_attribute("data-text", size);
        browser::set_root_attribute(
            "data-contrast",
            if accessibility.high_contrast {
                "high"
            } else {
                ""
            },
        );
        browser::set_root_attribute(
            "data-reach",
            if accessibility.low_reach { "low" } else { "" },
        );
        // Low reach moves the content, so it is scrolled into view again.
        if was_low_reach != accessibility.low_reach {
            was_low_reach = accessibility.low_reach;
            browser::focus_and_scroll_to(FOCUS_START);
        }
    });
}
