//! `Settings`: a document that has passed `check`, with the look-ups that routing needs.

use std::collections::{BTreeMap, BTreeSet};

use super::{SettingsDocument, Site};
use crate::directory::{Group, Host};
use crate::id::{ButtonId, DeviceId, GroupId, HostId};
use crate::menu::{Button, Device};

/// A sound settings document: made by [`crate::check::check`], or taken on the word of a relay that
/// has checked it ([`Settings::vouched`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    document: SettingsDocument,
    hosts: BTreeMap<HostId, usize>,
    groups: BTreeMap<GroupId, usize>,
    children: BTreeMap<Option<GroupId>, Vec<usize>>,
}

impl Settings {
    /// Takes a document on the relay's word: it saves only what [`crate::check::check`] has passed.
    ///
    /// For tablets alone, which must load quickly and cannot mend a document anyway. Routing ends and
    /// answers on any document (the property tests of `route` show it), so a broken word costs a
    /// worse destination, never a lost call, and the relay checks the reach of every call again.
    #[must_use]
    pub fn vouched(document: SettingsDocument) -> Self {
        Self::unchecked(document)
    }

    /// Indexes a document without asking whether it is sound: for `check`, and for tests that show
    /// that routing survives documents that `check` would refuse.
    pub(crate) fn unchecked(document: SettingsDocument) -> Self {
        let hosts = document
            .hosts
            .iter()
            .enumerate()
            .map(|(i, host)| (host.id.clone(), i))
            .collect();
        let groups = document
            .groups
            .iter()
            .enumerate()
            .map(|(i, group)| (group.id.clone(), i))
            .collect();
        let mut children: BTreeMap<Option<GroupId>, Vec<usize>> = BTreeMap::new();
        for (i, group) in document.groups.iter().enumerate() {
            children.entry(group.parent.clone()).or_default().push(i);
        }
        for siblings in children.values_mut() {
            siblings.sort_unstable_by_key(|&i| (document.groups[i].order, i));
        }
        Self {
            document,
            hosts,
            groups,
            children,
        }
    }

    /// The document these settings were made from.
    #[must_use]
    pub fn document(&self) -> &SettingsDocument {
        &self.document
    }

    /// The office.
    #[must_use]
    pub fn site(&self) -> &Site {
        &self.document.site
    }

    /// Every host, in the document's order.
    #[must_use]
    pub fn hosts(&self) -> &[Host] {
        &self.document.hosts
    }

    /// One host.
    #[must_use]
    pub fn host(&self, id: &HostId) -> Option<&Host> {
        self.hosts.get(id).map(|&i| &self.document.hosts[i])
    }

    /// Every group, in the document's order.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.document.groups
    }

    /// One group.
    #[must_use]
    pub fn group(&self, id: &GroupId) -> Option<&Group> {
        self.groups.get(id).map(|&i| &self.document.groups[i])
    }

    /// The groups directly below `parent` (the tops of the trees for `None`), in display order.
    pub fn children(&self, parent: Option<&GroupId>) -> impl Iterator<Item = &Group> {
        self.children
            .get(&parent.cloned())
            .into_iter()
            .flatten()
            .map(|&i| &self.document.groups[i])
    }

    /// The group itself, then its parent, and so on up; ends even on a cycle of parents.
    pub fn lineage<'a>(&'a self, id: &GroupId) -> impl Iterator<Item = &'a Group> {
        let mut seen = BTreeSet::new();
        std::iter::successors(self.group(id), |group| self.group(group.parent.as_ref()?))
            .take_while(move |group| seen.insert(group.id.clone()))
    }

    /// The hosts of a group, in the document's order.
    pub fn members<'a>(&'a self, id: &'a GroupId) -> impl Iterator<Item = &'a Host> {
        self.document
            .hosts
            .iter()
            .filter(move |host| host.groups.contains(id))
    }

    /// Every tablet.
    #[must_use]
    pub fn devices(&self) -> &[Device] {
        &self.document.devices
    }

    /// One tablet.
    #[must_use]
    pub fn device(&self, id: &DeviceId) -> Option<&Device> {
        self.document.devices.iter().find(|device| device.id == *id)
    }

    /// One button, with the tablet that shows it.
    #[must_use]
    pub fn button(&self, id: &ButtonId) -> Option<(&Device, &Button)> {
        self.document.devices.iter().find_map(|device| {
            let button = device.menu.iter().find(|button| button.id == *id)?;
            Some((device, button))
        })
    }

    /// True when tablets show the group: neither it nor anything above it is hidden.
    #[must_use]
    pub fn is_shown(&self, id: &GroupId) -> bool {
        self.group(id).is_some() && self.lineage(id).all(|group| !group.hidden)
    }
}
