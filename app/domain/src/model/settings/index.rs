//! `Settings`: a document that has passed `validate`, with the look-ups that routing needs.

use super::{SettingsDocument, Site};
use crate::argsort;
use crate::model::directory::{Group, Host};
use crate::model::id::{ButtonId, DeviceId, GroupId, HostId};
use crate::model::menu::{Button, Device};

/// A settings document with the look-ups that routing needs: validated by [`crate::validate::check`], or
/// made by [`Settings::unvalidated`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    document: SettingsDocument,
    /// Places of hosts in the document, by their ids.
    hosts: Vec<usize>,
    /// Places of groups in the document, by their ids.
    groups: Vec<usize>,
    /// Places of groups in the document, by their parents and then as they are displayed.
    children: Vec<usize>,
}

impl Settings {
    /// Indexes a document without validating it.
    ///
    /// For a draft that is still being edited, and for tablets: the relay saves only validated
    /// documents, and a tablet older than its relay must not refuse a value that only the newer
    /// validation knows. Routing terminates with an answer on any document (the property tests of
    /// `routing` show it), and the relay checks the destinations of every call.
    #[must_use]
    pub fn unvalidated(document: SettingsDocument) -> Self {
        let (hosts, groups) = (&document.hosts, &document.groups);
        let by_id = |a: usize, b: usize| hosts[a].id.cmp(&hosts[b].id);
        let host_places = argsort::argsort(hosts.len(), &by_id);
        let by_id = |a: usize, b: usize| groups[a].id.cmp(&groups[b].id);
        let group_places = argsort::argsort(groups.len(), &by_id);
        let shown = |place: usize| (&groups[place].parent, groups[place].order);
        let children = argsort::argsort(groups.len(), &|a, b| shown(a).cmp(&shown(b)));
        Self {
            hosts: host_places,
            groups: group_places,
            children,
            document,
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
        let hosts = &self.document.hosts;
        let found = self.hosts.binary_search_by(|&i| hosts[i].id.cmp(id));
        found.ok().map(|at| &hosts[self.hosts[at]])
    }

    /// Every group, in the document's order.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        &self.document.groups
    }

    /// One group.
    #[must_use]
    pub fn group(&self, id: &GroupId) -> Option<&Group> {
        self.group_position(id)
            .map(|place| &self.document.groups[place])
    }

    fn group_position(&self, id: &GroupId) -> Option<usize> {
        let groups = &self.document.groups;
        let found = self.groups.binary_search_by(|&i| groups[i].id.cmp(id));
        found.ok().map(|at| self.groups[at])
    }

    /// The groups directly below `parent` (the tops of the trees for `None`), in display order.
    pub fn children<'a>(
        &'a self,
        parent: Option<&GroupId>,
    ) -> impl Iterator<Item = &'a Group> + use<'a> {
        let places = self.child_positions(parent).iter();
        places.map(|&place| &self.document.groups[place])
    }

    /// The places in the document of the groups that [`Self::children`] gives.
    pub(crate) fn child_positions(&self, parent: Option<&GroupId>) -> &[usize] {
        let above = |place: usize| self.document.groups[place].parent.as_ref();
        let start = self.children.partition_point(|&i| above(i) < parent);
        let end = self.children.partition_point(|&i| above(i) <= parent);
        &self.children[start..end]
    }

    /// The group itself, then its parent, and so on up; ends even on a cycle of parents.
    pub fn ancestors<'a>(&'a self, id: &GroupId) -> impl Iterator<Item = &'a Group> {
        let places = self.ancestor_positions(id);
        places.map(|place| &self.document.groups[place])
    }

    /// The places in the document of the groups that [`Self::lineage`] gives.
    pub(crate) fn ancestor_positions(&self, id: &GroupId) -> impl Iterator<Item = usize> + '_ {
        let groups = &self.document.groups;
        let up = |&place: &usize| self.group_position(groups[place].parent.as_ref()?);
        std::iter::successors(self.group_position(id), up).take(groups.len())
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
        self.group(id).is_some() && self.ancestors(id).all(|group| !group.hidden)
    }
}
