//! `Settings`: a settings document with the indexes that routing needs.

use super::{SettingsDocument, Site};
use crate::argsort;
use crate::model::directory::{Group, Host};
use crate::model::id::{ButtonId, DeviceId, GroupId, HostId};
use crate::model::menu::{Button, Device};

/// A settings document with indexes: valid when made by [`crate::validate::validate`], made without
/// validation by [`Settings::unvalidated`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    document: SettingsDocument,
    /// Positions of hosts in the document, sorted by id.
    hosts_by_id: Vec<usize>,
    /// Positions of groups in the document, sorted by id.
    groups_by_id: Vec<usize>,
    /// Positions of groups in the document, sorted by parent, then in display order.
    groups_by_parent: Vec<usize>,
}

impl Settings {
    /// Indexes a document without validating it: for previews and diagnosis of a draft, and for tablets. The
    /// relay saves only valid documents, and a tablet older than its relay must not refuse a value that
    /// only the newer validation knows.
    ///
    /// Routing terminates and finds a destination on any document (property tests of [`crate::routing`]), so
    /// an invalid one can cost a better destination, never a call. The relay checks every call again.
    #[must_use]
    pub fn unvalidated(document: SettingsDocument) -> Self {
        let (hosts, groups) = (&document.hosts, &document.groups);
        let hosts_by_id = argsort::argsort(hosts.len(), &|a, b| hosts[a].id.cmp(&hosts[b].id));
        let groups_by_id = argsort::argsort(groups.len(), &|a, b| groups[a].id.cmp(&groups[b].id));
        let sort_key = |position: usize| (&groups[position].parent, groups[position].order);
        let groups_by_parent =
            argsort::argsort(groups.len(), &|a, b| sort_key(a).cmp(&sort_key(b)));
        Self {
            hosts_by_id,
            groups_by_id,
            groups_by_parent,
            document,
        }
    }

    /// The settings document.
    #[must_use]
    pub fn document(&self) -> &SettingsDocument {
        &self.document
    }

    /// The office.
    #[must_use]
    pub fn site(&self) -> &Site {
        &self.document.site
    }

    /// All hosts in document order.
    #[must_use]
    pub fn hosts(&self) -> &[Host] {
        &self.document.hosts
    }

    /// Host by id.
    #[must_use]
    pub fn host(&self, id: &HostId) -> Option<&Host> {
        let hosts = &self.document.hosts;
        let by_id = &self.hosts_by_id;
        let found = by_id.binary_search_by(|&position| hosts[position].id.cmp(id));
        found.ok().map(|index| &hosts[by_id[index]])
    }

    /// All groups in document order.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.document.groups
    }

    /// Group by id.
    #[must_use]
    pub fn group(&self, id: &GroupId) -> Option<&Group> {
        self.group_position(id)
            .map(|position| &self.document.groups[position])
    }

    fn group_position(&self, id: &GroupId) -> Option<usize> {
        let groups = &self.document.groups;
        let by_id = &self.groups_by_id;
        let found = by_id.binary_search_by(|&position| groups[position].id.cmp(id));
        found.ok().map(|index| by_id[index])
    }

    /// Groups directly below `parent` (top-level groups for `None`), in display order.
    pub fn children<'a>(
        &'a self,
        parent: Option<&GroupId>,
    ) -> impl Iterator<Item = &'a Group> + use<'a> {
        let positions = self.child_positions(parent).iter();
        positions.map(|&position| &self.document.groups[position])
    }

    /// Positions in the document of the groups of [`Self::children`].
    pub(crate) fn child_positions(&self, parent: Option<&GroupId>) -> &[usize] {
        let parent_of = |position: usize| self.document.groups[position].parent.as_ref();
        let by_parent = &self.groups_by_parent;
        let start = by_parent.partition_point(|&position| parent_of(position) < parent);
        let end = by_parent.partition_point(|&position| parent_of(position) <= parent);
        &by_parent[start..end]
    }

    /// The group itself, then its ancestors upwards. Terminates even on a cycle of parents.
    pub fn ancestors<'a>(&'a self, id: &GroupId) -> impl Iterator<Item = &'a Group> {
        let positions = self.ancestor_positions(id);
        positions.map(|position| &self.document.groups[position])
    }

    /// Positions in the document of the groups of [`Self::ancestors`].
    pub(crate) fn ancestor_positions(&self, id: &GroupId) -> impl Iterator<Item = usize> + '_ {
        let groups = &self.document.groups;
        let parent = |&position: &usize| self.group_position(groups[position].parent.as_ref()?);
        std::iter::successors(self.group_position(id), parent).take(groups.len())
    }

    /// Hosts of a group in document order.
    pub fn members<'a>(&'a self, id: &'a GroupId) -> impl Iterator<Item = &'a Host> {
        self.document
            .hosts
            .iter()
            .filter(move |host| host.groups.contains(id))
    }

    /// All tablets.
    #[must_use]
    pub fn devices(&self) -> &[Device] {
        &self.document.devices
    }

    /// Tablet by id.
    #[must_use]
    pub fn device(&self, id: &DeviceId) -> Option<&Device> {
        self.document.devices.iter().find(|device| device.id == *id)
    }

    /// Button by id, with its tablet.
    #[must_use]
    pub fn button(&self, id: &ButtonId) -> Option<(&Device, &Button)> {
        self.document.devices.iter().find_map(|device| {
            let button = device.menu.iter().find(|button| button.id == *id)?;
            Some((device, button))
        })
    }

    /// True when neither the group nor any of its ancestors is hidden.
    #[must_use]
    pub fn is_shown(&self, id: &GroupId) -> bool {
        self.group(id).is_some() && self.ancestors(id).all(|group| !group.hidden)
    }
}
