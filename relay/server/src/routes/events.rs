//! A tablet's event stream.

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
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use yobirin_api::event::ALIVE;
use yobirin_api::event::Event;
use yobirin_domain::id::DeviceId;

use crate::auth::Device;
use crate::body::{Asked, malformed};
use crate::error::Answer;
use crate::events::Told;
use crate::metrics::Inside;
use crate::relay::{App, Relay};
use crate::store::StoreError;

/// A comment this often keeps proxies from closing the stream.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// Response headers that ask proxies to pass each event on at once. nginx keeps events back until its
/// buffer is full unless `X-Accel-Buffering` says no; others compress and so buffer what may be transformed.
const UNBUFFERED: [(HeaderName, &str); 2] = [
    (HeaderName::from_static("x-accel-buffering"), "no"),
    (CACHE_CONTROL, "no-store, no-transform"),
];
/// What a browser waits before it connects again.
const RECONNECT: Duration = Duration::from_secs(1);

/// Query of the stream.
#[derive(Debug, Deserialize)]
pub(crate) struct After {
    /// The number of the last event that is known; for the first connection, which cannot set
    /// `Last-Event-ID`.
    after: Option<u64>,
}

/// `GET /api/events`: what was missed, then what happens. Without a number to go on from, only what
/// happens. Begins with how the connection to Chatwork stands.
pub(crate) async fn stream(
    Device(device): Device,
    State(relay): State<App>,
    Asked(asked): Asked<After>,
    headers: HeaderMap,
) -> Answer<impl IntoResponse> {
    let resumed = headers.get("last-event-id").map(|id| {
        id.to_str()
            .ok()
            .and_then(|id| id.trim().parse().ok())
            .ok_or_else(|| malformed(&"Last-Event-ID: the number of an event"))
    });
    // Listening comes first, so that nothing falls between reading and listening.
    let live = relay.hub.listen(&device);
    let opened = relay.store.last_event().await?;
    let after = resumed.transpose()?.or(asked.after).unwrap_or(opened);
    let first = Told::passing(standing(&relay));
    let mut following = Following {
        _open: relay.metrics.streams.enter(),
        relay,
        device,
        live,
        opened,
        after,
        ready: VecDeque::new(),
        is_over: false,
    };
    following.catch_up().await?;
    following.ready.push_front(Arc::new(first));
    let frames = futures_util::stream::unfold(following, |mut following| async move {
        let told = following.next().await?;
        Some((Ok::<_, Infallible>(frame(&told)), following))
    });
    // Browsers show scripts no comments, and a tablet must notice when a stream has silently died.
    let alive = Frame::default().event(ALIVE).data("");
    let keep_alive = KeepAlive::new().interval(HEARTBEAT).event(alive);
    Ok((UNBUFFERED, Sse::new(frames).keep_alive(keep_alive)))
}

/// How the connection to Chatwork stands.
fn standing(relay: &Relay) -> Event {
    Event::Chatwork {
        delivering: relay.link.is_delivering(),
    }
}

/// One stream and how far it has come.
struct Following {
    _open: Inside,
    relay: Arc<Relay>,
    device: DeviceId,
    live: Receiver<Arc<Told>>,
    /// The number of the latest event when it was opened.
    opened: u64,
    after: u64,
    ready: VecDeque<Arc<Told>>,
    is_over: bool,
}

impl Following {
    /// The next event to send; `None` when the stream ends.
    async fn next(&mut self) -> Option<Arc<Told>> {
        loop {
            if let Some(told) = self.ready.pop_front() {
                self.after = told.sequence.unwrap_or(self.after).max(self.after);
                self.is_over |= told.event == Event::Revoked;
                return Some(told);
            }
            if self.is_over {
                return None;
            }
            let stopping = self.relay.stopping.clone();
            let heard = tokio::select! {
                () = stopping.cancelled() => return None,
                heard = self.live.recv() => heard,
            };
            match heard {
                Ok(told)
                    if told.sequence.is_none_or(|sequence| sequence > self.after)
                        && told.notice.is_none_or(|notice| notice > self.opened) =>
                {
                    self.ready.push_back(told);
                }
                Ok(_) => {}
                // Too slow for the hub: the store has what counts, and what it has not is told as it is.
                Err(RecvError::Lagged(_)) => {
                    self.catch_up().await.ok()?;
                    let now = [Event::Settings, standing(&self.relay)].map(Told::passing);
                    self.ready.extend(now.map(Arc::new));
                }
                Err(RecvError::Closed) => return None,
            }
        }
    }

    /// Reads everything that is kept after what was sent.
    async fn catch_up(&mut self) -> Result<(), StoreError> {
        let mut after = self.after;
        loop {
            let page = self.relay.store.events_after(&self.device, after).await?;
            let Some(last) = page.last().and_then(|told| told.sequence) else {
                return Ok(());
            };
            after = last;
            self.ready.extend(page.into_iter().map(Arc::new));
        }
    }
}

fn frame(told: &Told) -> Frame {
    let frame = Frame::default().retry(RECONNECT);
    let frame = match told.sequence {
        Some(sequence) => frame.id(sequence.to_string()),
        None => frame,
    };
    // Events are plain records: they always serialise.
    frame.data(serde_json::to_string(&told.event).unwrap_or_default())
}
