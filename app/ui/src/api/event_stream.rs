//! Subscription to the relay's event stream.
//!
//! The browser reconnects by itself, and sends the sequence number of the last event. When it gives up, after an
//! error of the relay, this module opens the stream again. It also does so when the relay's keep-alives are missing,
//! because a dead connection can look open for hours. A hidden page has no stream: without TLS all tabs of a browser
//! share six connections to the relay, and six streams would leave none for requests.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::{Interval, Timeout};
use leptos::prelude::on_cleanup;
use send_wrapper::SendWrapper;
use yobirin_api::event::Event;

use crate::browser::event_source::{EventSourceHandle, SourceEvent};
use crate::browser::{clock, window_events};
use crate::json;

/// Delay before a refused stream is opened again.
const REOPEN_DELAY_MS: u32 = 3_000;

/// A stream without any message for this long is dead; the relay sends a keep-alive every few seconds.
const MAX_SILENCE_MS: u64 = 60_000;
/// Interval of checking for silence.
const SILENCE_CHECK_INTERVAL_MS: u32 = 10_000;

/// Report to a subscriber.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StreamEvent {
    /// The stream was requested, because the page is visible or a stream ended.
    Requested,
    /// The stream was closed, because the page is hidden.
    Paused,
    /// The stream is open; it sends the missed events next.
    Connected,
    /// The connection broke; the stream is being opened again.
    Lost,
    /// Keep-alive of the relay.
    Alive,
    /// One event, with its sequence number; `None` for an event that the relay does not store.
    Event(Option<u64>, Event),
}

/// Callback of a subscriber.
type OnEvent = Rc<dyn Fn(StreamEvent)>;

#[derive(Default)]
struct Subscription {
    stream: Option<EventSourceHandle>,
    reopen_timer: Option<Timeout>,
    last_sequence: Option<u64>,
    /// Time of the last message, by this machine's clock.
    last_heard: u64,
}

/// Subscribes until the current owner is cleaned up. `last_sequence` is the sequence number of the latest known event;
/// with `None` the stream begins with new events.
pub fn subscribe(last_sequence: Option<u64>, on_event: impl Fn(StreamEvent) + 'static) {
    let state = Rc::new(RefCell::new(Subscription {
        last_sequence,
        ..Subscription::default()
    }));
    let on_event: OnEvent = Rc::new(on_event);
    open_or_close_by_visibility(&state, &on_event);
    window_events::listen_while_mounted("visibilitychange", {
        let (state, on_event) = (Rc::clone(&state), Rc::clone(&on_event));
        move || open_or_close_by_visibility(&state, &on_event)
    });
    let silence_check = Interval::new(SILENCE_CHECK_INTERVAL_MS, {
        let state = Rc::clone(&state);
        move || reopen_if_silent(&state, &on_event)
    });
    let guard = SendWrapper::new((state, silence_check));
    on_cleanup(move || {
        let (state, silence_check) = guard.take();
        silence_check.cancel();
        let mut state = state.borrow_mut();
        state.stream = None;
        state.reopen_timer = None;
    });
}

/// Opens the stream of a visible page. Closes the stream of a hidden page, which gets the missed events once it is
/// visible again.
fn open_or_close_by_visibility(state: &Rc<RefCell<Subscription>>, on_event: &OnEvent) {
    state.borrow_mut().reopen_timer = None;
    if window_events::is_visible() {
        open_stream(state, on_event);
    } else {
        state.borrow_mut().stream = None;
        on_event(StreamEvent::Paused);
    }
}

fn open_stream(state: &Rc<RefCell<Subscription>>, on_event: &OnEvent) {
    on_event(StreamEvent::Requested);
    let path = state
        .borrow()
        .last_sequence
        .map_or("/api/events".to_owned(), |last| {
            format!("/api/events?after={last}")
        });
    let on_source = {
        let state = Rc::clone(state);
        let on_event = Rc::clone(on_event);
        move |event: SourceEvent| on_source_event(&state, &on_event, event)
    };
    let stream = EventSourceHandle::open(&path, on_source);
    let mut state = state.borrow_mut();
    state.stream = stream;
    state.last_heard = clock::now();
}

/// Opens the stream again if it has been silent for too long.
fn reopen_if_silent(state: &Rc<RefCell<Subscription>>, on_event: &OnEvent) {
    if window_events::is_visible() && is_silent(state.borrow().last_heard, clock::now()) {
        on_event(StreamEvent::Lost);
        open_stream(state, on_event);
    }
}

/// True after a minute without a message, and when the clock was set by more than that.
fn is_silent(last_heard: u64, now: u64) -> bool {
    now.abs_diff(last_heard) > MAX_SILENCE_MS
}

fn on_source_event(state: &Rc<RefCell<Subscription>>, on_event: &OnEvent, event: SourceEvent) {
    state.borrow_mut().last_heard = clock::now();
    match event {
        SourceEvent::Alive => on_event(StreamEvent::Alive),
        SourceEvent::Open => on_event(StreamEvent::Connected),
        SourceEvent::Message(sequence, text) => {
            if let Some(sequence) = sequence {
                state.borrow_mut().last_sequence = Some(sequence);
            }
            // Unknown events, of a newer relay, are ignored.
            if let Some(event) = json::read(&text) {
                on_event(StreamEvent::Event(sequence, event));
            }
        }
        SourceEvent::Interrupted => on_event(StreamEvent::Lost),
        // In a task of its own, because a page that is being reloaded loses its stream first: it runs no more tasks,
        // and so reports nothing.
        SourceEvent::Refused => call_after(0, state, on_event, |state, on_event| {
            on_event(StreamEvent::Lost);
            call_after(REOPEN_DELAY_MS, state, on_event, open_stream);
        }),
    }
}

/// Calls `act` after a time in milliseconds, unless the stream is opened or closed by then.
fn call_after(
    millis: u32,
    state: &Rc<RefCell<Subscription>>,
    on_event: &OnEvent,
    act: fn(&Rc<RefCell<Subscription>>, &OnEvent),
) {
    let timer = Timeout::new(millis, {
        let (state, on_event) = (Rc::clone(state), Rc::clone(on_event));
        move || act(&state, &on_event)
    });
    state.borrow_mut().reopen_timer = Some(timer);
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
