//! Options of a simulator: rate limits, clock, and the behaviours that Chatwork does not document.

use crate::{Clock, CounterLag, Limits};

/// Options besides the [`crate::Office`].
#[derive(Clone, Debug)]
pub struct Options {
    /// Rate limits; Chatwork's own by default.
    pub limits: Limits,
    /// Clock for rate limits and timestamps.
    pub clock: Clock,
    /// Status for a room that is unknown or inaccessible to the caller. Not documented; clients report 403
    /// (the default), and 404 is plausible.
    pub refused_room_status: u16,
    /// True when the general limit uses a fixed window that starts with the first request; else it uses
    /// a sliding window. Not documented.
    pub fixed_window: bool,
    /// Lag of the counters of `GET /rooms`; none by default. Not documented.
    pub counter_lag: CounterLag,
    /// True when editing or deleting a message moves the room's `last_update_time`; true by default. Not
    /// documented.
    pub edits_move_last_update: bool,
    /// Consecutive failed deliveries after which a webhook is switched off; 50 by default. Chatwork switches
    /// one off when errors pile up and does not say how many.
    pub max_webhook_failures: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            clock: Clock::default(),
            refused_room_status: 403,
            fixed_window: true,
            counter_lag: CounterLag::default(),
            edits_move_last_update: true,
            max_webhook_failures: 50,
        }
    }
}
