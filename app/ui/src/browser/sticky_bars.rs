//! Bars that stick to the window's edges over what scrolls. Their real heights, as custom properties of the
//! page's root: styles keep that much room free, whatever size of text the visitor has chosen.

use leptos::prelude::{document, on_cleanup};
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, HtmlElement, ResizeObserver};

/// Keeps a custom property at an element's height until the current owner is cleaned up; then the
/// property goes.
pub fn measure(element: &Element, property: &'static str) {
    let measured = element.clone();
    let told = Closure::<dyn Fn()>::new(move || {
        let height = measured.get_bounding_client_rect().height();
        set(property, &format!("{}px", height.round() as i32));
    });
    let Ok(observer) = ResizeObserver::new(told.as_ref().unchecked_ref()) else {
        return;
    };
    observer.observe(element);
    let kept = SendWrapper::new((observer, told));
    on_cleanup(move || {
        kept.0.disconnect();
        set(property, "");
    });
}

fn set(property: &str, value: &str) {
    let root = document().document_element();
    if let Some(root) = root.and_then(|root| root.dyn_into::<HtmlElement>().ok()) {
        // Fails only for a malformed name.
        let _ = root.style().set_property(property, value);
    }
}
