//! Listening to the window: network, visibility, history, input.

use leptos::ev;
use leptos::prelude::{on_cleanup, window, window_event_listener_untyped};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;

/// Calls `act` at each window event of this name until the current owner is cleaned up.
pub fn while_mounted(name: &'static str, act: impl Fn() + 'static) {
    let handle = window_event_listener_untyped(name, move |_: ev::Event| act());
    on_cleanup(move || handle.remove());
}

/// Calls `act` at each window event of this name, for the life of the page.
pub fn forever(name: &str, act: impl Fn() + 'static) {
    let listener = Closure::<dyn Fn()>::new(act);
    // Adding a listener with a plain function cannot fail.
    let _ = window().add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
    listener.forget();
}

/// Calls `act` whenever somebody taps, types, composes or scrolls anywhere, for the life of the page. A
/// tap counts when it is over: what goes away while the finger is down lets the tap through to whatever
/// lay behind it.
pub fn any_input(act: impl Fn() + 'static) {
    let listener = Closure::<dyn Fn()>::new(act);
    let names = ["click", "input", "keydown", "scroll", "compositionupdate"];
    for name in names {
        // Capturing, because scrolling of a part does not bubble.
        let _ = window().add_event_listener_with_callback_and_bool(
            name,
            listener.as_ref().unchecked_ref(),
            true,
        );
    }
    listener.forget();
}

/// Calls `act` when the browser shows the page again as it had put it aside (back, forward), for the life of
/// the page.
pub fn when_shown_again(act: impl Fn() + 'static) {
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

/// Has the browser ask before the page is left while `unsaved` says true, for the life of the page.
pub fn before_leaving(unsaved: impl Fn() -> bool + 'static) {
    let listener = Closure::<dyn Fn(ev::Event)>::new(move |event: ev::Event| {
        if unsaved() {
            event.prevent_default();
        }
    });
    let _ = window()
        .add_event_listener_with_callback("beforeunload", listener.as_ref().unchecked_ref());
    listener.forget();
}

/// True while the page can be seen.
#[must_use]
pub fn is_visible() -> bool {
    leptos::prelude::document().visibility_state() == web_sys::VisibilityState::Visible
}
