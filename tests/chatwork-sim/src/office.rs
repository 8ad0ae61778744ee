//! The initial state of a simulator: accounts, rooms, contacts, contact requests and tokens.
//!
//! The state while it runs is in `crate::state`.

mod account;
mod room;
mod sample;
mod staff;

pub use account::Account;
pub use room::{Member, Role, Room, RoomKind};
pub use staff::Staff;

use crate::{AccountId, ContactRequest, RequestId, RoomId};

/// Id of the organisation that all accounts belong to.
pub(crate) const ORGANIZATION_ID: u64 = 1_284_067;
/// Name of the organisation.
pub(crate) const ORGANIZATION_NAME: &str = "株式会社よびりん商事";

/// Builder of the initial state. Later entries may refer to earlier ones by id; an entry with a known id
/// replaces the earlier one.
#[derive(Clone, Debug, Default)]
pub struct Office {
    pub(crate) accounts: Vec<Account>,
    pub(crate) rooms: Vec<Room>,
    pub(crate) contacts: Vec<(AccountId, AccountId, RoomId)>,
    pub(crate) requests: Vec<ContactRequest>,
    pub(crate) tokens: Vec<(String, AccountId)>,
}

impl Office {
    /// An office without accounts.
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }

    /// Adds a person or a bot.
    #[must_use]
    pub fn account(mut self, account: Account) -> Self {
        self.accounts.push(account);
        self
    }

    /// Gives an account an API token and its private room (マイチャット) `my_room`.
    #[must_use]
    pub fn token(mut self, token: &str, account: AccountId, my_room: RoomId) -> Self {
        self.tokens.push((token.to_owned(), account));
        self.rooms.push(Room::my(my_room, account));
        self
    }

    /// Adds a group room.
    #[must_use]
    pub fn group(mut self, room: RoomId, name: &str, members: Vec<Member>) -> Self {
        self.rooms.push(Room::group(room, name, members));
        self
    }

    /// Makes two accounts contacts of each other, with their direct chat.
    #[must_use]
    pub fn contact(mut self, one: AccountId, other: AccountId, room: RoomId) -> Self {
        self.rooms.push(Room::direct(room, one, other));
        self.contacts.push((one, other, room));
        self
    }

    /// Adds a contact request from `from` to `to`.
    #[must_use]
    pub fn contact_request(
        mut self,
        request_id: RequestId,
        from: AccountId,
        to: AccountId,
        message: &str,
    ) -> Self {
        self.requests.push(ContactRequest {
            request_id,
            from,
            to,
            message: message.to_owned(),
        });
        self
    }
}
