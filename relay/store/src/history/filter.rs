//! Filter of the call history.

use yobirin_api::Millis;
use yobirin_api::call::{Call, CallOutcome, CallRecord};
use yobirin_domain::history_text;
use yobirin_domain::model::id::{CallId, DeviceId};
use yobirin_domain::model::settings::Settings;

/// Filter of the call history. The default matches every call.
#[derive(Clone, Debug, Default)]
pub struct HistoryFilter {
    /// Accepted at this time or later.
    pub from: Option<Millis>,
    /// Accepted before this time.
    pub until: Option<Millis>,
    /// Submitted by this tablet.
    pub device: Option<DeviceId>,
    /// Outcome that the call has at the time `now`.
    pub outcome: Option<CallOutcome>,
    /// Time of the query.
    pub now: Millis,
    /// Text that occurs in the call, in the form of [`history_text::normalize`]; empty for every call.
    pub text: String,
}

impl HistoryFilter {
    /// True when the text occurs in the call.
    pub fn matches_text(&self, id: CallId, call: &Call, settings: &Settings) -> bool {
        let (reference, visitor) = (id.reference(), &call.visitor);
        history_text::occurs_in_call(&self.text, reference, visitor, &call.target, settings)
    }

    /// True when the call has the outcome.
    pub fn matches_outcome(&self, record: &CallRecord) -> bool {
        self.outcome
            .is_none_or(|outcome| record.has_outcome(outcome, self.now))
    }

    /// Time after which the deadline of every matching call lies: a call awaits no answer after its deadline, so that
    /// the few that do are found without reading all others.
    pub fn expires_after(&self) -> Millis {
        match self.outcome {
            Some(CallOutcome::AwaitingAnswer) => self.now,
            _ => 0,
        }
    }
}
