//! What a room holds, as the relay listens to it.

use yobirin_domain::answer::ReceivedMessage;
use yobirin_domain::model::id::RoomId;

/// Latest messages of a room, at most 100.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomMessages {
    /// The messages, oldest first.
    pub messages: Vec<ReceivedMessage>,
    /// False when entries were unreadable or hidden: a message that is not listed was not necessarily deleted.
    pub is_complete: bool,
}

/// Counters of a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoomCounters {
    /// The room.
    pub room: RoomId,
    /// Time of the latest change, in Unix seconds, when it is a number.
    pub last_update: Option<u64>,
    /// Number of messages, when it is a number.
    pub messages: Option<u64>,
}
