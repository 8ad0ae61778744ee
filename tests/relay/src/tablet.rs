//! A paired tablet.

use std::time::Duration;

use reqwest::RequestBuilder;
use yobirin_api::Millis;
use yobirin_api::call::{CallStatus, TABLET_TIME};
use yobirin_api::event::Event;
use yobirin_domain::model::delivery::{CallState, DeliveryState};

use crate::browser::{Browser, json};
use crate::calls::CallDraft;
use crate::event_stream::EventStream;
use crate::eventually::eventually;

/// Timeout of a request for a stream, which replaces the shorter timeout of [`Browser`].
const STREAM_TIMEOUT: Duration = Duration::from_secs(15 * 60);

/// A browser that is paired as a device.
#[derive(Clone, Debug)]
pub struct Tablet {
    /// The tablet's browser.
    pub browser: Browser,
}

impl Tablet {
    /// Request that hands a call over.
    pub fn hand_over_request(&self, draft: &CallDraft) -> RequestBuilder {
        self.browser.put(&draft.path()).json(&draft.call)
    }

    /// Request that hands a call over from a tablet whose clock shows this time.
    pub fn hand_over_request_at(&self, draft: &CallDraft, tablet_time: Millis) -> RequestBuilder {
        self.hand_over_request(draft)
            .header(TABLET_TIME, tablet_time)
    }

    /// Hands a call over, which must be accepted.
    pub async fn hand_over(&self, draft: &CallDraft) -> CallStatus {
        let response = self.hand_over_request(draft).send().await.unwrap();
        let (status, text) = (response.status().as_u16(), response.text().await.unwrap());
        assert_eq!(status, 202, "{text}");
        serde_json::from_str(&text).unwrap()
    }

    /// Status of a call of this tablet, from the relay.
    pub async fn status(&self, draft: &CallDraft) -> CallStatus {
        json(self.browser.get(&draft.path())).await
    }

    /// Waits until a call and its deliveries, with its fallback, are in a final state.
    pub async fn final_status(&self, draft: &CallDraft) -> CallStatus {
        eventually("the call has its final state", async || {
            let status = self.status(draft).await;
            (status.state != CallState::Sending
                && status
                    .deliveries
                    .iter()
                    .chain(&status.fallback)
                    .all(DeliveryState::is_final))
            .then_some(status)
        })
        .await
    }

    /// Opens the event stream and takes its first event, which is about the connection to Chatwork.
    pub async fn events(&self) -> EventStream {
        self.stream(self.browser.get("/api/events")).await
    }

    /// Opens the event stream after this sequence number, and takes the first event as [`Tablet::events`] does.
    pub async fn events_after(&self, sequence: u64) -> EventStream {
        self.stream(
            self.browser
                .get("/api/events")
                .header("last-event-id", sequence),
        )
        .await
    }

    async fn stream(&self, request: RequestBuilder) -> EventStream {
        let mut stream = EventStream::open(request.timeout(STREAM_TIMEOUT)).await;
        let first = stream.next().await;
        assert!(
            matches!(first, Some((None, Event::Chatwork { .. }))),
            "{first:?}"
        );
        stream
    }
}
