//! Filter of the call history.

use yobirin_api::Millis;
use yobirin_api::call::{Call, CallRecord};
use yobirin_domain::history_text;
use yobirin_domain::model::delivery::CallState;
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
    /// State under which the history lists the call now.
    pub state: Option<CallState>,
    /// Text that occurs in the call, in the form of [`history_text::normalize`]; empty for every call.
    pub text: String,
}

impl HistoryFilter {
    /// True when the text occurs in the call.
    pub fn matches_text(&self, id: CallId, call: &Call, settings: &Settings) -> bool {
        let (reference, visitor) = (id.reference(), &call.visitor);
        history_text::occurs_in_call(&self.text, reference, visitor, &call.target, settings)
    }

    /// True when the history lists the call under the state.
    pub fn matches_state(&self, record: &CallRecord) -> bool {
        self.state
            .is_none_or(|state| state == record.listed_state())
    }
}
