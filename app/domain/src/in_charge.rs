//! Proposes in-charge hosts for groups whose calls would mention nobody, as imported groups are. An admin decides;
//! [`apply`] writes the proposal into the settings.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::directory::{Group, Host};
use crate::model::id::{GroupId, HostId};
use crate::model::settings::SettingsDocument;

/// Maximum number of hosts proposed for one group. Our decision: a list of a department starts with its head as a
/// rule, and one more answers while the head is out.
pub const MAX_PROPOSED_HOSTS: usize = 2;

/// Hosts who could answer for a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InChargeProposal {
    /// The group, which has no in-charge host with an account.
    pub group: GroupId,
    /// Hosts with an account, the best ones first: see [`propose`].
    pub hosts: Vec<HostId>,
}

/// Hosts with a Chatwork account.
pub(crate) fn hosts_with_account(document: &SettingsDocument) -> BTreeSet<&HostId> {
    let hosts = document.hosts.iter();
    let with_account = hosts.filter(|host| host.account.is_some());
    with_account.map(|host| &host.id).collect()
}

/// Proposals for all groups that visitors can call and that have no in-charge host with an account. Proposed are
/// members who have an account and are not hidden, in the order of the settings; members whose first group is this
/// group come before the others. For a group without such members, those of the groups below it are proposed. A group
/// for which nobody is found is left out.
#[must_use]
pub fn propose(document: &SettingsDocument) -> Vec<InChargeProposal> {
    let with_account = hosts_with_account(document);
    let members = Members::of(document);
    let groups = document.groups.iter();
    let without_recipient =
        groups.filter(|group| lacks_recipient(group, |host| with_account.contains(host)));
    without_recipient
        .filter_map(|group| {
            let hosts = members.in_or_below(&group.id);
            (!hosts.is_empty()).then(|| InChargeProposal {
                group: group.id.clone(),
                hosts,
            })
        })
        .collect()
}

/// True for a group that visitors can call and that has no in-charge host with an account.
pub(crate) fn lacks_recipient(group: &Group, has_account: impl Fn(&HostId) -> bool) -> bool {
    let is_callable = !group.hidden && !group.not_callable;
    is_callable && !group.in_charge.iter().any(has_account)
}

/// Adds the proposed hosts to their groups. Hosts in charge already stay.
pub fn apply(document: &mut SettingsDocument, proposals: &[InChargeProposal]) {
    let by_group: BTreeMap<&GroupId, &[HostId]> = proposals
        .iter()
        .map(|proposal| (&proposal.group, proposal.hosts.as_slice()))
        .collect();
    for group in &mut document.groups {
        for host in by_group.get(&group.id).copied().unwrap_or_default() {
            if !group.in_charge.contains(host) {
                group.in_charge.push(host.clone());
            }
        }
    }
}

/// Groups that need an in-charge host as those of [`propose`] do, but for which nobody with an account is found.
#[must_use]
pub fn groups_without_candidates(document: &SettingsDocument) -> Vec<GroupId> {
    let hosts = document.hosts.iter();
    let with_account: BTreeSet<&HostId> = hosts
        .filter(|host| host.account.is_some())
        .map(|host| &host.id)
        .collect();
    let proposed: BTreeSet<GroupId> = propose(document)
        .into_iter()
        .map(|proposal| proposal.group)
        .collect();
    let groups = document.groups.iter();
    groups
        .filter(|group| lacks_recipient(group, |host| with_account.contains(host)))
        .filter(|group| !proposed.contains(&group.id))
        .map(|group| group.id.clone())
        .collect()
}

/// Hosts who can be proposed, by group, and the groups below each group.
struct Members<'a> {
    /// Members of each group; those whose first group it is come first.
    by_group: BTreeMap<&'a GroupId, Vec<&'a HostId>>,
    children: BTreeMap<&'a GroupId, Vec<&'a GroupId>>,
}

impl<'a> Members<'a> {
    fn of(document: &'a SettingsDocument) -> Self {
        let mut by_group: BTreeMap<&GroupId, Vec<&HostId>> = BTreeMap::new();
        let is_usable = |host: &&Host| host.account.is_some() && !host.hidden;
        let hosts: Vec<&Host> = document.hosts.iter().filter(is_usable).collect();
        for host in &hosts {
            if let Some(first_group) = host.groups.first() {
                by_group.entry(first_group).or_default().push(&host.id);
            }
        }
        for host in &hosts {
            for other_group in host.groups.iter().skip(1) {
                by_group.entry(other_group).or_default().push(&host.id);
            }
        }
        let mut children: BTreeMap<&GroupId, Vec<&GroupId>> = BTreeMap::new();
        for group in &document.groups {
            if let Some(parent) = &group.parent {
                children.entry(parent).or_default().push(&group.id);
            }
        }
        Self { by_group, children }
    }

    /// The first members of the group itself, else of the nearest level below it that has any. Terminates even on a
    /// cycle of parents.
    fn in_or_below(&self, group: &'a GroupId) -> Vec<HostId> {
        let mut seen = BTreeSet::from([group]);
        let mut level = vec![group];
        while !level.is_empty() {
            let mut hosts: Vec<HostId> = Vec::new();
            let members = level.iter().filter_map(|id| self.by_group.get(id));
            for &host in members.flatten() {
                if !hosts.contains(host) && hosts.len() < MAX_PROPOSED_HOSTS {
                    hosts.push(host.clone());
                }
            }
            if !hosts.is_empty() {
                return hosts;
            }
            let below = level.iter().filter_map(|id| self.children.get(id));
            level = below
                .flatten()
                .copied()
                .filter(|id| seen.insert(id))
                .collect();
        }
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::AccountId;
    use crate::model::lang::{Lang, TranslatedText};

    /// Office with these hosts (id, has an account, groups) and groups (id, parent).
    fn office(
        hosts: &[(&str, bool, &[&str])],
        groups: &[(&str, Option<&str>)],
    ) -> SettingsDocument {
        let mut document = SettingsDocument::default();
        for (number, (id, has_account, in_groups)) in (1_u64..).zip(hosts) {
            let mut host = Host::named(id.parse().expect("an id"), *id);
            if *has_account {
                host.account = AccountId::try_from(number).ok();
            }
            host.groups = in_groups
                .iter()
                .map(|id| id.parse().expect("an id"))
                .collect();
            document.hosts.push(host);
        }
        for (id, parent) in groups {
            let name = TranslatedText::of(Lang::Ja, *id);
            let mut group = Group::named(id.parse().expect("an id"), name);
            group.parent = parent.map(|id| id.parse().expect("an id"));
            document.groups.push(group);
        }
        document
    }

    fn proposed(document: &SettingsDocument) -> Vec<(String, Vec<String>)> {
        let text = |proposal: InChargeProposal| {
            let hosts = proposal.hosts.iter().map(ToString::to_string).collect();
            (proposal.group.to_string(), hosts)
        };
        propose(document).into_iter().map(text).collect()
    }

    fn pair(group: &str, hosts: &[&str]) -> (String, Vec<String>) {
        let hosts = hosts.iter().map(|&host| host.to_owned()).collect();
        (group.to_owned(), hosts)
    }

    #[test]
    fn two_members_are_proposed_first_those_whose_first_group_it_is() {
        let mut document = office(
            &[
                ("guest", true, &["sales", "dev"]),
                ("noaccount", false, &["dev"]),
                ("head", true, &["dev"]),
                ("second", true, &["dev"]),
                ("third", true, &["dev"]),
            ],
            &[("dev", None), ("empty", None)],
        );
        assert_eq!(proposed(&document), [pair("dev", &["head", "second"])]);
        let mut without = groups_without_candidates(&document);
        assert_eq!(without, ["empty".parse().expect("an id")]);
        let proposals = propose(&document);
        apply(&mut document, &proposals);
        without.retain(|group| !groups_without_candidates(&document).contains(group));
        assert_eq!(
            without,
            [],
            "an accepted proposal gives no other group a candidate"
        );
    }

    #[test]
    fn for_a_group_without_members_members_of_the_groups_below_it_are_proposed() {
        let document = office(
            &[("a", true, &["team"]), ("b", true, &["other"])],
            &[
                ("division", None),
                ("department", Some("division")),
                ("team", Some("department")),
                ("other", None),
            ],
        );
        let expected = [
            pair("division", &["a"]),
            pair("department", &["a"]),
            pair("team", &["a"]),
            pair("other", &["b"]),
        ];
        assert_eq!(proposed(&document), expected);
    }

    #[test]
    fn nobody_is_proposed_for_groups_with_a_recipient_or_that_nobody_can_call() {
        let mut document = office(
            &[("a", true, &["dev"]), ("silent", false, &["dev"])],
            &[("dev", None)],
        );
        document.groups[0].in_charge = vec![document.hosts[1].id.clone()];
        assert_eq!(proposed(&document), [pair("dev", &["a"])], "no account");
        for change in [
            |group: &mut Group| group.in_charge = vec!["a".parse().expect("an id")],
            |group: &mut Group| group.hidden = true,
            |group: &mut Group| group.not_callable = true,
        ] {
            let mut changed = document.clone();
            change(&mut changed.groups[0]);
            assert_eq!(proposed(&changed), [], "{:?}", changed.groups[0]);
        }
    }

    #[test]
    fn applied_proposals_leave_nothing_to_propose() {
        let mut document = office(
            &[("a", true, &["one"]), ("b", true, &["two"])],
            &[("one", Some("two")), ("two", Some("one"))],
        );
        let proposals = propose(&document);
        apply(&mut document, &proposals);
        assert_eq!(document.groups[0].in_charge, [document.hosts[0].id.clone()]);
        assert_eq!(propose(&document), []);
    }
}
