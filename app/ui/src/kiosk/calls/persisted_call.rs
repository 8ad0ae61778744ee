//! A call as local storage keeps it over a reload.

use serde::{Deserialize, Serialize};
use yobirin_api::Millis;

use super::prepared_call::PreparedCall;

/// A call that has not ended, under one storage key per call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PersistedCall {
    pub(crate) call: PreparedCall,
    /// The relay has accepted the call.
    pub(crate) accepted: bool,
    /// Time at which the visitor cancelled it.
    #[serde(default)]
    pub(crate) cancelled_at: Option<Millis>,
}

impl PersistedCall {
    /// True when nobody waits for the call or for its cancellation any more.
    pub(crate) fn is_expired(&self, now: Millis) -> bool {
        now >= self.call.polled_until(self.cancelled_at)
    }
}
