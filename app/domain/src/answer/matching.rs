//! Finds the call that a message answers.

use super::notation::{Part, Tag, parts};
use crate::model::id::{AccountId, CallId, MessageId, RoomId};

/// Largest difference between Chatwork's clock and the relay's for which messages and deadlines are still ordered
/// correctly, in milliseconds.
const CLOCK_SKEW_MILLIS: u64 = 60_000;

/// The bot's account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bot<'a> {
    /// Account id.
    pub account: AccountId,
    /// Name in Chatwork, which Chatwork writes behind a reply tag.
    pub name: &'a str,
}

/// Kind of a chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChatKind {
    /// The bot's private chat with a host.
    Private,
    /// A group chat.
    Group,
}

/// Call that may be answered in a chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenCall {
    /// The call.
    pub call: CallId,
    /// The bot's posts of the call in this chat.
    pub posts: Vec<MessageId>,
    /// First of [`Self::posts`] that says that the visitor has cancelled. A later message answers the call only if it is a
    /// reply to one of the posts.
    pub first_retraction: Option<MessageId>,
    /// Deadline of a closed call, which cannot be answered any more, in milliseconds of the relay's clock; `None` for an
    /// open call. A message that was sent before the deadline may be meant for the closed call.
    pub closed_at: Option<u64>,
}

/// Message of a chat, as Chatwork lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedMessage {
    /// Id.
    pub id: MessageId,
    /// Author.
    pub author: AccountId,
    /// Text in Chatwork's notation.
    pub body: String,
    /// Time of sending, in Unix seconds by Chatwork's clock.
    pub sent: u64,
    /// Time of the last edit, in Unix seconds by Chatwork's clock; 0 when it was never edited.
    pub updated: u64,
}

/// Chat in which calls may be answered.
#[derive(Clone, Copy, Debug)]
pub struct AnswerChat<'a> {
    /// Room of the chat.
    pub room: RoomId,
    /// Kind of the chat.
    pub kind: ChatKind,
    /// The bot.
    pub bot: Bot<'a>,
    /// All calls that were delivered here and are open, or were closed less than [`super::REMEMBERED_MILLIS`] ago. An
    /// answered or cancelled call stays open until its deadline. If a call is missing here, a message that is meant for it
    /// can be taken for an answer to another call.
    pub calls: &'a [OpenCall],
}

impl AnswerChat<'_> {
    /// The call that a message answers; `None` for talk among colleagues and for ambiguous messages.
    #[must_use]
    pub fn call_of(&self, message: &ReceivedMessage) -> Option<CallId> {
        if message.author == self.bot.account || self.calls.is_empty() {
            return None;
        }
        let (mut is_mentioned, mut is_reply) = (false, false);
        let mut replied_calls: Vec<CallId> = Vec::new();
        for part in parts(&message.body) {
            match part {
                Part::Tag(Tag::Mention(account)) => is_mentioned |= self.is_bot(account),
                Part::Tag(Tag::Reply { account, to }) if self.is_bot(account) => {
                    is_reply = true;
                    let call = to.and_then(|(room, post)| self.call_of_post(message, &room, &post));
                    replied_calls.extend(call);
                }
                Part::Tag(Tag::Task) => return None,
                Part::Tag(_) | Part::Text(_) => {}
            }
        }
        replied_calls.sort_unstable();
        replied_calls.dedup();
        match replied_calls.as_slice() {
            [call] => Some(*call),
            [] if !is_reply && (self.kind == ChatKind::Private || is_mentioned) => {
                self.only_call_before(message)
            }
            _ => None,
        }
    }

    fn is_bot(&self, account: u64) -> bool {
        self.bot.account.get() == account
    }

    /// The open call of the post that a message replies to: one of the bot's posts in this room, earlier than the
    /// message. `room` and `post` are the ids in the reply tag.
    fn call_of_post(&self, message: &ReceivedMessage, room: &str, post: &str) -> Option<CallId> {
        if room.parse() != Ok(self.room.get()) {
            return None;
        }
        let is_post = |id: &&MessageId| id.as_str() == post && is_earlier(id, &message.id);
        let mut calls = self.calls.iter().filter(|call| call.closed_at.is_none());
        let call = calls.find(|call| call.posts.iter().any(|id| is_post(&id)))?;
        Some(call.call)
    }

    /// The call that was open when the message was sent, if it was the only one and is open still. Open means: it has an
    /// earlier post, no earlier retraction, and its deadline was later.
    fn only_call_before(&self, message: &ReceivedMessage) -> Option<CallId> {
        let is_before = |post: &MessageId| is_earlier(post, &message.id);
        let earliest_sent = message
            .sent
            .saturating_mul(1000)
            .saturating_sub(CLOCK_SKEW_MILLIS);
        let was_open = |call: &&OpenCall| {
            call.posts.iter().any(is_before)
                && !call.first_retraction.as_ref().is_some_and(is_before)
                && call.closed_at.is_none_or(|closed| earliest_sent < closed)
        };
        let mut open_calls = self.calls.iter().filter(was_open);
        let call = open_calls.next()?;
        let is_only_and_open_still = open_calls.next().is_none() && call.closed_at.is_none();
        is_only_and_open_still.then_some(call.call)
    }
}

/// True when the first message was posted before the second. Compares ids, which grow with time, because Chatwork's times
/// are whole seconds.
pub(super) fn is_earlier(one: &MessageId, other: &MessageId) -> bool {
    id_order(one) < id_order(other)
}

/// Sort key of a message id by its number.
pub(super) fn id_order(id: &MessageId) -> (usize, &str) {
    let digits = id.as_str().trim_start_matches('0');
    (digits.len(), digits)
}
