//! Heights of the bars that stick to the window's edges, as CSS custom properties of the page's root. Styles keep room
//! of these heights free, which depend on the text size that the visitor has chosen.

use js_sys::Array;
use leptos::prelude::{document, on_cleanup, request_animation_frame};
use send_wrapper::SendWrapper;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, HtmlElement, ResizeObserver, ResizeObserverEntry, ResizeObserverSize};

/// Keeps a custom property equal to an element's height. The property is removed when the current owner is cleaned up.
pub fn observe_height(element: &Element, property: &'static str) {
    let bar = element.clone();
    let callback = Closure::<dyn Fn(Array)>::new(move |entries: Array| {
        let bar = bar.clone();
        if let Some(height) = border_box_height(&entries) {
            // In the next frame: setting the property computes the style of every element again, for which the first
            // paint of the page would have to wait.
            request_animation_frame(move || {
                if bar.is_connected() {
                    set_property(property, &format!("{}px", height.round() as i32));
                }
            });
        }
    });
    let Ok(observer) = ResizeObserver::new(callback.as_ref().unchecked_ref()) else {
        return;
    };
    observer.observe(element);
    let guard = SendWrapper::new((observer, callback));
    on_cleanup(move || {
        guard.0.disconnect();
        set_property(property, "");
    });
}

/// Height with padding and border, from the browser's report: measuring the element would lay out the page again.
fn border_box_height(entries: &Array) -> Option<f64> {
    let entry: ResizeObserverEntry = entries.get(0).unchecked_into();
    let size: ResizeObserverSize = entry.border_box_size().get(0).dyn_into().ok()?;
    Some(size.block_size())
}

fn set_property(property: &str, value: &str) {
    let root = document().document_element();
    if let Some(root) = root.and_then(|root| root.dyn_into::<HtmlElement>().ok()) {
        // Fails only for a malformed name.
        let _ = root.style().set_property(property, value);
    }
}
