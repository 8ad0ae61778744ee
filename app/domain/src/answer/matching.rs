//! Finds the call that a message answers.

use super::notation::{Part, Tag, parts};
use crate::model::id::{AccountId, CallId, MessageId, RoomId};

/// Difference of Chatwork's clock and the relay's up to which a message may be from before a deadline, in milliseconds.
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
    /// Our posts of the call in this chat.
    pub posts: Vec<MessageId>,
    /// The post among them that tells the office first that the visitor has cancelled. From then on only a reply answers
    /// the call: plain words mean another one.
    pub retracted: Option<MessageId>,
    /// Deadline, in milliseconds of the relay's clock, of a call that cannot be answered any more. A message from before
    /// it may have meant the call.
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
    /// Calls that were delivered here and whose deadline has not passed, or not long ago. An answered or cancelled call
    /// stays open until its deadline. A call that is left out makes a message look as if it could only mean the others.
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
        let mut replied: Vec<CallId> = Vec::new();
        for part in parts(&message.body) {
            match part {
                Part::Tag(Tag::Mention(account)) => is_mentioned |= self.is_bot(account),
                Part::Tag(Tag::Reply { account, to }) if self.is_bot(account) => {
                    is_reply = true;
                    let call = to.and_then(|(room, post)| self.call_of_post(message, &room, &post));
                    replied.extend(call);
                }
                Part::Tag(Tag::Task) => return None,
                Part::Tag(_) | Part::Text(_) => {}
            }
        }
        replied.sort_unstable();
        replied.dedup();
        match replied.as_slice() {
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

    /// The call of one of our posts that is earlier than the message.
    fn call_of_post(&self, message: &ReceivedMessage, room: &str, post: &str) -> Option<CallId> {
        if room.parse() != Ok(self.room.get()) {
            return None;
        }
        let is_post = |id: &&MessageId| id.as_str() == post && is_earlier(id, &message.id);
        let mut calls = self.calls.iter().filter(|call| call.closed_at.is_none());
        let call = calls.find(|call| call.posts.iter().any(|id| is_post(&id)))?;
        Some(call.call)
    }

    /// The only call that was open when the message was written: with an earlier post, not retracted, deadline not
    /// passed.
    fn only_call_before(&self, message: &ReceivedMessage) -> Option<CallId> {
        let is_before = |post: &MessageId| is_earlier(post, &message.id);
        let earliest = message
            .sent
            .saturating_mul(1000)
            .saturating_sub(CLOCK_SKEW_MILLIS);
        let was_open = |call: &&OpenCall| {
            call.posts.iter().any(is_before)
                && !call.retracted.as_ref().is_some_and(is_before)
                && call.closed_at.is_none_or(|closed| earliest < closed)
        };
        let mut calls = self.calls.iter().filter(was_open);
        let only = calls.next()?;
        let is_only = calls.next().is_none() && only.closed_at.is_none();
        is_only.then_some(only.call)
    }
}

/// True when the first message was posted before the second. Chatwork's ids grow; its clock has only seconds.
pub(super) fn is_earlier(one: &MessageId, other: &MessageId) -> bool {
    order(one) < order(other)
}

/// Sort key of a message id by its number.
pub(super) fn order(id: &MessageId) -> (usize, &str) {
    let digits = id.as_str().trim_start_matches('0');
    (digits.len(), digits)
}
