//! Drag and drop of list entries with mouse, pen or finger.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::ev;
use leptos::prelude::{WindowListenerHandle, window_event_listener};
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};

/// The list around the drag handle that listens to `event`.
#[must_use]
pub fn list_of_handle(event: &PointerEvent) -> Option<Element> {
    let handle = event.current_target()?.dyn_into::<Element>().ok()?;
    handle.closest("ol, ul").ok().flatten()
}

/// The index at which an entry that is dropped at a vertical position in the window is inserted: the number of entries
/// whose middle is above it.
#[must_use]
pub fn index_at(list: &Element, client_y: f64) -> usize {
    let entries = list.children();
    let entries = (0..entries.length()).filter_map(|i| entries.item(i));
    entries.filter(|entry| is_above(entry, client_y)).count()
}

/// Tracks a pressed pointer until it is released or the drag is cancelled. `on_move` receives its vertical position
/// in the window; `on_end` receives true for a drop and false for a cancelled drag.
///
/// The listeners are the window's, because the dragged element may be rendered again during the drag.
pub fn track_pointer(
    event: &PointerEvent,
    on_move: impl Fn(f64) + 'static,
    on_end: impl Fn(bool) + 'static,
) {
    let listeners: Rc<RefCell<Vec<WindowListenerHandle>>> = Rc::default();
    let pointer = event.pointer_id();
    let finish: Rc<dyn Fn(bool)> = {
        let listeners = Rc::clone(&listeners);
        Rc::new(move |dropped: bool| {
            for listener in listeners.borrow_mut().drain(..) {
                listener.remove();
            }
            on_end(dropped);
        })
    };
    let finish_with = |dropped: bool| {
        let finish = Rc::clone(&finish);
        move |event: PointerEvent| {
            if event.pointer_id() == pointer {
                finish(dropped);
            }
        }
    };
    let moves = window_event_listener(ev::pointermove, move |event| {
        if event.pointer_id() == pointer {
            event.prevent_default();
            on_move(f64::from(event.client_y()));
        }
    });
    let up = window_event_listener(ev::pointerup, finish_with(true));
    let cancel = window_event_listener(ev::pointercancel, finish_with(false));
    let escape = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" {
            event.prevent_default();
            finish(false);
        }
    });
    *listeners.borrow_mut() = vec![moves, up, cancel, escape];
}

fn is_above(entry: &Element, client_y: f64) -> bool {
    let bounds = entry.get_bounding_client_rect();
    f64::midpoint(bounds.top(), bounds.bottom()) < client_y
}
