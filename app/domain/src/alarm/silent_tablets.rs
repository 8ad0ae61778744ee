//! Silent tablets: the incident to which each of them belongs, and its end.

use super::state::{AlarmState, Incident, PostState};
use super::{
    AlarmCondition, AlarmFacts, GROUP_MILLIS, REOPEN_MILLIS, SILENCE_MILLIS, SilentTablet,
    TabletContact,
};
use crate::model::id::CallId;
use crate::model::settings::Settings;

impl AlarmState {
    /// Records tablets that fell silent, and tablets that came back.
    pub(super) fn observe_tablets(
        &mut self,
        settings: &Settings,
        facts: &AlarmFacts<'_>,
        new_id: &mut dyn FnMut() -> CallId,
    ) {
        for incident in &mut self.incidents {
            end_outages(incident, settings, facts);
        }
        for contact in &facts.tablets {
            let quiet_since = contact.last_seen.max(facts.watched_since);
            let is_silent = facts.now.saturating_sub(quiet_since) >= SILENCE_MILLIS;
            if is_silent
                && !self.is_known_silent(contact)
                && facts.is_expected(settings, &contact.device)
            {
                self.add_outage(contact, facts.now, new_id);
            }
        }
    }

    /// True when an incident says that the tablet is silent.
    fn is_known_silent(&self, contact: &TabletContact) -> bool {
        let mut tablets = self.incidents.iter().flat_map(tablets_of);
        tablets.any(|tablet| tablet.device == contact.device && tablet.until.is_none())
    }

    /// Adds a silent tablet to the incident that it belongs to, or begins an incident.
    fn add_outage(
        &mut self,
        contact: &TabletContact,
        now: u64,
        new_id: &mut dyn FnMut() -> CallId,
    ) {
        // A tablet that falls silent again soon after it came back belongs to its last incident.
        let has_returned_lately = |incident: &&mut Incident| {
            tablets_of(incident).iter().any(|tablet| {
                let is_recent = tablet
                    .until
                    .is_some_and(|until| now < until + REOPEN_MILLIS);
                tablet.device == contact.device && is_recent
            })
        };
        let since = contact.last_seen;
        if let Some(incident) = self.incidents.iter_mut().find(has_returned_lately) {
            incident.ended = None;
            for tablet in tablets_of_mut(incident) {
                if tablet.device == contact.device {
                    (tablet.since, tablet.until) = (since, None);
                    tablet.times = tablet.times.saturating_add(1);
                }
            }
            return;
        }
        let tablet = SilentTablet {
            device: contact.device.clone(),
            since,
            until: None,
            times: 1,
        };
        if let Some(incident) = self.incidents.iter_mut().find(|known| can_grow(known, now))
            && let AlarmCondition::TabletsSilent { tablets } = &mut incident.condition
        {
            incident.since = incident.since.min(since);
            // The tablet's old entry is of an outage that ended long ago.
            tablets.retain(|known| known.device != tablet.device);
            tablets.push(tablet);
            return;
        }
        let tablets = vec![tablet];
        let condition = AlarmCondition::TabletsSilent { tablets };
        self.incidents
            .push(Incident::new(new_id(), condition, since, now));
    }
}

/// True when another silent tablet joins the incident: the incident was noticed just now, or it was not posted yet.
fn can_grow(incident: &Incident, now: u64) -> bool {
    let is_of_tablets = matches!(incident.condition, AlarmCondition::TabletsSilent { .. });
    let is_unposted = matches!(incident.post, PostState::None | PostState::Failed { .. });
    is_of_tablets
        && incident.ended.is_none()
        && (is_unposted || now < incident.noticed + GROUP_MILLIS)
}

/// Ends the outages of tablets that sent a heartbeat again, or were unpaired or removed from the settings. Ends the
/// incident with its last outage.
fn end_outages(incident: &mut Incident, settings: &Settings, facts: &AlarmFacts<'_>) {
    if incident.ended.is_some()
        || !matches!(incident.condition, AlarmCondition::TabletsSilent { .. })
    {
        return;
    }
    let tablets = tablets_of_mut(incident);
    for tablet in tablets.iter_mut().filter(|tablet| tablet.until.is_none()) {
        let mut contacts = facts.tablets.iter();
        let contact = contacts.find(|contact| contact.device == tablet.device);
        let is_known = settings
            .devices()
            .iter()
            .any(|device| device.id == tablet.device);
        tablet.until = match contact {
            Some(contact) if is_known => {
                (contact.last_seen > tablet.since).then_some(contact.last_seen)
            }
            // Unpaired, or removed from the settings.
            _ => Some(facts.now),
        };
    }
    let ends = tablets.iter().map(|tablet| tablet.until);
    incident.ended = ends
        .collect::<Option<Vec<u64>>>()
        .and_then(|ends| ends.into_iter().max());
}

/// Tablets of an incident. An incident that is not about tablets has none.
pub(super) fn tablets_of(incident: &Incident) -> &[SilentTablet] {
    match &incident.condition {
        AlarmCondition::TabletsSilent { tablets } => tablets,
        _ => &[],
    }
}

/// Tablets of an incident, to change them.
pub(super) fn tablets_of_mut(incident: &mut Incident) -> &mut [SilentTablet] {
    match &mut incident.condition {
        AlarmCondition::TabletsSilent { tablets } => tablets,
        _ => &mut [],
    }
}
