//! A room with its messages and the read position of each account.

use std::collections::HashMap;

use super::Message;
use crate::office::Room;
use crate::{AccountId, MessageId};

/// Maximum number of messages in one response.
const MAX_PAGE: usize = 100;

#[derive(Debug)]
pub(crate) struct Chat {
    pub(crate) room: Room,
    pub(crate) messages: Vec<Message>,
    /// Number of messages that each account has fetched through the API.
    fetched: HashMap<AccountId, usize>,
    unread: HashMap<AccountId, Unread>,
}

/// Unread counts of an account in a room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Unread {
    pub(crate) messages: u32,
    pub(crate) mentions: u32,
}

impl Chat {
    pub(super) fn new(room: Room) -> Self {
        Self {
            room,
            messages: Vec::new(),
            fetched: HashMap::new(),
            unread: HashMap::new(),
        }
    }

    /// Stores a message, unread for all members. For its author only if `self_unread`.
    pub(super) fn store(&mut self, message: Message, self_unread: bool) {
        for member in &self.room.members {
            let id = member.account_id;
            if id != message.account_id || self_unread {
                let unread = self.unread.entry(id).or_default();
                unread.messages += 1;
                unread.mentions += u32::from(message.mentions.contains(&id));
            }
        }
        self.messages.push(message);
    }

    pub(crate) fn unread(&self, account: AccountId) -> Unread {
        self.unread.get(&account).copied().unwrap_or_default()
    }

    pub(crate) fn message(&self, id: MessageId) -> Option<&Message> {
        self.messages
            .iter()
            .find(|message| message.message_id == id)
    }

    /// The latest messages, oldest first: those the account has not fetched yet, or all with `force`. Both
    /// mark them as fetched, for every client that polls as this account.
    pub(super) fn fetch(&mut self, account: AccountId, force: bool) -> &[Message] {
        let end = self.messages.len();
        let before = self.fetched.insert(account, end).unwrap_or_default();
        let latest = end.saturating_sub(MAX_PAGE);
        &self.messages[if force { latest } else { latest.max(before) }..]
    }
}
