//! The browser. Nothing outside this module touches `web_sys` for more than reading an event's
//! target; everything here survives a browser that refuses.

pub mod clock;
mod color;
pub mod drag;
pub mod event_source;
pub mod file;
pub mod follow;
pub mod iframe;
pub mod image;
pub mod keep_focus;
pub mod navigation;
pub mod random;
pub mod scroll;
pub mod shortcuts;
pub mod sticky_bars;
pub mod storage;
pub mod task;
pub mod watchdog;
pub mod window_events;

pub use color::Rgb;

/// Removes the words that `index.html` shows until the app runs.
pub fn boot_done() {
    let boot = leptos::prelude::document().query_selector("[data-boot]");
    if let Ok(Some(boot)) = boot {
        boot.remove();
    }
}

/// Sets the page's title.
pub fn set_title(title: &str) {
    leptos::prelude::document().set_title(title);
}

/// Tells the browser (and screen readers) which language the page is in.
pub fn set_language(tag: &str) {
    if let Some(root) = leptos::prelude::document().document_element() {
        // Only a malformed attribute name can fail.
        let _ = root.set_attribute("lang", tag);
    }
}

/// Sets an attribute of the page's root for styles to look at; an empty value takes it away.
pub fn mark(name: &str, value: &str) {
    if let Some(root) = leptos::prelude::document().document_element() {
        // Only a malformed attribute name can fail.
        let _ = match value {
            "" => root.remove_attribute(name),
            value => root.set_attribute(name, value),
        };
    }
}

/// True on a telephone, where keys of our own would be too small.
#[must_use]
pub fn is_narrow() -> bool {
    let width = leptos::prelude::window().inner_width();
    width.is_ok_and(|width| width.as_f64().is_some_and(|width| width < 704.0))
}

/// Which key of a keyboard on the screen a press is on: the nearest `data-key`.
#[must_use]
pub fn pressed_key(event: &web_sys::MouseEvent) -> Option<String> {
    use wasm_bindgen::JsCast;
    let target: web_sys::Element = event.target()?.dyn_into().ok()?;
    target
        .closest("[data-key]")
        .ok()??
        .get_attribute("data-key")
}

/// Leaves full screen, if the page is in it.
pub fn leave_full_screen() {
    leptos::prelude::document().exit_fullscreen();
}

/// Moves the keyboard's focus to the first element that matches, if there is one.
pub fn focus(selector: &str) {
    if let Some(element) = first(selector) {
        let _ = element.focus();
    }
}

/// The same, and scrolls it to where a page begins: `scroll-margin` in the styles says where that is.
pub fn begin_at(selector: &str) {
    if let Some(element) = first(selector) {
        let _ = element.focus();
        element.scroll_into_view();
    }
}

fn first(selector: &str) -> Option<web_sys::HtmlElement> {
    use wasm_bindgen::JsCast;
    let found = leptos::prelude::document().query_selector(selector);
    found.ok()??.dyn_into().ok()
}

/// Scrolls to the top once what has changed is drawn, and moves the keyboard's focus to the first
/// element that matches: how a new page begins.
pub fn start_at(selector: &'static str) {
    leptos::prelude::request_animation_frame(move || {
        leptos::prelude::window().scroll_to_with_x_and_y(0.0, 0.0);
        focus(selector);
    });
}

/// Moves the keyboard's focus like [`focus`], once what has changed is drawn.
pub fn focus_drawn(selector: impl Into<String>) {
    let selector = selector.into();
    leptos::prelude::request_animation_frame(move || focus(&selector));
}

/// Moves the keyboard's focus to the first field of a form that is marked as invalid, once what has
/// changed is drawn; without one the focus stays.
pub fn focus_invalid_drawn(form: web_sys::HtmlFormElement) {
    use wasm_bindgen::JsCast;
    leptos::prelude::request_animation_frame(move || {
        let field = form.query_selector("[aria-invalid=true]").ok().flatten();
        if let Some(field) = field.and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = field.focus();
        }
    });
}

/// Writes a text where the cursor is in the first text area that matches (over what is marked), and
/// puts the cursor after it; what the area holds then.
pub fn insert_at_cursor(selector: &str, text: &str) -> Option<String> {
    use wasm_bindgen::JsCast;
    let found = leptos::prelude::document()
        .query_selector(selector)
        .ok()??;
    let area = found.dyn_into::<web_sys::HtmlTextAreaElement>().ok()?;
    let start = area.selection_start().ok()??;
    let end = area.selection_end().ok()??;
    area.set_range_text_with_start_and_end(text, start, end)
        .ok()?;
    let after = start + u32::try_from(text.encode_utf16().count()).ok()?;
    let _ = area.set_selection_range(after, after);
    let _ = area.focus();
    Some(area.value())
}

/// Scrolls no farther than it takes to show the first element that matches, once what has changed is
/// drawn.
pub fn reveal_drawn(selector: String) {
    leptos::prelude::request_animation_frame(move || {
        let found = leptos::prelude::document().query_selector(&selector);
        if let Ok(Some(element)) = found {
            let wish = web_sys::ScrollIntoViewOptions::new();
            wish.set_block(web_sys::ScrollLogicalPosition::Nearest);
            element.scroll_into_view_with_scroll_into_view_options(&wish);
        }
    });
}

/// The languages the browser prefers, best first, as BCP 47 tags.
#[must_use]
pub fn preferred_languages() -> Vec<String> {
    let list = leptos::prelude::window().navigator().languages();
    list.iter().filter_map(|tag| tag.as_string()).collect()
}

/// Puts a text on the clipboard; false when the browser refuses.
pub async fn copy(text: &str) -> bool {
    let clipboard = leptos::prelude::window().navigator().clipboard();
    if clipboard.is_undefined() {
        return false; // not a secure context
    }
    wasm_bindgen_futures::JsFuture::from(clipboard.write_text(text))
        .await
        .is_ok()
}

/// Opens the browser's own way of printing the page.
pub fn print() {
    // Fails only where there is no way to print.
    let _ = leptos::prelude::window().print();
}

/// Sets the office's accent colour (`#rrggbb`), with black or white text on it, whichever contrasts
/// more (WCAG 2.2, relative luminance). Anything else leaves the colour as it is.
pub fn set_accent(colour: &str) {
    use wasm_bindgen::JsCast;
    let root = leptos::prelude::document().document_element();
    if let Some(root) = root.and_then(|root| root.dyn_into::<web_sys::HtmlElement>().ok()) {
        set_accent_of(&root, colour);
    }
}

/// The same for a page whose root is given.
pub fn set_accent_of(root: &web_sys::HtmlElement, colour: &str) {
    if let Some(on_accent) = text_on(colour) {
        let style = root.style();
        let _ = style.set_property("--accent", colour);
        let _ = style.set_property("--on-accent", on_accent);
    }
}

fn text_on(colour: &str) -> Option<&'static str> {
    let digits = colour
        .strip_prefix('#')
        .filter(|digits| digits.len() == 6)?;
    let value = u32::from_str_radix(digits, 16).ok()?;
    let channel = |shift: u32| {
        let part = f64::from(value >> shift & 255) / 255.0;
        if part <= 0.04045 {
            part / 12.92
        } else {
            // To the power of 2.4, as near as roots come (2.375): `powf` weighs more than it tells.
            let base = (part + 0.055_f64) / 1.055;
            let fourth_root = base.sqrt().sqrt();
            base * base * fourth_root * fourth_root.sqrt()
        }
    };
    let luminance = 0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0);
    // White text contrasts more below this luminance.
    Some(if luminance < 0.179 {
        "#ffffff"
    } else {
        "#101317"
    })
}

#[cfg(test)]
mod tests {
    use super::text_on;

    #[test]
    fn text_on_the_accent_contrasts() {
        assert_eq!(text_on("#0b6bcb"), Some("#ffffff"));
        assert_eq!(text_on("#ffd23f"), Some("#101317"));
        assert_eq!(text_on("blue"), None);
    }
}
