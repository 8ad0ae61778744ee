//! `GET /sim/events`: changes as server-sent events.
//!
//! `message` carries a new message; `changed` asks the client to fetch the rest of the state again. Events
//! are not replayed, so a client that reconnects fetches the state too.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::State;
use axum::response::Sse;
use axum::response::sse::{self, KeepAlive};
use futures_util::{Stream, StreamExt};
use tokio_stream::wrappers::BroadcastStream;

use crate::shared::Shared;
use crate::state::Event;

pub(super) async fn subscribe(
    State(shared): State<Arc<Shared>>,
) -> Sse<impl Stream<Item = Result<sse::Event, Infallible>>> {
    let events = BroadcastStream::new(shared.state().subscribe());
    Sse::new(events.map(|event| Ok(to_sse(event.ok())))).keep_alive(KeepAlive::default())
}

/// The event as SSE. `None` (events that a slow client missed) becomes `changed`.
fn to_sse(event: Option<Event>) -> sse::Event {
    if let Some(Event::Message(message)) = event
        && let Ok(event) = sse::Event::default().event("message").json_data(&message)
    {
        return event;
    }
    sse::Event::default().event("changed").data("{}")
}
