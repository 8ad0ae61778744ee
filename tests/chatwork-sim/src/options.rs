//! How a simulator is set up: its limits, its clock, and a switch for each thing nobody knows.

use crate::{Clock, Limits};

/// Everything about a simulator that is not its [`crate::Office`].
#[derive(Clone, Debug)]
pub struct Options {
    /// Rate limits; the real ones unless told otherwise.
    pub limits: Limits,
    /// The clock for limits and time stamps.
    pub clock: Clock,
    /// The status for a room that is unknown or that the caller may not use. Chatwork does not
    /// say which; 403 is what clients report, 404 is what others would expect.
    pub refused_room_status: u16,
    /// Whether the general limit gives its whole allowance back at the end of a window that began
    /// with the first call (true), or call by call as each grows old (false). Nobody knows.
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
