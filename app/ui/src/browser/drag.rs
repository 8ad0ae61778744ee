//! Dragging list entries with mouse, pen or finger.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::ev;
use leptos::prelude::{WindowListenerHandle, window_event_listener};
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};

/// Captures the pointer: its events keep coming to the element that listens to `event`, wherever it moves.
pub fn capture_pointer(event: &PointerEvent) {
    let element = event.current_target();
    if let Some(element) = element.and_then(|target| target.dyn_into::<Element>().ok()) {
        // Fails only for a pointer that is gone already.
        let _ = element.set_pointer_capture(event.pointer_id());
    }
}

/// The index at which an entry dropped at the pointer would be inserted into the list around the drag handle.
#[must_use]
pub fn index_under_pointer(event: &PointerEvent) -> Option<usize> {
    let handle = event.current_target()?.dyn_into::<Element>().ok()?;
    let list = handle.closest("ol, ul").ok().flatten()?;
    let entries = list.children();
    let entries = (0..entries.length()).filter_map(|i| entries.item(i));
    let y = f64::from(event.client_y());
    Some(entries.filter(|entry| is_above(entry, y)).count())
}

/// Tracks a pressed pointer until it is released. `on_move` receives its vertical position in the window, `on_end`
/// true for a drop and false for a cancelled drag.
///
/// The listeners are the window's, because the dragged element may be rendered anew on the way.
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
