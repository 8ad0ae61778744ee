//! A room and its members.

use serde::{Deserialize, Serialize};

use crate::{AccountId, RoomId};

/// Kind of a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RoomKind {
    /// マイチャット: an account's private room.
    My,
    /// Direct chat of two contacts.
    Direct,
    /// Group room.
    Group,
}

/// Permissions of a member.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// May read, post and change the members.
    Admin,
    /// May read and post.
    #[default]
    Member,
    /// May read.
    Readonly,
}

/// Membership of an account in a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The account.
    pub account_id: AccountId,
    /// Role of the account in the room.
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
    /// The number in Chatwork's room link `#!rid…`.
    pub room_id: RoomId,
    /// Name of a group room; empty for direct chats and マイチャット.
    pub name: String,
    /// Kind of the room.
    #[serde(rename = "type")]
    pub kind: RoomKind,
    /// Description of a group room.
    pub description: String,
    /// Members.
    pub members: Vec<Member>,
}

impl Room {
    pub(crate) fn my(room_id: RoomId, owner: AccountId) -> Self {
        Self::private(room_id, RoomKind::My, &[owner])
    }

    pub(crate) fn direct(room_id: RoomId, one: AccountId, other: AccountId) -> Self {
        Self::private(room_id, RoomKind::Direct, &[one, other])
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

    /// A private room, whose members Chatwork all reports as admins.
    fn private(room_id: RoomId, kind: RoomKind, accounts: &[AccountId]) -> Self {
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

    /// Role of the account, if it is a member.
    #[must_use]
    pub fn role_of(&self, account: AccountId) -> Option<Role> {
        self.members
            .iter()
            .find(|member| member.account_id == account)
            .map(|member| member.role)
    }

    /// The other account of a direct chat.
    #[must_use]
    pub fn partner_of(&self, account: AccountId) -> Option<AccountId> {
        if self.kind != RoomKind::Direct || self.role_of(account).is_none() {
            return None;
        }
        let mut ids = self.members.iter().map(|member| member.account_id);
        ids.find(|id| *id != account)
    }
}
