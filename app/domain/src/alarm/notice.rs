//! Notices to the alarm webhook: incidents that cannot be posted in Chatwork now, and their ends.

use serde::Serialize;

use super::state::{AlarmState, Incident, NoticeState, WebhookState};
use super::{AlarmCondition, AlarmFacts, HOUR, MINUTE, PostState, text};
use crate::model::id::CallId;
use crate::model::settings::Settings;

/// Waits after the first failed attempt, the second, and so on. After the last one the notice is given up.
const RETRY_WAITS_MILLIS: [u64; 5] = [
    MINUTE,
    5 * MINUTE,
    30 * MINUTE,
    2 * HOUR,
    LONGEST_RETRY_WAIT_MILLIS,
];
/// The longest of these waits.
pub(super) const LONGEST_RETRY_WAIT_MILLIS: u64 = 6 * HOUR;

/// Body of a request to the alarm webhook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// Id of the incident, the same in every notice about it.
    pub id: CallId,
    /// State.
    pub state: NoticeState,
    /// Kind, with figures; absent in a test.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub condition: Option<AlarmCondition>,
    /// Time at which the incident began, in milliseconds since 1970.
    pub since: u64,
    /// Time at which the incident ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended: Option<u64>,
    /// Title for people, in the office's own language.
    pub title: String,
    /// Time of the notice, which the signature protects.
    pub sent_at: u64,
}

impl AlarmState {
    /// Returns the notices that are due.
    #[must_use]
    pub fn notices(&self, settings: &Settings, facts: &AlarmFacts<'_>) -> Vec<Notice> {
        let notice = |incident: &Incident| {
            let state = notice_state(incident, settings, facts)?;
            Some(Notice {
                id: incident.id,
                state,
                condition: Some(incident.condition.clone()),
                since: incident.since,
                ended: incident.ended,
                title: text::title(settings, incident, facts.now, facts.local),
                sent_at: facts.now,
            })
        };
        self.incidents.iter().filter_map(notice).collect()
    }

    /// Records whether the webhook has accepted a notice. Returns false when the notice is given up; it then counts as
    /// accepted, so that it is not sent again.
    pub fn record_notice(&mut self, notice: &Notice, is_accepted: bool, now: u64) -> bool {
        let Some(incident) = self.incident(notice.id) else {
            return true;
        };
        let failures = incident.webhook.failures;
        let wait = RETRY_WAITS_MILLIS.get(failures);
        incident.webhook = match (is_accepted, wait) {
            (true, _) | (false, None) => WebhookState {
                last_state: Some(notice.state),
                ..WebhookState::default()
            },
            (false, Some(wait)) => WebhookState {
                failures: failures + 1,
                due: now + wait,
                ..incident.webhook
            },
        };
        is_accepted || wait.is_some()
    }
}

impl Notice {
    /// Notice by which an admin tests the webhook.
    #[must_use]
    pub fn test(settings: &Settings, id: CallId, now: u64) -> Self {
        Self {
            id,
            state: NoticeState::Test,
            condition: None,
            since: now,
            ended: None,
            title: text::test_title(settings),
            sent_at: now,
        }
    }
}

/// Returns the state of the incident for a notice that is due: the beginning of an incident that cannot be posted in
/// Chatwork, or the end of an incident whose beginning the webhook was notified of.
fn notice_state(
    incident: &Incident,
    settings: &Settings,
    facts: &AlarmFacts<'_>,
) -> Option<NoticeState> {
    let WebhookState {
        last_state, due, ..
    } = incident.webhook;
    let state = match incident.ended {
        None => NoticeState::Open,
        Some(_) => NoticeState::Ended,
    };
    let is_end_without_beginning = state == NoticeState::Ended && last_state.is_none();
    if last_state == Some(state) || is_end_without_beginning {
        return None;
    }
    let is_chatwork_mute = !incident.condition.can_be_posted()
        || settings.site().alarms.room.is_none()
        || !facts.is_connected
        || facts.is_token_refused
        || facts.is_chatwork_unreachable
        || matches!(incident.post, PostState::Failed { .. });
    let is_wanted = state == NoticeState::Ended || is_chatwork_mute && !incident.is_posted();
    (is_wanted && facts.now >= due).then_some(state)
}
