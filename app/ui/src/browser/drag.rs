//! Dragging an entry of a list by its handle, with mouse, pen or finger.

use leptos::ev::PointerEvent;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Keeps the pointer's events at the handle until it is let go, wherever it goes meanwhile.
pub fn hold(event: &PointerEvent) {
    let handle = event
        .current_target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    if let Some(handle) = handle {
        // Fails only for a pointer that is gone already.
        let _ = handle.set_pointer_capture(event.pointer_id());
    }
}

/// Between which entries of the handle's list the pointer is: the number of entries above it.
#[must_use]
pub fn place_under(event: &PointerEvent) -> Option<usize> {
    let handle = event.current_target()?.dyn_into::<Element>().ok()?;
    let list = handle.closest("ol, ul").ok().flatten()?;
    let entries = list.children();
    let y = f64::from(event.client_y());
    let is_above = |entry: &Element| {
        let bounds = entry.get_bounding_client_rect();
        f64::midpoint(bounds.top(), bounds.bottom()) < y
    };
    let entries = (0..entries.length()).filter_map(|i| entries.item(i));
    Some(entries.filter(is_above).count())
}
