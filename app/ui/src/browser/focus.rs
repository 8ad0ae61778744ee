//! Keyboard focus. Focusing an element fails only when the element is gone again, so the browser's result is dropped.

use leptos::prelude::{document, request_animation_frame, window};
use wasm_bindgen::JsCast;
use web_sys::{FocusOptions, HtmlElement, HtmlFormElement};

/// Focuses the first element that matches, if there is one.
pub fn focus(selector: &str) {
    if let Some(element) = first_element(selector) {
        let _ = element.focus();
    }
}

/// Moves the focus by `step` places among the elements that match, in the order of the page; stops at the first and
/// the last one.
pub fn move_focus(selector: &str, step: i32) {
    let (Ok(stops), Some(active)) = (
        document().query_selector_all(selector),
        document().active_element(),
    ) else {
        return;
    };
    let stop = |index: u32| {
        stops
            .get(index)
            .and_then(|node| node.dyn_into::<HtmlElement>().ok())
    };
    let is_active = |index: &u32| stop(*index).is_some_and(|element| *element == active);
    let next = (0..stops.length())
        .find(is_active)
        .and_then(|index| index.checked_add_signed(step))
        .and_then(stop);
    if let Some(next) = next {
        let _ = next.focus();
    }
}

/// Focuses the first element that matches and scrolls to it, as far as its `scroll-margin` in the style sheet says.
pub fn focus_and_scroll_to(selector: &str) {
    if let Some(element) = first_element(selector) {
        let _ = element.focus();
        element.scroll_into_view();
    }
}

/// As [`focus_and_scroll_to`], after the next render.
pub fn focus_and_scroll_to_after_render(selector: &'static str) {
    request_animation_frame(move || focus_and_scroll_to(selector));
}

fn first_element(selector: &str) -> Option<HtmlElement> {
    let found = document().query_selector(selector);
    found.ok()??.dyn_into().ok()
}

/// Scrolls to the top of the page and focuses the first element that matches, after the next render.
pub fn scroll_to_top_and_focus(selector: &'static str) {
    request_animation_frame(move || {
        window().scroll_to_with_x_and_y(0.0, 0.0);
        focus(selector);
    });
}

/// Focuses the first element that matches, after the next render.
pub fn focus_after_render(selector: impl Into<String>) {
    let selector = selector.into();
    request_animation_frame(move || focus(&selector));
}

/// Focuses the first element that matches, after the next render, unless another element has the focus.
pub fn focus_first_after_render(selector: &'static str) {
    request_animation_frame(move || {
        let active = document().active_element();
        if active.is_none_or(|active| active.tag_name() == "BODY") {
            focus(selector);
        }
    });
}

/// Focuses the first element that matches, else the first that matches `fallback`, after the next render and without
/// scrolling.
pub fn focus_in_place_after_render(selector: String, fallback: &'static str) {
    request_animation_frame(move || {
        let found = first_element(&selector).or_else(|| first_element(fallback));
        if let Some(element) = found {
            focus_in_place(&element);
        }
    });
}

/// Focuses an element without scrolling to it.
pub(super) fn focus_in_place(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

/// Focuses the first invalid field of a form, if there is one, after the next render.
pub fn focus_invalid_after_render(form: HtmlFormElement) {
    request_animation_frame(move || {
        let field = form.query_selector("[aria-invalid=true]").ok().flatten();
        if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
            let _ = field.focus();
        }
    });
}
