//! State machine of a call and its deliveries, shared by relay and tablet.
//!
//! Events may be repeated, late or out of order. Applying an event is idempotent, and final states never
//! change.
//!
//! When a visitor *cancels* a call, or calls again, its deliveries that were not sent are *withdrawn*, and the latest
//! message that has arrived at each destination is *retracted* by a message of its own, the retraction. An admin
//! *revokes* a tablet, which withdraws deliveries too.
//!
//! Indexes of a call with `n` deliveries:
//!
//! | index | delivery |
//! |---|---|
//! | `0..n` | notifications that the tablet requested |
//! | `n..2n` | their retractions |
//! | `2n`, `3n` | fallback, its retraction |
//! | `4n + 2p`, `4n + 2p + 1` | message `p` of the escalation, its retraction |
//! | [`MISSED_TASK_INDEX`], [`MISSED_POST_INDEX`] | task for a missed visit, message in place of it |

mod cancellation;
mod follow_up;
mod groups;
mod progress;
#[cfg(test)]
mod properties;
mod update;

use serde::{Deserialize, Serialize};

pub use cancellation::{CancelEffect, CancelledDelivery, cancel_effects};
pub use follow_up::{CallFlags, DeliveryKind, FollowUp, retraction_index};
pub use groups::DeliveryGroups;
pub use progress::Progress;
pub use update::{DeliveryUpdate, MAX_FUTURE_MILLIS};

use crate::model::call::DEADLINE_MILLIS;
use crate::model::id::{MessageId, RoomId};

/// State of one delivery (通知).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeliveryState {
    /// Accepted by the relay; not sent yet, or waiting for a retry.
    Waiting,
    /// Sent without a response; the relay reconciles it by reading the room.
    Unknown,
    /// Chatwork stored the message and returned its id. Final.
    Delivered {
        /// Chatwork's message id.
        message: MessageId,
        /// Room in which Chatwork stored it; for a host, the bot's private chat with them.
        room: RoomId,
        /// Time of delivery, in milliseconds since 1970 by the relay's clock.
        at: u64,
    },
    /// Chatwork rejected the message permanently. Final.
    Rejected {
        /// Cause of Chatwork's rejection.
        reason: RejectReason,
    },
    /// The deadline passed before the message was delivered. Final.
    Expired,
    /// The message was not sent, because the visitor cancelled the call or an admin revoked the tablet; or, for a
    /// message of the escalation or about a missed visit, because somebody answered first; or, for a message of the
    /// escalation, because the call's fallback has taken its place. Final.
    Withdrawn,
}

/// Reason for which a delivery was rejected permanently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RejectReason {
    /// The room does not exist or the bot is not a member (403, 404).
    NoSuchRoom,
    /// The host is not a contact of the bot, so there is no private chat.
    NotAContact,
    /// Chatwork rejected the message itself (400).
    BadMessage,
    /// The bot's contacts could not be read for [`CONTACT_LOOKUP_MILLIS`], so the private chat is unknown.
    ContactsUnreadable,
}

impl DeliveryState {
    /// True for a state that never changes.
    #[must_use]
    pub fn is_final(&self) -> bool {
        matches!(
            self,
            Self::Delivered { .. } | Self::Rejected { .. } | Self::Expired | Self::Withdrawn
        )
    }
}

impl RejectReason {
    /// True when the destination is missing or unknown, so that the call's fallback is sent.
    #[must_use]
    pub fn is_about_destination(self) -> bool {
        matches!(
            self,
            Self::NoSuchRoom | Self::NotAContact | Self::ContactsUnreadable
        )
    }
}

/// Time after the tap for which the lookup of a private chat is retried while the bot's contacts cannot be read, in
/// milliseconds. Our decision: afterwards the default room is notified, so that the visitor does not wait longer.
pub const CONTACT_LOOKUP_MILLIS: u64 = 2 * 60 * 1000;

/// Time after the deadline within which a delivery of unknown result is still reconciled, in milliseconds. It is
/// longer than the 5 minutes for which Chatwork's limit of requests can prevent reading.
pub const EXPIRY_GRACE_MILLIS: u64 = 6 * 60_000;

/// True when the lookup of a private chat has failed for [`CONTACT_LOOKUP_MILLIS`] and the call's fallback is sent.
/// The time of the tap follows from the deadline, so a call that was handed over late gives up earlier. `deadline`
/// and `now` are milliseconds of the same clock.
#[must_use]
pub fn gives_up_contact_lookup(deadline: u64, now: u64) -> bool {
    let tapped = deadline.saturating_sub(DEADLINE_MILLIS);
    now >= tapped + CONTACT_LOOKUP_MILLIS
}

/// Index of the fallback of a call with `deliveries` deliveries; see the table of this module.
#[must_use]
pub fn fallback_index(deliveries: usize) -> usize {
    2 * deliveries
}

/// Index of the later message (message of the escalation) at `position`, in a call with `deliveries` deliveries; see
/// the table of this module.
#[must_use]
pub fn later_message_index(deliveries: usize, position: usize) -> usize {
    4 * deliveries + 2 * position
}

/// Position of the delivery at `index` among the later messages; `None` for any other delivery and for retractions.
#[must_use]
pub fn later_message_position(deliveries: usize, index: usize) -> Option<usize> {
    let offset = index.checked_sub(later_message_index(deliveries, 0))?;
    let is_in_range = deliveries > 0 && index < MISSED_TASK_INDEX;
    // At odd offsets are their retractions.
    (is_in_range && offset.is_multiple_of(2)).then_some(offset / 2)
}

/// Index of the task for a missed visit, larger than the index of each message of a call.
pub const MISSED_TASK_INDEX: usize = 1_000;
/// Index of the message in place of a task that cannot be given.
pub const MISSED_POST_INDEX: usize = MISSED_TASK_INDEX + 1;

/// State of a whole call, shown to the visitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CallState {
    /// No delivery has succeeded yet; at least one is pending.
    Sending,
    /// At least one delivery has a Chatwork message id.
    Notified,
    /// All deliveries ended without success, at least one by rejection and none by withdrawal; or there are no
    /// deliveries.
    Failed,
    /// All deliveries have expired.
    Expired,
    /// All deliveries ended without success, at least one because the call was cancelled or its tablet revoked.
    Withdrawn,
}

/// State change of one delivery, as events carry it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StateChange {
    /// Index of the delivery in its call, from 0.
    pub delivery: usize,
    /// Sequence number of the event; larger is later.
    pub sequence: u64,
    /// The new state.
    pub to: DeliveryState,
}

impl CallState {
    /// State of a call from the states of its deliveries. A call without deliveries has failed.
    #[must_use]
    pub fn of<'a>(deliveries: impl IntoIterator<Item = &'a DeliveryState>) -> Self {
        let (mut has_pending, mut has_rejected) = (false, false);
        let (mut has_withdrawn, mut has_expired) = (false, false);
        for state in deliveries {
            match state {
                DeliveryState::Delivered { .. } => return Self::Notified,
                DeliveryState::Waiting | DeliveryState::Unknown => has_pending = true,
                DeliveryState::Rejected { .. } => has_rejected = true,
                DeliveryState::Withdrawn => has_withdrawn = true,
                DeliveryState::Expired => has_expired = true,
            }
        }
        if has_pending {
            Self::Sending
        } else if has_withdrawn {
            Self::Withdrawn
        } else if has_expired && !has_rejected {
            Self::Expired
        } else {
            Self::Failed
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lookup_of_a_private_chat_ends_after_two_minutes() {
        let tapped = 1_000_000;
        let deadline = tapped + DEADLINE_MILLIS;
        assert!(!gives_up_contact_lookup(deadline, tapped));
        assert!(!gives_up_contact_lookup(deadline, tapped + 119_999));
        assert!(gives_up_contact_lookup(deadline, tapped + 120_000));
        let deadline = tapped + 60_000;
        assert!(
            gives_up_contact_lookup(deadline, tapped),
            "a call that expires within a minute does not wait two"
        );
    }
}
