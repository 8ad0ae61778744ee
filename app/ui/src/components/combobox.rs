//! Combobox (ARIA pattern): an input that searches, and a list of choices. The typed text is only a query: its value
//! changes nothing until a choice is picked.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::{fresh_id, visible_problem};
use crate::browser;

/// Option of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComboboxOption {
    /// Key, passed to `on_pick`.
    pub key: String,
    /// Label.
    pub label: String,
    /// Further text, or `""`.
    pub note: String,
}

/// Choices that a search has found for the typed text, or the reason why there are none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SearchResult {
    /// Choices, best first.
    Choices(Vec<ComboboxOption>),
    /// The reason why there is no choice; `""` shows none.
    Nothing(String),
}

/// An input with a list of choices below it.
#[component]
pub fn Combobox(
    /// The input's `name`.
    #[prop(into)]
    name: String,
    /// Label.
    #[prop(into)]
    label: Signal<String>,
    /// Hint.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// Placeholder.
    #[prop(optional, into)]
    example: String,
    /// Problem with the picked choice.
    #[prop(optional, into)]
    problem: Signal<Option<String>>,
    /// Key of the current choice: typed text is dropped when it changes.
    #[prop(optional, into)]
    current: Signal<Option<String>>,
    /// Search function; called with `""` when the input gets the focus. May read signals.
    #[prop(into)]
    find: Callback<String, SearchResult>,
    /// Called with the key of the picked choice.
    #[prop(into)]
    on_pick: Callback<String>,
) -> impl IntoView {
    let (problem, mark_edited) = visible_problem(problem);
    let text = RwSignal::new(String::new());
    let current = Memo::new(move |_| current.get());
    Effect::new(move |earlier: Option<Option<String>>| {
        let now = current.get();
        if earlier.is_some_and(|earlier| earlier != now) {
            text.set(String::new());
        }
        now
    });
    let is_open = RwSignal::new(false);
    let active = RwSignal::new(0_usize);
    let result = Memo::new(move |_| is_open.get().then(|| find.run(text.get())));
    let choices = move || match result.get() {
        Some(SearchResult::Choices(choices)) => choices,
        Some(SearchResult::Nothing(_)) | None => Vec::new(),
    };
    let id = fresh_id();
    let list_id = format!("{id}-list");
    // When the list appears, it is scrolled clear of the bars at the window's edges.
    let scrolled_list = format!("#{list_id}");
    Effect::new(move |was_shown: Option<bool>| {
        let is_shown = !choices().is_empty();
        if is_shown && was_shown == Some(false) {
            browser::scroll_into_view_after_render(scrolled_list.clone());
        }
        is_shown
    });
    let option_id = {
        let list_id = list_id.clone();
        move |index: usize| format!("{list_id}-{index}")
    };
    let pick = move |key: String| {
        is_open.set(false);
        text.set(String::new());
        mark_edited();
        on_pick.run(key);
    };
    let on_key = move |event: KeyboardEvent| {
        if event.is_composing() {
            return; // the input method's own keys
        }
        let count = choices().len();
        match event.key().as_str() {
            "ArrowDown" if !is_open.get_untracked() => is_open.set(true),
            "ArrowDown" if count > 0 => active.update(|index| *index = (*index + 1) % count),
            "ArrowUp" if count > 0 => active.update(|index| *index = (*index + count - 1) % count),
            "Enter" => {
                if let Some(choice) = choices().into_iter().nth(active.get_untracked()) {
                    pick(choice.key);
                }
            }
            "Escape" if is_open.get_untracked() => is_open.set(false),
            _ => return,
        }
        event.prevent_default();
    };
    let option = {
        let option_id = option_id.clone();
        move |(index, choice): (usize, ComboboxOption)| {
            let key = choice.key.clone();
            let note = (!choice.note.is_empty())
                .then(|| view! { <span class="muted">{choice.note}</span> });
            view! {
                <li
                    role="option"
                    id=option_id(index)
                    data-choice=choice.key
                    aria-selected=move || if active.get() == index { "true" } else { "false" }
                    on:mousedown=move |event| {
                        // Not on click: the blur before it closes the list.
                        event.prevent_default();
                        pick(key.clone());
                    }
                >
                    <span>{choice.label}</span>
                    {note}
                </li>
            }
        }
    };
    let nothing_found = move || match result.get() {
        Some(SearchResult::Nothing(why)) if !why.is_empty() => Some(why),
        Some(SearchResult::Nothing(_) | SearchResult::Choices(_)) | None => None,
    };
    let described_by = format!("{id}-hint {id}-nothing {id}-problem");
    view! {
        <div class="field picker">
            <label for=id.clone()>{move || label.get()}</label>
            <input
                class="input"
                id=id.clone()
                name=name
                type="text"
                role="combobox"
                autocomplete="off"
                spellcheck="false"
                placeholder=example
                aria-autocomplete="list"
                aria-controls=list_id.clone()
                aria-expanded=move || if choices().is_empty() { "false" } else { "true" }
                aria-activedescendant=move || {
                    (!choices().is_empty()).then(|| option_id(active.get()))
                }
                aria-describedby=described_by
                aria-invalid=move || problem.with(|problem| problem.as_ref().map(|_| "true"))
                prop:value=move || text.get()
                on:input=move |event| {
                    text.set(event_target_value(&event));
                    active.set(0);
                    is_open.set(true);
                }
                on:focus=move |_| is_open.set(true)
                on:blur=move |_| is_open.set(false)
                on:keydown=on_key
            />
            // Chromium makes scrollable elements focusable, and this list disappears on blur.
            <ul class="suggestions" id=list_id role="listbox" tabindex="-1" hidden=move || choices().is_empty()>
                {move || choices().into_iter().enumerate().map(option.clone()).collect_view()}
            </ul>
            <p class="hint" id=format!("{id}-hint") hidden=move || hint.with(String::is_empty)>{hint}</p>
            <p class="hint picker-nothing" id=format!("{id}-nothing") role="status">{nothing_found}</p>
            <p class="problem" id=format!("{id}-problem") aria-live="polite">{move || problem.get()}</p>
        </div>
    }
}
