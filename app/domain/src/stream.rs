//! Health of a tablet's event stream, from the times of requests, events and disconnects. The clock is an argument.
//! All numbers are our decision.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

/// Maximum time until the first event of a stream, in milliseconds. The relay sends one as soon as the stream is
/// open. So when the stream stays silent while the relay answers other requests, a proxy buffers the events.
const FIRST_EVENT_MILLIS: u64 = 5_000;
/// Time window for counting disconnects, in milliseconds.
const DISCONNECT_WINDOW_MILLIS: u64 = 10 * 60_000;
/// Number of disconnects within the window that mean a faulty proxy. A proxy that cuts every minute makes ten.
const MAX_DISCONNECTS: usize = 5;

/// Fault of an event stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StreamTrouble {
    /// A proxy between tablet and relay buffers events.
    HeldBack,
    /// A proxy between tablet and relay cuts the stream repeatedly.
    Cut,
}

/// State of the health check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StreamHealth {
    /// Time at which the current stream was requested, in milliseconds; `None` while the tablet wants none.
    requested_at: Option<u64>,
    /// True when the current stream has delivered an event.
    has_received: bool,
    /// True from the time at which an event was overdue until one arrives.
    is_held_back: bool,
    /// Times of disconnects, oldest first, at most [`MAX_DISCONNECTS`].
    disconnects: VecDeque<u64>,
}

impl StreamHealth {
    /// Records a stream request.
    pub fn requested(&mut self, now: u64) {
        self.requested_at = Some(now);
        self.has_received = false;
    }

    /// Records that the tablet closed the stream itself: no event is expected until the next request.
    pub fn paused(&mut self) {
        self.requested_at = None;
    }

    /// Records an event or keep-alive.
    pub fn received(&mut self) {
        self.has_received = true;
        self.is_held_back = false;
    }

    /// Records a disconnect or timeout, followed by a new request.
    pub fn disconnected(&mut self, now: u64) {
        // An outage cuts one stream and then rejects many requests, which must not count: only a stream that has
        // delivered an event counts, or that a proxy holds back.
        if self.has_received || self.is_held_back {
            self.disconnects.push_back(now);
            if self.disconnects.len() > MAX_DISCONNECTS {
                self.disconnects.pop_front();
            }
        }
        self.requested(now);
    }

    /// Records a response to another request, which shows that the relay is reachable.
    pub fn relay_answered(&mut self, now: u64) {
        let is_late = |at: u64| now.saturating_sub(at) >= FIRST_EVENT_MILLIS;
        self.is_held_back |= !self.has_received && self.requested_at.is_some_and(is_late);
    }

    /// True when events arrive by the stream; otherwise the tablet has to ask for them.
    #[must_use]
    pub fn is_reliable(&self, now: u64) -> bool {
        self.requested_at.is_some() && self.trouble(now).is_none()
    }

    /// Current fault of the stream, if any.
    #[must_use]
    pub fn trouble(&self, now: u64) -> Option<StreamTrouble> {
        if self.is_held_back {
            return Some(StreamTrouble::HeldBack);
        }
        let is_recent = |at: &&u64| now.abs_diff(**at) < DISCONNECT_WINDOW_MILLIS;
        let disconnects = self.disconnects.iter().filter(is_recent).count();
        (disconnects >= MAX_DISCONNECTS).then_some(StreamTrouble::Cut)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: u64 = 1_000_000;
    const MINUTE: u64 = 60_000;

    fn requested() -> StreamHealth {
        let mut health = StreamHealth::default();
        health.requested(START);
        health
    }

    #[test]
    fn a_silent_stream_of_a_reachable_relay_is_held_back_until_the_first_event() {
        let mut health = requested();
        health.relay_answered(START + 4_999);
        assert_eq!(
            health.trouble(START + 4_999),
            None,
            "the first event may still arrive"
        );
        health.relay_answered(START + 5_000);
        assert_eq!(health.trouble(START + 5_000), Some(StreamTrouble::HeldBack));
        health.disconnected(START + MINUTE);
        assert_eq!(
            health.trouble(START + MINUTE),
            Some(StreamTrouble::HeldBack),
            "a new request does not end the fault"
        );
        health.received();
        assert_eq!(health.trouble(START + MINUTE), None);
    }

    #[test]
    fn a_stream_that_the_tablet_closed_is_no_fault() {
        let mut health = requested();
        assert!(health.is_reliable(START));
        health.paused();
        for minute in 1..60 {
            health.relay_answered(START + minute * MINUTE);
            assert_eq!(health.trouble(START + minute * MINUTE), None);
        }
        let shown = START + 60 * MINUTE;
        assert!(
            !health.is_reliable(shown),
            "a paused stream brings no events"
        );
        health.requested(shown);
        assert!(health.is_reliable(shown));
        health.relay_answered(shown + 4_999);
        assert_eq!(health.trouble(shown + 4_999), None);
        health.relay_answered(shown + 5_000);
        assert_eq!(
            health.trouble(shown + 5_000),
            Some(StreamTrouble::HeldBack),
            "after the new request a missing first event counts again"
        );
    }

    #[test]
    fn an_outage_of_the_network_is_not_a_stream_fault() {
        let mut health = requested();
        health.received();
        for second in 1..3_600 {
            health.disconnected(START + second * 1_000);
        }
        let reconnected = START + 3_600_000;
        health.relay_answered(reconnected + 100);
        assert_eq!(health.trouble(reconnected + 100), None);
        health.received();
        assert_eq!(health.trouble(reconnected + 200), None);
    }

    #[test]
    fn five_disconnects_in_ten_minutes_are_a_fault_and_rare_ones_are_not() {
        let mut health = requested();
        for minute in 1..=5 {
            assert_eq!(health.trouble(START + minute * MINUTE), None);
            health.received();
            health.disconnected(START + minute * MINUTE);
        }
        let noticed = START + 5 * MINUTE;
        assert_eq!(health.trouble(noticed), Some(StreamTrouble::Cut));
        health.received();
        assert_eq!(health.trouble(noticed), Some(StreamTrouble::Cut));
        assert_eq!(
            health.trouble(noticed + 10 * MINUTE),
            None,
            "the disconnects are older than the window"
        );

        let mut rare = requested();
        for hour in 1..=20 {
            rare.received();
            rare.disconnected(START + hour * 30 * MINUTE);
            assert_eq!(rare.trouble(START + hour * 30 * MINUTE), None);
        }
    }
}
