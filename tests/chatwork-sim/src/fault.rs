//! What goes wrong on purpose: which calls are hit, how, and how many times.
//!
//! The book of faults only decides; the answer itself is made by `api::weather`.

mod registry;
mod request_filter;

use std::time::Duration;

use serde::{Deserialize, Serialize};

pub(crate) use registry::FaultBook;
pub use request_filter::Calls;

/// Names one injected fault.
pub type FaultId = u64;

/// One way in which Chatwork fails.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// The call is answered as usual, but late.
    Delay {
        /// How late, in milliseconds.
        ms: u64,
    },
    /// 429 for too many calls in five minutes.
    GeneralLimit,
    /// 429 for too many posts in the room.
    RoomLimit,
    /// A server error with an HTML page instead of JSON, as proxies make.
    ServerError {
        /// 500 to 599.
        status: u16,
    },
    /// 401, whatever the token. To revoke a token for good see [`crate::Sim::revoke`], for a while
    /// [`crate::Sim::refuse_for`].
    Unauthorized,
    /// 403 or 404 in Chatwork's own words, as for a room that is not open to the caller. With
    /// [`Calls::reads_of`] a room can be posted to but not read.
    RoomRefused,
    /// Nothing is done and no answer ever comes.
    Hang,
    /// The call is carried out, and no answer ever comes.
    HangAfterStoring,
    /// Nothing is done and the connection is reset.
    Reset,
    /// The call is carried out, and the connection is reset instead of an answer.
    ResetAfterStoring,
    /// The `x-ratelimit-reset` header of the answer is not what it should be.
    ResetHeader(ResetHeader),
    /// Somebody on the way answers in Chatwork's place, and the call never reaches it: a proxy, a Wi-Fi
    /// portal. JSON when the body begins like it, else HTML.
    Intermediary {
        /// Any status.
        status: u16,
        /// The whole body.
        body: String,
    },
    /// The list that the call is answered with holds entries that cannot be read, beside the sound ones:
    /// ids of 0, null, above 2^53, and of words. Sound entries have null in fields that are no ids.
    OddEntries,
    /// 204 with `chatwork-message-limitation: true`, as for messages that the plan hides.
    HiddenMessages,
}

/// What becomes of the `x-ratelimit-reset` header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResetHeader {
    /// The header is left out.
    Absent,
    /// The header does not hold a number.
    Bad,
    /// The header names a time an hour ago.
    Past,
}

/// An [`Effect`], the calls it hits, and how many of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// What happens.
    pub effect: Effect,
    /// To which calls. All of them, when nothing is said.
    #[serde(default)]
    pub on: Calls,
    /// How many calls are hit before the fault is used up; `None` is all until it is cleared.
    #[serde(default)]
    pub times: Option<u32>,
}

impl Fault {
    /// Hits every call until cleared; narrow it with [`Fault::on`] and [`Fault::times`].
    #[must_use]
    pub fn new(effect: Effect) -> Self {
        Self {
            effect,
            on: Calls::any(),
            times: None,
        }
    }

    /// Hits only these calls.
    #[must_use]
    pub fn on(self, on: Calls) -> Self {
        Self { on, ..self }
    }

    /// Hits only the next `times` of its calls.
    #[must_use]
    pub fn times(self, times: u32) -> Self {
        Self {
            times: Some(times),
            ..self
        }
    }

    /// Hits only the next of its calls.
    #[must_use]
    pub fn once(self) -> Self {
        self.times(1)
    }
}

impl From<Duration> for Effect {
    fn from(delay: Duration) -> Self {
        Self::Delay {
            ms: u64::try_from(delay.as_millis()).unwrap_or(u64::MAX),
        }
    }
}
