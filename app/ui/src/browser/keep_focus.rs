//! Keeps the keyboard's focus in the page. An element that is removed, moved, hidden or disabled while it
//! has the focus loses it to the body, and a keyboard or screen reader user would start over from the top.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Array;
use leptos::prelude::{document, request_animation_frame, window};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Element, Event, FocusOptions, HtmlElement, MutationObserver, MutationObserverInit,
    MutationRecord,
};

/// The element that has the focus, then its ancestors, nearest first.
type Path = Rc<RefCell<Vec<HtmlElement>>>;

/// Gives a lost focus back to an element that was only moved, else to the nearest ancestor that is left,
/// for the life of the page. Code that moves the focus itself goes first.
pub fn keep() {
    let path = Path::default();
    let noted = Rc::clone(&path);
    listen("focusin", move |event| {
        *noted.borrow_mut() = path_of(event.target());
    });
    // A press beside everything takes the focus away on purpose.
    let forgotten = Rc::clone(&path);
    listen("pointerdown", move |_| forgotten.borrow_mut().clear());
    let changed = Closure::<dyn Fn(Array)>::new(move |records: Array| {
        if is_gone(&path) {
            let path = Rc::clone(&path);
            // One frame for code that focuses what has been drawn (`focus_drawn`), and for the browser,
            // which takes the focus from a disabled element only then.
            request_animation_frame(|| {
                request_animation_frame(move || {
                    if is_at_body() && is_gone(&path) {
                        restore(&path);
                    }
                });
            });
        } else if is_at_body() && was_moved(&path, &records) {
            // At once, before anything takes it for left.
            let moved = path.borrow().first().cloned();
            moved.iter().for_each(focus_in_place);
        }
    });
    let Ok(observer) = MutationObserver::new(changed.as_ref().unchecked_ref()) else {
        return;
    };
    let wish = MutationObserverInit::new();
    wish.set_child_list(true);
    wish.set_subtree(true);
    let names = ["disabled", "hidden"].map(JsValue::from_str);
    wish.set_attribute_filter(&names.iter().collect::<Array>());
    if let Some(body) = document().body() {
        // Fails only for options that contradict each other.
        let _ = observer.observe_with_options(&body, &wish);
    }
    changed.forget();
}

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

/// True when the element that had the focus cannot have it any more.
fn is_gone(path: &Path) -> bool {
    let path = path.borrow();
    path.first()
        .is_some_and(|element| !is_shown(element) || element.matches(":disabled").unwrap_or(false))
}

fn is_shown(element: &HtmlElement) -> bool {
    element.is_connected() && element.get_client_rects().length() > 0
}

/// True when the element that had the focus was taken out and put in again, as a list does that gets new
/// rows above.
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

fn focus_in_place(element: &HtmlElement) {
    let wish = FocusOptions::new();
    wish.set_prevent_scroll(true);
    // Fails only for an element that is gone again.
    let _ = element.focus_with_options(&wish);
}

/// A page that was changed begins at its heading.
fn restore(path: &Path) {
    let left = path.borrow().iter().skip(1).find(|e| is_shown(e)).cloned();
    let Some(left) = left else { return };
    let heading = left.query_selector("main h1").ok().flatten();
    let heading = heading.and_then(|heading| heading.dyn_into::<HtmlElement>().ok());
    let target = heading.unwrap_or(left);
    if !target.has_attribute("tabindex") && target.tab_index() < 0 {
        target.set_tab_index(-1);
    }
    focus_in_place(&target);
}
