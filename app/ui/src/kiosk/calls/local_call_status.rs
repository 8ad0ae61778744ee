//! How a call stands and how it ended, as a visitor is told.

use yobirin_api::Millis;
use yobirin_domain::model::delivery::RejectReason;

/// How a call ended, for the visitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CallOutcome {
    /// Chatwork has it, since this moment. Whom it has told is [`crate::kiosk::calls::queue::Queue::told`]'s to say.
    Notified { at: Millis },
    /// Chatwork refused it.
    Rejected(Option<RejectReason>),
    /// The relay refused it.
    Refused,
    /// The relay's clock and the tablet's differ by too much.
    WrongClock,
    /// The settings name no place to send it to.
    Nowhere,
    /// The deadline passed; it will not be sent any more.
    Expired,
    /// The relay has it or may have it, and could not be asked until after the deadline.
    Unknown,
    /// Taken back before anybody was told.
    Withdrawn,
    /// Taken back, and everybody who had been told knows.
    Retracted,
    /// Taken back, but not everybody who had been told could be told that.
    NotRetracted,
    /// Taken back, but the relay has not said what became of that.
    RetractionUnknown,
}

impl CallOutcome {
    /// True when the visitor has what they wanted.
    pub(crate) fn is_success(self) -> bool {
        matches!(
            self,
            Self::Notified { .. } | Self::Withdrawn | Self::Retracted
        )
    }
}

/// How a call stands, for the visitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LocalCallStatus {
    /// On its way.
    Sending { slow: bool },
    /// The relay cannot be reached; it will be tried again.
    Waiting,
    /// The visitor has taken it back; whether anybody has to be told is not known yet, and cannot be
    /// found out while the relay is out of reach (`waiting`).
    Cancelling { waiting: bool },
    /// Over.
    Ended(CallOutcome),
}
