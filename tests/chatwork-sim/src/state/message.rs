//! A stored message.

use serde::{Serialize, Serializer};

use crate::notation::{self, Segment};
use crate::{AccountId, MessageId, RoomId};

/// A stored message with its parsed notation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Message {
    /// 19 digits, increasing. A string in JSON.
    #[serde(serialize_with = "as_string")]
    pub message_id: MessageId,
    /// Room of the message.
    pub room_id: RoomId,
    /// Author.
    pub account_id: AccountId,
    /// Body with its notation.
    pub body: String,
    /// Members whom Chatwork would notify because of `[To:]`, `[rp]` or `[toall]`, which leaves out its author. Accounts
    /// outside the room are not notified.
    pub mentions: Vec<AccountId>,
    /// Time of posting in Unix seconds.
    pub send_time: u64,
    /// Time of the last edit, or of the deletion, in Unix seconds; 0 when there was none.
    pub update_time: u64,
    /// Parsed body.
    pub segments: Vec<Segment>,
}

impl Message {
    /// Body of a deleted message.
    pub const DELETED: &str = "[deleted]";

    pub(super) fn new(
        message_id: MessageId,
        room_id: RoomId,
        account_id: AccountId,
        body: String,
        send_time: u64,
        members: &[AccountId],
    ) -> Self {
        let mut message = Self {
            message_id,
            room_id,
            account_id,
            body: String::new(),
            mentions: Vec::new(),
            send_time,
            update_time: 0,
            segments: Vec::new(),
        };
        message.set_body(body, members);
        message
    }

    /// True when the message was deleted.
    #[must_use]
    pub fn is_deleted(&self) -> bool {
        self.body == Self::DELETED
    }

    /// Replaces the body at `time`, in Unix seconds; by [`Self::DELETED`] for a deletion.
    pub(super) fn edit(&mut self, body: String, time: u64, members: &[AccountId]) {
        self.set_body(body, members);
        self.update_time = time;
    }

    fn set_body(&mut self, body: String, members: &[AccountId]) {
        self.segments = notation::parse(&body);
        self.body = body;
        let mentioned = notation::mentions(&self.segments);
        self.mentions = mentioned.accounts;
        self.mentions.retain(|id| members.contains(id));
        if mentioned.has_to_all {
            let others = members.iter().filter(|id| **id != self.account_id);
            let others: Vec<_> = others.filter(|id| !self.mentions.contains(id)).collect();
            self.mentions.extend(others);
        }
    }
}

pub(super) fn as_string<S: Serializer>(id: &MessageId, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(id)
}
