//! A short list in an order that people choose: by dragging, by buttons, by the arrow keys on the
//! grip.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::{Icon, Sign};
use crate::browser::{self, drag};

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
    /// Drag, or use the arrow keys.
    pub grip: &'static str,
}

/// The list.
#[component]
pub fn SortableList(
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
    let list: NodeRef<html::Ol> = NodeRef::new();
    // The entry that is being dragged, by its key.
    let dragged = RwSignal::new(None::<String>);
    let place_of =
        move |key: &str| rows.try_with_untracked(|rows| rows.iter().position(|row| row.key == key));
    // The entry follows the pointer one place at a time, so that what is seen is what will be.
    let go_along = move |key: &str, client_y: f64| {
        // The page may be left while the pointer is down.
        let list = list.try_get_untracked().flatten();
        let (Some(list), Some(on_move)) = (list, on_move) else {
            return;
        };
        let Some(place) = place_of(key).flatten() else {
            return;
        };
        let above = drag::entries_above(&list, ".ordered-row:not(.dragged)", client_y);
        if above < place {
            on_move.run((key.to_owned(), true));
        } else if above > place {
            on_move.run((key.to_owned(), false));
        }
    };
    let moved_by_key = move |key: String, up: bool| {
        if let Some(on_move) = on_move {
            on_move.run((key.clone(), up));
            let grip = format!("[data-list='{name}'] [data-key='{key}'] [data-action=grip]");
            request_animation_frame(move || browser::focus(&grip));
        }
    };
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
                                <Icon sign=sign />
                            </button>
                        }
                    })
                };
                let grip = on_move.map(|_| {
                    view! {
                        <button
                            type="button"
                            class="button quiet small grip"
                            data-action="grip"
                            aria-label=format!("{}: {}", words.grip, row.label)
                            title=words.grip
                            on:pointerdown=move |event| {
                                // The row is drawn anew as it moves; its key stays.
                                let held = key.get_value();
                                dragged.set(Some(held.clone()));
                                drag::track_pointer(
                                    &event,
                                    move |y| go_along(&held, y),
                                    move |_| dragged.set(None),
                                );
                            }
                            on:keydown=move |event: KeyboardEvent| {
                                let up = match event.key().as_str() {
                                    "ArrowUp" => true,
                                    "ArrowDown" => false,
                                    _ => return,
                                };
                                event.prevent_default();
                                moved_by_key(key.get_value(), up);
                            }
                        >
                            <Icon sign=Sign::GRIP />
                        </button>
                    }
                });
                let up = step(true, place == 0, Sign::UP, words.up);
                let down = step(false, place == last, Sign::DOWN, words.down);
                let note =
                    (!row.note.is_empty()).then(|| view! { <span class="soft">{row.note}</span> });
                let is_dragged = move || {
                    dragged.with(|dragged| key.with_value(|key| dragged.as_ref() == Some(key)))
                };
                view! {
                    <li class="ordered-row" class:dragged=is_dragged data-key=row.key>
                        {grip}
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
                            <Icon sign=Sign::CLOSE />
                        </button>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <ol class="ordered" role="list" aria-label=label data-list=name node_ref=list hidden=move || rows.with(Vec::is_empty)>
            {entries}
        </ol>
    }
}
