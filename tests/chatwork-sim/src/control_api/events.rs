//! `GET /sim/events`: changes as server-sent events.
//!
//! `message` carries a new message, `edited` one that was edited or deleted; `changed` asks the client to fetch the rest of
//! the state again. Events are not replayed, so a client that reconnects fetches the state too.

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
    let events = events.filter_map(async |event| to_sse(event.ok()).map(Ok));
    Sse::new(events).keep_alive(KeepAlive::default())
}

/// The event as SSE; `None` for one that the page does not show. Missed events of a slow client (no event)
/// become `changed`.
fn to_sse(event: Option<Event>) -> Option<sse::Event> {
    let (name, message) = match event {
        Some(Event::Message(message)) => ("message", message),
        Some(Event::Edited(message)) => ("edited", message),
        Some(Event::Delivery) => return None,
        Some(Event::Changed) | None => return Some(changed()),
    };
    let event = sse::Event::default().event(name).json_data(&message);
    Some(event.unwrap_or_else(|_| changed()))
}

fn changed() -> sse::Event {
    sse::Event::default().event("changed").data("{}")
}
