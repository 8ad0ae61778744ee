//! The settings as one tablet uses them: its own menu, names in the visitor's language, the search index. They are
//! fetched and cached by `settings_sync`.

use std::sync::{Arc, OnceLock};

use thiserror::Error;
use yobirin_domain::model::date::Date;
use yobirin_domain::model::directory::{Group, Host};
use yobirin_domain::model::hours::Hours;
use yobirin_domain::model::id::{ButtonId, DeviceId, GroupId, HostId};
use yobirin_domain::model::lang::Lang;
use yobirin_domain::model::menu::{Button, Device};
use yobirin_domain::model::settings::{
    DOCUMENT_VERSION, Settings, SettingsDocument, Site, StaffHelp,
};
use yobirin_domain::names::{DisplayName, are_found_only_as_written, display_name};
use yobirin_domain::recipients::{Notified, NotifiedParty};
use yobirin_domain::routing::Target;
use yobirin_domain::search::Index;

use crate::browser::clock;
use crate::i18n::fill;
use crate::i18n::kiosk::Call;
use crate::json;
use crate::kiosk::screens::name_mask::masked_name;

/// Reason why this tablet cannot use a settings document.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub(crate) enum SettingsError {
    /// The document cannot be parsed, or has a newer version than this app knows.
    #[error("the settings cannot be read by this version of the app")]
    Unreadable,
    /// The tablet is not in the document.
    #[error("this tablet is not in the settings")]
    NoDevice,
}

/// The settings document as one tablet uses it.
#[derive(Debug)]
pub(crate) struct KioskSettings {
    settings: Settings,
    etag: String,
    /// The tablet's own entry.
    device: Device,
    /// Built at the first search.
    index: OnceLock<Index>,
    /// True when names are found only as they are written; computed at the first search.
    is_found_only_as_written: OnceLock<bool>,
}

impl KioskSettings {
    /// Parses a document for one tablet.
    pub(crate) fn parse(
        text: &str,
        etag: &str,
        device: &DeviceId,
    ) -> Result<Arc<Self>, SettingsError> {
        let document = json::read::<SettingsDocument>(text)
            .filter(|document| document.version <= DOCUMENT_VERSION);
        let document = document.ok_or(SettingsError::Unreadable)?;
        let settings = Settings::unvalidated(document);
        let device = settings
            .device(device)
            .cloned()
            .ok_or(SettingsError::NoDevice)?;
        Ok(Arc::new(Self {
            settings,
            etag: etag.to_owned(),
            device,
            index: OnceLock::new(),
            is_found_only_as_written: OnceLock::new(),
        }))
    }

    /// The settings of the whole office, for routing and the catalog.
    pub(crate) fn as_settings(&self) -> &Settings {
        &self.settings
    }

    pub(crate) fn site(&self) -> &Site {
        self.settings.site()
    }

    pub(crate) fn etag(&self) -> &str {
        &self.etag
    }

    pub(crate) fn device(&self) -> &Device {
        &self.device
    }

    /// Opening hours of this tablet.
    pub(crate) fn hours(&self) -> Hours<'_> {
        let site = self.settings.site();
        let (week, closed) = (site.opening_hours.as_ref(), &site.closed_days);
        Hours::of(week, &self.device.opening_hours, closed)
    }

    /// True during opening hours.
    pub(crate) fn is_open(&self) -> bool {
        let hours = self.hours();
        if matches!(hours, Hours::Always) {
            return true; // without computing the time in the site's zone, which is slow in browsers
        }
        hours.is_open(clock::local_date_time(&self.settings.site().time_zone))
    }

    pub(crate) fn office_language(&self) -> Lang {
        self.settings.site().office_language()
    }

    /// Search index of the hosts, built at the first search.
    pub(crate) fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::of(&self.settings))
    }

    /// True when no reading leads to a host, so that the search finds names only as they are written.
    pub(crate) fn is_found_only_as_written(&self) -> bool {
        let hosts = self.settings.hosts();
        *self
            .is_found_only_as_written
            .get_or_init(|| are_found_only_as_written(hosts))
    }

    pub(crate) fn button(&self, id: &ButtonId) -> Option<&Button> {
        self.device.menu.iter().find(|button| button.id == *id)
    }

    /// Names of the notified hosts or group within a sentence: “our staff” where there is no name to show, “their
    /// stand-in” for delegates of whom one is hidden. A hidden group is named only when the visitor called it.
    pub(crate) fn notified_name(
        &self,
        notified: &Notified,
        target: &Target,
        lang: Lang,
        words: &Call,
    ) -> String {
        let name = match &notified.whom {
            NotifiedParty::Host(id) => self.host_name(id, lang, words),
            NotifiedParty::Delegates(ids) => self.delegate_names(ids, lang, words),
            NotifiedParty::Group(id) => {
                if self.settings.is_shown(id) || *target == Target::Group(id.clone()) {
                    in_sentence(&self.group_name(id, lang), words)
                } else {
                    String::new()
                }
            }
            NotifiedParty::Nobody | NotifiedParty::Staff | NotifiedParty::FallbackRoom => {
                String::new()
            }
        };
        if name.is_empty() {
            words.our_staff.to_owned()
        } else {
            name
        }
    }

    fn delegate_names(&self, ids: &[HostId], lang: Lang, words: &Call) -> String {
        let hosts = ids.iter().filter_map(|id| self.settings.host(id));
        if hosts.clone().any(|host| host.hidden) {
            return words.deputy.to_owned();
        }
        let names = hosts.map(|host| self.host_name(&host.id, lang, words));
        names.collect::<Vec<_>>().join(words.list_separator)
    }

    /// The name of a host within a sentence; `""` if the host is not in the settings any more.
    pub(crate) fn host_name(&self, id: &HostId, lang: Lang, words: &Call) -> String {
        let host = self.settings.host(id);
        host.map_or(String::new(), |host| {
            in_sentence(&display_name(host, lang).primary, words)
        })
    }

    /// True while a host is absent. The date is computed only for hosts with an absence, because it is slow in
    /// browsers.
    pub(crate) fn is_absent(&self, host: &Host) -> bool {
        host.absent_until.is_some() && host.is_absent(self.today())
    }

    /// The date in the site's time zone.
    pub(crate) fn today(&self) -> Date {
        clock::today(&self.settings.site().time_zone)
    }

    /// Effect of the staff button; `is_open` says whether it is during opening hours.
    pub(crate) fn staff_help(&self, is_open: bool) -> StaffHelp {
        self.settings.site().staff_help(is_open)
    }

    /// The name of a target; `is_masked` masks the name of a host. `""` if the target is not in the settings any more.
    pub(crate) fn displayed_name(
        &self,
        target: &Target,
        lang: Lang,
        is_masked: bool,
    ) -> DisplayName {
        let primary = match target {
            Target::Host(id) => match self.settings.host(id) {
                Some(host) if is_masked => masked_name(host, lang),
                Some(host) => return display_name(host, lang),
                None => String::new(),
            },
            Target::Group(id) => self.group_name(id, lang),
            Target::Staff => String::new(),
        };
        DisplayName {
            primary,
            secondary: None,
        }
    }

    pub(crate) fn group_name(&self, id: &GroupId, lang: Lang) -> String {
        let (group, main) = (self.settings.group(id), self.office_language());
        group.map_or(String::new(), |group| {
            group.name.for_reader(lang, main).to_owned()
        })
    }

    /// The groups below `root`, down to `current`. `None` as root stands for the top level.
    pub(crate) fn breadcrumbs(
        &self,
        root: Option<&GroupId>,
        current: Option<&GroupId>,
    ) -> Vec<&Group> {
        let Some(current) = current else {
            return Vec::new();
        };
        let upwards = self.settings.ancestors(current);
        let mut crumbs: Vec<&Group> = upwards
            .take_while(|group| Some(&group.id) != root)
            .collect();
        crumbs.reverse();
        crumbs
    }

    /// Name of the first visible group of a host, which distinguishes hosts of the same name; `""` without a visible
    /// group.
    pub(crate) fn first_group_name(&self, id: &HostId, lang: Lang) -> String {
        let groups = self.settings.host(id).map(|host| host.groups.as_slice());
        let mut groups = groups.unwrap_or_default().iter();
        match groups.find(|group| self.settings.is_shown(group)) {
            Some(group) => self.group_name(group, lang),
            None => String::new(),
        }
    }
}

/// The name of a host or group within a sentence, kept on one line; `""` stays empty. In Korean 담당자 (the person in
/// charge) follows the name, because the particles after a person differ from those after a department.
pub(crate) fn in_sentence(name: &str, words: &Call) -> String {
    if name.is_empty() {
        return String::new();
    }
    let unbroken = name.replace([' ', '\u{3000}'], "\u{a0}");
    fill(words.host_name, &[("name", &unbroken)])
}
