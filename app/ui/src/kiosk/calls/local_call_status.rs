//! Status and outcome of a call, as the visitor sees them. The visitor *cancels* a call; a message that was not sent
//! yet is then *withdrawn*, and a message that has arrived is *retracted* by another message.

use yobirin_api::Millis;
use yobirin_domain::model::delivery::RejectReason;

/// Outcome of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CallOutcome {
    /// Chatwork stored a message of the call, at this time by the relay's clock. The recipients are in
    /// [`super::queue::Queue::notified`].
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
    CancellationUnconfirmed,
}

impl CallOutcome {
    /// True when somebody was notified, or when the call was cancelled completely.
    pub(crate) fn is_success(self) -> bool {
        matches!(
            self,
            Self::Notified { .. } | Self::Withdrawn | Self::Retracted
        )
    }
}

/// Status of a call on the tablet. A request that takes longer than eight seconds is slow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LocalCallStatus {
    /// Being sent.
    Sending { is_slow: bool },
    /// The relay cannot be reached; the tablet tries again.
    Waiting,
    /// Cancelled by the visitor, not confirmed by the relay yet. It is waiting while the relay cannot be reached.
    Cancelling { is_waiting: bool, is_slow: bool },
    /// Ended; the outcome is final.
    Ended(CallOutcome),
}
