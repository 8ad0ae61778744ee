//! The page: title, language, accent color, input, scrolling, clipboard, printing.

use leptos::prelude::{document, request_animation_frame, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Element, Event, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlTextAreaElement,
    MouseEvent, ScrollIntoViewOptions, ScrollLogicalPosition,
};

use super::Rgb;

/// Windows narrower than this have no room for an on-screen keyboard, in CSS pixels. This and the next constants are
/// the 44rem, 60rem and 32rem of `style/kiosk-keys.css`.
const MIN_KEYBOARD_WIDTH: f64 = 704.0;
/// A window narrower and lower than these is a telephone's on its side, in CSS pixels.
const SIDEWAYS_PHONE_WIDTH: f64 = 960.0;
const SIDEWAYS_PHONE_HEIGHT: f64 = 512.0;

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

/// True in a window without the browser's buttons: an installed app, or full screen.
#[must_use]
pub fn is_app_window() -> bool {
    let query = "(display-mode: fullscreen), (display-mode: standalone)";
    let list = window().match_media(query).ok().flatten();
    list.is_some_and(|list| list.matches())
}

/// True on a telephone, upright or on its side, where the keys of an on-screen keyboard would be too small.
#[must_use]
pub fn is_phone_window() -> bool {
    let window = window();
    let pixels = |length: Result<JsValue, JsValue>| length.ok()?.as_f64();
    let (Some(width), Some(height)) = (pixels(window.inner_width()), pixels(window.inner_height()))
    else {
        return false;
    };
    let is_sideways = width < SIDEWAYS_PHONE_WIDTH && height < SIDEWAYS_PHONE_HEIGHT;
    width < MIN_KEYBOARD_WIDTH || is_sideways
}

/// The key of an on-screen keyboard that was pressed: the `data-key` of the pressed element or of its nearest
/// ancestor.
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

/// True for the event of a date input in which only a part of the date is typed; its value is empty until then.
#[must_use]
pub fn is_half_typed(event: &Event) -> bool {
    let target = event.target();
    let input = target.and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    input.is_some_and(|input| input.validity().bad_input())
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
    // Both fail only for an area that is gone again.
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
