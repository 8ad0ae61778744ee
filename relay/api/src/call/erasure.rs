//! Words of a call by kind, and the state of a call of the history that decides when they can be erased.

use yobirin_domain::model::call::Visitor;
use yobirin_domain::model::delivery::DeliveryState;
use yobirin_domain::retention::{RetentionKind, VisitState};

use super::{Call, CallRecord};

impl Call {
    /// Removes the words of one kind. Number of people and language stay. Answers are not part of a call.
    pub fn erase_words(&mut self, kind: RetentionKind) {
        match kind {
            RetentionKind::Visitors => {
                self.visitor = Visitor {
                    people: self.visitor.people,
                    language: self.visitor.language,
                    ..Visitor::default()
                };
            }
            RetentionKind::Messages => {
                for outgoing in self.deliveries.iter_mut().chain(&mut self.fallback) {
                    outgoing.text.clear();
                    outgoing.retraction = None;
                }
                for later in &mut self.later {
                    later.text.clear();
                    later.retraction = None;
                }
                if let Some(missed) = &mut self.missed {
                    missed.text.clear();
                }
            }
            RetentionKind::Answers | RetentionKind::Counts => {}
        }
    }
}

impl CallRecord {
    /// State that decides when the visit can be erased. Edits of posts, which last for seconds, are not part of the
    /// history.
    #[must_use]
    pub fn visit_state(&self) -> VisitState {
        let notifications = self.deliveries.iter().chain(&self.fallback);
        let follow_ups = self.later.iter().chain(&self.retractions);
        let mut states = notifications
            .chain(follow_ups)
            .map(|delivery| &delivery.state);
        let missed = self.missed.as_ref();
        let has_open_task = missed.is_some_and(|missed| missed.outcome.is_none());
        VisitState {
            expires: self.expires,
            asks_for_answer: self.call.asks_for_answer(),
            has_arrived: states
                .clone()
                .any(|state| matches!(state, DeliveryState::Delivered { .. })),
            has_open_delivery: has_open_task || states.any(|state| !state.is_final()),
            has_open_edit: false,
            has_open_task,
            is_answered: self.first_answer().is_some(),
            cancelled: self.cancelled,
            is_revoked: self.revoked.is_some(),
        }
    }
}
