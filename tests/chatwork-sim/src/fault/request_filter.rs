//! Which calls a fault hits.

use serde::{Deserialize, Serialize};

use crate::RoomId;

/// A pattern over calls. Every part that is set must fit; with no part set, all calls fit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calls {
    /// `GET`, `POST`, …; any case.
    #[serde(default)]
    pub method: Option<String>,
    /// The beginning of the path below `/v2`, by whole segments: `/rooms/12` is not the beginning
    /// of `/rooms/123`.
    #[serde(default)]
    pub path: Option<String>,
    /// Anything below `/rooms/{room}`.
    #[serde(default)]
    pub room: Option<RoomId>,
}

impl Calls {
    /// All calls.
    #[must_use]
    pub fn any() -> Self {
        Self::default()
    }

    /// Calls with this method below this path, for example `("GET", "/contacts")`.
    #[must_use]
    pub fn to(method: &str, path: &str) -> Self {
        Self {
            method: Some(method.to_owned()),
            path: Some(path.to_owned()),
            room: None,
        }
    }

    /// Everything that concerns a room.
    #[must_use]
    pub fn room(room: RoomId) -> Self {
        Self {
            room: Some(room),
            ..Self::default()
        }
    }

    /// Posting anything, whatever the room: messages, and new rooms.
    #[must_use]
    pub fn posts() -> Self {
        Self {
            method: Some("POST".to_owned()),
            path: Some("/rooms".to_owned()),
            room: None,
        }
    }

    /// Posting messages into one room.
    #[must_use]
    pub fn posts_to(room: RoomId) -> Self {
        Self {
            method: Some("POST".to_owned()),
            path: None,
            room: Some(room),
        }
    }

    /// Reading the messages of one room.
    #[must_use]
    pub fn reads_of(room: RoomId) -> Self {
        Self::to("GET", &format!("/rooms/{room}/messages"))
    }

    /// Whether a call fits; `path` is the one below `/v2`.
    pub(crate) fn fit(&self, method: &str, path: &str) -> bool {
        self.method
            .as_ref()
            .is_none_or(|wanted| wanted.eq_ignore_ascii_case(method))
            && self.path.as_ref().is_none_or(|prefix| begins(path, prefix))
            && self
                .room
                .is_none_or(|room| begins(path, &format!("/rooms/{room}")))
    }
}

fn begins(path: &str, prefix: &str) -> bool {
    path.strip_prefix(prefix.trim_end_matches('/'))
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_fits_the_calls_it_names_and_no_others() {
        let cases = [
            (Calls::any(), "GET", "/me", true),
            (Calls::to("get", "/me"), "GET", "/me", true),
            (Calls::to("POST", "/me"), "GET", "/me", false),
            (
                Calls::to("GET", "/rooms/"),
                "GET",
                "/rooms/12/members",
                true,
            ),
            (Calls::to("GET", "/rooms/12"), "GET", "/rooms/123", false),
            (Calls::room(12), "GET", "/rooms/12/messages", true),
            (Calls::room(12), "GET", "/rooms/123/messages", false),
            (Calls::room(12), "GET", "/contacts", false),
            (Calls::posts(), "POST", "/rooms/5/messages", true),
            (Calls::posts_to(12), "POST", "/rooms/12/messages", true),
            (Calls::posts_to(12), "GET", "/rooms/12/messages", false),
            (Calls::reads_of(12), "GET", "/rooms/12/messages", true),
            (Calls::reads_of(12), "POST", "/rooms/12/messages", false),
            (Calls::reads_of(12), "GET", "/rooms/12/members", false),
        ];
        for (calls, method, path, fits) in cases {
            assert_eq!(
                calls.fit(method, path),
                fits,
                "{calls:?} on {method} {path}"
            );
        }
    }
}
