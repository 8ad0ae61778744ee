//! Inspection of a simulator by tests, without HTTP.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use super::Sim;
use crate::{AccountId, ContactRequest, Fault, FaultId, Message, Role, Room, RoomId};

/// Timeout of [`Sim::wait_for_message`], with the messages that the room holds instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such message in room {room} within {within:?}; it holds {bodies:?}")]
pub struct WaitTimeout {
    /// The room.
    pub room: RoomId,
    /// The timeout.
    pub within: Duration,
    /// The bodies of all its messages, oldest first.
    pub bodies: Vec<String>,
}

impl Sim {
    /// All rooms, without their messages, by id.
    #[must_use]
    pub fn rooms(&self) -> Vec<Room> {
        self.shared
            .state()
            .chats()
            .map(|chat| chat.room.clone())
            .collect()
    }

    /// Messages of a room, oldest first; empty for an unknown room.
    #[must_use]
    pub fn messages(&self, room: RoomId) -> Vec<Message> {
        self.shared
            .state()
            .chat(room)
            .map(|chat| chat.messages.clone())
            .unwrap_or_default()
    }

    /// Role of an account in a room, if it is a member.
    #[must_use]
    pub fn role(&self, room: RoomId, account: AccountId) -> Option<Role> {
        self.shared.state().chat(room)?.room.role_of(account)
    }

    /// The direct chat of two contacts.
    #[must_use]
    pub fn direct_room(&self, one: AccountId, other: AccountId) -> Option<RoomId> {
        self.shared.state().direct_room(one, other)
    }

    /// Pending contact requests.
    #[must_use]
    pub fn contact_requests(&self) -> Vec<ContactRequest> {
        self.shared.state().contact_requests().cloned().collect()
    }

    /// Number of API requests, refused ones included.
    #[must_use]
    pub fn request_count(&self) -> u64 {
        self.shared.traffic().requests
    }

    /// Number of API responses with this status.
    #[must_use]
    pub fn response_count(&self, status: u16) -> u64 {
        self.shared
            .traffic()
            .responses
            .get(&status)
            .copied()
            .unwrap_or_default()
    }

    /// Faults that are not used up.
    #[must_use]
    pub fn faults(&self) -> Vec<(FaultId, Fault)> {
        self.shared.faults().pending().to_vec()
    }

    /// Waits for a message that matches, and returns the first, old or new.
    ///
    /// # Errors
    /// Returns an error if no message matches within that time.
    pub async fn wait_for_message(
        &self,
        room: RoomId,
        matches: impl Fn(&Message) -> bool,
        within: Duration,
    ) -> Result<Message, WaitTimeout> {
        let deadline = Instant::now() + within;
        // Subscribes before the first check, so that no message is missed in between.
        let mut events = self.shared.state().subscribe();
        loop {
            if let Some(message) = self.messages(room).into_iter().find(&matches) {
                return Ok(message);
            }
            // Any event, and any missed one, is a reason to check again.
            if timeout_at(deadline, events.recv()).await.is_err() {
                let bodies = self
                    .messages(room)
                    .into_iter()
                    .map(|message| message.body)
                    .collect();
                return Err(WaitTimeout {
                    room,
                    within,
                    bodies,
                });
            }
        }
    }
}
