//! Event stream of a tablet.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::{CACHE_CONTROL, HeaderName};
use axum::response::IntoResponse;
use axum::response::sse::{Event as Frame, KeepAlive, Sse};
use serde::Deserialize;
use tokio::sync::broadcast::error::RecvError;
use yobirin_api::event::{ALIVE, Event};
use yobirin_domain::model::id::DeviceId;

use crate::auth::{Cookies, Device};
use crate::error::{ApiResult, bad_request};
use crate::event_bus::Subscription;
use crate::routes::extract::ApiQuery;
use crate::state::{AppState, SharedState};
use yobirin_store::{Envelope, StoreError};

/// Interval of keep-alive events, which keep proxies from closing the stream.
const KEEP_ALIVE_INTERVAL: Duration = Duration::from_secs(15);
/// Response headers that ask proxies to forward each event at once. nginx buffers events unless
/// `X-Accel-Buffering` says no; other proxies compress, and so buffer, unless transforming is forbidden.
const UNBUFFERED_HEADERS: [(HeaderName, &str); 2] = [
    (HeaderName::from_static("x-accel-buffering"), "no"),
    (CACHE_CONTROL, "no-store, no-transform"),
];
/// Reconnection delay of browsers.
const RETRY_DELAY: Duration = Duration::from_secs(1);
/// Reconnection delay of a stream that ended because the tablet opened too many: its tabs must not end each
/// other's streams every second.
const TOO_MANY_STREAMS_RETRY_DELAY: Duration = Duration::from_secs(60);

/// Query of the stream.
#[derive(Debug, Deserialize)]
pub(crate) struct StreamQuery {
    /// Number of the last known event, for the first connection, which cannot set `Last-Event-ID`.
    after: Option<u64>,
}

/// `GET /api/events`: missed events, then new ones; without a number to resume from, new ones only. Begins
/// with the state of the connection to Chatwork.
pub(crate) async fn stream(
    Device(device): Device,
    State(state): State<SharedState>,
    ApiQuery(query): ApiQuery<StreamQuery>,
    cookies: Cookies,
    headers: HeaderMap,
) -> ApiResult<impl IntoResponse> {
    let resumed = headers.get("last-event-id").map(|id| {
        id.to_str()
            .ok()
            .and_then(|id| id.trim().parse().ok())
            .ok_or_else(|| bad_request(&"Last-Event-ID: the number of an event"))
    });
    // Subscribed before reading, so that no event falls in between.
    let subscription = state
        .events
        .subscribe(&device, state.stopping.child_token());
    let opened = state.store.last_number().await?;
    let after = resumed.transpose()?.or(query.after).unwrap_or(opened);
    let first = Envelope::transient(connection_state(&state));
    // Counted until the stream is dropped.
    state.metrics.streams.inc();
    let mut stream = EventStream {
        state,
        device,
        cookies,
        subscription,
        opened,
        after,
        ready: VecDeque::new(),
        is_behind: true,
        is_over: false,
    };
    stream.read_page().await?;
    stream.ready.push_front(Arc::new(first));
    let frames = futures_util::stream::unfold(stream, |mut stream| async move {
        // A failure ends the stream; the tablet connects again.
        let frame = stream.next().await.unwrap_or_else(|error| {
            tracing::warn!(%error, "event stream failed");
            None
        })?;
        Some((Ok::<_, Infallible>(frame), stream))
    });
    // A tablet must notice a dead stream. Scripts see neither a comment nor an event without data.
    let alive = Frame::default().event(ALIVE).data(ALIVE);
    let keep_alive = KeepAlive::new().interval(KEEP_ALIVE_INTERVAL).event(alive);
    Ok((UNBUFFERED_HEADERS, Sse::new(frames).keep_alive(keep_alive)))
}

/// Returns the state of the connection to Chatwork.
fn connection_state(state: &AppState) -> Event {
    Event::Chatwork {
        delivering: state.gateway.has_accepted_token(),
    }
}

/// A stream and its position.
struct EventStream {
    state: Arc<AppState>,
    device: DeviceId,
    /// Cookies of the tablet, to check its pairing again.
    cookies: Cookies,
    subscription: Subscription,
    /// Latest number of an event or notice when the stream was opened.
    opened: u64,
    /// Number of the last stored event that was sent.
    after: u64,
    /// Events to send next.
    ready: VecDeque<Arc<Envelope>>,
    /// True while the store may hold events after `after` that were not read.
    is_behind: bool,
    /// True once the tablet was notified that the stream ends.
    is_over: bool,
}

impl Drop for EventStream {
    fn drop(&mut self) {
        self.state.metrics.streams.dec();
    }
}

impl EventStream {
    /// Returns the next frame; `None` when the stream ends.
    async fn next(&mut self) -> ApiResult<Option<Frame>> {
        loop {
            if let Some(envelope) = self.ready.pop_front() {
                self.after = envelope.sequence.unwrap_or(self.after).max(self.after);
                self.is_over |= envelope.event == Event::Revoked;
                return Ok(Some(frame(&envelope)));
            }
            if self.is_over || self.state.stopping.is_cancelled() {
                return Ok(None);
            }
            if self.subscription.end.is_cancelled() {
                self.is_over = true;
                return Ok(Some(Frame::default().retry(TOO_MANY_STREAMS_RETRY_DELAY)));
            }
            if self.is_behind {
                self.read_page().await?;
                continue;
            }
            let received = tokio::select! {
                () = self.subscription.end.cancelled() => continue,
                received = self.subscription.events.recv() => received,
            };
            match received {
                Ok(envelope)
                    if envelope
                        .sequence
                        .is_none_or(|sequence| sequence > self.after)
                        && envelope.notice.is_none_or(|notice| notice > self.opened) =>
                {
                    self.ready.push_back(envelope);
                }
                Ok(_) => {}
                // The client was too slow for the event bus and has missed events. Stored ones are read from the store;
                // the present state replaces transient ones.
                Err(RecvError::Lagged(_)) => {
                    self.is_behind = true;
                    let paired = Device::of(&self.cookies, &self.state).await?;
                    let missed = match paired {
                        Some(_) => vec![Event::Settings, connection_state(&self.state)],
                        None => vec![Event::Revoked],
                    };
                    let missed = missed.into_iter().map(Envelope::transient);
                    self.ready.extend(missed.map(Arc::new));
                }
                Err(RecvError::Closed) => return Ok(None),
            }
        }
    }

    /// Reads the next page of stored events: only one, so that the memory of a stream is bounded however slow its client
    /// is.
    async fn read_page(&mut self) -> Result<(), StoreError> {
        let after = self.after;
        let page = self.state.store.events_after(&self.device, after).await?;
        self.is_behind = !page.is_empty();
        self.ready.extend(page.into_iter().map(Arc::new));
        Ok(())
    }
}

fn frame(envelope: &Envelope) -> Frame {
    let frame = Frame::default().retry(RETRY_DELAY);
    let frame = match envelope.sequence {
        Some(sequence) => frame.id(sequence.to_string()),
        None => frame,
    };
    // Events are plain records, which always serialize.
    frame.data(serde_json::to_string(&envelope.event).unwrap_or_default())
}
