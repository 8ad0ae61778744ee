//! Follows the relay's event stream: reports events in order, each with its sequence number.
//!
//! The browser reconnects by itself and says which event it saw last; when it gives up (the relay
//! answered with an error, or was gone for long) this module opens the stream anew, and likewise when
//! the relay has not said for long that it is there: a dead connection can look alive for hours.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::{Interval, Timeout};
use leptos::prelude::on_cleanup;
use send_wrapper::SendWrapper;
use yobirin_api::event::Event;

use crate::browser::clock;
use crate::browser::event_source::{EventSourceHandle, SourceEvent};
use crate::json;

/// How long to wait before a stream that the browser gave up is opened again, in milliseconds.
const REOPEN: u32 = 3_000;

/// How long a stream may be silent, in milliseconds: the relay says every few seconds that it is there.
const SILENCE: u64 = 60_000;
/// How often that is looked at, in milliseconds.
const LOOK: u32 = 10_000;

/// What a follower is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StreamEvent {
    /// The stream is open: nothing was missed, or what was missed comes now.
    Connected,
    /// The stream broke; it is being opened again.
    Lost,
    /// A sign of life: nothing has happened.
    Alive,
    /// One event, with its sequence number when it is one that the relay keeps.
    Event(Option<u64>, Event),
}

type Tell = Rc<dyn Fn(StreamEvent)>;

#[derive(Default)]
struct State {
    stream: Option<EventSourceHandle>,
    again: Option<Timeout>,
    last: Option<u64>,
    /// When the stream was last heard, by this machine's clock.
    heard: u64,
}

/// Follows the stream until the current owner is cleaned up. `last` is the latest event already
/// known, if any.
pub fn follow(last: Option<u64>, tell: impl Fn(StreamEvent) + 'static) {
    let state = Rc::new(RefCell::new(State {
        last,
        ..State::default()
    }));
    let tell: Tell = Rc::new(tell);
    open(&state, &tell);
    let look = Interval::new(LOOK, {
        let state = Rc::clone(&state);
        move || look(&state, &tell)
    });
    let kept = SendWrapper::new((state, look));
    on_cleanup(move || {
        let (state, look) = kept.take();
        look.cancel();
        let mut state = state.borrow_mut();
        state.stream = None;
        state.again = None;
    });
}

fn open(state: &Rc<RefCell<State>>, tell: &Tell) {
    let path = state
        .borrow()
        .last
        .map_or("/api/events".to_owned(), |last| {
            format!("/api/events?after={last}")
        });
    let report = {
        let state = Rc::clone(state);
        let tell = Rc::clone(tell);
        move |report: SourceEvent| apply(&state, &tell, report)
    };
    let stream = EventSourceHandle::open(&path, report);
    let mut state = state.borrow_mut();
    state.stream = stream;
    state.heard = clock::now();
}

/// Opens a stream that has fallen silent anew.
fn look(state: &Rc<RefCell<State>>, tell: &Tell) {
    if is_silent(state.borrow().heard, clock::now()) {
        tell(StreamEvent::Lost);
        open(state, tell);
    }
}

/// A clock that was set back counts from then on.
fn is_silent(heard: u64, now: u64) -> bool {
    now.abs_diff(heard) > SILENCE
}

fn apply(state: &Rc<RefCell<State>>, tell: &Tell, report: SourceEvent) {
    state.borrow_mut().heard = clock::now();
    match report {
        SourceEvent::Alive => tell(StreamEvent::Alive),
        SourceEvent::Open => tell(StreamEvent::Connected),
        SourceEvent::Message(sequence, text) => {
            if let Some(sequence) = sequence {
                state.borrow_mut().last = Some(sequence);
            }
            // An event of a newer relay that this app does not know yet changes nothing here.
            if let Some(event) = json::read(&text) {
                tell(StreamEvent::Event(sequence, event));
            }
        }
        SourceEvent::Broken => tell(StreamEvent::Lost),
        SourceEvent::Refused => {
            tell(StreamEvent::Lost);
            let again = {
                let state = Rc::clone(state);
                let tell = Rc::clone(tell);
                Timeout::new(REOPEN, move || open(&state, &tell))
            };
            state.borrow_mut().again = Some(again);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_silent;

    #[test]
    fn a_stream_is_silent_after_a_minute_and_whenever_the_clock_has_jumped() {
        assert!(!is_silent(1_000_000, 1_060_000));
        assert!(is_silent(1_000_000, 1_060_001));
        assert!(is_silent(1_000_000, 500_000));
    }
}
