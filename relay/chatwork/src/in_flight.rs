//! Requests to Chatwork that are not answered yet.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Number of requests in flight.
#[derive(Debug, Default)]
pub(super) struct InFlight(AtomicUsize);

/// Counts one request until it is dropped: its caller may stop waiting.
#[derive(Debug)]
pub(super) struct InFlightGuard<'a>(&'a AtomicUsize);

impl InFlight {
    pub(super) fn begin(&self) -> InFlightGuard<'_> {
        self.0.fetch_add(1, Ordering::Relaxed);
        InFlightGuard(&self.0)
    }

    pub(super) fn count(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

impl Drop for InFlightGuard<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
