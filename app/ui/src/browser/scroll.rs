//! Scroll positions and sizes of elements, in CSS pixels.

use leptos::prelude::document;
use web_sys::{Element, HtmlElement};

/// Scroll position of an element.
#[must_use]
pub fn scroll_top(element: &HtmlElement) -> f64 {
    f64::from(element.scroll_top())
}

/// Scrolls an element to a position.
#[allow(clippy::cast_possible_truncation)] // casts of floats saturate
pub fn scroll_to(element: &HtmlElement, top: f64) {
    element.set_scroll_top(top.round() as i32);
}

/// Height of the visible part of an element.
#[must_use]
pub fn client_height(element: &HtmlElement) -> f64 {
    f64::from(element.client_height())
}

/// Top edge of an element, from the top of the window.
#[must_use]
pub fn top_in_window(element: &HtmlElement) -> f64 {
    element.get_bounding_client_rect().top()
}

/// Height of the first matching descendant of an element; 0 when there is none.
#[must_use]
pub fn height_of_first(element: &HtmlElement, selector: &str) -> f64 {
    let first = element.query_selector(selector).ok().flatten();
    first.map_or(0.0, |descendant: Element| {
        descendant.get_bounding_client_rect().height()
    })
}

/// True while the keyboard's focus is inside an element that matches.
#[must_use]
pub fn has_focus_inside(selector: &str) -> bool {
    let active = document().active_element();
    active.is_some_and(|active| {
        active
            .closest(selector)
            .is_ok_and(|container| container.is_some())
    })
}
