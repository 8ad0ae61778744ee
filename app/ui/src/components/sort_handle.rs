//! Drag and drop in sortable lists: the handle that moves an entry, by a pointer or with the arrow keys.

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::prelude::*;

use super::{Icon, Sign, fresh_id};
use crate::browser::{self, drag};

/// A drag in progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drag {
    /// Index of the dragged entry.
    pub from: usize,
    /// Index of the entry before which the dragged one would be dropped; the list's length for its end.
    pub before: usize,
}

impl Drag {
    /// Index of the entry after the drop.
    #[must_use]
    pub fn to(self) -> usize {
        if self.before > self.from {
            self.before - 1
        } else {
            self.before
        }
    }

    /// Side of the entry at `index` on which the drop is marked; `None` for entries without a mark. `length` is the
    /// number of entries.
    #[must_use]
    pub fn mark_at(self, index: usize, length: usize) -> Option<&'static str> {
        if self.to() == self.from {
            None
        } else if self.before == index {
            Some("before")
        } else if self.before == length && index + 1 == length {
            Some("after")
        } else {
            None
        }
    }
}

/// Moves one entry of a list to another index; the others keep their order.
pub fn move_entry<T>(list: &mut Vec<T>, from: usize, to: usize) {
    if from < list.len() && to < list.len() {
        let entry = list.remove(from);
        list.insert(to, entry);
    }
}

/// The handle. It must be inside an `ol` or `ul` whose children are the entries.
#[component]
pub fn SortHandle(
    /// Accessible name.
    #[prop(into)]
    label: Signal<String>,
    /// Index of the entry in its list, from 0.
    #[prop(into)]
    index: Signal<usize>,
    /// Number of entries.
    #[prop(into)]
    length: Signal<usize>,
    /// The drag in progress, shared by the handles of a list.
    drag: RwSignal<Option<Drag>>,
    /// Called with the old and the new index.
    #[prop(into)]
    on_move: Callback<(usize, usize)>,
) -> impl IntoView {
    let id = fresh_id();
    let own_selector = StoredValue::new(format!("#{id}"));
    let on_pointer_down = move |event: PointerEvent| {
        let Some(list) = drag::list_of_handle(&event).filter(|_| event.button() == 0) else {
            return;
        };
        let from = index.get_untracked();
        drag.set(Some(Drag { from, before: from }));
        let on_pointer_move = move |client_y| {
            let before = drag::index_at(&list, client_y);
            let _ = drag.try_set(Some(Drag { from, before }));
        };
        let on_pointer_up = move |dropped: bool| {
            // `None` if the page was left while the pointer was down.
            let last_drag = drag.try_get_untracked().flatten();
            let _ = drag.try_set(None);
            if let Some(last_drag) = last_drag
                && dropped
                && last_drag.to() != last_drag.from
            {
                on_move.run((last_drag.from, last_drag.to()));
            }
        };
        drag::track_pointer(&event, on_pointer_move, on_pointer_up);
    };
    let on_key = move |event: KeyboardEvent| {
        let (index, length) = (index.get_untracked(), length.get_untracked());
        let to = match event.key().as_str() {
            "ArrowUp" => index.checked_sub(1),
            "ArrowDown" => Some(index + 1).filter(|to| *to < length),
            _ => return,
        };
        event.prevent_default();
        if let Some(to) = to {
            on_move.run((index, to));
            // The handle loses the focus when it is moved in the page.
            browser::focus_after_render(own_selector.get_value());
        }
    };
    view! {
        <button
            type="button"
            class="handle"
            id=id
            data-action="move"
            aria-label=move || label.get()
            title=move || label.get()
            on:pointerdown=on_pointer_down
            on:keydown=on_key
        >
            <Icon sign=Sign::GRIP />
        </button>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_lands_where_it_is_dropped() {
        for (from, before, after, marks) in [
            (0, 3, "bcad", [None, None, None, Some("before")]),
            (0, 4, "bcda", [None, None, None, Some("after")]),
            (3, 0, "dabc", [Some("before"), None, None, None]),
            (1, 1, "abcd", [None; 4]),
            (1, 2, "abcd", [None; 4]),
        ] {
            let drag = Drag { from, before };
            let mut list: Vec<char> = "abcd".chars().collect();
            move_entry(&mut list, drag.from, drag.to());
            assert_eq!(list.iter().collect::<String>(), after, "{drag:?}");
            let marked: Vec<_> = (0..4).map(|index| drag.mark_at(index, 4)).collect();
            assert_eq!(marked, marks, "{drag:?}");
        }
    }

    #[test]
    fn a_place_that_does_not_exist_moves_nothing() {
        let mut list = vec![1, 2];
        move_entry(&mut list, 0, 2);
        move_entry(&mut list, 5, 0);
        assert_eq!(list, [1, 2]);
    }
}
