//! Validation of groups: names, parents and in-charge hosts.

use std::collections::{BTreeMap, BTreeSet};

use super::{Problems, ValidationError, list, text_limits};
use crate::model::directory::{Group, Host};
use crate::model::id::{GroupId, HostId};
use crate::model::settings::SettingsDocument;
use crate::routing::MAX_RECIPIENTS;

pub(super) fn check(document: &SettingsDocument, problems: &mut Problems) {
    let groups = document.groups.iter().enumerate();
    let known = list::check_ids(groups.map(|(i, group)| (path(i), &group.id)), problems);
    let by_id: BTreeMap<&HostId, &Host> =
        document.hosts.iter().map(|host| (&host.id, host)).collect();
    let hosts = by_id.keys().copied().collect();
    let in_cycle = find_cycles(&document.groups);
    for (i, group) in document.groups.iter().enumerate() {
        let path = path(i);
        problems.check_translated_text(
            &format!("{path}.name"),
            &group.name,
            text_limits::MAX_NAME_CHARS,
        );
        if let Some(parent) = group
            .parent
            .as_ref()
            .filter(|parent| !known.contains(parent))
        {
            let id = parent.to_string();
            problems.add(
                format!("{path}.parent"),
                ValidationError::UnknownGroup { id },
            );
        }
        if in_cycle[i] {
            problems.add(format!("{path}.parent"), ValidationError::ParentCycle);
        }
        let path = format!("{path}.in_charge");
        list::check_references(
            &path,
            &group.in_charge,
            &hosts,
            list::unknown_host,
            problems,
        );
        if recipients(group, &by_id).len() > MAX_RECIPIENTS {
            problems.add(
                path,
                ValidationError::TooMany {
                    max: MAX_RECIPIENTS,
                },
            );
        }
    }
}

fn path(i: usize) -> String {
    format!("groups[{i}]")
}

/// Possible recipients of a call to the group: in-charge hosts and their delegates.
fn recipients<'a>(group: &'a Group, hosts: &BTreeMap<&HostId, &'a Host>) -> BTreeSet<&'a HostId> {
    let in_charge = group.in_charge.iter().filter_map(|id| hosts.get(id));
    in_charge
        .flat_map(|host| host.delegates.iter().chain([&host.id]))
        .collect()
}

/// True for each group that is its own ancestor. Repeatedly removing groups without children leaves exactly the
/// cycles.
fn find_cycles(groups: &[Group]) -> Vec<bool> {
    let mut index_by_id: BTreeMap<&GroupId, usize> = BTreeMap::new();
    for (i, group) in groups.iter().enumerate() {
        index_by_id.entry(&group.id).or_insert(i);
    }
    let parent_of = |i: usize| {
        groups[i]
            .parent
            .as_ref()
            .and_then(|id| index_by_id.get(id))
            .copied()
    };
    let mut children = vec![0_usize; groups.len()];
    for parent in (0..groups.len()).filter_map(parent_of) {
        children[parent] += 1;
    }
    let mut in_cycle = vec![true; groups.len()];
    let mut leaves: Vec<usize> = (0..groups.len()).filter(|&i| children[i] == 0).collect();
    while let Some(leaf) = leaves.pop() {
        in_cycle[leaf] = false;
        if let Some(parent) = parent_of(leaf) {
            children[parent] -= 1;
            if children[parent] == 0 {
                leaves.push(parent);
            }
        }
    }
    in_cycle
}
