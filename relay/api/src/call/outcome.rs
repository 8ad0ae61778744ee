//! Outcomes by which the history is filtered. Their labels are the badges of the history's rows.

use serde::{Deserialize, Serialize};
use yobirin_domain::answer::AnswerResult;
use yobirin_domain::model::delivery::{CallState, DeliveryState};
use yobirin_domain::recipients::{Notified, Recipients};

use super::CallRecord;
use crate::Millis;

/// Outcome of a call. A call can have several: an unanswered call has notified somebody too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CallOutcome {
    /// Somebody was notified, and nobody answered by the deadline.
    Unanswered,
    /// Somebody was notified, and an answer may still come.
    AwaitingAnswer,
    /// Somebody answered.
    Answered,
    /// Nobody was notified, because every message was rejected or expired.
    NotDelivered,
    /// A message is in a room of Chatwork and mentions nobody.
    NamedNobody,
    /// A message arrived in Chatwork, and the visitor did not cancel; includes [`Self::NamedNobody`].
    Notified,
    /// The visitor cancelled, or the tablet was unpaired before somebody was notified.
    Withdrawn,
    /// No message has arrived yet.
    Sending,
}

impl CallOutcome {
    /// All outcomes, those first that an office asks for.
    pub const ALL: [Self; 8] = [
        Self::Unanswered,
        Self::AwaitingAnswer,
        Self::Answered,
        Self::NotDelivered,
        Self::NamedNobody,
        Self::Notified,
        Self::Withdrawn,
        Self::Sending,
    ];

    /// Value in the query of the history, which is the JSON form too.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Unanswered => "unanswered",
            Self::AwaitingAnswer => "awaiting_answer",
            Self::Answered => "answered",
            Self::NotDelivered => "not_delivered",
            Self::NamedNobody => "named_nobody",
            Self::Notified => "notified",
            Self::Withdrawn => "withdrawn",
            Self::Sending => "sending",
        }
    }
}

impl CallRecord {
    /// Returns the recipients that the call has notified.
    #[must_use]
    pub fn notified_recipients(&self) -> Notified {
        let to = self.call.deliveries.iter().map(|sent| sent.to);
        let deliveries = self.deliveries.iter();
        let states: Vec<DeliveryState> = deliveries.map(|record| record.state.clone()).collect();
        let fallback = self.fallback.as_ref().map(|record| &record.state);
        Recipients::of(&self.call.target, to, &self.call.trace).notified(&states, fallback)
    }

    /// True when the call has this outcome at the time `now`.
    #[must_use]
    pub fn has_outcome(&self, outcome: CallOutcome, now: Millis) -> bool {
        let (state, answer) = (self.listed_state(), || self.answer_result(now));
        match outcome {
            CallOutcome::Unanswered => answer() == AnswerResult::Unanswered,
            CallOutcome::AwaitingAnswer => answer() == AnswerResult::Waiting,
            CallOutcome::Answered => matches!(answer(), AnswerResult::Answered { .. }),
            CallOutcome::NotDelivered => matches!(state, CallState::Failed | CallState::Expired),
            CallOutcome::NamedNobody => {
                state == CallState::Notified && self.notified_recipients().names_nobody()
            }
            CallOutcome::Notified => state == CallState::Notified,
            CallOutcome::Withdrawn => state == CallState::Withdrawn,
            CallOutcome::Sending => state == CallState::Sending,
        }
    }
}
