//! Judges whether a tablet's event stream can be trusted, from when it was asked for, when it spoke and
//! when it broke. Plain state; the clock is an argument. All figures are our decision.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

/// The relay speaks as soon as a stream is open. A stream that is silent for longer than this, in
/// milliseconds, while the relay answers other requests, is held back.
const FIRST_EVENT_MILLIS: u64 = 5_000;
/// Breaks are counted over this time, in milliseconds.
const BREAK_WINDOW_MILLIS: u64 = 10 * 60_000;
/// So many breaks within the window are no accident: a proxy that cuts every minute makes ten.
const MAX_BREAKS: usize = 5;

/// Why the events of a tablet do not arrive as they happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum StreamTrouble {
    /// Something between tablet and relay holds events back, as a proxy does that fills a buffer first.
    HeldBack,
    /// Something between tablet and relay cuts the stream again and again.
    Cut,
}

/// Observations of a tablet's event stream.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StreamHealth {
    /// When the present stream was asked for.
    requested_at: u64,
    /// The present stream has spoken.
    has_received: bool,
    is_held_back: bool,
    /// When streams broke, oldest first, at most [`MAX_BREAKS`].
    breaks: VecDeque<u64>,
}

impl StreamHealth {
    /// A stream is asked for.
    pub fn requested(&mut self, now: u64) {
        self.requested_at = now;
        self.has_received = false;
    }

    /// An event or a sign of life came.
    pub fn received(&mut self) {
        self.has_received = true;
        self.is_held_back = false;
    }

    /// The stream broke or fell silent, and is asked for anew.
    pub fn disconnected(&mut self, now: u64) {
        // An outage breaks one stream and then refuses many: those that never spoke do not count.
        if self.has_received || self.is_held_back {
            self.breaks.push_back(now);
            if self.breaks.len() > MAX_BREAKS {
                self.breaks.pop_front();
            }
        }
        self.requested(now);
    }

    /// The relay answered another request, so that it can be reached.
    pub fn relay_answered(&mut self, now: u64) {
        let waited = now.saturating_sub(self.requested_at);
        self.is_held_back |= !self.has_received && waited >= FIRST_EVENT_MILLIS;
    }

    /// Fault of the stream, if there is one.
    #[must_use]
    pub fn trouble(&self, now: u64) -> Option<StreamTrouble> {
        if self.is_held_back {
            return Some(StreamTrouble::HeldBack);
        }
        let recent = |at: &&u64| now.abs_diff(**at) < BREAK_WINDOW_MILLIS;
        let breaks = self.breaks.iter().filter(recent).count();
        (breaks >= MAX_BREAKS).then_some(StreamTrouble::Cut)
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
    fn a_stream_that_says_nothing_while_the_relay_answers_is_held_back_until_it_speaks() {
        let mut health = requested();
        health.relay_answered(START + 4_999);
        assert_eq!(health.trouble(START + 4_999), None, "it may be on its way");
        health.relay_answered(START + 5_000);
        assert_eq!(health.trouble(START + 5_000), Some(StreamTrouble::HeldBack));
        health.disconnected(START + MINUTE);
        assert_eq!(
            health.trouble(START + MINUTE),
            Some(StreamTrouble::HeldBack),
            "asking anew heals nothing"
        );
        health.received();
        assert_eq!(health.trouble(START + MINUTE), None);
    }

    #[test]
    fn without_network_nothing_is_said_about_the_stream() {
        let mut health = requested();
        health.received();
        for second in 1..3_600 {
            health.disconnected(START + second * 1_000);
        }
        let back = START + 3_600_000;
        health.relay_answered(back + 100);
        assert_eq!(health.trouble(back + 100), None);
        health.received();
        assert_eq!(health.trouble(back + 200), None);
    }

    #[test]
    fn a_stream_that_is_cut_every_minute_is_noticed_after_five_and_one_cut_now_and_then_is_not() {
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
        assert_eq!(health.trouble(noticed + 10 * MINUTE), None, "it is over");

        let mut rare = requested();
        for hour in 1..=20 {
            rare.received();
            rare.disconnected(START + hour * 30 * MINUTE);
            assert_eq!(rare.trouble(START + hour * 30 * MINUTE), None);
        }
    }
}
