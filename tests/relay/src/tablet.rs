//! A paired tablet.

use reqwest::RequestBuilder;
use yobirin_api::Millis;
use yobirin_api::call::{CallStatus, TABLET_TIME};
use yobirin_api::event::Event;
use yobirin_domain::model::delivery::{CallState, DeliveryState};

use crate::browser::{Browser, json};
use crate::calls::CallDraft;
use crate::event_stream::Stream;
use crate::test_app::eventually;

/// A browser that is paired as a device.
#[derive(Clone, Debug)]
pub struct Tablet {
    /// Its browser.
    pub browser: Browser,
}

impl Tablet {
    /// Hands a call over, as a request to look at.
    pub fn handing_over(&self, draft: &CallDraft) -> RequestBuilder {
        self.browser.put(&draft.path()).json(&draft.call)
    }

    /// The same from a tablet whose clock shows this.
    pub fn handing_over_at(&self, draft: &CallDraft, shows: Millis) -> RequestBuilder {
        self.handing_over(draft).header(TABLET_TIME, shows)
    }

    /// Hands a call over; it must be accepted.
    pub async fn hand_over(&self, draft: &CallDraft) -> CallStatus {
        let response = self.handing_over(draft).send().await.unwrap();
        let (status, text) = (response.status().as_u16(), response.text().await.unwrap());
        assert_eq!(status, 202, "{text}");
        serde_json::from_str(&text).unwrap()
    }

    /// How a call stands.
    pub async fn status(&self, draft: &CallDraft) -> CallStatus {
        json(self.browser.get(&draft.path())).await
    }

    /// Waits until a call is no longer being sent.
    pub async fn settled(&self, draft: &CallDraft) -> CallStatus {
        eventually("the call is settled", async || {
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

    /// Opens the event stream; its first event, about Chatwork, is taken off.
    pub async fn events(&self) -> Stream {
        self.stream(self.browser.get("/api/events")).await
    }

    /// Opens the event stream from after an event.
    pub async fn events_after(&self, sequence: u64) -> Stream {
        self.stream(
            self.browser
                .get("/api/events")
                .header("last-event-id", sequence),
        )
        .await
    }

    async fn stream(&self, request: RequestBuilder) -> Stream {
        let mut stream = Stream::open(request).await;
        let first = stream.next().await;
        assert!(
            matches!(first, Some((None, Event::Chatwork { .. }))),
            "{first:?}"
        );
        stream
    }
}
