//! Follows the relay's event stream: reports events in order, each with its sequence number.
//!
//! The browser reconnects by itself and says which event it saw last; when it gives up (the relay
//! answered with an error, or was gone for long) this module opens the stream anew.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use leptos::prelude::on_cleanup;
use send_wrapper::SendWrapper;
use yobirin_api::event::Event;

use crate::json;
use crate::platform::stream::{Report, Stream};

/// How long to wait before a stream that the browser gave up is opened again, in milliseconds.
const REOPEN: u32 = 3_000;

/// What a follower is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Live {
    /// The stream is open: nothing was missed, or what was missed comes now.
    Connected,
    /// The stream broke; it is being opened again.
    Lost,
    /// One event, with its sequence number when it is one that the relay keeps.
    Event(Option<u64>, Event),
}

type Tell = Rc<dyn Fn(Live)>;

#[derive(Default)]
struct State {
    stream: Option<Stream>,
    again: Option<Timeout>,
    last: Option<u64>,
}

/// Follows the stream until the current owner is cleaned up. `last` is the latest event already
/// known, if any.
pub fn follow(last: Option<u64>, tell: impl Fn(Live) + 'static) {
    let state = Rc::new(RefCell::new(State {
        last,
        ..State::default()
    }));
    open(&state, &(Rc::new(tell) as Tell));
    let state = SendWrapper::new(state);
    on_cleanup(move || {
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
        move |report: Report| apply(&state, &tell, report)
    };
    let stream = Stream::open(&path, report);
    state.borrow_mut().stream = stream;
}

fn apply(state: &Rc<RefCell<State>>, tell: &Tell, report: Report) {
    match report {
        Report::Open => tell(Live::Connected),
        Report::Message(sequence, text) => {
            if let Some(sequence) = sequence {
                state.borrow_mut().last = Some(sequence);
            }
            // An event of a newer relay that this app does not know yet changes nothing here.
            if let Some(event) = json::read(&text) {
                tell(Live::Event(sequence, event));
            }
        }
        Report::Broken => tell(Live::Lost),
        Report::Refused => {
            tell(Live::Lost);
            let again = {
                let state = Rc::clone(state);
                let tell = Rc::clone(tell);
                Timeout::new(REOPEN, move || open(&state, &tell))
            };
            state.borrow_mut().again = Some(again);
        }
    }
}
