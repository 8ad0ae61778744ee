//! Keyboard shortcuts of the page.

use leptos::ev;
use leptos::prelude::window_event_listener;
use wasm_bindgen::JsCast;

/// Calls `act` with true on Ctrl+Z (undo) and with false on Ctrl+Shift+Z and Ctrl+Y (redo), for the life of the page;
/// on a Mac ⌘ takes the place of Ctrl. Text fields keep their own undo, and in a dialog the shortcuts do nothing.
pub fn on_undo(act: impl Fn(bool) + 'static) {
    let listener = window_event_listener(ev::keydown, move |event| {
        let has_modifier = event.ctrl_key() || event.meta_key();
        if !has_modifier || event.alt_key() || event.is_composing() || has_own_undo(&event) {
            return;
        }
        let is_undo = match (event.key().to_lowercase().as_str(), event.shift_key()) {
            ("z", false) => true,
            ("z", true) | ("y", false) => false,
            _ => return,
        };
        event.prevent_default();
        act(is_undo);
    });
    std::mem::forget(listener);
}

fn has_own_undo(event: &ev::KeyboardEvent) -> bool {
    let element = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let selector =
        "input:not([type=checkbox], [type=radio], [type=color]), textarea, select, dialog *";
    element.is_some_and(|element| element.matches(selector).unwrap_or(false))
}
