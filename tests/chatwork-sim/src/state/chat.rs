//! A room with its messages and the read position of each account.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use super::counters::Counters;
use super::{CounterLag, Message, RoomCounters};
use crate::office::Room;
use crate::{AccountId, MessageId};

/// Maximum number of messages in one response.
const MAX_PAGE: usize = 100;

/// A room of the office while the simulator runs: the [`Room`] with its messages and read positions.
#[derive(Debug)]
pub(crate) struct Chat {
    pub(crate) room: Room,
    pub(crate) messages: Vec<Message>,
    /// Number of messages that each account has fetched through the API.
    fetched: HashMap<AccountId, usize>,
    /// Messages that the office's plan hides from the API.
    hidden: BTreeSet<MessageId>,
    counters: Counters,
}

/// Messages of one response.
#[derive(Debug)]
pub(crate) struct MessagePage {
    pub(crate) messages: Vec<Message>,
    /// True when messages are missing because the office's plan hides them.
    pub(crate) is_limited: bool,
}

impl Chat {
    pub(super) fn new(room: Room) -> Self {
        Self {
            room,
            messages: Vec::new(),
            fetched: HashMap::new(),
            hidden: BTreeSet::new(),
            counters: Counters::default(),
        }
    }

    /// Stores a message at `now`. It is unread for all members; for its author only if `self_unread`.
    pub(super) fn store(&mut self, message: Message, self_unread: bool, now: Duration) {
        self.counters
            .count(&message, &self.room.members, self_unread, now);
        self.messages.push(message);
    }

    /// Replaces the body of a message at `now`; `None` when the room has no such message.
    pub(super) fn edit(
        &mut self,
        id: MessageId,
        body: String,
        now: Duration,
        moves_last_update: bool,
    ) -> Option<&Message> {
        let members = self.member_ids();
        let message = self
            .messages
            .iter_mut()
            .find(|message| message.message_id == id)?;
        message.edit(body, now.as_secs(), &members);
        if moves_last_update {
            self.counters.touch(now);
        }
        Some(message)
    }

    pub(super) fn member_ids(&self) -> Vec<AccountId> {
        let members = self.room.members.iter();
        members.map(|member| member.account_id).collect()
    }

    pub(crate) fn counters(&self, account: AccountId, now: Duration) -> RoomCounters {
        self.counters.shown(account, now)
    }

    pub(super) fn set_counter_lag(&mut self, lag: CounterLag, now: Duration) {
        self.counters.set_lag(lag, now);
    }

    pub(crate) fn message(&self, id: MessageId) -> Option<&Message> {
        self.messages
            .iter()
            .find(|message| message.message_id == id)
    }

    pub(super) fn is_hidden(&self, id: MessageId) -> bool {
        self.hidden.contains(&id)
    }

    /// Hides a message from the API, or shows it again.
    pub(super) fn set_hidden(&mut self, id: MessageId, hidden: bool) {
        if hidden {
            self.hidden.insert(id);
        } else {
            self.hidden.remove(&id);
        }
    }

    /// The latest messages, oldest first: those the account has not fetched yet, or all with `force`. Both
    /// mark them as fetched, for every client that polls as this account.
    pub(super) fn fetch(&mut self, account: AccountId, force: bool) -> MessagePage {
        let end = self.messages.len();
        let before = self.fetched.insert(account, end).unwrap_or_default();
        let latest = end.saturating_sub(MAX_PAGE);
        let page = &self.messages[if force { latest } else { latest.max(before) }..];
        let messages: Vec<_> = page
            .iter()
            .filter(|message| !self.is_hidden(message.message_id))
            .cloned()
            .collect();
        MessagePage {
            is_limited: messages.len() < page.len(),
            messages,
        }
    }
}
