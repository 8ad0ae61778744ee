//! A call as local storage keeps it over a reload.

use serde::{Deserialize, Serialize};
use yobirin_api::Millis;
use yobirin_domain::model::delivery::Progress;

use super::follow_up::FollowUp;
use super::prepared_call::PreparedCall;

/// A call that has not ended, under one storage key per call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PersistedCall {
    pub(crate) call: PreparedCall,
    /// True when the relay has accepted the call.
    #[serde(rename = "accepted")]
    pub(crate) was_accepted: bool,
    /// Time at which the visitor cancelled the call.
    #[serde(default)]
    pub(crate) cancelled_at: Option<Millis>,
    /// Progress of a call that has notified somebody and waits for an answer; `None` before.
    #[serde(default)]
    pub(crate) listening: Option<ListeningState>,
}

/// Progress of a call that waits for an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ListeningState {
    /// Known states of the deliveries.
    pub(crate) progress: Progress,
    /// Answer and later messages.
    pub(crate) follow_up: FollowUp,
}

impl PersistedCall {
    /// True when no answer to the call, and no confirmation of its cancellation, is awaited any more.
    pub(crate) fn is_expired(&self, now: Millis) -> bool {
        let end = match (&self.listening, self.cancelled_at) {
            (Some(_), _) => self.call.deadline,
            (None, Some(cancelled_at)) => self.call.cancellation_polled_until(cancelled_at),
            (None, None) => self.call.polled_until(),
        };
        now >= end
    }
}
