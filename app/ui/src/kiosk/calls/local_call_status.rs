//! Status and outcome of a call, as the visitor sees them.

use yobirin_api::Millis;
use yobirin_domain::model::delivery::RejectReason;

/// Outcome of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CallOutcome {
    /// Chatwork stored a message of the call at this time. [`super::queue::Queue::notified`] names the recipients.
    Notified { at: Millis },
    /// Chatwork refused all messages of the call.
    Rejected(Option<RejectReason>),
    /// The relay refused the call.
    Refused,
    /// The relay refused the call because the clocks of relay and tablet differ too much.
    WrongClock,
    /// The settings name no destination for the call.
    Nowhere,
    /// The deadline passed; the call will not be sent any more.
    Expired,
    /// The relay may have the call, but could not be reached before the deadline.
    Unknown,
    /// Cancelled before anybody was notified.
    Withdrawn,
    /// Cancelled, and everybody who had been notified got a retraction.
    Retracted,
    /// Cancelled, but not everybody who had been notified got a retraction.
    NotRetracted,
    /// Cancelled, but the relay did not confirm the cancellation.
    RetractionUnknown,
}

impl CallOutcome {
    /// True when the visitor got what they wanted.
    pub(crate) fn is_success(self) -> bool {
        matches!(
            self,
            Self::Notified { .. } | Self::Withdrawn | Self::Retracted
        )
    }
}

/// Status of a call on the tablet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LocalCallStatus {
    /// Being sent; `slow` after eight seconds.
    Sending { slow: bool },
    /// The relay cannot be reached; the tablet tries again.
    Waiting,
    /// Cancelled by the visitor, not confirmed by the relay yet. `waiting` while the relay cannot be reached, `slow`
    /// after eight seconds.
    Cancelling { waiting: bool, slow: bool },
    /// Ended; the outcome is final.
    Ended(CallOutcome),
}
