//! A reply to a call, and the moment at which it is written.

use std::time::Duration;

/// Time within which the message of a call is stored.
pub(super) const DELIVERED_WITHIN: Duration = Duration::from_secs(30);

/// A reply that reached the tablet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reply {
    /// Age of the call when the reply was written.
    pub(super) age: Duration,
    /// Time until the event on the tablet's stream, or until Chromium has painted the answer.
    pub(super) delay: Duration,
}

/// A random age up to `within`, at which a call gets its reply.
pub(super) fn random_age(within: Duration) -> Duration {
    within.mul_f64(rand::random())
}
