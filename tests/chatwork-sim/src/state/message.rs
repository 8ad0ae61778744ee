//! A stored message.

use serde::{Serialize, Serializer};

use crate::notation::{self, Segment};
use crate::{AccountId, MessageId, RoomId};

/// A message as it was stored, with what its notation means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Message {
    /// 19 digits, increasing. A string in JSON.
    #[serde(serialize_with = "as_string")]
    pub message_id: MessageId,
    /// Where it was posted.
    pub room_id: RoomId,
    /// Who wrote it.
    pub account_id: AccountId,
    /// The words, with their notation.
    pub body: String,
    /// The members it calls, by `[To:]`, `[rp]` or `[toall]`: whose Chatwork would ring. Accounts
    /// that are not in the room are not called.
    pub mentions: Vec<AccountId>,
    /// When, in Unix seconds.
    pub send_time: u64,
    /// The body, read.
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
