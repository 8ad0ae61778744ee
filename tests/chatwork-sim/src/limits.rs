//! Chatwork's two rate limits: calls per token, and posts per token and room.
//!
//! Pure bookkeeping over times that are handed in; who asks, and what a refusal looks like on the
//! wire, is decided elsewhere.

mod posts;
mod requests;

use std::time::Duration;

pub(crate) use posts::PostWindow;
pub(crate) use requests::{Quota, RequestWindow};

/// How much is allowed. The default is what Chatwork documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Calls per token in one [`Limits::request_window`].
    pub requests: u32,
    /// The length of the general window.
    pub request_window: Duration,
    /// Posts per token and room in any [`Limits::post_window`].
    pub posts: u32,
    /// The length of the sliding window of posts.
    pub post_window: Duration,
}

impl Limits {
    /// No limit that a test could reach; the headers are sent all the same.
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
