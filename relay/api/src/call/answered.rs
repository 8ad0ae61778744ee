//! Answers and steps of a call of the history: who answered, after how long, and which steps were sent when.

use yobirin_domain::answer::{AnswerResult, AnswerWait, latest_standing};
use yobirin_domain::escalation::beyond_limit;
use yobirin_domain::model::delivery::{CallState, DeliveryState};

use super::{AnswerRecord, Call, CallRecord, DeliveryRecord, LaterMessage};
use crate::Millis;

/// Message of an escalation step, with its delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SentStep<'a> {
    /// Message, with its time in the call.
    pub later: &'a LaterMessage,
    /// Delivery of the message; `None` when the record has no delivery for it.
    pub delivery: Option<&'a DeliveryRecord>,
    /// Time at which it was delivered, or else the time for which it is planned; `None` while nobody was notified,
    /// because steps are planned from then.
    pub at: Option<Millis>,
    /// True when the fallback was sent in place of the message, so that no destination is notified more than twice.
    pub is_replaced_by_fallback: bool,
}

impl Call {
    /// True when the messages ask for an answer: answers were on at the tap.
    #[must_use]
    pub fn asks_for_answer(&self) -> bool {
        let mut messages = self.deliveries.iter().chain(&self.fallback);
        messages.any(|message| message.answered.is_some())
    }
}

impl DeliveryRecord {
    /// Returns the time of delivery; `None` unless the message was delivered.
    #[must_use]
    pub fn delivered_at(&self) -> Option<Millis> {
        match self.state {
            DeliveryState::Delivered { at, .. } => Some(at),
            _ => None,
        }
    }
}

impl CallRecord {
    /// Returns the time at which the first delivery arrived; `None` when none has.
    #[must_use]
    pub fn notified_at(&self) -> Option<Millis> {
        let sent = self.deliveries.iter().chain(&self.fallback);
        sent.filter_map(DeliveryRecord::delivered_at).min()
    }

    /// Returns the state under which the history lists the call. A call that had notified somebody when it was cancelled
    /// is listed as withdrawn, like a call that was cancelled before it notified anybody.
    #[must_use]
    pub fn listed_state(&self) -> CallState {
        match self.state {
            CallState::Notified if self.cancelled.is_some() => CallState::Withdrawn,
            state => state,
        }
    }

    /// Returns the answer that the tablet shows: the latest one that was not deleted in Chatwork.
    #[must_use]
    pub fn shown_answer(&self) -> Option<&AnswerRecord> {
        latest_standing(self.answers.iter(), |answer| {
            (&answer.message, answer.withdrawn.is_some())
        })
    }

    /// Returns the first answer that was not deleted in Chatwork. Its time is the time of the answer in all figures.
    #[must_use]
    pub fn first_answer(&self) -> Option<&AnswerRecord> {
        let mut answers = self.answers.iter();
        answers.find(|answer| answer.withdrawn.is_none())
    }

    /// Returns the result of waiting for an answer, at the time `now`.
    #[must_use]
    pub fn answer_result(&self, now: Millis) -> AnswerResult {
        let wait = AnswerWait {
            is_asked: self.call.asks_for_answer(),
            notified: self.notified_at(),
            answered: self.first_answer().map(|answer| answer.at),
            is_cancelled_or_revoked: self.cancelled.is_some() || self.revoked.is_some(),
            deadline: self.expires,
        };
        wait.result(now)
    }

    /// Returns the messages of the escalation in the order of their times, with their deliveries.
    pub fn steps(&self) -> impl Iterator<Item = SentStep<'_>> {
        let notified = self.notified_at();
        let fallback = self.fallback.as_ref().and(self.call.fallback.as_ref());
        let at_once = self.call.deliveries.iter().chain(fallback);
        let at_once: Vec<_> = at_once.map(|message| message.to).collect();
        let first_later = at_once.len();
        let later_destinations = self.call.later.iter().map(|later| later.to);
        let beyond = beyond_limit(at_once.into_iter().chain(later_destinations));
        let later = self.call.later.iter().enumerate();
        later.map(move |(position, later)| {
            let delivery = self.later.get(position);
            let planned = || Some(notified? + u64::from(later.after_seconds) * 1000);
            SentStep {
                later,
                delivery,
                at: delivery
                    .and_then(DeliveryRecord::delivered_at)
                    .or_else(planned),
                is_replaced_by_fallback: beyond.contains(&(first_later + position)),
            }
        })
    }
}
