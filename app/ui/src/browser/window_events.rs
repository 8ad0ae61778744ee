//! Listeners for window events: network, visibility, history, input. Adding a listener with a plain function cannot fail.

use leptos::ev;
use leptos::prelude::{on_cleanup, window, window_event_listener_untyped};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

/// Calls `act` on each window event of this name until the current owner is cleaned up.
pub fn listen_while_mounted(name: &'static str, act: impl Fn() + 'static) {
    let handle = window_event_listener_untyped(name, move |_: ev::Event| act());
    on_cleanup(move || handle.remove());
}

/// Calls `act` on each window event of this name, for the life of the page.
pub fn listen(name: &str, act: impl Fn() + 'static) {
    let listener = Closure::<dyn Fn()>::new(act);
    let _ = window().add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
    listener.forget();
}

/// Calls `act` on each tap, key, composition and scroll, for the life of the page. A tap counts when the finger is
/// lifted: if `act` removed the tapped element before, the tap would reach the element behind it.
pub fn on_any_input(act: impl Fn() + 'static) {
    let listener = Closure::<dyn Fn()>::new(act);
    let names = ["click", "input", "keydown", "scroll", "compositionupdate"];
    for name in names {
        // In the capture phase, because scroll events do not bubble.
        let _ = window().add_event_listener_with_callback_and_bool(
            name,
            listener.as_ref().unchecked_ref(),
            true,
        );
    }
    listener.forget();
}

/// Calls `act` when the browser restores the page from its back/forward cache, for the life of the page.
pub fn on_page_restored(act: impl Fn() + 'static) {
    let listener = Closure::<dyn Fn(ev::Event)>::new(move |event: ev::Event| {
        let persisted = js_sys::Reflect::get(&event, &"persisted".into());
        if persisted.is_ok_and(|persisted| persisted.is_truthy()) {
            act();
        }
    });
    let _ =
        window().add_event_listener_with_callback("pageshow", listener.as_ref().unchecked_ref());
    listener.forget();
}

/// Makes the browser ask before the page is left while `has_unsaved` returns true, for the life of the page.
pub fn confirm_before_unload(has_unsaved: impl Fn() -> bool + 'static) {
    let listener = Closure::<dyn Fn(ev::Event)>::new(move |event: ev::Event| {
        if has_unsaved() {
            event.prevent_default();
        }
    });
    let _ = window()
        .add_event_listener_with_callback("beforeunload", listener.as_ref().unchecked_ref());
    listener.forget();
}

/// True while the page is visible.
#[must_use]
pub fn is_visible() -> bool {
    leptos::prelude::document().visibility_state() == web_sys::VisibilityState::Visible
}
