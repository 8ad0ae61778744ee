//! Events of a call after its notification: the answer, and the later messages that have arrived. Events may be
//! repeated, late or out of order.

use serde::{Deserialize, Serialize};
use yobirin_api::Millis;
use yobirin_api::call::ShownAnswer;
use yobirin_domain::answer::AnswerAuthor;
use yobirin_domain::model::delivery::DeliveryState;

/// Events that the relay has reported after the notification.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct FollowUp {
    /// The valid answer, to be shown.
    pub(super) answer: Option<ShownAnswer>,
    /// True when the answer was deleted and no other one is valid.
    pub(super) is_answer_withdrawn: bool,
    /// True once the screen with the answer was left.
    pub(super) is_read: bool,
    /// True once the visitor has left the screen of the call.
    pub(super) visitor_has_left: bool,
    /// Later messages that have arrived: position in the call, and time. Sorted by position.
    pub(super) arrived_messages: Vec<(usize, Millis)>,
    /// Number of changes that a visitor sees.
    pub(super) changes: u32,
    /// Sequence number of the latest event about the answer.
    sequence: u64,
}

impl FollowUp {
    /// Applies the answer that is now valid; `None` when it was deleted.
    pub(super) fn apply_answer(&mut self, answer: Option<&ShownAnswer>, sequence: u64) {
        if sequence < self.sequence {
            return;
        }
        self.sequence = sequence;
        if self.answer.as_ref() != answer {
            self.answer = answer.cloned();
            self.is_answer_withdrawn = answer.is_none();
            // Words that were erased at the office's request are no news.
            if !self.is_erased() {
                self.is_read = false;
                self.changes += 1;
            }
        }
    }

    /// True once the office has erased the visit: there is no answer to read any more.
    pub(super) fn is_erased(&self) -> bool {
        let answer = self.answer.as_ref();
        answer.is_some_and(|answer| answer.who == AnswerAuthor::Erased)
    }

    /// Applies the state of the later message at a position in the call.
    pub(super) fn apply_later_message(&mut self, position: usize, state: &DeliveryState) {
        let DeliveryState::Delivered { at, .. } = state else {
            return;
        };
        let delivered = &mut self.arrived_messages;
        let index = delivered.binary_search_by_key(&position, |(known, _)| *known);
        if let Err(insert_at) = index {
            delivered.insert(insert_at, (position, *at));
            self.changes += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn erased_words_are_forgotten_without_a_word_to_the_visitor() {
        let given = ShownAnswer {
            who: AnswerAuthor::Host("佐藤".to_owned()),
            words: "すぐ行きます".to_owned(),
            at: 5,
        };
        let erased = ShownAnswer {
            who: AnswerAuthor::Erased,
            words: String::new(),
            at: 5,
        };
        let mut follow_up = FollowUp::default();
        follow_up.apply_answer(Some(&given), 1);
        follow_up.is_read = true;
        follow_up.apply_answer(Some(&erased), 1);
        assert_eq!(follow_up.answer, Some(erased.clone()));
        assert_eq!((follow_up.is_read, follow_up.changes), (true, 1));
        let later = ShownAnswer { at: 9, ..given };
        follow_up.apply_answer(Some(&later), 2);
        assert_eq!((follow_up.is_read, follow_up.changes), (false, 2));
    }
}
