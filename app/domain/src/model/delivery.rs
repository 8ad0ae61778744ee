//! The state machine of a call and its deliveries, shared by relay and tablet.
//!
//! Changes arrive as events that may repeat, come late or out of order; applying one twice changes
//! nothing and a final state is never left.

mod follow_up;
mod progress;
#[cfg(test)]
mod properties;

use serde::{Deserialize, Serialize};

pub use follow_up::{CallFacts, CancelEffect, DeliveryKind, FollowUp, retraction_index};
pub use progress::Progress;

use crate::model::call::DEADLINE_MILLIS;
use crate::model::id::{MessageId, RoomId};

/// How one delivery (通知) stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "state", rename_all = "snake_case", try_from = "StateRecord")]
pub enum DeliveryState {
    /// Accepted by the relay; not sent yet, or to be sent again.
    Waiting,
    /// Sent, but no answer came: being settled by reading the room.
    Unknown,
    /// Chatwork answered with a message id. Final.
    Delivered {
        /// Chatwork's proof.
        message: MessageId,
        /// The room it is in.
        room: RoomId,
        /// When, in milliseconds since 1970 by the relay's clock.
        at: u64,
    },
    /// Chatwork refused for good. Final.
    Rejected {
        /// Why.
        reason: RejectReason,
    },
    /// The deadline passed before it could be delivered. Final.
    Expired,
    /// The visitor took the call back before it was sent. Final.
    Withdrawn,
}

/// A state as a plain record: it reads with a third of the code that a tagged enum takes.
#[derive(Deserialize)]
struct StateRecord {
    state: StateKind,
    message: Option<MessageId>,
    room: Option<RoomId>,
    at: Option<u64>,
    reason: Option<RejectReason>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum StateKind {
    Waiting,
    Unknown,
    Delivered,
    Rejected,
    Expired,
    Withdrawn,
}

impl TryFrom<StateRecord> for DeliveryState {
    type Error = &'static str;

    fn try_from(record: StateRecord) -> Result<Self, Self::Error> {
        let message = record.message.zip(record.room).zip(record.at);
        match (record.state, message, record.reason) {
            (StateKind::Waiting, ..) => Ok(Self::Waiting),
            (StateKind::Unknown, ..) => Ok(Self::Unknown),
            (StateKind::Delivered, Some(((message, room), at)), _) => {
                Ok(Self::Delivered { message, room, at })
            }
            (StateKind::Rejected, _, Some(reason)) => Ok(Self::Rejected { reason }),
            (StateKind::Expired, ..) => Ok(Self::Expired),
            (StateKind::Withdrawn, ..) => Ok(Self::Withdrawn),
            (StateKind::Delivered, None, _) => Err("delivered: message, room and time are missing"),
            (StateKind::Rejected, _, None) => Err("rejected: the reason is missing"),
        }
    }
}

/// Why a delivery was refused for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RejectReason {
    /// The room is gone or the bot is not in it (403, 404).
    NoSuchRoom,
    /// The host is not among the bot's contacts, so there is no private chat.
    NotAContact,
    /// Chatwork did not accept the message itself (400).
    BadMessage,
    /// The bot's contacts could not be read for [`CONTACT_LOOKUP_MILLIS`], so the host's private chat is
    /// not known.
    ContactsUnreadable,
}

impl DeliveryState {
    /// True when nothing can change any more.
    #[must_use]
    pub fn is_final(&self) -> bool {
        matches!(
            self,
            Self::Delivered { .. } | Self::Rejected { .. } | Self::Expired | Self::Withdrawn
        )
    }
}

impl RejectReason {
    /// True when the destination is not there or cannot be found, so that the call's fallback is sent.
    #[must_use]
    pub fn is_about_destination(self) -> bool {
        matches!(
            self,
            Self::NoSuchRoom | Self::NotAContact | Self::ContactsUnreadable
        )
    }
}

/// Time for which a private chat is looked for while the bot's contacts cannot be read, in milliseconds since
/// the tap. Our decision: afterwards telling the default room is better than a visitor who waits.
pub const CONTACT_LOOKUP_MILLIS: u64 = 2 * 60 * 1000;

/// True when a delivery whose private chat could not be found out, because an answer about the contacts
/// was missing or unreadable, is given up in favour of the call's fallback. `expires` and `now` are by the
/// same clock.
#[must_use]
pub fn gives_up_contact_lookup(expires: u64, now: u64) -> bool {
    now + DEADLINE_MILLIS >= expires + CONTACT_LOOKUP_MILLIS
}

/// The place of the delivery that replaces those of a call with this many which turn out to have no
/// destination. The places between are those of retractions.
#[must_use]
pub fn fallback_index(deliveries: usize) -> usize {
    2 * deliveries
}

/// How a whole call stands, for the visitor who waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CallState {
    /// Nobody has been told yet, and it is still being tried.
    Sending,
    /// At least one delivery has a message id.
    Notified,
    /// Every delivery ended without one, at least one by refusal.
    Failed,
    /// Every delivery ended by the deadline.
    Expired,
    /// The visitor took it back before anybody was told.
    Withdrawn,
}

/// A change of one delivery, as events carry it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StateChange {
    /// Place of the delivery in its call, from 0.
    pub delivery: usize,
    /// Sequence number of the event; larger is later.
    pub sequence: u64,
    /// The new state.
    pub to: DeliveryState,
}

impl CallState {
    /// How a call stands whose deliveries stand like this. A call without deliveries has failed.
    #[must_use]
    pub fn of<'a>(deliveries: impl IntoIterator<Item = &'a DeliveryState>) -> Self {
        let (mut any, mut pending, mut refused, mut withdrawn) = (false, false, false, false);
        for state in deliveries {
            any = true;
            match state {
                DeliveryState::Delivered { .. } => return Self::Notified,
                DeliveryState::Waiting | DeliveryState::Unknown => pending = true,
                DeliveryState::Rejected { .. } => refused = true,
                DeliveryState::Withdrawn => withdrawn = true,
                DeliveryState::Expired => {}
            }
        }
        match (any, pending, withdrawn, refused) {
            (_, true, ..) => Self::Sending,
            (_, _, true, _) => Self::Withdrawn,
            (true, _, _, false) => Self::Expired,
            _ => Self::Failed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_private_chat_is_looked_for_during_two_minutes() {
        let tapped = 1_000_000;
        let expires = tapped + DEADLINE_MILLIS;
        assert!(!gives_up_contact_lookup(expires, tapped));
        assert!(!gives_up_contact_lookup(expires, tapped + 119_999));
        assert!(gives_up_contact_lookup(expires, tapped + 120_000));
        let short = tapped + 60_000;
        assert!(
            gives_up_contact_lookup(short, tapped),
            "a call that expires within a minute cannot wait two"
        );
    }
}
