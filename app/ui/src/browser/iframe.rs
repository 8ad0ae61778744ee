//! A page within the page: an empty document of its own size, dressed with the kiosk's styles, so that
//! what is drawn in it obeys the tablet's width and not the window's.

use leptos::prelude::{document, on_cleanup};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, HtmlIFrameElement, ResizeObserver};

/// Styles that `setup.html` names for the page within, most of them for nothing else.
const STYLES: &str = "link[data-kiosk]";

/// Dresses the frame's empty document as a kiosk; its body, to draw in.
#[must_use]
pub fn dress(frame: &HtmlIFrameElement) -> Option<HtmlElement> {
    let page = frame.content_document()?;
    let (head, body) = (page.head()?, page.body()?);
    head.set_inner_html("");
    let styles = document().query_selector_all(STYLES).ok()?;
    for style in (0..styles.length()).filter_map(|i| styles.get(i)) {
        let copy = style.clone_node().ok()?.dyn_into::<Element>().ok()?;
        // Neither fails: the attribute's name is sound, and a fresh copy has no parent.
        let _ = copy.remove_attribute("media");
        let _ = head.append_child(&copy);
    }
    body.set_class_name("face-kiosk");
    // Page translation would show what no visitor sees.
    let _ = body.set_attribute("translate", "no");
    Some(body)
}

/// The root of the document that an element is in.
#[must_use]
pub fn root_of(element: &HtmlElement) -> Option<HtmlElement> {
    let page = element.owner_document()?;
    // Not `dyn_into`: elements of a page within are of classes of its own.
    page.document_element().map(JsCast::unchecked_into)
}

/// Sets an attribute of a page's root for styles to look at; an empty value takes it away.
pub fn mark(root: &HtmlElement, name: &str, value: &str) {
    // Only a malformed attribute name can fail.
    let _ = match value {
        "" => root.remove_attribute(name),
        value => root.set_attribute(name, value),
    };
}

/// Tells how wide an element is, in CSS pixels, now and whenever that changes, until the current
/// owner is cleaned up.
pub fn follow_width(element: &Element, tell: impl Fn(f64) + 'static) {
    let watched = element.clone();
    let told = Closure::<dyn Fn(JsValue)>::new(move |_| {
        tell(watched.get_bounding_client_rect().width());
    });
    let Ok(observer) = ResizeObserver::new(told.as_ref().unchecked_ref()) else {
        return;
    };
    observer.observe(element);
    let kept = send_wrapper::SendWrapper::new((observer, told));
    on_cleanup(move || kept.0.disconnect());
}

#[cfg(test)]
mod tests {
    /// The style sheets a page links to, of which the line satisfies a condition.
    fn styles(page: &str, is_meant: impl Fn(&str) -> bool) -> Vec<&str> {
        let lines = page
            .lines()
            .filter(|line| line.contains("rel=\"css\"") && is_meant(line));
        lines
            .filter_map(|line| line.split("href=\"").nth(1)?.split('"').next())
            .collect()
    }

    #[test]
    fn the_page_within_has_every_style_of_the_kiosk_in_order() {
        let kiosk = styles(include_str!("../../index.html"), |_| true);
        let within = styles(include_str!("../../setup.html"), |line| {
            line.contains("data-kiosk")
        });
        let of_the_kiosk = within.into_iter().filter(|style| !style.contains("/setup"));
        assert_eq!(of_the_kiosk.collect::<Vec<_>>(), kiosk);
    }
}
