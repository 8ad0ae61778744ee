//! Observation: takes facts into the alarm state, where incidents begin, change and end.

use super::notice::LONGEST_RETRY_WAIT_MILLIS;
use super::silent_tablets::tablets_of_mut;
use super::state::{AlarmState, Incident, NoticeState, PostState};
use super::{
    AlarmCondition, AlarmFacts, DAY, EDIT_LIFE_MILLIS, FAILED_CALLS_MILLIS, FailedCalls,
    LastBackup, MIN_CERTIFICATE_MILLIS, MIN_DISK_FREE_PERCENT, MIN_REQUESTS_LEFT,
    UNPOSTED_CALLS_MILLIS,
};
use crate::model::delivery::DeliveryState;
use crate::model::id::CallId;
use crate::model::settings::Settings;

/// Beginning or end of an incident, for the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IncidentChange {
    /// Name of the incident's kind.
    pub kind: &'static str,
    /// True when it began or returned, false when it ended.
    pub has_begun: bool,
}

impl AlarmState {
    /// Takes facts into the alarm state; `new_id` makes ids of new incidents. Returns the incidents that began or
    /// ended.
    pub fn observe(
        &mut self,
        settings: &Settings,
        facts: &AlarmFacts<'_>,
        new_id: &mut dyn FnMut() -> CallId,
    ) -> Vec<IncidentChange> {
        self.clamp_times(facts.now);
        let before = self.open_ids_and_kinds();
        self.observe_posts(facts);
        self.observe_tablets(settings, facts, new_id);
        self.observe_failed_calls(settings, facts, new_id);
        self.observe_other_conditions(settings, facts, new_id);
        self.forget(facts.now);
        let after = self.open_ids_and_kinds();
        let begun = after.iter().filter(|open| !before.contains(open));
        let begun = begun.map(|&(_, kind)| IncidentChange {
            kind,
            has_begun: true,
        });
        let ended = before.iter().filter(|open| !after.contains(open));
        let ended = ended.map(|&(_, kind)| IncidentChange {
            kind,
            has_begun: false,
        });
        begun.chain(ended).collect()
    }

    fn open_ids_and_kinds(&self) -> Vec<(CallId, &'static str)> {
        let open = self.open();
        open.map(|incident| (incident.id, incident.condition.key()))
            .collect()
    }

    /// Moves times that lie ahead, because the clock was set back, to `now`, and the webhook's next attempt to the
    /// end of the longest wait.
    fn clamp_times(&mut self, now: u64) {
        for moved in &mut self.moved {
            moved.at = now.min(moved.at);
        }
        for incident in &mut self.incidents {
            let post_at = match &mut incident.post {
                PostState::None => None,
                PostState::InOutbox { at, .. }
                | PostState::Posted { at, .. }
                | PostState::Failed { at, .. } => Some(at),
            };
            let times = [&mut incident.since, &mut incident.noticed];
            let times = times.into_iter().chain(&mut incident.ended).chain(post_at);
            for time in times {
                *time = now.min(*time);
            }
            incident.webhook.due = incident.webhook.due.min(now + LONGEST_RETRY_WAIT_MILLIS);
            for tablet in tablets_of_mut(incident) {
                tablet.since = tablet.since.min(now);
                tablet.until = tablet.until.map(|until| until.min(now));
            }
        }
    }

    /// Takes over the results of the posts in the outbox.
    fn observe_posts(&mut self, facts: &AlarmFacts<'_>) {
        for incident in &mut self.incidents {
            let PostState::InOutbox {
                id,
                text,
                at,
                room,
                is_doubtful,
            } = &mut incident.post
            else {
                continue;
            };
            incident.post = match facts.posts.get(id) {
                Some(DeliveryState::Waiting) => {
                    *is_doubtful = false;
                    continue;
                }
                Some(DeliveryState::Unknown) => {
                    *is_doubtful = true;
                    continue;
                }
                Some(DeliveryState::Delivered { message, room, .. }) => PostState::Posted {
                    id: *id,
                    text: std::mem::take(text),
                    at: *at,
                    room: *room,
                    message: message.clone(),
                },
                // A post that the outbox does not know was lost with a restored backup.
                Some(_) | None => PostState::Failed {
                    room: *room,
                    at: facts.now,
                    is_doubtful: *is_doubtful,
                },
            };
        }
    }

    /// Takes up failed calls. The failed calls of half an hour are one incident. It ends after that time if it was
    /// posted, or cannot be posted; else it waits to be posted, for a long weekend at most.
    fn observe_failed_calls(
        &mut self,
        settings: &Settings,
        facts: &AlarmFacts<'_>,
        new_id: &mut dyn FnMut() -> CallId,
    ) {
        self.end_failed_calls(settings, facts.now);
        let FailedCalls {
            count,
            last,
            last_event,
        } = facts.failed_calls;
        if count == 0 || last_event <= self.failed_calls_seen {
            return;
        }
        self.failed_calls_seen = last_event;
        let incidents = self.incidents.iter_mut();
        for incident in incidents.filter(|incident| incident.ended.is_none()) {
            if let AlarmCondition::CallsFailed { calls, last: known } = &mut incident.condition {
                *calls = calls.saturating_add(count);
                *known = last.max(*known);
                return;
            }
        }
        let condition = AlarmCondition::CallsFailed { calls: count, last };
        self.incidents
            .push(Incident::new(new_id(), condition, last, facts.now));
    }

    /// Ends the incidents of failed calls that are over.
    fn end_failed_calls(&mut self, settings: &Settings, now: u64) {
        let has_no_room = settings.site().alarms.room.is_none();
        for incident in &mut self.incidents {
            let AlarmCondition::CallsFailed { last, .. } = incident.condition else {
                continue;
            };
            let age = now.saturating_sub(incident.noticed);
            let is_over = age >= FAILED_CALLS_MILLIS
                && (incident.is_posted() || has_no_room || age >= UNPOSTED_CALLS_MILLIS);
            if is_over && incident.ended.is_none() {
                incident.ended = Some(last);
            }
        }
    }

    /// Begins and ends the incidents that last as long as their condition holds: all but silent tablets and failed
    /// calls.
    fn observe_other_conditions(
        &mut self,
        settings: &Settings,
        facts: &AlarmFacts<'_>,
        new_id: &mut dyn FnMut() -> CallId,
    ) {
        let current = current_conditions(settings, facts);
        for incident in &mut self.incidents {
            let is_observed_here = !matches!(
                incident.condition,
                AlarmCondition::TabletsSilent { .. } | AlarmCondition::CallsFailed { .. }
            );
            let lasts = current
                .iter()
                .any(|condition| condition.key() == incident.condition.key());
            if is_observed_here && incident.ended.is_none() && !lasts {
                incident.ended = Some(facts.now);
            }
        }
        for condition in current {
            let is_same = |incident: &&mut Incident| {
                incident.condition.key() == condition.key() && incident.is_recent(facts.now)
            };
            match self.incidents.iter_mut().rev().find(is_same) {
                Some(incident) => {
                    incident.condition = condition;
                    incident.ended = None;
                }
                None => {
                    self.incidents
                        .push(Incident::new(new_id(), condition, facts.now, facts.now));
                }
            }
        }
    }

    /// Forgets incidents that ended long ago and of which no notice is left to send.
    fn forget(&mut self, now: u64) {
        self.moved
            .retain(|post| now.saturating_sub(post.at) < EDIT_LIFE_MILLIS);
        self.incidents.retain(|incident| {
            let age = incident.ended.map(|ended| now.saturating_sub(ended));
            match (&incident.post, age) {
                (_, None) => true,
                (PostState::InOutbox { .. } | PostState::Posted { .. }, Some(age)) => {
                    age < EDIT_LIFE_MILLIS
                }
                (PostState::None | PostState::Failed { .. }, Some(age)) => {
                    let is_end_unsent = incident.webhook.last_state == Some(NoticeState::Open);
                    incident.is_recent(now) || is_end_unsent && age < DAY
                }
            }
        });
    }
}

/// Conditions that hold by the facts, without silent tablets and failed calls.
fn current_conditions(settings: &Settings, facts: &AlarmFacts<'_>) -> Vec<AlarmCondition> {
    let disk = facts
        .disk_free_percent
        .filter(|free| *free < MIN_DISK_FREE_PERCENT)
        .map(|free_percent| AlarmCondition::DiskLow { free_percent });
    let certificate = facts
        .certificate_ends
        .filter(|ends| *ends < facts.now + MIN_CERTIFICATE_MILLIS)
        .map(|ends| AlarmCondition::CertificateEnds { ends });
    let max_age = settings.site().alarms.backup_days;
    // Zero days would be an incident at all times.
    let max_age = max_age.map(|days| u64::from(days.max(1)) * DAY);
    let backup = max_age.and_then(|max_age| match facts.last_backup {
        LastBackup::Never => Some(AlarmCondition::BackupOld { last: None }),
        // Written while the clock was ahead: its age is not known.
        LastBackup::At(last) if last > facts.now + DAY => {
            Some(AlarmCondition::BackupOld { last: None })
        }
        LastBackup::At(last) if facts.now.saturating_sub(last) > max_age => {
            Some(AlarmCondition::BackupOld { last: Some(last) })
        }
        LastBackup::At(_) | LastBackup::Unknown => None,
    });
    let is_limit_nearly_used = facts.requests_left < MIN_REQUESTS_LEFT;
    [
        disk,
        certificate,
        backup,
        is_limit_nearly_used.then_some(AlarmCondition::LimitNearlyUsed),
        facts
            .is_token_refused
            .then_some(AlarmCondition::TokenRefused),
        facts
            .is_chatwork_unreachable
            .then_some(AlarmCondition::ChatworkUnreachable),
    ]
    .into_iter()
    .flatten()
    .collect()
}
