//! Filter of the call history.

use yobirin_api::Millis;
use yobirin_api::call::{Call, CallRecord};
use yobirin_domain::model::delivery::CallState;
use yobirin_domain::model::id::{CallId, DeviceId};
use yobirin_domain::model::lang::Lang;
use yobirin_domain::model::settings::Settings;
use yobirin_domain::routing::Target;
use yobirin_domain::search::fold;

/// Filter of the call history. The default matches every call.
#[derive(Clone, Debug, Default)]
pub struct HistoryFilter {
    /// Accepted at this time or later.
    pub from: Option<Millis>,
    /// Accepted before this time.
    pub until: Option<Millis>,
    /// Submitted by this tablet.
    pub device: Option<DeviceId>,
    /// State of the call now.
    pub state: Option<CallState>,
    /// Text in the visitor's words, in the name of the target, or in the call's reference; folded as in the
    /// search for names. A text that folds to nothing, such as `_`, stays as it was typed.
    pub text: String,
}

impl HistoryFilter {
    /// Folds a typed text for [`HistoryFilter::text`].
    pub fn normalize(typed: Option<&str>) -> String {
        let typed = typed.unwrap_or_default().trim();
        match fold(typed) {
            folded if folded.is_empty() => typed.to_owned(),
            folded => folded,
        }
    }

    /// True when the text occurs in the call.
    pub fn matches_text(&self, id: CallId, call: &Call, settings: &Settings) -> bool {
        if self.text.is_empty() {
            return true;
        }
        let visitor = &call.visitor;
        let words = [&visitor.company, &visitor.name, &visitor.purpose];
        words.into_iter().any(|word| self.occurs_in(word))
            || self.occurs_in(&id.reference().to_string())
            || target_names(&call.target, settings)
                .iter()
                .any(|name| self.occurs_in(name))
    }

    /// True when the call has the state.
    pub fn matches_state(&self, record: &CallRecord) -> bool {
        self.state.is_none_or(|state| state == record.state)
    }

    fn occurs_in(&self, text: &str) -> bool {
        text.contains(&self.text) || fold(text).contains(&self.text)
    }
}

/// Returns the names of the target in the current settings.
fn target_names(target: &Target, settings: &Settings) -> Vec<String> {
    match target {
        Target::Host(id) => {
            let host = settings.hosts().iter().find(|host| host.id == *id);
            host.map_or_else(Vec::new, |host| {
                vec![
                    host.name.clone(),
                    host.kana.clone(),
                    host.display_name.clone(),
                ]
            })
        }
        Target::Staff => Vec::new(),
        Target::Group(id) => {
            let group = settings.groups().iter().find(|group| group.id == *id);
            group.map_or_else(Vec::new, |group| {
                let each = Lang::ALL.map(|lang| group.name.exactly(lang).to_owned());
                each.into()
            })
        }
    }
}
