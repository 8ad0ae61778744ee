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
    /// True when `path` is the whole path, not a prefix.
    #[serde(default)]
    pub exact: bool,
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
            ..Self::default()
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

    /// Posts of messages and tasks in any room, and of new rooms.
    #[must_use]
    pub fn posts() -> Self {
        Self {
            method: Some("POST".to_owned()),
            path: Some("/rooms".to_owned()),
            ..Self::default()
        }
    }

    /// Posts of messages and tasks in one room.
    #[must_use]
    pub fn posts_to(room: RoomId) -> Self {
        Self {
            method: Some("POST".to_owned()),
            room: Some(room),
            ..Self::default()
        }
    }

    /// Reads of one room's messages.
    #[must_use]
    pub fn reads_of(room: RoomId) -> Self {
        Self::to("GET", &format!("/rooms/{room}/messages"))
    }

    /// Edits of one room's messages.
    #[must_use]
    pub fn edits_in(room: RoomId) -> Self {
        Self::to("PUT", &format!("/rooms/{room}/messages"))
    }

    /// New tasks of one room.
    #[must_use]
    pub fn new_tasks_in(room: RoomId) -> Self {
        Self::to("POST", &format!("/rooms/{room}/tasks"))
    }

    /// The list of rooms with their counters.
    #[must_use]
    pub fn room_list() -> Self {
        Self {
            exact: true,
            ..Self::to("GET", "/rooms")
        }
    }

    /// True when a request matches; `path` is the one below `/v2`.
    pub(crate) fn matches(&self, method: &str, path: &str) -> bool {
        self.method
            .as_ref()
            .is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
            && self
                .path
                .as_ref()
                .is_none_or(|wanted| has_prefix(path, wanted) && (!self.exact || path == wanted))
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
            (RequestFilter::room_list(), "GET", "/rooms", true),
            (RequestFilter::room_list(), "GET", "/rooms/12", false),
            (RequestFilter::room_list(), "POST", "/rooms", false),
            (
                RequestFilter::edits_in(12),
                "PUT",
                "/rooms/12/messages/34",
                true,
            ),
            (
                RequestFilter::edits_in(12),
                "GET",
                "/rooms/12/messages/34",
                false,
            ),
            (
                RequestFilter::new_tasks_in(12),
                "POST",
                "/rooms/12/tasks",
                true,
            ),
            (
                RequestFilter::new_tasks_in(12),
                "POST",
                "/rooms/12/messages",
                false,
            ),
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
