//! Groups: their names, the forest they form, and who is in charge.

use std::collections::{BTreeMap, BTreeSet};

use super::{Problems, ValidationError, list, text_limits};
use crate::model::directory::{Group, Host};
use crate::model::id::{GroupId, HostId};
use crate::model::settings::SettingsDocument;
use crate::routing::MAX_RECIPIENTS;

pub(super) fn check(document: &SettingsDocument, problems: &mut Problems) {
    let places = document.groups.iter().enumerate();
    let known = list::check_ids(places.map(|(i, group)| (path(i), &group.id)), problems);
    let by_id: BTreeMap<&HostId, &Host> =
        document.hosts.iter().map(|host| (&host.id, host)).collect();
    let hosts = by_id.keys().copied().collect();
    let in_cycle = find_cycles(&document.groups);
    for (i, group) in document.groups.iter().enumerate() {
        let path = path(i);
        problems.check_local_text(
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
        let place = format!("{path}.in_charge");
        list::check_references(
            &place,
            &group.in_charge,
            &hosts,
            list::unknown_host,
            problems,
        );
        if reached(group, &by_id).len() > MAX_RECIPIENTS {
            problems.add(
                place,
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

/// Everybody whom a call to the group can tell: those in charge, and those who stand in for them.
fn reached<'a>(group: &'a Group, hosts: &BTreeMap<&HostId, &'a Host>) -> BTreeSet<&'a HostId> {
    let in_charge = group.in_charge.iter().filter_map(|id| hosts.get(id));
    in_charge
        .flat_map(|host| host.delegates.iter().chain([&host.id]))
        .collect()
}

/// Which groups are their own ancestors. Taking away, as long as there are any, groups that are
/// nobody's parent leaves exactly the cycles.
fn find_cycles(groups: &[Group]) -> Vec<bool> {
    let mut place: BTreeMap<&GroupId, usize> = BTreeMap::new();
    for (i, group) in groups.iter().enumerate() {
        place.entry(&group.id).or_insert(i);
    }
    let parent = |i: usize| {
        groups[i]
            .parent
            .as_ref()
            .and_then(|id| place.get(id))
            .copied()
    };
    let mut children = vec![0_usize; groups.len()];
    for above in (0..groups.len()).filter_map(parent) {
        children[above] += 1;
    }
    let mut left = vec![true; groups.len()];
    let mut leaves: Vec<usize> = (0..groups.len()).filter(|&i| children[i] == 0).collect();
    while let Some(leaf) = leaves.pop() {
        left[leaf] = false;
        if let Some(above) = parent(leaf) {
            children[above] -= 1;
            if children[above] == 0 {
                leaves.push(above);
            }
        }
    }
    left
}
