//! A server-sent event stream (`EventSource`) that closes when dropped.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Event, EventSource, MessageEvent};
use yobirin_api::event::ALIVE;

/// A report about a stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceEvent {
    /// The stream is open.
    Open,
    /// One event: its sequence number, `None` for an event that the relay does not store, and its data.
    Message(Option<u64>, String),
    /// Keep-alive of the relay, without an event.
    Alive,
    /// The connection broke; the browser reconnects by itself.
    Interrupted,
    /// The relay refused the stream, so the browser does not reconnect.
    Refused,
}

/// An open stream.
pub struct EventSourceHandle {
    source: EventSource,
    _message: Closure<dyn Fn(MessageEvent)>,
    _open: Closure<dyn Fn(Event)>,
    _error: Closure<dyn Fn(Event)>,
    _alive: Closure<dyn Fn(Event)>,
}

impl EventSourceHandle {
    /// Opens a stream of this origin; `None` when the browser refuses to create one.
    #[must_use]
    pub fn open(path: &str, report: impl Fn(SourceEvent) + Clone + 'static) -> Option<Self> {
        let source = EventSource::new(path).ok()?;
        let on_message = Closure::<dyn Fn(MessageEvent)>::new({
            let report = report.clone();
            move |event: MessageEvent| {
                let text = event.data().as_string().unwrap_or_default();
                report(SourceEvent::Message(
                    event.last_event_id().parse().ok(),
                    text,
                ));
            }
        });
        let on_open = Closure::<dyn Fn(Event)>::new({
            let report = report.clone();
            move |_| report(SourceEvent::Open)
        });
        let on_alive = Closure::<dyn Fn(Event)>::new({
            let report = report.clone();
            move |_| report(SourceEvent::Alive)
        });
        let on_error = Closure::<dyn Fn(Event)>::new({
            let source = source.clone();
            move |_| {
                let is_closed = source.ready_state() == EventSource::CLOSED;
                report(if is_closed {
                    SourceEvent::Refused
                } else {
                    SourceEvent::Interrupted
                });
            }
        });
        source.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        // Adding a listener with a plain function cannot fail.
        let _ = source.add_event_listener_with_callback(ALIVE, on_alive.as_ref().unchecked_ref());
        source.set_onopen(Some(on_open.as_ref().unchecked_ref()));
        source.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Some(Self {
            source,
            _message: on_message,
            _open: on_open,
            _error: on_error,
            _alive: on_alive,
        })
    }
}

impl Drop for EventSourceHandle {
    fn drop(&mut self) {
        self.source.close();
    }
}
