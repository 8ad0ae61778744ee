//! Options of a simulator: rate limits, clock, and the behaviours that Chatwork does not document.

use crate::{Clock, Limits};

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
    /// Whether the general limit uses a fixed window that starts with the first request (true), or a sliding
    /// window (false). Not documented.
    pub fixed_window: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            clock: Clock::default(),
            refused_room_status: 403,
            fixed_window: true,
        }
    }
}
