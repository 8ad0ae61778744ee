//! A tablet's event stream (server-sent events), frame by frame.

use std::time::Duration;

use reqwest::{RequestBuilder, Response};
use tokio::time::timeout;
use yobirin_api::event::Event;
use yobirin_domain::model::delivery::DeliveryState;

/// Timeout for the next bytes of the stream; longer than the interval of keep-alives.
const EVENT_TIMEOUT: Duration = Duration::from_secs(90);

/// An open event stream.
#[derive(Debug)]
pub struct EventStream {
    response: Response,
    /// Received bytes of the next frames; a chunk may end within a character.
    received: Vec<u8>,
}

impl EventStream {
    pub(crate) async fn open(request: RequestBuilder) -> Self {
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200, "the stream opens");
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self {
            response,
            received: Vec::new(),
        }
    }

    /// The next event with its sequence number; `None` at the end of the stream. Events about calls are numbered, so that a
    /// tablet can resume the stream after the last one; events about the tablet or the connection to Chatwork are not.
    /// A broken connection counts as the end, because tests kill the relay.
    pub async fn next(&mut self) -> Option<(Option<u64>, Event)> {
        loop {
            if let Some(end) = self.received.windows(2).position(|two| two == b"\n\n") {
                let frame = self.received.drain(..end + 2).collect();
                let frame = String::from_utf8(frame).expect("a frame is text");
                if let Some(event) = parse_frame(&frame) {
                    return Some(event);
                }
                continue;
            }
            let chunk = timeout(EVENT_TIMEOUT, self.response.chunk())
                .await
                .expect("an event in time");
            let chunk = chunk.ok()??;
            self.received.extend_from_slice(&chunk);
        }
    }

    /// The next event about a delivery: sequence number and new state.
    pub async fn next_delivery(&mut self) -> (u64, DeliveryState) {
        loop {
            let (sequence, event) = self.next().await.expect("the stream stays open");
            if let Event::Delivery { to, .. } = event {
                return (sequence.expect("a sequence number"), to);
            }
        }
    }

    /// Waits until a delivery is in a final state.
    pub async fn until_final(&mut self) -> (u64, DeliveryState) {
        loop {
            let (sequence, state) = self.next_delivery().await;
            if state.is_final() {
                return (sequence, state);
            }
        }
    }

    /// Waits until this event comes.
    pub async fn until(&mut self, wanted: &Event) {
        while let Some((_, event)) = self.next().await {
            if event == *wanted {
                return;
            }
        }
        panic!("the stream ended without {wanted:?}");
    }
}

/// Parses a frame; `None` for a keep-alive, the only event that the relay gives a name (`event: …`).
fn parse_frame(frame: &str) -> Option<(Option<u64>, Event)> {
    let field = |name: &str| frame.lines().find_map(|line| line.strip_prefix(name));
    if field("event: ").is_some() {
        return None;
    }
    let data = field("data: ")?;
    let sequence = field("id: ").map(|id| id.parse().unwrap());
    let event = serde_json::from_str(data).unwrap();
    Some((sequence, event))
}
