//! Display names for ids of the document and of Chatwork.

use leptos::prelude::*;
use yobirin_domain::model::directory::Host;
use yobirin_domain::model::id::{AccountId, ButtonId, DeviceId, GroupId, HostId, RoomId};
use yobirin_domain::model::lang::Lang;
use yobirin_domain::model::menu::Method;
use yobirin_domain::routing::{Destination, Target};
use yobirin_domain::text::is_blank;

use crate::i18n::fill;
use crate::i18n::setup::Words;

use super::chatwork_directory::ChatworkDirectory;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::words;

/// Maximum of listed names; the others are counted.
const MAX_LISTED_NAMES: usize = 8;

/// Display names, tracking changes.
#[derive(Clone, Copy)]
pub(crate) struct DisplayNames {
    store: DraftStore,
    directory: ChatworkDirectory,
    words: &'static Words,
}

impl DisplayNames {
    /// From the component's context.
    pub(crate) fn from_context() -> Self {
        Self {
            store: expect_context(),
            directory: expect_context(),
            words: words(),
        }
    }

    /// The name, or words for a blank one; words with the id when there is no such entry (`None`).
    fn name_or_id(self, name: Option<&str>, id: &str) -> String {
        let names = &self.words.names;
        match name {
            None => fill(names.deleted, &[("id", id)]),
            Some(name) if is_blank(name) => names.unnamed.to_owned(),
            Some(name) => name.to_owned(),
        }
    }

    /// The host's name in the draft, for the reader's language; words with the id when the draft has no such host.
    pub(crate) fn host(self, id: &HostId) -> String {
        self.store.with(|document| {
            let host = document.hosts.iter().find(|host| host.id == *id);
            let name = host.map(|host| name_for_reader(host, self.words.language()));
            self.name_or_id(name, id.as_str())
        })
    }

    /// True while the draft has the host.
    pub(crate) fn has_host(self, id: &HostId) -> bool {
        self.store
            .with(|document| document.hosts.iter().any(|host| host.id == *id))
    }

    /// True while the draft has the group.
    pub(crate) fn has_group(self, id: &GroupId) -> bool {
        self.store
            .with(|document| document.groups.iter().any(|group| group.id == *id))
    }

    /// True while a device of the draft has the button.
    pub(crate) fn has_button(self, id: &ButtonId) -> bool {
        self.store.with(|document| {
            let mut buttons = document.devices.iter().flat_map(|device| &device.menu);
            buttons.any(|button| button.id == *id)
        })
    }

    /// Names of several hosts, for a running text.
    pub(crate) fn hosts(self, ids: &[HostId]) -> String {
        // A line may not break inside a name.
        let name = |id| self.host(id).replace(' ', "\u{a0}");
        let names: Vec<String> = ids.iter().map(name).collect();
        names.join(self.words.names.list_separator)
    }

    /// At most [`MAX_LISTED_NAMES`] names, then the number of the other hosts.
    pub(crate) fn hosts_abbreviated(self, ids: &[HostId]) -> String {
        self.abbreviated(ids, |id| self.host(id))
    }

    /// The group's name in the admin's language; words with the id when the draft has no such group.
    pub(crate) fn group(self, id: &GroupId) -> String {
        self.store.with(|document| {
            let group = document.groups.iter().find(|group| group.id == *id);
            let lang = self.words.language();
            self.name_or_id(group.map(|group| group.name.best(lang)), id.as_str())
        })
    }

    /// At most [`MAX_LISTED_NAMES`] names of groups, then the number of the others.
    pub(crate) fn groups_abbreviated(self, ids: &[GroupId]) -> String {
        self.abbreviated(ids, |id| self.group(id))
    }

    /// At most [`MAX_LISTED_NAMES`] names, then the number of the other entries.
    fn abbreviated<T>(self, ids: &[T], name: impl Fn(&T) -> String) -> String {
        let mut names: Vec<String> = ids.iter().take(MAX_LISTED_NAMES).map(name).collect();
        let unlisted = ids.len().saturating_sub(MAX_LISTED_NAMES);
        if unlisted > 0 {
            let and_more = self.words.settings_diff.and_more;
            names.push(fill(and_more, &[("count", &unlisted.to_string())]));
        }
        names.join(self.words.names.list_separator)
    }

    /// The device's name; words with the id when the draft has no such device.
    pub(crate) fn device(self, id: &DeviceId) -> String {
        self.store.with(|document| {
            let device = document.devices.iter().find(|device| device.id == *id);
            self.name_or_id(device.map(|device| device.name.as_str()), id.as_str())
        })
    }

    /// Label of a button of any device, or of the button for staff that every tablet has; words with the id when the
    /// draft has no such button.
    pub(crate) fn button(self, id: &ButtonId) -> String {
        self.store.with(|document| {
            let mut buttons = document.devices.iter().flat_map(|device| &device.menu);
            let button = buttons.find(|button| button.id == *id);
            let lang = self.words.language();
            let staff = (*id == ButtonId::staff()).then_some(self.words.route_trace.staff_button);
            let label = button.map(|button| button.label.best(lang));
            self.name_or_id(label.or(staff), id.as_str())
        })
    }

    /// Name of a call's target.
    pub(crate) fn target(self, target: &Target) -> String {
        match target {
            Target::Host(host) => self.host(host),
            Target::Group(group) => self.group(group),
            Target::Staff => self.words.route_trace.staff.to_owned(),
        }
    }

    /// Name of a room if the bot is in it, else its number.
    pub(crate) fn room(self, id: RoomId) -> String {
        let number = fill(self.words.names.room_number, &[("id", &id.to_string())]);
        self.directory.room_name(id).unwrap_or(number)
    }

    /// Name of the host with this account, else its name in Chatwork, else its number.
    pub(crate) fn account(self, id: AccountId) -> String {
        let host = self.store.with(|document| {
            let mut hosts = document.hosts.iter();
            hosts
                .find(|host| host.account == Some(id))
                .map(|host| name_for_reader(host, self.words.language()).to_owned())
        });
        let number = fill(self.words.names.account_number, &[("id", &id.to_string())]);
        host.or_else(|| self.directory.person_name(id))
            .unwrap_or(number)
    }

    /// Room or private chat in words.
    pub(crate) fn destination(self, to: Destination) -> String {
        let trace = &self.words.route_trace;
        match to {
            Destination::Room(room) => fill(trace.destination_room, &[("room", &self.room(room))]),
            Destination::Account(account) => fill(
                trace.destination_private_chat,
                &[("name", &self.account(account))],
            ),
        }
    }
}

/// The host's name; for a reader of another language than Japanese the name in Latin letters, if the host has one.
fn name_for_reader(host: &Host, lang: Lang) -> &str {
    if lang == Lang::Ja || is_blank(&host.latin_name) {
        &host.name
    } else {
        &host.latin_name
    }
}

/// Name of a notification method.
pub(crate) fn method_name(words: &Words, method: Method) -> &'static str {
    match method {
        Method::Direct => words.menu.direct,
        Method::Room => words.menu.room,
        Method::Both => words.menu.both,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_readers_see_latin_names_where_there_are_any() {
        let id = "tanaka".parse().unwrap();
        let mut host = Host::named(id, "田中 浩");
        assert_eq!(name_for_reader(&host, Lang::En), "田中 浩");
        host.latin_name = "Tanaka Hiroshi".to_owned();
        assert_eq!(name_for_reader(&host, Lang::En), "Tanaka Hiroshi");
        assert_eq!(name_for_reader(&host, Lang::Ja), "田中 浩");
    }
}
