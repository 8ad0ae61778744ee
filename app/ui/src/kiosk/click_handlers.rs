//! Click handlers that ignore the second click of a double tap.

use leptos::ev::MouseEvent;

use super::controller;
use super::navigation::Intent;
use super::state::KioskState;

/// Click handler that performs an intent, with [`ignore_double_click`].
pub(super) fn on_press(kiosk: KioskState, intent: Intent) -> impl Fn(MouseEvent) + 'static {
    ignore_double_click(move || controller::perform(kiosk, intent.clone()))
}

/// Click handler that ignores the second click of a double tap: the first click may have shown another element under
/// the finger.
pub(super) fn ignore_double_click(act: impl Fn() + 'static) -> impl Fn(MouseEvent) + 'static {
    move |event| {
        if event.detail() <= 1 {
            act();
        }
    }
}
