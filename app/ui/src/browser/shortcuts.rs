//! Keys that mean something wherever the focus is.

use leptos::ev;
use leptos::prelude::window_event_listener;
use wasm_bindgen::JsCast;

/// Calls `act` at Ctrl+Z (true: back) and Ctrl+Shift+Z or Ctrl+Y (false: again), ⌘ on a Mac, for the
/// life of the page. Fields for text take back their own typing, dialogs are answered first.
pub fn on_undo(act: impl Fn(bool) + 'static) {
    let listener = window_event_listener(ev::keydown, move |event| {
        let pressed = event.ctrl_key() || event.meta_key();
        if !pressed || event.alt_key() || event.is_composing() || is_taken(&event) {
            return;
        }
        let back = match (event.key().to_lowercase().as_str(), event.shift_key()) {
            ("z", false) => true,
            ("z", true) | ("y", false) => false,
            _ => return,
        };
        event.prevent_default();
        act(back);
    });
    std::mem::forget(listener);
}

fn is_taken(event: &ev::KeyboardEvent) -> bool {
    let element = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let texts =
        "input:not([type=checkbox], [type=radio], [type=color]), textarea, select, dialog *";
    element.is_some_and(|element| element.matches(texts).unwrap_or(false))
}
