//! A short list in an order that people choose: up, down, remove.

use leptos::prelude::*;

use super::{Picture, Sign};

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What is reported about it.
    pub key: String,
    /// What it says.
    pub label: String,
    /// More about it, or `""`.
    pub note: String,
}

/// The words of the list's buttons; each is followed by the entry's own label.
#[derive(Clone, Copy, Debug)]
pub struct OrderWords {
    /// Move up.
    pub up: &'static str,
    /// Move down.
    pub down: &'static str,
    /// Take off the list.
    pub remove: &'static str,
}

/// The list.
#[component]
pub fn Ordered(
    /// What the list is, for those who hear the page.
    #[prop(into)]
    label: String,
    /// A name for tests, in `data-list`.
    name: &'static str,
    /// The entries, in order.
    #[prop(into)]
    rows: Signal<Vec<Row>>,
    /// Words of the buttons.
    words: OrderWords,
    /// Told the entry's key and true for up, false for down; without it the list has no order.
    #[prop(optional, into)]
    on_move: Option<Callback<(String, bool)>>,
    /// Told the key of an entry to take off.
    #[prop(into)]
    on_remove: Callback<String>,
    /// Marks the first entry, with these words.
    #[prop(optional)]
    first: Option<&'static str>,
) -> impl IntoView {
    let entries = move || {
        let rows = rows.get();
        let last = rows.len().saturating_sub(1);
        rows.into_iter()
            .enumerate()
            .map(|(place, row)| {
                let mark = first
                    .filter(|_| place == 0)
                    .map(|words| view! { <span class="first-group">{words}</span> });
                let key = StoredValue::new(row.key.clone());
                let label = row.label.clone();
                let step = move |up: bool, disabled: bool, sign: Sign, word: &str| {
                    on_move.map(|on_move| {
                        view! {
                            <button
                                type="button"
                                class="button quiet small"
                                data-action=if up { "up" } else { "down" }
                                disabled=disabled
                                aria-label=format!("{word}: {label}")
                                title=word.to_owned()
                                on:click=move |_| on_move.run((key.get_value(), up))
                            >
                                <Picture sign=sign />
                            </button>
                        }
                    })
                };
                let up = step(true, place == 0, Sign::Up, words.up);
                let down = step(false, place == last, Sign::Down, words.down);
                let note =
                    (!row.note.is_empty()).then(|| view! { <span class="soft">{row.note}</span> });
                view! {
                    <li class="ordered-row" data-key=row.key>
                        <span class="ordered-label">{row.label.clone()} {mark} {note}</span>
                        {up}
                        {down}
                        <button
                            type="button"
                            class="button quiet small"
                            data-action="remove"
                            aria-label=format!("{}: {}", words.remove, row.label)
                            title=words.remove
                            on:click=move |_| on_remove.run(key.get_value())
                        >
                            <Picture sign=Sign::Close />
                        </button>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <ol class="ordered" role="list" aria-label=label data-list=name hidden=move || rows.with(Vec::is_empty)>
            {entries}
        </ol>
    }
}
