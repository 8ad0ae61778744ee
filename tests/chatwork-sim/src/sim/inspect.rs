//! Looking into a simulator: what tests find out without going through the API.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use super::Sim;
use crate::{AccountId, ContactRequest, Fault, FaultId, Message, Role, Room, RoomId};

/// A message that was waited for did not come. The text says what the room holds instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such message in room {room} within {within:?}; it holds {bodies:?}")]
pub struct NotSeen {
    /// The room that was watched.
    pub room: RoomId,
    /// For how long.
    pub within: Duration,
    /// The bodies of all its messages, oldest first.
    pub bodies: Vec<String>,
}

impl Sim {
    /// All rooms, without their messages, by id.
    #[must_use]
    pub fn rooms(&self) -> Vec<Room> {
        self.shared
            .world()
            .chats()
            .map(|chat| chat.room.clone())
            .collect()
    }

    /// What a room holds, oldest first. Empty for a room that does not exist.
    #[must_use]
    pub fn messages(&self, room: RoomId) -> Vec<Message> {
        self.shared
            .world()
            .chat(room)
            .map(|chat| chat.messages.clone())
            .unwrap_or_default()
    }

    /// What an account may do in a room, if it is in there.
    #[must_use]
    pub fn role(&self, room: RoomId, account: AccountId) -> Option<Role> {
        self.shared.world().chat(room)?.room.role_of(account)
    }

    /// The direct chat of two contacts.
    #[must_use]
    pub fn direct_room(&self, one: AccountId, other: AccountId) -> Option<RoomId> {
        self.shared.world().direct_room(one, other)
    }

    /// Contact requests that nobody has answered yet.
    #[must_use]
    pub fn contact_requests(&self) -> Vec<ContactRequest> {
        self.shared.world().contact_requests().cloned().collect()
    }

    /// How many calls of the API have arrived, refused ones included.
    #[must_use]
    pub fn request_count(&self) -> u64 {
        self.shared.traffic().requests
    }

    /// How many calls of the API were answered with this status.
    #[must_use]
    pub fn answer_count(&self, status: u16) -> u64 {
        self.shared
            .traffic()
            .answers
            .get(&status)
            .copied()
            .unwrap_or_default()
    }

    /// The faults that are still to come.
    #[must_use]
    pub fn faults(&self) -> Vec<(FaultId, Fault)> {
        self.shared.faults().waiting().to_vec()
    }

    /// Waits for a message of the room that fits, and returns the first such, old or new.
    ///
    /// # Errors
    /// When none has come `within` that time.
    pub async fn wait_for(
        &self,
        room: RoomId,
        fits: impl Fn(&Message) -> bool,
        within: Duration,
    ) -> Result<Message, NotSeen> {
        let deadline = Instant::now() + within;
        // Before the first look, so that nothing falls between looking and listening.
        let mut events = self.shared.world().listen();
        loop {
            if let Some(message) = self.messages(room).into_iter().find(&fits) {
                return Ok(message);
            }
            // Whatever happened, or was missed, is a reason to look again.
            if timeout_at(deadline, events.recv()).await.is_err() {
                let bodies = self
                    .messages(room)
                    .into_iter()
                    .map(|message| message.body)
                    .collect();
                return Err(NotSeen {
                    room,
                    within,
                    bodies,
                });
            }
        }
    }
}
