//! State of the simulator for assertions of tests, read in the process without HTTP.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use super::Sim;
use crate::{AccountId, ApiRequest, ContactRequest, Fault, FaultId, Message, Role, Room, RoomId};

/// Error of [`Sim::wait_for_message`]: no message matched in time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such message in room {room} within {within:?}; it holds {bodies:?}")]
pub struct WaitTimeout {
    /// Room that was watched.
    pub room: RoomId,
    /// Time waited.
    pub within: Duration,
    /// Bodies of all messages of the room at the end, oldest first.
    pub bodies: Vec<String>,
}

impl Sim {
    /// All rooms, without their messages, sorted by id.
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

    /// Room of the direct chat between two accounts; `None` when they are not contacts.
    #[must_use]
    pub fn direct_room(&self, one: AccountId, other: AccountId) -> Option<RoomId> {
        self.shared.state().direct_room(one, other)
    }

    /// Pending contact requests between all accounts.
    #[must_use]
    pub fn contact_requests(&self) -> Vec<ContactRequest> {
        self.shared.state().contact_requests().cloned().collect()
    }

    /// Number of API requests since the start, refused ones included.
    #[must_use]
    pub fn request_count(&self) -> u64 {
        self.shared.traffic().requests
    }

    /// Number of API responses with this HTTP status since the start.
    #[must_use]
    pub fn response_count(&self, status: u16) -> u64 {
        self.shared
            .traffic()
            .responses
            .get(&status)
            .copied()
            .unwrap_or_default()
    }

    /// The latest 10,000 API requests, oldest first, refused ones included.
    #[must_use]
    pub fn requests(&self) -> Vec<ApiRequest> {
        self.shared.traffic().latest.iter().cloned().collect()
    }

    /// Injected faults that still apply to future requests.
    #[must_use]
    pub fn faults(&self) -> Vec<(FaultId, Fault)> {
        self.shared.faults().pending().to_vec()
    }

    /// Waits until the room has a message that matches, and returns the oldest one; it may be there already.
    ///
    /// # Errors
    /// [`WaitTimeout`] when no message matches within the time `within`.
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
