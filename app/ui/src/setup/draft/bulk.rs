//! Actions on many hosts at once.

use std::collections::BTreeSet;

use yobirin_domain::model::directory::Host;
use yobirin_domain::model::id::{GroupId, HostId};
use yobirin_domain::model::settings::SettingsDocument;

/// The selected hosts.
pub(in crate::setup) type SelectedHosts = BTreeSet<HostId>;

/// An action on each selected host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::setup) enum BulkAction {
    /// Adds the group after the host's other groups.
    Join(GroupId),
    /// Removes the group.
    Leave(GroupId),
    /// True hides the host on tablets, false shows it.
    Hide(bool),
}

impl BulkAction {
    /// True when the action would change this host.
    pub(in crate::setup) fn changes(&self, host: &Host) -> bool {
        match self {
            Self::Join(group) => !host.groups.contains(group),
            Self::Leave(group) => host.groups.contains(group),
            Self::Hide(hidden) => host.hidden != *hidden,
        }
    }

    fn apply(&self, host: &mut Host) {
        match self {
            Self::Join(group) => host.groups.push(group.clone()),
            Self::Leave(group) => host.groups.retain(|other| other != group),
            Self::Hide(hidden) => host.hidden = *hidden,
        }
    }
}

/// Applies the action to all selected hosts; returns the number of changed hosts.
pub(in crate::setup) fn apply_to_hosts(
    document: &mut SettingsDocument,
    chosen: &SelectedHosts,
    action: &BulkAction,
) -> usize {
    let hosts = document.hosts.iter_mut();
    let changed_hosts = hosts.filter(|host| chosen.contains(&host.id) && action.changes(host));
    changed_hosts.map(|host| action.apply(host)).count()
}

/// References to the selected hosts, which a deletion of the hosts removes as well.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::setup) struct DeletionUses {
    /// Groups that the hosts are in charge of.
    pub(in crate::setup) in_charge: Vec<GroupId>,
    /// Groups without anybody in charge afterwards.
    pub(in crate::setup) groups_without_in_charge: Vec<GroupId>,
    /// Other hosts that have one of the hosts as delegate.
    pub(in crate::setup) delegate_of: Vec<HostId>,
}

/// References that deleting the selected hosts would remove.
pub(in crate::setup) fn deletion_uses(
    document: &SettingsDocument,
    chosen: &SelectedHosts,
) -> DeletionUses {
    let mut uses = DeletionUses::default();
    for group in &document.groups {
        let is_chosen = |host: &HostId| chosen.contains(host);
        if group.in_charge.iter().any(is_chosen) {
            uses.in_charge.push(group.id.clone());
            if group.in_charge.iter().all(is_chosen) {
                uses.groups_without_in_charge.push(group.id.clone());
            }
        }
    }
    let remaining_hosts = document
        .hosts
        .iter()
        .filter(|host| !chosen.contains(&host.id));
    uses.delegate_of = remaining_hosts
        .filter(|host| host.delegates.iter().any(|other| chosen.contains(other)))
        .map(|host| host.id.clone())
        .collect();
    uses
}

/// Deletes the hosts and all references to them.
pub(in crate::setup) fn remove_hosts(document: &mut SettingsDocument, chosen: &SelectedHosts) {
    document.hosts.retain(|host| !chosen.contains(&host.id));
    for host in &mut document.hosts {
        host.delegates.retain(|other| !chosen.contains(other));
    }
    for group in &mut document.groups {
        group.in_charge.retain(|host| !chosen.contains(host));
    }
}

#[cfg(test)]
mod tests {
    use yobirin_domain::model::directory::Group;
    use yobirin_domain::model::lang::TranslatedText;

    use super::*;

    /// Hosts a, b and c, with b as c's delegate; a is in charge of soumu, a and c of eigyo.
    fn office() -> SettingsDocument {
        let host = |id: &str| Host::named(id.parse().unwrap(), id);
        let group = |id: &str, in_charge: &[&str]| {
            let mut group = Group::named(id.parse().unwrap(), TranslatedText::default());
            group.in_charge = in_charge.iter().map(|id| id.parse().unwrap()).collect();
            group
        };
        let mut document = SettingsDocument {
            hosts: ["a", "b", "c"].map(host).into(),
            groups: vec![group("soumu", &["a"]), group("eigyo", &["a", "c"])],
            ..SettingsDocument::default()
        };
        document.hosts[2].delegates = vec!["b".parse().unwrap()];
        document
    }

    fn chosen(ids: &[&str]) -> SelectedHosts {
        ids.iter().map(|id| id.parse().unwrap()).collect()
    }

    #[test]
    fn a_host_joins_a_group_once_and_leaves_only_a_group_it_is_in() {
        let mut office = office();
        let join = BulkAction::Join("soumu".parse().unwrap());
        assert_eq!(apply_to_hosts(&mut office, &chosen(&["a", "b"]), &join), 2);
        assert_eq!(apply_to_hosts(&mut office, &chosen(&["a", "b"]), &join), 0);
        let groups: Vec<usize> = office.hosts.iter().map(|host| host.groups.len()).collect();
        assert_eq!(groups, [1, 1, 0]);
        let leave = BulkAction::Leave("soumu".parse().unwrap());
        assert_eq!(apply_to_hosts(&mut office, &chosen(&["b", "c"]), &leave), 1);
    }

    #[test]
    fn hiding_counts_only_those_who_were_shown() {
        let mut office = office();
        assert_eq!(
            apply_to_hosts(&mut office, &chosen(&["a"]), &BulkAction::Hide(true)),
            1
        );
        assert_eq!(
            apply_to_hosts(&mut office, &chosen(&["a", "b"]), &BulkAction::Hide(true)),
            1
        );
        assert_eq!(
            apply_to_hosts(&mut office, &chosen(&["a", "b"]), &BulkAction::Hide(false)),
            2
        );
    }

    #[test]
    fn deletion_lists_and_removes_all_references() {
        let mut office = office();
        let deleted = chosen(&["a", "b"]);
        let expected = DeletionUses {
            in_charge: vec!["soumu".parse().unwrap(), "eigyo".parse().unwrap()],
            groups_without_in_charge: vec!["soumu".parse().unwrap()],
            delegate_of: vec!["c".parse().unwrap()],
        };
        assert_eq!(deletion_uses(&office, &deleted), expected);
        remove_hosts(&mut office, &deleted);
        assert_eq!(deletion_uses(&office, &deleted), DeletionUses::default());
        assert_eq!(office.hosts.len(), 1);
    }
}
