//! An iframe with the kiosk's styles, for previews: media queries in it see the tablet's width and not the window's.

use leptos::prelude::{document, on_cleanup};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, HtmlIFrameElement, ResizeObserver};

/// Selects the style sheets that `setup.html` links for the iframe.
const STYLES: &str = "link[data-kiosk]";

/// Gives an iframe's empty document the kiosk's styles. Returns its body.
#[must_use]
pub fn prepare_kiosk_document(frame: &HtmlIFrameElement) -> Option<HtmlElement> {
    let page = frame.content_document()?;
    let (head, body) = (page.head()?, page.body()?);
    head.set_inner_html("");
    let styles = document().query_selector_all(STYLES).ok()?;
    for style in (0..styles.length()).filter_map(|i| styles.get(i)) {
        let copy = style.clone_node().ok()?.dyn_into::<Element>().ok()?;
        // Neither fails: the attribute name is well-formed, and a fresh copy has no parent.
        let _ = copy.remove_attribute("media");
        let _ = head.append_child(&copy);
    }
    body.set_class_name("kiosk-body");
    // A page translation would change the preview but not the tablet.
    let _ = body.set_attribute("translate", "no");
    Some(body)
}

/// The root element of an element's document.
#[must_use]
pub fn document_root(element: &HtmlElement) -> Option<HtmlElement> {
    let page = element.owner_document()?;
    // Not `dyn_into`, which compares with the window's class: each iframe has a class `HTMLElement` of its own.
    page.document_element().map(JsCast::unchecked_into)
}

/// Sets an attribute of a document's root element; an empty value removes it.
pub fn set_root_attribute(root: &HtmlElement, name: &str, value: &str) {
    // Only a malformed attribute name can fail.
    let _ = match value {
        "" => root.remove_attribute(name),
        value => root.set_attribute(name, value),
    };
}

/// Calls `on_change` with an element's width, in CSS pixels, now and after each change, until the current owner is
/// cleaned up.
pub fn observe_width(element: &Element, on_change: impl Fn(f64) + 'static) {
    let observed = element.clone();
    let callback = Closure::<dyn Fn(JsValue)>::new(move |_| {
        on_change(observed.get_bounding_client_rect().width());
    });
    let Ok(observer) = ResizeObserver::new(callback.as_ref().unchecked_ref()) else {
        return;
    };
    observer.observe(element);
    let guard = send_wrapper::SendWrapper::new((observer, callback));
    on_cleanup(move || guard.0.disconnect());
}

#[cfg(test)]
mod tests {
    /// Style sheets that a page links, from the lines for which `is_included` is true.
    fn styles(page: &str, is_included: impl Fn(&str) -> bool) -> Vec<&str> {
        let lines = page
            .lines()
            .filter(|line| line.contains("rel=\"css\"") && is_included(line));
        lines
            .filter_map(|line| line.split("href=\"").nth(1)?.split('"').next())
            .collect()
    }

    #[test]
    fn the_iframe_has_every_style_sheet_of_the_kiosk_in_order() {
        let kiosk = styles(include_str!("../../index.html"), |_| true);
        let in_iframe = styles(include_str!("../../setup.html"), |line| {
            line.contains("data-kiosk")
        });
        let from_kiosk = in_iframe
            .into_iter()
            .filter(|style| !style.contains("/setup"));
        assert_eq!(from_kiosk.collect::<Vec<_>>(), kiosk);
    }
}
