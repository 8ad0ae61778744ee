//! A tablet's event stream, frame by frame.

use std::time::Duration;

use reqwest::{RequestBuilder, Response};
use tokio::time::timeout;
use yobirin_api::event::Event;
use yobirin_domain::model::delivery::DeliveryState;

/// Timeout for an event.
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

    /// The next event with its sequence number; `None` at the end of the stream.
    pub async fn next(&mut self) -> Option<(Option<u64>, Event)> {
        loop {
            if let Some(end) = self.received.windows(2).position(|two| two == b"\n\n") {
                let frame = self.received.drain(..end + 2).collect();
                let frame = String::from_utf8(frame).expect("a frame is text");
                if let Some(event) = read(&frame) {
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
            match self.next().await.expect("the stream stays open") {
                (Some(sequence), Event::Delivery { to, .. }) => return (sequence, to),
                (None, Event::Delivery { .. }) => {
                    panic!("an event about a delivery has a sequence number")
                }
                _ => {}
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

fn read(frame: &str) -> Option<(Option<u64>, Event)> {
    let field = |name: &str| frame.lines().find_map(|line| line.strip_prefix(name));
    let data = field("data: ").filter(|_| field("event: ").is_none())?; // otherwise a keep-alive
    let id = field("id: ").map(|id| id.parse().unwrap());
    Some((id, serde_json::from_str(data).unwrap()))
}
