//! Restores lost keyboard focus. An element that is removed, moved, hidden or disabled while it has the focus loses it
//! to the body, and users of a keyboard or screen reader would start over from the top.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Array;
use leptos::prelude::{document, request_animation_frame, window};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Element, Event, HtmlElement, MutationObserver, MutationObserverInit, MutationRecord,
};

use super::focus::focus_in_place;

/// The element that was focused last, then its ancestors, nearest first. Empty when nothing is to be restored.
type Path = Rc<RefCell<Vec<HtmlElement>>>;

/// Starts restoring lost focus, for the life of the page: to the element itself if it was only moved, else to its
/// nearest remaining ancestor. Code that moves the focus itself takes precedence.
pub fn install() {
    let path = Path::default();
    let path_to_set = Rc::clone(&path);
    listen("focusin", move |event| {
        *path_to_set.borrow_mut() = path_of(event.target());
    });
    // A press outside of all controls removes the focus on purpose. A press on a control focuses it next.
    let path_to_clear = Rc::clone(&path);
    listen("pointerdown", move |_| path_to_clear.borrow_mut().clear());
    let changed = Closure::<dyn Fn(Array)>::new(move |records: Array| {
        if is_gone(&path) {
            let path = Rc::clone(&path);
            // Waits until the next frame is drawn: `focus_after_render` takes precedence, and the browser removes the
            // focus from a disabled element when it draws the frame.
            request_animation_frame(|| {
                request_animation_frame(move || {
                    if is_at_body() && is_gone(&path) {
                        restore(&path);
                    }
                });
            });
        } else if is_at_body() && was_moved(&path, &records) {
            // Immediately, before other code sees the focus as lost.
            let moved = path.borrow().first().cloned();
            if let Some(element) = moved {
                focus_in_place(&element);
            }
        }
    });
    let Ok(observer) = MutationObserver::new(changed.as_ref().unchecked_ref()) else {
        return;
    };
    let options = MutationObserverInit::new();
    options.set_child_list(true);
    options.set_subtree(true);
    let names = ["disabled", "hidden"].map(JsValue::from_str);
    options.set_attribute_filter(&names.iter().collect::<Array>());
    if let Some(body) = document().body() {
        // Fails only for options that contradict each other.
        let _ = observer.observe_with_options(&body, &options);
    }
    changed.forget();
}

/// Listens in the capture phase, because a control can stop an event only after it.
fn listen(name: &str, act: impl Fn(Event) + 'static) {
    let listener = Closure::<dyn Fn(Event)>::new(act);
    // Adding a listener with a plain function cannot fail.
    let _ = window().add_event_listener_with_callback_and_bool(
        name,
        listener.as_ref().unchecked_ref(),
        true,
    );
    listener.forget();
}

/// The element of an event and its ancestors.
fn path_of(target: Option<web_sys::EventTarget>) -> Vec<HtmlElement> {
    let mut next = target.and_then(|target| target.dyn_into::<Element>().ok());
    let mut path = Vec::new();
    while let Some(element) = next {
        next = element.parent_element();
        path.extend(element.dyn_into::<HtmlElement>());
    }
    path
}

fn is_at_body() -> bool {
    let active = document().active_element();
    active.is_none_or(|active| active.matches("body, html").unwrap_or(false))
}

/// True when the element that had the focus cannot have it any more: hidden, removed or disabled.
fn is_gone(path: &Path) -> bool {
    let path = path.borrow();
    path.first()
        .is_some_and(|element| !is_shown(element) || element.matches(":disabled").unwrap_or(false))
}

fn is_shown(element: &HtmlElement) -> bool {
    element.is_connected() && element.get_client_rects().length() > 0
}

/// True when the element that had the focus was removed and inserted again, as lists do with rows that move.
fn was_moved(path: &Path, records: &Array) -> bool {
    let path = path.borrow();
    let Some(element) = path.first() else {
        return false;
    };
    records.iter().any(|record| {
        let removed = record.unchecked_into::<MutationRecord>().removed_nodes();
        let mut nodes = (0..removed.length()).filter_map(|i| removed.get(i));
        nodes.any(|node| node.contains(Some(element)))
    })
}

/// Focuses the nearest remaining ancestor, or the page's heading if the ancestor contains it.
fn restore(path: &Path) {
    let ancestor = path.borrow().iter().skip(1).find(|e| is_shown(e)).cloned();
    let Some(ancestor) = ancestor else { return };
    let heading = ancestor.query_selector("main h1").ok().flatten();
    let heading = heading.and_then(|heading| heading.dyn_into::<HtmlElement>().ok());
    let target = heading.unwrap_or(ancestor);
    if !target.has_attribute("tabindex") && target.tab_index() < 0 {
        target.set_tab_index(-1);
    }
    focus_in_place(&target);
}
