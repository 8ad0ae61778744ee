//! Dragging something that may be drawn anew on the way, with mouse, pen or finger.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::ev;
use leptos::prelude::{WindowListenerHandle, window_event_listener};
use web_sys::PointerEvent;

/// Follows the pointer that has just gone down: `at` is told its height in the browser's window while
/// it moves, `end` whether it was let go (true) or the drag was called off.
pub fn pointer(event: &PointerEvent, at: impl Fn(f64) + 'static, end: impl Fn(bool) + 'static) {
    // Listened for at the window: the thing that is dragged may be drawn anew meanwhile.
    let listeners: Rc<RefCell<Vec<WindowListenerHandle>>> = Rc::default();
    let own = event.pointer_id();
    let finish = {
        let listeners = Rc::clone(&listeners);
        Rc::new(move |dropped: bool| {
            for listener in listeners.borrow_mut().drain(..) {
                listener.remove();
            }
            end(dropped);
        })
    };
    let over = |finish: &Rc<dyn Fn(bool)>, dropped: bool| {
        let finish = Rc::clone(finish);
        move |event: PointerEvent| {
            if event.pointer_id() == own {
                finish(dropped);
            }
        }
    };
    let finish: Rc<dyn Fn(bool)> = finish;
    let moves = window_event_listener(ev::pointermove, move |event| {
        if event.pointer_id() == own {
            event.prevent_default();
            at(f64::from(event.client_y()));
        }
    });
    let up = window_event_listener(ev::pointerup, over(&finish, true));
    let cancel = window_event_listener(ev::pointercancel, over(&finish, false));
    let escape = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" {
            event.prevent_default();
            finish(false);
        }
    });
    *listeners.borrow_mut() = vec![moves, up, cancel, escape];
}
