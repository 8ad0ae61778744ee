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
const REOPEN_DELAY_MS: u32 = 3_000;

/// How long a stream may be silent, in milliseconds: the relay says every few seconds that it is there.
const MAX_SILENCE_MS: u64 = 60_000;
/// How often that is looked at, in milliseconds.
const SILENCE_CHECK_INTERVAL_MS: u32 = 10_000;

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

type OnEvent = Rc<dyn Fn(StreamEvent)>;

#[derive(Default)]
struct Subscription {
    stream: Option<EventSourceHandle>,
    reopen_timer: Option<Timeout>,
    last_sequence: Option<u64>,
    /// When the stream was last heard, by this machine's clock.
    last_heard: u64,
}

/// Follows the stream until the current owner is cleaned up. `last` is the latest event already
/// known, if any.
pub fn subscribe(last: Option<u64>, tell: impl Fn(StreamEvent) + 'static) {
    let state = Rc::new(RefCell::new(Subscription {
        last_sequence: last,
        ..Subscription::default()
    }));
    let tell: OnEvent = Rc::new(tell);
    open(&state, &tell);
    let look = Interval::new(SILENCE_CHECK_INTERVAL_MS, {
        let state = Rc::clone(&state);
        move || reopen_if_silent(&state, &tell)
    });
    let kept = SendWrapper::new((state, look));
    on_cleanup(move || {
        let (state, look) = kept.take();
        look.cancel();
        let mut state = state.borrow_mut();
        state.stream = None;
        state.reopen_timer = None;
    });
}

fn open(state: &Rc<RefCell<Subscription>>, tell: &OnEvent) {
    let path = state
        .borrow()
        .last_sequence
        .map_or("/api/events".to_owned(), |last| {
            format!("/api/events?after={last}")
        });
    let report = {
        let state = Rc::clone(state);
        let tell = Rc::clone(tell);
        move |report: SourceEvent| on_source_event(&state, &tell, report)
    };
    let stream = EventSourceHandle::open(&path, report);
    let mut state = state.borrow_mut();
    state.stream = stream;
    state.last_heard = clock::now();
}

/// Opens a stream that has fallen silent anew.
fn reopen_if_silent(state: &Rc<RefCell<Subscription>>, tell: &OnEvent) {
    if is_silent(state.borrow().last_heard, clock::now()) {
        tell(StreamEvent::Lost);
        open(state, tell);
    }
}

/// A clock that was set back counts from then on.
fn is_silent(heard: u64, now: u64) -> bool {
    now.abs_diff(heard) > MAX_SILENCE_MS
}

fn on_source_event(state: &Rc<RefCell<Subscription>>, tell: &OnEvent, report: SourceEvent) {
    state.borrow_mut().last_heard = clock::now();
    match report {
        SourceEvent::Alive => tell(StreamEvent::Alive),
        SourceEvent::Open => tell(StreamEvent::Connected),
        SourceEvent::Message(sequence, text) => {
            if let Some(sequence) = sequence {
                state.borrow_mut().last_sequence = Some(sequence);
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
                Timeout::new(REOPEN_DELAY_MS, move || open(&state, &tell))
            };
            state.borrow_mut().reopen_timer = Some(again);
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
