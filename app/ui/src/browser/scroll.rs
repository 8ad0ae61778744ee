//! Elements that scroll.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// How far an element is scrolled, in pixels.
#[must_use]
pub fn top(element: &HtmlElement) -> f64 {
    f64::from(element.scroll_top())
}

/// Scrolls an element to a place.
#[allow(clippy::cast_possible_truncation)] // floats saturate
pub fn to(element: &HtmlElement, top: f64) {
    element.set_scroll_top(top.round() as i32);
}

/// Height of what is in view.
#[must_use]
pub fn height(element: &HtmlElement) -> f64 {
    f64::from(element.client_height())
}

/// Where an element begins in the browser's window.
#[must_use]
pub fn client_top(element: &HtmlElement) -> f64 {
    element.get_bounding_client_rect().top()
}

/// Height of the first part of an element that matches; 0 when there is none.
#[must_use]
pub fn part_height(element: &HtmlElement, selector: &str) -> f64 {
    let found = element.query_selector(selector).ok().flatten();
    found.map_or(0.0, |part: Element| {
        part.get_bounding_client_rect().height()
    })
}

/// True while the keyboard's focus is inside the element that matches.
#[must_use]
pub fn has_focus_inside(selector: &str) -> bool {
    let active = document().active_element();
    active.is_some_and(|active| active.closest(selector).is_ok_and(|found| found.is_some()))
}

/// Keeps a pointer's moves coming to the element that an event came to, wherever it goes.
pub fn capture_pointer(event: &web_sys::PointerEvent) {
    let element = event.current_target();
    if let Some(element) = element.and_then(|target| target.dyn_into::<Element>().ok()) {
        // Fails only for a pointer that is gone already.
        let _ = element.set_pointer_capture(event.pointer_id());
    }
}
