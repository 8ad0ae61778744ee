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
    /// Members whom Chatwork would notify because of `[To:]`, `[rp]` or `[toall]`. Accounts outside the room
    /// are not notified.
    pub mentions: Vec<AccountId>,
    /// Time of posting in Unix seconds.
    pub send_time: u64,
    /// Parsed body.
    pub segments: Vec<Segment>,
}

impl Message {
    pub(super) fn new(
        message_id: MessageId,
        room_id: RoomId,
        account_id: AccountId,
        body: String,
        send_time: u64,
        members: impl Iterator<Item = AccountId>,
    ) -> Self {
        let segments = notation::parse(&body);
        let called = notation::mentions(&segments);
        let members: Vec<_> = members.collect();
        let mut mentions = called.accounts;
        mentions.retain(|id| members.contains(id));
        if called.all {
            let others = members.into_iter().filter(|id| *id != account_id);
            mentions.extend(
                others
                    .filter(|id| !mentions.contains(id))
                    .collect::<Vec<_>>(),
            );
        }
        Self {
            message_id,
            room_id,
            account_id,
            body,
            mentions,
            send_time,
            segments,
        }
    }
}

fn as_string<S: Serializer>(id: &MessageId, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(id)
}
