//! `GET /sim/events`: news as they happen, as server-sent events.
//!
//! `message` carries a message; `changed` says that the rest of the state is to be fetched anew.
//! A listener that connects again does that too: nothing is replayed.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::State;
use axum::response::Sse;
use axum::response::sse::{self, KeepAlive};
use futures_util::{Stream, StreamExt};
use tokio_stream::wrappers::BroadcastStream;

use crate::shared::Shared;
use crate::state::Event;

pub(super) async fn follow(
    State(shared): State<Arc<Shared>>,
) -> Sse<impl Stream<Item = Result<sse::Event, Infallible>>> {
    let events = BroadcastStream::new(shared.world().listen());
    Sse::new(events.map(|event| Ok(written(event.ok())))).keep_alive(KeepAlive::default())
}

/// `None` stands for events that a slow listener has missed.
fn written(event: Option<Event>) -> sse::Event {
    if let Some(Event::Message(message)) = event
        && let Ok(event) = sse::Event::default().event("message").json_data(&message)
    {
        return event;
    }
    sse::Event::default().event("changed").data("{}")
}
