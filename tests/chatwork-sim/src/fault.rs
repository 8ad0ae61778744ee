//! Fault injection: which requests fail, how, and how often.
//!
//! The registry only decides; `api::fault_layer` makes the response.

mod registry;
mod request_filter;

use serde::{Deserialize, Serialize};

pub(crate) use registry::FaultRegistry;
pub use request_filter::RequestFilter;

/// Identifies an injected fault.
pub type FaultId = u64;

/// Number of malformed entries before the valid ones, with [`Effect::MalformedEntries`].
pub const MALFORMED_BEFORE: usize = 2;
/// Number of malformed entries behind the valid ones, with [`Effect::MalformedEntries`].
pub const MALFORMED_AFTER: usize = 3;

/// One kind of failure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// The response is the usual one, but late.
    Delay {
        /// Delay in milliseconds.
        ms: u64,
    },
    /// 429 of the general rate limit.
    GeneralLimit,
    /// 429 of the rate limit per room.
    RoomLimit,
    /// A server error with an HTML page instead of JSON, as proxies send it.
    ServerError {
        /// 500 to 599.
        status: u16,
    },
    /// 401 for every token. [`crate::Sim::revoke_token`] revokes a token until it is restored,
    /// [`crate::Sim::refuse_token_for`] for a limited time.
    Unauthorized,
    /// The error for an inaccessible room. With [`RequestFilter::reads_of`] a room accepts posts but cannot
    /// be read.
    RoomRefused,
    /// The request is not carried out, and no response ever comes.
    Hang,
    /// The request is carried out, and no response ever comes.
    HangAfterStoring,
    /// The request is not carried out, and the connection is reset.
    ConnectionReset,
    /// The request is carried out, and the connection is reset instead of a response.
    ConnectionResetAfterStoring,
    /// The `x-ratelimit-reset` header of the response has this defect.
    RateLimitResetHeader(RateLimitResetHeader),
    /// An intermediary (a proxy, a captive portal) responds in Chatwork's place. Sent as JSON when the body
    /// starts with a brace or bracket, else as HTML.
    Intermediary {
        /// Any status.
        status: u16,
        /// The whole body.
        body: String,
    },
    /// A list in the response has malformed entries beside the valid ones: [`MALFORMED_BEFORE`] before them and
    /// [`MALFORMED_AFTER`] behind them, with an id of 0, null, 2^53 or text, and one that is null itself. Valid entries
    /// have null as name, department, type and picture.
    MalformedEntries,
    /// 204 with `chatwork-message-limitation: true`, as for messages hidden by the office's plan.
    HiddenMessages,
}

/// Defect of the `x-ratelimit-reset` header.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RateLimitResetHeader {
    /// The header is left out.
    Absent,
    /// The header does not hold a number.
    Bad,
    /// The header names a time an hour ago.
    Past,
}

/// An [`Effect`], the requests it applies to, and how often.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The failure.
    pub effect: Effect,
    /// The requests it applies to; all by default.
    #[serde(default)]
    pub on: RequestFilter,
    /// Number of requests until the fault is used up; `None` means until it is removed.
    #[serde(default)]
    pub times: Option<u32>,
}

impl Fault {
    /// A fault of every request until removed; narrow it with [`Fault::on`] and [`Fault::times`].
    #[must_use]
    pub fn new(effect: Effect) -> Self {
        Self {
            effect,
            on: RequestFilter::any(),
            times: None,
        }
    }

    /// Limits the fault to these requests.
    #[must_use]
    pub fn on(self, on: RequestFilter) -> Self {
        Self { on, ..self }
    }

    /// Limits the fault to the next `times` matching requests.
    #[must_use]
    pub fn times(self, times: u32) -> Self {
        Self {
            times: Some(times),
            ..self
        }
    }

    /// Limits the fault to the next matching request.
    #[must_use]
    pub fn once(self) -> Self {
        self.times(1)
    }
}
