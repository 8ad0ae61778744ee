//! A room and who is in it.

use serde::{Deserialize, Serialize};

use crate::{AccountId, RoomId};

/// What sort of room it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RoomKind {
    /// マイチャット: one's own.
    My,
    /// Between two contacts.
    Direct,
    /// A group's.
    Group,
}

/// What a member may do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Reads, writes and changes the members.
    Admin,
    /// Reads and writes.
    #[default]
    Member,
    /// Reads.
    Readonly,
}

/// One account's place in a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Who.
    pub account_id: AccountId,
    /// And what they may do.
    #[serde(default)]
    pub role: Role,
}

impl Member {
    /// An account in a role.
    #[must_use]
    pub fn new(account_id: AccountId, role: Role) -> Self {
        Self { account_id, role }
    }
}

/// A room without its messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Room {
    /// As in `#!rid…`.
    pub room_id: RoomId,
    /// The name of a group room. Direct chats and マイチャット have none of their own.
    pub name: String,
    /// What sort of room it is.
    #[serde(rename = "type")]
    pub kind: RoomKind,
    /// The text on top of a group room.
    pub description: String,
    /// Who is in it.
    pub members: Vec<Member>,
}

impl Room {
    pub(crate) fn my(room_id: RoomId, owner: AccountId) -> Self {
        Self::between(room_id, RoomKind::My, &[owner])
    }

    pub(crate) fn direct(room_id: RoomId, one: AccountId, other: AccountId) -> Self {
        Self::between(room_id, RoomKind::Direct, &[one, other])
    }

    pub(crate) fn group(room_id: RoomId, name: &str, members: Vec<Member>) -> Self {
        Self {
            room_id,
            name: name.to_owned(),
            kind: RoomKind::Group,
            description: String::new(),
            members,
        }
    }

    /// Chatwork calls both sides of a private room its admins.
    fn between(room_id: RoomId, kind: RoomKind, accounts: &[AccountId]) -> Self {
        let members = accounts
            .iter()
            .map(|id| Member::new(*id, Role::Admin))
            .collect();
        Self {
            room_id,
            name: String::new(),
            kind,
            description: String::new(),
            members,
        }
    }

    /// What the account may do here, if it is in the room.
    #[must_use]
    pub fn role_of(&self, account: AccountId) -> Option<Role> {
        self.members
            .iter()
            .find(|member| member.account_id == account)
            .map(|member| member.role)
    }

    /// The other side of a direct chat.
    #[must_use]
    pub fn partner_of(&self, account: AccountId) -> Option<AccountId> {
        (self.kind == RoomKind::Direct && self.role_of(account).is_some())
            .then(|| {
                self.members
                    .iter()
                    .find(|member| member.account_id != account)
            })
            .flatten()
            .map(|member| member.account_id)
    }
}
