//! Aborts a request whose caller no longer waits for it.

use web_sys::{AbortController, AbortSignal};

/// Aborts its request when dropped before [`AbortOnDrop::disarm`].
pub struct AbortOnDrop(Option<AbortController>);

impl Default for AbortOnDrop {
    fn default() -> Self {
        Self(AbortController::new().ok())
    }
}

impl AbortOnDrop {
    /// Signal to send the request with; `None` in a browser without this API.
    #[must_use]
    pub fn signal(&self) -> Option<AbortSignal> {
        self.0.as_ref().map(AbortController::signal)
    }

    /// Drops the guard of a complete request without aborting anything.
    pub fn disarm(mut self) {
        self.0 = None;
    }
}

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        if let Some(controller) = &self.0 {
            controller.abort();
        }
    }
}
