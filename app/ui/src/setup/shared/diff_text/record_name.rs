//! Names of hosts, groups, buttons and rooms by their ids: from the draft, and for deleted records from the other
//! documents.

use serde_json::Value;
use yobirin_domain::model::id::{ButtonId, GroupId, HostId, RoomId};

use super::DiffText;
use super::field_kind::IdKind;

impl DiffText {
    /// Name of the record with this id; `None` for a value that is not an id of this kind.
    pub(super) fn name_of(&self, kind: IdKind, id: &Value) -> Option<String> {
        match kind {
            IdKind::Button => Some(self.button(&id.as_str()?.parse().ok()?)),
            IdKind::Group => Some(self.group(&id.as_str()?.parse().ok()?)),
            IdKind::Host => Some(self.host(&id.as_str()?.parse().ok()?)),
            IdKind::Room => Some(self.names.room(RoomId::try_from(id.as_u64()?).ok()?)),
        }
    }

    fn host(&self, id: &HostId) -> String {
        if self.names.has_host(id) {
            return self.names.host(id);
        }
        let mut hosts = self.other_documents.iter().flat_map(|other| &other.hosts);
        let deleted = hosts.find(|host| host.id == *id);
        deleted.map_or_else(|| self.names.host(id), |host| host.name.clone())
    }

    fn group(&self, id: &GroupId) -> String {
        if self.names.has_group(id) {
            return self.names.group(id);
        }
        let lang = self.words.language();
        let mut groups = self.other_documents.iter().flat_map(|other| &other.groups);
        let deleted = groups.find(|group| group.id == *id);
        deleted.map_or_else(
            || self.names.group(id),
            |group| group.name.best(lang).to_owned(),
        )
    }

    /// Label of a button.
    pub(super) fn button(&self, id: &ButtonId) -> String {
        if self.names.has_button(id) {
            return self.names.button(id);
        }
        let lang = self.words.language();
        let devices = self.other_documents.iter().flat_map(|other| &other.devices);
        let mut buttons = devices.flat_map(|device| &device.menu);
        let deleted = buttons.find(|button| button.id == *id);
        deleted.map_or_else(
            || self.names.button(id),
            |button| button.label.best(lang).to_owned(),
        )
    }
}
