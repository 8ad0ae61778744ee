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
    /// Recipients that the call has reached, while it waits for an answer.
    #[serde(default)]
    pub(crate) reached: Option<Reached>,
}

/// Recipients that a call has reached, and what followed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Reached {
    pub(crate) progress: Progress,
    pub(crate) follow_up: FollowUp,
}

impl PersistedCall {
    /// True when no answer to the call, and no confirmation of its cancellation, is awaited any more.
    pub(crate) fn is_expired(&self, now: Millis) -> bool {
        let end = match self.reached {
            Some(_) => self.call.deadline,
            None => self.call.polled_until(self.cancelled_at),
        };
        now >= end
    }
}
