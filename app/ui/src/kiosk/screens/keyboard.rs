//! On-screen keyboards, for visitors without an input method: the table of Japanese syllables (五十音) and Latin
//! letters. They append to an input and leave the focus in it, so that a hardware keyboard works as well.

use leptos::ev::MouseEvent;
use leptos::html::Input;
use leptos::prelude::*;
use yobirin_domain::model::lang::Lang;

use super::text_entry::apply_key;
use crate::browser;
use crate::i18n::kiosk::Keyboard;
use crate::kiosk::rendering::erased;
use crate::kiosk::shared_views::measured_bar;

/// Layout of the on-screen keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    Kana,
    Latin,
    /// No keys: the tablet's own keyboard is used.
    Device,
}

/// Keys of the table of Japanese syllables (五十音), column by column from the right; `_` is a gap.
const KANA: &str = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもや_ゆ_よらりるれろわをんー_";
/// Keys with Latin letters, and the hyphen and apostrophe of names.
const LATIN: &str = "qwertyuiopasdfghjkl-zxcvbnm'";

/// The layout that a language starts with. Kanji are typed on the tablet's own keyboard, so it comes first where
/// names are found only as they are written.
pub(crate) fn initial_layout(lang: Lang, is_found_only_as_written: bool) -> Layout {
    match lang {
        _ if is_found_only_as_written || browser::is_phone_window() => Layout::Device,
        Lang::Ja => Layout::Kana,
        Lang::En | Lang::Zh | Lang::Ko | Lang::Vi => Layout::Latin,
    }
}

/// The keyboard of an input; `on_key` is called after each key.
pub(crate) fn view(
    words: &'static Keyboard,
    layout: RwSignal<Layout>,
    input: NodeRef<Input>,
    on_key: impl Fn() + 'static,
) -> AnyView {
    let press = move |event: MouseEvent| {
        let key = browser::pressed_key(&event);
        let (Some(key), Some(input)) = (key, input.get_untracked()) else {
            return;
        };
        input.set_value(&apply_key(&input.value(), &key));
        on_key();
    };
    let layout_button = move |option: Layout, label: &'static str| {
        view! {
            <button
                type="button"
                class="button"
                aria-pressed=move || (layout.get() == option).to_string()
                on:click=move |_| {
                    layout.set(option);
                    browser::focus("#find");
                }
            >
                {label}
            </button>
        }
    };
    let keys = move || match layout.get() {
        Layout::Kana => {
            let marks = [
                ("voiced", "゛", words.voiced),
                ("half-voiced", "゜", words.half_voiced),
                ("small", "小", words.small_kana),
            ];
            keys_of(words, KANA, "keys kana", &marks)
        }
        Layout::Latin => keys_of(words, LATIN, "keys latin", &[]),
        Layout::Device => ().into_any(),
    };
    let bar = measured_bar("--pad-height");
    view! {
        // A press must not move the focus out of the input.
        <div class="keyboard" node_ref=bar role="group" aria-label=words.label on:mousedown=|event| event.prevent_default() on:click=press>
            <div class="keyboard-layouts">
                {layout_button(Layout::Kana, words.kana)} {layout_button(Layout::Latin, words.latin)} {layout_button(Layout::Device, words.device)}
            </div>
            {erased(keys)}
        </div>
    }
    .into_any()
}

/// Keys of a layout: the letters, the marks (each with its key's name, text and accessible name), and space and
/// deletion.
fn keys_of(
    words: &'static Keyboard,
    letters: &'static str,
    class: &'static str,
    marks: &[(&'static str, &'static str, &'static str)],
) -> AnyView {
    let letter = |c: char| match c {
        '_' => view! { <span></span> }.into_any(),
        c => key(c.to_string(), c.to_string(), None),
    };
    let marks = marks
        .iter()
        .map(|(name, text, label)| key((*name).to_owned(), (*text).to_owned(), Some(*label)));
    view! {
        <div class=class>{letters.chars().map(letter).collect_view()}</div>
        <div class="keys more">
            {marks.collect_view()}
            <button type="button" class="key wide" data-key=" ">{words.space}</button>
            <button type="button" class="key wide" data-key="erase">{words.delete}</button>
            <button type="button" class="key wide" data-key="clear">{words.clear}</button>
        </div>
    }
    .into_any()
}

/// A key. `name` is the letter or function for [`apply_key`]; `label` is the accessible name where the text is none.
fn key(name: String, text: String, label: Option<&'static str>) -> AnyView {
    view! { <button type="button" class="key" data-key=name aria-label=label>{text}</button> }
        .into_any()
}
