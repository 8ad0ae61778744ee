//! A short list in an order that people choose: dragged by a handle, moved with the arrow keys on the
//! handle, or one place at a time by buttons.

use leptos::prelude::*;

use super::sort_handle::{Drag, SortHandle};
use super::{Icon, Sign};

/// An entry of the list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SortableRow {
    /// Identifies the entry in callbacks.
    pub key: String,
    /// Main text, such as a name.
    pub label: String,
    /// Further text, or `""`.
    pub note: String,
}

/// Direction in which a button moves an entry.
#[derive(Clone, Copy)]
enum Direction {
    Up,
    Down,
}

impl Direction {
    /// Stable name for tests.
    fn key(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
        }
    }
}

/// Labels of the list's buttons; each is followed by the entry's own label.
#[derive(Clone, Copy, Debug)]
pub struct SortLabels {
    /// Move up.
    pub up: &'static str,
    /// Move down.
    pub down: &'static str,
    /// Take off the list.
    pub remove: &'static str,
    /// Drag, or use the arrow keys.
    pub handle: &'static str,
}

/// The list.
#[component]
pub fn SortableList(
    /// Accessible name of the list.
    #[prop(into)]
    label: String,
    /// A name for tests, in `data-list`.
    name: &'static str,
    /// The entries, in order.
    #[prop(into)]
    rows: Signal<Vec<SortableRow>>,
    /// Labels of each entry's buttons, for screen readers and tooltips.
    labels: SortLabels,
    /// Called with the old and the new index of an entry.
    #[prop(into)]
    on_move: Callback<(usize, usize)>,
    /// Called with the key of an entry to take off.
    #[prop(into)]
    on_remove: Callback<String>,
    /// Text that marks the first entry; `None` marks none.
    #[prop(optional)]
    first: Option<&'static str>,
) -> impl IntoView {
    let drag = RwSignal::new(None::<Drag>);
    let length = Memo::new(move |_| rows.with(Vec::len));
    let entry = move |(occurrence, row): (usize, SortableRow)| {
        let key = StoredValue::new(row.key.clone());
        let index = Memo::new(move |_| {
            rows.with(|rows| key.with_value(|key| index_of(rows, key, occurrence)))
                .unwrap_or_default()
        });
        let step = {
            let label = row.label.clone();
            move |direction: Direction, sign: Sign, word: &'static str| {
                let target = move || match direction {
                    Direction::Up => index.get().checked_sub(1),
                    Direction::Down => Some(index.get() + 1).filter(|to| *to < length.get()),
                };
                view! {
                    <button
                        type="button"
                        class="button quiet small"
                        data-action=direction.key()
                        disabled=move || target().is_none()
                        aria-label=format!("{word}: {label}")
                        title=word
                        on:click=move |_| {
                            if let Some(to) = untrack(target) {
                                on_move.run((index.get_untracked(), to));
                            }
                        }
                    >
                        <Icon sign=sign />
                    </button>
                }
            }
        };
        let first_mark = first.map(|text| {
            move || (index.get() == 0).then(|| view! { <span class="first-group">{text}</span> })
        });
        let note = (!row.note.is_empty()).then(|| view! { <span class="muted">{row.note}</span> });
        let drop_mark = move || drag.get()?.mark_at(index.get(), length.get());
        let is_dragged = move || drag.get().is_some_and(|drag| drag.from == index.get());
        view! {
            <li class="ordered-row" class:dragged=is_dragged data-drop=drop_mark data-key=row.key>
                <SortHandle
                    label=format!("{}: {}", labels.handle, row.label)
                    index=index
                    length=length
                    drag=drag
                    on_move=on_move
                />
                <span class="ordered-label">{row.label.clone()} " " {first_mark} " " {note}</span>
                {step(Direction::Up, Sign::UP, labels.up)}
                {step(Direction::Down, Sign::DOWN, labels.down)}
                <button
                    type="button"
                    class="button quiet small"
                    data-action="remove"
                    aria-label=format!("{}: {}", labels.remove, row.label)
                    title=labels.remove
                    on:click=move |_| on_remove.run(key.get_value())
                >
                    <Icon sign=Sign::CLOSE />
                </button>
            </li>
        }
    };
    view! {
        <ol class="ordered" role="list" aria-label=label data-list=name hidden=move || rows.with(Vec::is_empty)>
            <For each=move || with_occurrence(&rows.get()) key=Clone::clone children=entry />
        </ol>
    }
}

/// The rows, each with the number of earlier rows of its key: an invalid list may hold an entry twice.
fn with_occurrence(rows: &[SortableRow]) -> Vec<(usize, SortableRow)> {
    let numbered = rows.iter().enumerate().map(|(index, row)| {
        let earlier = rows[..index].iter().filter(|other| other.key == row.key);
        (earlier.count(), row.clone())
    });
    numbered.collect()
}

/// Index of the row with this key and number, as [`with_occurrence`] counts.
fn index_of(rows: &[SortableRow], key: &str, occurrence: usize) -> Option<usize> {
    let mut matching = rows.iter().enumerate().filter(|(_, row)| row.key == key);
    let (index, _) = matching.nth(occurrence)?;
    Some(index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_that_are_listed_twice_have_places_of_their_own() {
        let row = |key: &str| SortableRow {
            key: key.to_owned(),
            label: String::new(),
            note: String::new(),
        };
        let rows = ["a", "b", "a"].map(row);
        for (index, (occurrence, row)) in with_occurrence(&rows).into_iter().enumerate() {
            assert_eq!(index_of(&rows, &row.key, occurrence), Some(index));
        }
        assert_eq!(index_of(&rows, "a", 2), None);
    }
}
