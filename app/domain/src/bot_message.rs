//! Messages of the bot that belong to no call: a test, a personal link, an alarm, or a report about a call in doubt.

use crate::model::id::CallId;
use crate::routing::Destination;

/// Bot message for the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BotMessage {
    /// Id, of the type of a call's id, so that one kind of reference finds both in a room.
    pub id: CallId,
    /// Destination.
    pub to: Destination,
    /// Text, which carries the id's reference.
    pub text: String,
    /// Time until which the outbox may deliver it, in milliseconds since 1970.
    pub expires: u64,
}
