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
use tokio::sync::broadcast::error::RecvError;
use yobirin_api::event::ALIVE;
use yobirin_api::event::Event;
use yobirin_domain::model::id::DeviceId;

use crate::auth::{Cookies, Device};
use crate::error::{ApiResult, bad_request};
use crate::events::Subscription;
use crate::metrics::GaugeGuard;
use crate::routes::extract::ApiQuery;
use crate::state::{AppState, SharedState};
use yobirin_store::Envelope;
use yobirin_store::StoreError;

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
/// The same for a stream that ended because the tablet opened too many: its tabs must not end each other's
/// streams every second.
const TOO_MANY_RECONNECT: Duration = Duration::from_secs(60);

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
    State(relay): State<SharedState>,
    ApiQuery(asked): ApiQuery<After>,
    cookies: Cookies,
    headers: HeaderMap,
) -> ApiResult<impl IntoResponse> {
    let resumed = headers.get("last-event-id").map(|id| {
        id.to_str()
            .ok()
            .and_then(|id| id.trim().parse().ok())
            .ok_or_else(|| bad_request(&"Last-Event-ID: the number of an event"))
    });
    // Listening comes first, so that nothing falls between reading and listening.
    let live = relay
        .events
        .subscribe(&device, relay.stopping.child_token());
    let opened = relay.store.last_event().await?;
    let after = resumed.transpose()?.or(asked.after).unwrap_or(opened);
    let first = Envelope::transient(standing(&relay));
    let mut following = Following {
        _open: relay.metrics.streams.enter(),
        relay,
        device,
        cookies,
        live,
        opened,
        after,
        ready: VecDeque::new(),
        is_behind: true,
        is_over: false,
    };
    following.read_page().await?;
    following.ready.push_front(Arc::new(first));
    let frames = futures_util::stream::unfold(following, |mut following| async move {
        let frame = following.next().await?;
        Some((Ok::<_, Infallible>(frame), following))
    });
    // Browsers show scripts no comments, and a tablet must notice when a stream has silently died.
    let alive = Frame::default().event(ALIVE).data("");
    let keep_alive = KeepAlive::new().interval(HEARTBEAT).event(alive);
    Ok((UNBUFFERED, Sse::new(frames).keep_alive(keep_alive)))
}

/// How the connection to Chatwork stands.
fn standing(relay: &AppState) -> Event {
    Event::Chatwork {
        delivering: relay.chatwork.is_delivering(),
    }
}

/// One stream and how far it has come.
struct Following {
    _open: GaugeGuard,
    relay: Arc<AppState>,
    device: DeviceId,
    /// The tablet's cookie, to look again whether it is paired.
    cookies: Cookies,
    live: Subscription,
    /// The number of the latest event when it was opened.
    opened: u64,
    after: u64,
    ready: VecDeque<Arc<Envelope>>,
    /// The store may hold events after `after` that were not read.
    is_behind: bool,
    is_over: bool,
}

impl Following {
    /// The next frame to send; `None` when the stream ends.
    async fn next(&mut self) -> Option<Frame> {
        loop {
            if let Some(told) = self.ready.pop_front() {
                self.after = told.sequence.unwrap_or(self.after).max(self.after);
                self.is_over |= told.event == Event::Revoked;
                return Some(frame(&told));
            }
            if self.is_over || self.relay.stopping.is_cancelled() {
                return None;
            }
            if self.live.end.is_cancelled() {
                self.is_over = true;
                return Some(Frame::default().retry(TOO_MANY_RECONNECT));
            }
            if self.is_behind {
                self.read_page().await.ok()?;
                continue;
            }
            let heard = tokio::select! {
                () = self.live.end.cancelled() => continue,
                heard = self.live.events.recv() => heard,
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
                    self.is_behind = true;
                    let paired = Device::of(&self.cookies, &self.relay).await.ok()?;
                    let now = match paired {
                        Some(_) => vec![Event::Settings, standing(&self.relay)],
                        None => vec![Event::Revoked],
                    };
                    let now = now.into_iter().map(Envelope::transient);
                    self.ready.extend(now.map(Arc::new));
                }
                Err(RecvError::Closed) => return None,
            }
        }
    }

    /// Reads the next events that are kept after what was sent: one page, because a stream must not hold
    /// everything that its client has not taken yet.
    async fn read_page(&mut self) -> Result<(), StoreError> {
        let after = self.after;
        let page = self.relay.store.events_after(&self.device, after).await?;
        self.is_behind = !page.is_empty();
        self.ready.extend(page.into_iter().map(Arc::new));
        Ok(())
    }
}

fn frame(told: &Envelope) -> Frame {
    let frame = Frame::default().retry(RECONNECT);
    let frame = match told.sequence {
        Some(sequence) => frame.id(sequence.to_string()),
        None => frame,
    };
    // Events are plain records: they always serialise.
    frame.data(serde_json::to_string(&told.event).unwrap_or_default())
}
