//! Answers of the calls of one chat, kept up to date with what Chatwork lists: new answers, edited ones, deleted ones.
//!
//! Messages may be applied again and in any order; the latest edit counts, and a deletion is final. An answer is
//! *withdrawn* when its message was deleted.

use std::collections::{BTreeMap, BTreeSet};

use super::matching::{AnswerChat, ReceivedMessage, id_order};
use super::words::words;
use crate::model::id::{AccountId, CallId, MessageId};

/// Maximum number of messages that Chatwork lists at once. A message that is missing from a full list may only have
/// been pushed out of it.
const MAX_LISTED_MESSAGES: usize = 100;
/// Text that Chatwork lists for a deleted message.
const DELETED_BODY: &str = "[deleted]";

/// Answer to a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Message of the answer.
    pub message: MessageId,
    /// The call.
    pub call: CallId,
    /// Account of the author.
    pub author: AccountId,
    /// Words to show; `""` when the message has none, or was deleted.
    pub words: String,
    /// Time of sending, in Unix seconds by Chatwork's clock.
    pub sent: u64,
    /// Time of the last edit, in Unix seconds by Chatwork's clock; 0 when it was never edited.
    pub updated: u64,
    /// True when the message was deleted.
    pub withdrawn: bool,
}

/// Change of an answer. Each variant holds the answer as it is after the change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnswerChange {
    /// A new answer.
    Given(Answer),
    /// The words were edited.
    Edited(Answer),
    /// The message was deleted. The answer has no words any more.
    Withdrawn(Answer),
}

/// Answers of one chat, by message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnswerLog {
    answers: BTreeMap<MessageId, Answer>,
    /// Deleted messages that were not known as answers. An older version of such a message, applied later, is no answer.
    deleted: BTreeSet<MessageId>,
    /// Answers that were missing from the last list.
    missing: BTreeSet<MessageId>,
}

impl AnswerLog {
    /// Restores the log from stored answers.
    #[must_use]
    pub fn restore(answers: impl IntoIterator<Item = Answer>) -> Self {
        let answers = answers.into_iter();
        Self {
            answers: answers
                .map(|answer| (answer.message.clone(), answer))
                .collect(),
            ..Self::default()
        }
    }

    /// Applies one message. Repeated messages and older versions of an edited one change nothing.
    pub fn apply(
        &mut self,
        chat: &AnswerChat<'_>,
        message: &ReceivedMessage,
    ) -> Option<AnswerChange> {
        if message.body.trim() == DELETED_BODY {
            if !self.answers.contains_key(&message.id) {
                self.deleted.insert(message.id.clone());
            }
            return self.withdraw(&message.id);
        }
        let Some(known) = self.answers.get_mut(&message.id) else {
            return self.add(chat, message);
        };
        if known.withdrawn || message.updated < known.updated {
            return None;
        }
        let words = words(&message.body, chat.bot);
        // Two edits within one second cannot be ordered; the choice only has to be the same in any order.
        if (message.updated, &words) <= (known.updated, &known.words) {
            return None;
        }
        known.updated = message.updated;
        if known.words == words {
            return None;
        }
        known.words = words;
        Some(AnswerChange::Edited(known.clone()))
    }

    /// Applies a list of a chat's latest messages. The lists of successive readings must be applied in their order: an
    /// answer that is missing from two lists in a row, although it is not older than all their messages, was deleted.
    ///
    /// A list that Chatwork hides (204 with `chatwork-message-limitation`) must not be applied.
    pub fn apply_list(
        &mut self,
        chat: &AnswerChat<'_>,
        messages: &[ReceivedMessage],
    ) -> Vec<AnswerChange> {
        let applied = messages
            .iter()
            .filter_map(|message| self.apply(chat, message));
        let mut changes: Vec<AnswerChange> = applied.collect();
        let listed: BTreeSet<&MessageId> = messages.iter().map(|message| &message.id).collect();
        let oldest = messages.iter().map(|message| id_order(&message.id)).min();
        let is_full = messages.len() >= MAX_LISTED_MESSAGES;
        let is_missing = |answer: &&Answer| {
            let may_be_listed =
                !is_full || oldest.is_some_and(|oldest| id_order(&answer.message) > oldest);
            !answer.withdrawn && may_be_listed && !listed.contains(&answer.message)
        };
        let missing = self.answers.values().filter(is_missing);
        let missing: BTreeSet<MessageId> = missing.map(|answer| answer.message.clone()).collect();
        for message in &missing {
            if self.missing.contains(message) {
                changes.extend(self.withdraw(message));
            }
        }
        self.missing = missing;
        changes
    }

    /// All answers, also the withdrawn ones, in the order of their messages.
    #[must_use]
    pub fn answers(&self) -> Vec<&Answer> {
        let mut answers: Vec<&Answer> = self.answers.values().collect();
        answers.sort_by(|one, other| id_order(&one.message).cmp(&id_order(&other.message)));
        answers
    }

    /// Adds the message if it is an answer.
    fn add(&mut self, chat: &AnswerChat<'_>, message: &ReceivedMessage) -> Option<AnswerChange> {
        if self.deleted.contains(&message.id) {
            return None;
        }
        let answer = Answer {
            message: message.id.clone(),
            call: chat.call_of(message)?,
            author: message.author,
            words: words(&message.body, chat.bot),
            sent: message.sent,
            updated: message.updated,
            withdrawn: false,
        };
        self.answers.insert(message.id.clone(), answer.clone());
        Some(AnswerChange::Given(answer))
    }

    /// Withdraws the answer of a deleted message; `None` when there is none, or when it was withdrawn before.
    fn withdraw(&mut self, message: &MessageId) -> Option<AnswerChange> {
        let answer = self.answers.get_mut(message)?;
        if answer.withdrawn {
            return None;
        }
        answer.withdrawn = true;
        answer.words.clear();
        Some(AnswerChange::Withdrawn(answer.clone()))
    }
}

/// True when Chatwork's list may have overflowed: messages after `last_read` may have been pushed out of it before they
/// were read.
pub(super) fn may_have_overflowed(messages: &[ReceivedMessage], last_read: &MessageId) -> bool {
    messages.len() >= MAX_LISTED_MESSAGES
        && messages
            .iter()
            .all(|message| id_order(&message.id) > id_order(last_read))
}

/// The latest message of a list.
pub(super) fn latest_message(messages: &[ReceivedMessage]) -> Option<&MessageId> {
    let ids = messages.iter().map(|message| &message.id);
    ids.max_by(|one, other| id_order(one).cmp(&id_order(other)))
}

/// The answer that a tablet shows for a call: the latest one that was not withdrawn. The answers may be of several
/// chats.
#[must_use]
pub fn shown_answer<'a>(
    call: CallId,
    answers: impl IntoIterator<Item = &'a Answer>,
) -> Option<&'a Answer> {
    let of_call = answers.into_iter().filter(|answer| answer.call == call);
    latest_standing(of_call, |answer| (&answer.message, answer.withdrawn))
}

/// The latest of some answers that was not withdrawn. `facts_of` returns the message of an answer, and whether it was
/// withdrawn.
pub fn latest_standing<'a, T>(
    answers: impl Iterator<Item = &'a T>,
    facts_of: impl Fn(&T) -> (&MessageId, bool),
) -> Option<&'a T> {
    let standing = answers.filter(|answer| !facts_of(answer).1);
    standing.max_by(|one, other| id_order(facts_of(one).0).cmp(&id_order(facts_of(other).0)))
}
