//! Everything a settings document can reach, and whether a message stays within it. The relay asks
//! this before it accepts a call: it decides no route, but lets none leave the document.

use std::collections::BTreeSet;

use thiserror::Error;

use crate::id::{AccountId, Reference, RoomId};
use crate::route::Destination;
use crate::settings::Settings;

/// Longest text of one message, in bytes. Chatwork takes 65,535; ours are far below.
pub const MAX_TEXT: usize = 20_000;

/// All destinations and mentions of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    rooms: BTreeSet<RoomId>,
    accounts: BTreeSet<AccountId>,
}

/// Why a message is not let out.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum OutOfReach {
    /// No group has this room, nor is it the default room.
    #[error("room {0} is neither a group's room nor the default room")]
    Room(RoomId),
    /// No host has this account.
    #[error("account {0} is no host's account")]
    Account(AccountId),
    /// Somebody is mentioned who is no host.
    #[error("the text mentions account {0}, which is no host's account")]
    Mention(u64),
    /// A tag that notifications never carry, or a bracket that begins none.
    #[error("the text opens the tag {0}, which a notification may not carry")]
    Tag(String),
    /// The text does not carry the call's reference.
    #[error("the text lacks the call's reference {0}")]
    NoReference(String),
    /// Nothing to say.
    #[error("the text is empty")]
    Empty,
    /// More than [`MAX_TEXT`] bytes.
    #[error("the text has {0} bytes, more than {MAX_TEXT}")]
    TooLong(usize),
}

impl Reach {
    /// The reach of a document.
    #[must_use]
    pub fn of(settings: &Settings) -> Self {
        let own = settings.groups().iter().filter_map(|group| group.room);
        Self {
            rooms: own.chain(settings.site().default_room).collect(),
            accounts: settings
                .hosts()
                .iter()
                .filter_map(|host| host.account)
                .collect(),
        }
    }

    /// The default room and every group's room.
    #[must_use]
    pub fn rooms(&self) -> &BTreeSet<RoomId> {
        &self.rooms
    }

    /// Every host's account: each can be told in their private chat.
    #[must_use]
    pub fn accounts(&self) -> &BTreeSet<AccountId> {
        &self.accounts
    }

    /// Every account that a message may mention.
    #[must_use]
    pub fn mentions(&self) -> &BTreeSet<AccountId> {
        &self.accounts
    }

    /// Lets a message pass, or says why not.
    pub fn admit(
        &self,
        to: &Destination,
        text: &str,
        reference: Reference,
    ) -> Result<(), OutOfReach> {
        match *to {
            Destination::Room(room) if !self.rooms.contains(&room) => {
                return Err(OutOfReach::Room(room));
            }
            Destination::Account(account) if !self.accounts.contains(&account) => {
                return Err(OutOfReach::Account(account));
            }
            Destination::Room(_) | Destination::Account(_) => {}
        }
        if text.trim().is_empty() {
            return Err(OutOfReach::Empty);
        }
        if text.len() > MAX_TEXT {
            return Err(OutOfReach::TooLong(text.len()));
        }
        let reference = reference.to_string();
        if !text.contains(&reference) {
            return Err(OutOfReach::NoReference(reference));
        }
        Ok(())
    }
}
