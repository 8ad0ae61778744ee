//! Chatwork's two rate limits: requests per token, and posts per token and room.
//!
//! Counters only. The time is an argument, and the error responses are in `api`.

mod posts;
mod requests;

use std::time::Duration;

pub(crate) use posts::PostWindow;
pub(crate) use requests::{Quota, RequestWindow};

/// The rate limits. The default is what Chatwork documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Requests per token in one [`Limits::request_window`].
    pub requests: u32,
    /// Window of the general limit.
    pub request_window: Duration,
    /// Posts per token and room in any [`Limits::post_window`].
    pub posts: u32,
    /// Sliding window of the limit per room.
    pub post_window: Duration,
}

impl Limits {
    /// Limits too high for a test to reach; the rate-limit headers are still sent.
    #[must_use]
    pub fn lifted() -> Self {
        Self {
            requests: u32::MAX,
            posts: u32::MAX,
            ..Self::default()
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            requests: 300,
            request_window: Duration::from_secs(300),
            posts: 10,
            post_window: Duration::from_secs(10),
        }
    }
}
