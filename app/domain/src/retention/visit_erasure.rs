//! Rule for the erasure of one visit: it is erased at once, unless its words are still needed. Our decision: an
//! answered or a cancelled call needs its words only for messages that are on their way. After the erasure no answer
//! is stored any more, and a later cancellation has no words to retract the messages with, which the tablet says.

use serde::{Deserialize, Serialize};

use super::closed_from;
use crate::missed_visit::TASK_LIFETIME_MILLIS;
use crate::model::call::DEADLINE_MILLIS;
use crate::model::delivery::EXPIRY_GRACE_MILLIS;

/// Reason for which the words of a visit are still needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum WordsNeed {
    /// The call waits for an answer, and its reminders may follow.
    Answer,
    /// The call asks for no answer, but the visitor may still cancel it.
    Cancellation,
    /// Messages of an answered call are on their way, or their delivery has to be checked.
    Delivery,
    /// Retractions of a cancelled call are on their way.
    Retraction,
    /// A task for a missed visit is being made.
    MissedVisit,
    /// Posts are being edited so that they begin with the answer.
    PostEdit,
}

/// State of a visit, on which the erasure of its words depends. Times are milliseconds since 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VisitState {
    /// Deadline of the call.
    pub expires: u64,
    /// True when the messages ask for an answer.
    pub asks_for_answer: bool,
    /// True when a message has arrived.
    pub has_arrived: bool,
    /// True while a message, retraction or task of the call is not in its final state.
    pub has_open_delivery: bool,
    /// True while a post is to be edited.
    pub has_open_edit: bool,
    /// True until it is decided whether the visit was missed, and while a task for it is being made; false for a call
    /// without a task.
    pub has_open_task: bool,
    /// True when the call has an answer that was not deleted.
    pub is_answered: bool,
    /// Time at which the visitor cancelled the call; `None` when the visitor did not.
    pub cancelled: Option<u64>,
    /// True when the tablet was revoked while the call was open.
    pub is_revoked: bool,
}

impl VisitState {
    /// Returns the reason for which the words are still needed at `now`; `None` when the visit can be erased.
    #[must_use]
    pub fn words_need(&self, now: u64) -> Option<WordsNeed> {
        let is_open = now < closed_from(self.expires);
        if self.cancelled.is_some() {
            return self.has_open_delivery.then_some(WordsNeed::Retraction);
        }
        if self.is_answered || self.is_revoked {
            if self.has_open_delivery {
                return Some(WordsNeed::Delivery);
            }
            return (is_open && self.has_open_edit).then_some(WordsNeed::PostEdit);
        }
        if is_open && (self.has_open_delivery || self.has_arrived) {
            return Some(if self.asks_for_answer {
                WordsNeed::Answer
            } else {
                WordsNeed::Cancellation
            });
        }
        if self.has_open_task && self.has_arrived {
            return Some(WordsNeed::MissedVisit);
        }
        self.has_open_delivery.then_some(WordsNeed::Delivery)
    }

    /// Returns the latest time at which this need ends, in milliseconds since 1970.
    #[must_use]
    pub fn needed_until(&self, need: WordsNeed) -> u64 {
        match need {
            WordsNeed::Answer | WordsNeed::Cancellation | WordsNeed::PostEdit => {
                closed_from(self.expires)
            }
            WordsNeed::Delivery => self.expires + EXPIRY_GRACE_MILLIS,
            WordsNeed::Retraction => {
                let cancelled = self.cancelled.unwrap_or_default();
                self.expires.max(cancelled + DEADLINE_MILLIS) + EXPIRY_GRACE_MILLIS
            }
            WordsNeed::MissedVisit => self.expires + TASK_LIFETIME_MILLIS,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Deadline of the call.
    const EXPIRES: u64 = 15 * 60_000;
    /// Time at which the last answer may have been read.
    const CLOSED: u64 = EXPIRES + 2 * 60_000;
    /// Call that has notified somebody and waits for an answer.
    const WAITING: VisitState = VisitState {
        expires: EXPIRES,
        asks_for_answer: true,
        has_arrived: true,
        has_open_delivery: false,
        has_open_edit: false,
        has_open_task: false,
        is_answered: false,
        cancelled: None,
        is_revoked: false,
    };

    #[test]
    fn an_answered_visit_is_erased_at_once_unless_something_of_it_is_on_its_way() {
        let answered = VisitState {
            is_answered: true,
            has_open_task: true,
            ..WAITING
        };
        assert_eq!(answered.words_need(1), None);
        let delivering = VisitState {
            has_open_delivery: true,
            ..answered
        };
        assert_eq!(delivering.words_need(1), Some(WordsNeed::Delivery));
        assert_eq!(
            delivering.needed_until(WordsNeed::Delivery),
            EXPIRES + 6 * 60_000
        );
        let editing = VisitState {
            has_open_edit: true,
            ..answered
        };
        assert_eq!(editing.words_need(1), Some(WordsNeed::PostEdit));
        assert_eq!(editing.needed_until(WordsNeed::PostEdit), CLOSED);
        assert_eq!(
            editing.words_need(CLOSED),
            None,
            "an edit that Chatwork does not accept delays nothing for ever"
        );
    }

    #[test]
    fn a_cancelled_visit_is_erased_once_its_retractions_have_arrived() {
        let cancelled = VisitState {
            cancelled: Some(EXPIRES - 1),
            has_open_task: true,
            ..WAITING
        };
        assert_eq!(cancelled.words_need(EXPIRES), None);
        let retracting = VisitState {
            has_open_delivery: true,
            ..cancelled
        };
        for now in [EXPIRES, CLOSED + 1] {
            assert_eq!(retracting.words_need(now), Some(WordsNeed::Retraction));
        }
        assert_eq!(
            retracting.needed_until(WordsNeed::Retraction),
            EXPIRES - 1 + (15 + 6) * 60_000,
            "15 minutes until the retraction's own deadline, and 6 for its reconciliation"
        );
    }

    #[test]
    fn a_visit_without_an_answer_waits_until_none_can_come() {
        for has_open_delivery in [false, true] {
            let waiting = VisitState {
                has_open_delivery,
                ..WAITING
            };
            assert_eq!(waiting.words_need(CLOSED - 1), Some(WordsNeed::Answer));
            let need_after = has_open_delivery.then_some(WordsNeed::Delivery);
            assert_eq!(waiting.words_need(CLOSED), need_after);
        }
        assert_eq!(WAITING.needed_until(WordsNeed::Answer), CLOSED);
        let silent = VisitState {
            asks_for_answer: false,
            ..WAITING
        };
        assert_eq!(silent.words_need(1), Some(WordsNeed::Cancellation));
        let missed = VisitState {
            has_open_task: true,
            ..WAITING
        };
        assert_eq!(missed.words_need(CLOSED - 1), Some(WordsNeed::Answer));
        assert_eq!(missed.words_need(CLOSED), Some(WordsNeed::MissedVisit));
        let day = 24 * 60 * 60_000;
        assert_eq!(missed.needed_until(WordsNeed::MissedVisit), EXPIRES + day);
    }

    #[test]
    fn a_visit_that_reached_nobody_or_whose_tablet_was_revoked_is_erased_at_once() {
        let failed = VisitState {
            has_arrived: false,
            has_open_task: true,
            ..WAITING
        };
        assert_eq!(failed.words_need(1), None);
        let sending = VisitState {
            has_open_delivery: true,
            ..failed
        };
        assert_eq!(sending.words_need(1), Some(WordsNeed::Answer));
        let revoked = VisitState {
            is_revoked: true,
            ..WAITING
        };
        assert_eq!(revoked.words_need(1), None);
        let unknown = VisitState {
            has_open_delivery: true,
            ..revoked
        };
        assert_eq!(unknown.words_need(1), Some(WordsNeed::Delivery));
    }
}
