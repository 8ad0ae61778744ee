//! Requests to Chatwork that are not answered yet.

use std::sync::atomic::{AtomicUsize, Ordering};

/// Number of requests in flight.
#[derive(Debug, Default)]
pub(super) struct InFlight(AtomicUsize);

/// One request, until this is dropped: whoever asked may stop waiting.
#[derive(Debug)]
pub(super) struct Request<'a>(&'a AtomicUsize);

impl InFlight {
    pub(super) fn begin(&self) -> Request<'_> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Request(&self.0)
    }

    pub(super) fn count(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

impl Drop for Request<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}
