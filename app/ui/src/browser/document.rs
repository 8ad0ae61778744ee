//! The page: title, language, accent color, keyboard focus, scrolling, clipboard, printing. Focusing an element fails
//! only when the element is gone again, so the browser's result is dropped.

use leptos::prelude::{document, request_animation_frame, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Element, Event, FocusOptions, HtmlElement, HtmlFormElement, HtmlInputElement,
    HtmlTextAreaElement, MouseEvent, ScrollIntoViewOptions, ScrollLogicalPosition,
};

use super::Rgb;

/// Windows narrower than this have no room for an on-screen keyboard, in CSS pixels (44rem).
const MIN_KEYBOARD_WIDTH: f64 = 704.0;
/// Largest window of a telephone on its side, in CSS pixels (60rem, 32rem).
const SIDEWAYS_PHONE: (f64, f64) = (960.0, 512.0);

/// Removes the boot screen of `index.html`.
pub fn remove_boot_screen() {
    if let Ok(Some(boot)) = document().query_selector("[data-boot]") {
        boot.remove();
    }
}

/// Sets the page's title.
pub fn set_title(title: &str) {
    document().set_title(title);
}

/// Sets the page's language, a BCP 47 tag, for the browser and screen readers.
pub fn set_language(tag: &str) {
    set_root_attribute("lang", tag);
}

/// Sets an attribute of the page's root element; an empty value removes it.
pub fn set_root_attribute(name: &str, value: &str) {
    if let Some(root) = document().document_element() {
        // Only a malformed attribute name can fail.
        let _ = match value {
            "" => root.remove_attribute(name),
            value => root.set_attribute(name, value),
        };
    }
}

/// True on a telephone, upright or on its side, where the keys of an on-screen keyboard would be too small.
#[must_use]
pub fn is_phone_window() -> bool {
    let window = window();
    let pixels = |length: Result<JsValue, JsValue>| length.ok()?.as_f64();
    let size = pixels(window.inner_width()).zip(pixels(window.inner_height()));
    size.is_some_and(|(width, height)| {
        width < MIN_KEYBOARD_WIDTH || width < SIDEWAYS_PHONE.0 && height < SIDEWAYS_PHONE.1
    })
}

/// The key of an on-screen keyboard that was pressed: the nearest `data-key`.
#[must_use]
pub fn pressed_key(event: &MouseEvent) -> Option<String> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target
        .closest("[data-key]")
        .ok()??
        .get_attribute("data-key")
}

/// Leaves full screen, if the page is in it.
pub fn leave_full_screen() {
    document().exit_fullscreen();
}

/// Focuses the first element that matches, if there is one.
pub fn focus(selector: &str) {
    if let Some(element) = first_element(selector) {
        let _ = element.focus();
    }
}

/// Moves the focus by `step` places among the elements that match, in the order of the page; stops at the first and the
/// last one.
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

/// Focuses the first element that matches and scrolls to it; its `scroll-margin` says how far.
pub fn focus_and_scroll_to(selector: &str) {
    if let Some(element) = first_element(selector) {
        let _ = element.focus();
        element.scroll_into_view();
    }
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

/// True while only a part of a date is typed into an input, whose value is empty until the date is complete.
#[must_use]
pub fn is_half_typed(event: &Event) -> bool {
    let target = event.target();
    let input = target.and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    input.is_some_and(|input| input.validity().bad_input())
}

/// Focuses the first element that matches, after the next render, unless something has the focus.
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
            let options = FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = element.focus_with_options(&options);
        }
    });
}

/// Has the browser show its own message at the first field whose input is incomplete, such as half a date; false when
/// there is none. The browser's check of a whole form is no substitute: WebKit still refuses a date field that a script
/// has cleared.
#[must_use]
pub fn report_incomplete_input(form: &HtmlFormElement) -> bool {
    let fields = form.elements();
    let mut inputs = (0..fields.length())
        .filter_map(|index| fields.item(index)?.dyn_into::<HtmlInputElement>().ok());
    let incomplete = inputs.find(|input| input.validity().bad_input());
    if let Some(input) = &incomplete {
        input.report_validity();
    }
    incomplete.is_some()
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

/// Inserts a text at the cursor of the first text area that matches, in place of its selection. Returns the whole
/// text.
pub fn insert_at_cursor(selector: &str, text: &str) -> Option<String> {
    let found = document().query_selector(selector).ok()??;
    let area = found.dyn_into::<HtmlTextAreaElement>().ok()?;
    let start = area.selection_start().ok()??;
    let end = area.selection_end().ok()??;
    area.set_range_text_with_start_and_end(text, start, end)
        .ok()?;
    let after = start + u32::try_from(text.encode_utf16().count()).ok()?;
    let _ = area.set_selection_range(after, after);
    let _ = area.focus();
    Some(area.value())
}

/// Scrolls the first element that matches into view by the shortest way, after the next render.
pub fn scroll_into_view_after_render(selector: String) {
    request_animation_frame(move || {
        if let Ok(Some(element)) = document().query_selector(&selector) {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Nearest);
            element.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
}

/// The languages the browser prefers, best first, as BCP 47 tags.
#[must_use]
pub fn preferred_languages() -> Vec<String> {
    let list = window().navigator().languages();
    list.iter().filter_map(|tag| tag.as_string()).collect()
}

/// Copies a text to the clipboard; false when the browser refuses.
pub async fn copy_to_clipboard(text: &str) -> bool {
    let clipboard = window().navigator().clipboard();
    if clipboard.is_undefined() {
        return false; // not a secure context
    }
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

/// Opens the browser's print dialog.
pub fn print() {
    let _ = window().print(); // fails only where printing is not supported
}

/// Sets the site's accent color (`#rrggbb`) on the page's root, and black or white for text on it, whichever
/// contrasts more. Any other value changes nothing.
pub fn set_accent(color: &str) {
    let root = document().document_element();
    if let Some(root) = root.and_then(|root| root.dyn_into::<HtmlElement>().ok()) {
        set_accent_on(&root, color);
    }
}

/// Sets the accent color like [`set_accent`] on a given root.
pub fn set_accent_on(root: &HtmlElement, color: &str) {
    if let Ok(rgb) = color.parse::<Rgb>() {
        let style = root.style();
        let _ = style.set_property("--accent", color);
        let _ = style.set_property("--on-accent", rgb.text_color());
    }
}
