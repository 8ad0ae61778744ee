//! Progress of the set-up of an office, derived from its settings and the relay's status; it is never stored.

use std::collections::BTreeSet;

use crate::model::id::DeviceId;
use crate::model::settings::SettingsDocument;

/// Status of the relay, as far as the steps of the set-up depend on it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RelayStatus {
    /// True while Chatwork accepts the bot's token.
    pub is_connected: bool,
    /// Devices with a paired tablet.
    pub paired: BTreeSet<DeviceId>,
    /// True when a call from a tablet was delivered.
    pub has_delivered_call: bool,
}

/// A step of the guided set-up, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GuideStep {
    /// Name of the office and the contact for visitors.
    Office,
    /// Chatwork's token and the default room.
    Chatwork,
    /// Hosts with their departments and rooms.
    People,
    /// A device with a paired tablet.
    Tablet,
    /// A test visit: a call from a tablet that was delivered.
    Visit,
}

impl GuideStep {
    /// All steps, in order.
    pub const ALL: [Self; 5] = [
        Self::Office,
        Self::Chatwork,
        Self::People,
        Self::Tablet,
        Self::Visit,
    ];

    /// Stable name for tests and CSS.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Office => "office",
            Self::Chatwork => "chatwork",
            Self::People => "people",
            Self::Tablet => "tablet",
            Self::Visit => "visit",
        }
    }

    /// The step after this one.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        Self::ALL.into_iter().find(|step| *step > self)
    }

    /// True when the step is complete. The telephone number is asked for in the first step but not required.
    #[must_use]
    pub fn is_done(self, document: &SettingsDocument, relay: &RelayStatus) -> bool {
        match self {
            Self::Office => !document.site.name.trim().is_empty(),
            Self::Chatwork => relay.is_connected && document.site.default_room.is_some(),
            Self::People => document.hosts.iter().any(|host| host.account.is_some()),
            Self::Tablet => document
                .devices
                .iter()
                .any(|device| relay.paired.contains(&device.id)),
            Self::Visit => relay.has_delivered_call,
        }
    }
}

/// First step that is not complete; `None` when all are.
#[must_use]
pub fn first_open_step(document: &SettingsDocument, relay: &RelayStatus) -> Option<GuideStep> {
    let mut steps = GuideStep::ALL.into_iter();
    steps.find(|step| !step.is_done(document, relay))
}

/// True for the settings of an office that nobody has set up yet.
#[must_use]
pub fn is_untouched(document: &SettingsDocument) -> bool {
    document.site.name.trim().is_empty()
        && document.hosts.is_empty()
        && document.groups.is_empty()
        && document.devices.is_empty()
}

/// Progress of a page of set-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageState {
    /// Complete.
    Done,
    /// Begun: something is missing.
    Partly,
    /// Not begun.
    Todo,
}

/// Progress of the page of hosts, which is complete when everybody has an account.
#[must_use]
pub fn hosts_state(document: &SettingsDocument) -> PageState {
    let mut hosts = document.hosts.iter();
    if document.hosts.is_empty() {
        PageState::Todo
    } else if hosts.all(|host| host.account.is_some()) {
        PageState::Done
    } else {
        PageState::Partly
    }
}

/// Progress of the page of groups, which is complete when there are groups and a room for their calls.
#[must_use]
pub fn groups_state(document: &SettingsDocument) -> PageState {
    let has_room = document.groups.iter().any(|group| group.room.is_some());
    if document.groups.is_empty() {
        PageState::Todo
    } else if has_room || document.site.default_room.is_some() {
        PageState::Done
    } else {
        PageState::Partly
    }
}

/// Progress of the page of devices, which is complete when each is paired, and begun when one is.
#[must_use]
pub fn devices_state(document: &SettingsDocument, paired: &BTreeSet<DeviceId>) -> PageState {
    let devices = document.devices.iter();
    let paired_count = devices.filter(|device| paired.contains(&device.id)).count();
    match paired_count {
        0 => PageState::Todo,
        count if count == document.devices.len() => PageState::Done,
        _ => PageState::Partly,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::directory::{Group, Host};
    use crate::model::id::{AccountId, RoomId};
    use crate::model::lang::{Lang, TranslatedText};
    use crate::model::menu::Device;

    fn device(id: &str) -> Device {
        Device::named(id.parse().unwrap(), id.to_owned())
    }

    fn host(id: &str, account: Option<u64>) -> Host {
        Host {
            account: account.map(|id| AccountId::try_from(id).unwrap()),
            ..Host::named(id.parse().unwrap(), id)
        }
    }

    #[test]
    fn the_first_open_step_follows_from_settings_and_relay() {
        let mut document = SettingsDocument::default();
        let mut relay = RelayStatus::default();
        assert!(is_untouched(&document));
        assert_eq!(first_open_step(&document, &relay), Some(GuideStep::Office));
        document.site.name = "本社".to_owned();
        assert!(!is_untouched(&document));
        assert_eq!(
            first_open_step(&document, &relay),
            Some(GuideStep::Chatwork)
        );
        relay.is_connected = true;
        assert_eq!(
            first_open_step(&document, &relay),
            Some(GuideStep::Chatwork),
            "the step needs a default room"
        );
        document.site.default_room = Some(RoomId::try_from(1).unwrap());
        document.hosts.push(host("a", None));
        assert_eq!(
            first_open_step(&document, &relay),
            Some(GuideStep::People),
            "the step needs a host with an account"
        );
        document.hosts[0].account = Some(AccountId::try_from(1).unwrap());
        document.devices.push(device("lobby"));
        relay.paired.insert("other".parse().unwrap());
        assert_eq!(
            first_open_step(&document, &relay),
            Some(GuideStep::Tablet),
            "the paired tablet is not in the settings"
        );
        relay.paired.insert("lobby".parse().unwrap());
        assert_eq!(first_open_step(&document, &relay), Some(GuideStep::Visit));
        relay.has_delivered_call = true;
        assert_eq!(first_open_step(&document, &relay), None);
        relay.is_connected = false;
        assert_eq!(
            first_open_step(&document, &relay),
            Some(GuideStep::Chatwork),
            "a refused token opens the step again"
        );
    }

    #[test]
    fn the_steps_follow_each_other() {
        let mut steps = vec![GuideStep::Office];
        while let Some(next) = steps.last().and_then(|step| step.next()) {
            steps.push(next);
        }
        assert_eq!(steps, GuideStep::ALL);
    }

    #[test]
    fn a_page_is_done_when_none_of_its_entries_lacks_anything() {
        let mut document = SettingsDocument::default();
        let mut paired = BTreeSet::new();
        assert_eq!(hosts_state(&document), PageState::Todo);
        assert_eq!(groups_state(&document), PageState::Todo);
        assert_eq!(devices_state(&document, &paired), PageState::Todo);
        document.hosts = vec![host("a", Some(1)), host("b", None)];
        document.groups = vec![Group::named(
            "g".parse().unwrap(),
            TranslatedText::of(Lang::Ja, "総務"),
        )];
        document.devices = vec![device("a"), device("b")];
        assert_eq!(hosts_state(&document), PageState::Partly);
        assert_eq!(groups_state(&document), PageState::Partly);
        assert_eq!(devices_state(&document, &paired), PageState::Todo);
        paired.insert("a".parse().unwrap());
        assert_eq!(devices_state(&document, &paired), PageState::Partly);
        document.hosts[1].account = Some(AccountId::try_from(2).unwrap());
        document.groups[0].room = Some(RoomId::try_from(1).unwrap());
        paired.insert("b".parse().unwrap());
        assert_eq!(hosts_state(&document), PageState::Done);
        assert_eq!(groups_state(&document), PageState::Done);
        assert_eq!(devices_state(&document, &paired), PageState::Done);
    }
}
