//! The requests that a fault applies to.

use serde::{Deserialize, Serialize};

use crate::RoomId;

/// A filter over requests. Every field that is set must match; an empty filter matches all requests.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestFilter {
    /// `GET`, `POST`, …; case-insensitive.
    #[serde(default)]
    pub method: Option<String>,
    /// Path prefix below `/v2`, by whole segments: `/rooms/12` does not match `/rooms/123`.
    #[serde(default)]
    pub path: Option<String>,
    /// Anything below `/rooms/{room}`.
    #[serde(default)]
    pub room: Option<RoomId>,
}

impl RequestFilter {
    /// All requests.
    #[must_use]
    pub fn any() -> Self {
        Self::default()
    }

    /// Requests with this method below this path, for example `("GET", "/contacts")`.
    #[must_use]
    pub fn to(method: &str, path: &str) -> Self {
        Self {
            method: Some(method.to_owned()),
            path: Some(path.to_owned()),
            room: None,
        }
    }

    /// All requests about a room.
    #[must_use]
    pub fn room(room: RoomId) -> Self {
        Self {
            room: Some(room),
            ..Self::default()
        }
    }

    /// Posts of messages in any room, and of new rooms.
    #[must_use]
    pub fn posts() -> Self {
        Self {
            method: Some("POST".to_owned()),
            path: Some("/rooms".to_owned()),
            room: None,
        }
    }

    /// Posts of messages in one room.
    #[must_use]
    pub fn posts_to(room: RoomId) -> Self {
        Self {
            method: Some("POST".to_owned()),
            path: None,
            room: Some(room),
        }
    }

    /// Reads of one room's messages.
    #[must_use]
    pub fn reads_of(room: RoomId) -> Self {
        Self::to("GET", &format!("/rooms/{room}/messages"))
    }

    /// Whether a request matches; `path` is the one below `/v2`.
    pub(crate) fn matches(&self, method: &str, path: &str) -> bool {
        self.method
            .as_ref()
            .is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
            && self
                .path
                .as_ref()
                .is_none_or(|prefix| has_prefix(path, prefix))
            && self
                .room
                .is_none_or(|room| has_prefix(path, &format!("/rooms/{room}")))
    }
}

fn has_prefix(path: &str, prefix: &str) -> bool {
    path.strip_prefix(prefix.trim_end_matches('/'))
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_matches_the_requests_it_names_and_no_others() {
        let cases = [
            (RequestFilter::any(), "GET", "/me", true),
            (RequestFilter::to("get", "/me"), "GET", "/me", true),
            (RequestFilter::to("POST", "/me"), "GET", "/me", false),
            (
                RequestFilter::to("GET", "/rooms/"),
                "GET",
                "/rooms/12/members",
                true,
            ),
            (
                RequestFilter::to("GET", "/rooms/12"),
                "GET",
                "/rooms/123",
                false,
            ),
            (RequestFilter::room(12), "GET", "/rooms/12/messages", true),
            (RequestFilter::room(12), "GET", "/rooms/123/messages", false),
            (RequestFilter::room(12), "GET", "/contacts", false),
            (RequestFilter::posts(), "POST", "/rooms/5/messages", true),
            (
                RequestFilter::posts_to(12),
                "POST",
                "/rooms/12/messages",
                true,
            ),
            (
                RequestFilter::posts_to(12),
                "GET",
                "/rooms/12/messages",
                false,
            ),
            (
                RequestFilter::reads_of(12),
                "GET",
                "/rooms/12/messages",
                true,
            ),
            (
                RequestFilter::reads_of(12),
                "POST",
                "/rooms/12/messages",
                false,
            ),
            (
                RequestFilter::reads_of(12),
                "GET",
                "/rooms/12/members",
                false,
            ),
        ];
        for (filter, method, path, expected) in cases {
            assert_eq!(
                filter.matches(method, path),
                expected,
                "{filter:?} on {method} {path}"
            );
        }
    }
}
