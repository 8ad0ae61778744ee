//! Writes the chosen proposals into the settings.

use std::collections::{BTreeMap, BTreeSet};

use super::{MatchedGroup, Person, PersonState, Proposal};
use crate::model::directory::{Group, Host};
use crate::model::id::{AccountId, GroupId, HostId, RoomId};
use crate::model::lang::TranslatedText;
use crate::model::settings::SettingsDocument;
use crate::text::{Lines, clean};
use crate::validate::text_limits::MAX_NAME_CHARS;

/// Choices of an admin from a [`Proposal`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeopleChoices {
    /// Accounts that become new hosts or are linked to existing ones.
    pub people: BTreeSet<AccountId>,
    /// True when the chosen people are put into the groups of their departments, which are made where they are
    /// missing.
    pub departments: bool,
    /// Rooms for groups without a room of their own.
    pub rooms: BTreeMap<MatchedGroup, RoomId>,
    /// People who are put in charge of groups. Accounts that are of no host afterwards are left out.
    pub in_charge: BTreeMap<MatchedGroup, AccountId>,
}

/// Sources of new random ids.
pub struct NewIds<'a> {
    /// Id of a new host.
    pub host: &'a mut dyn FnMut() -> HostId,
    /// Id of a new group.
    pub group: &'a mut dyn FnMut() -> GroupId,
}

/// Changes made by [`apply`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// Hosts added.
    pub added: usize,
    /// Existing hosts that got an account.
    pub linked: usize,
    /// Groups added.
    pub groups: usize,
    /// Groups that got a room.
    pub rooms: usize,
    /// Groups that got somebody in charge.
    pub in_charge: usize,
}

/// Applies a choice. Hosts that are in groups already stay in them, and groups that have a room keep it. The settings
/// may have changed since the proposal: people who became hosts meanwhile are left out.
pub fn apply(
    document: &mut SettingsDocument,
    proposal: &Proposal,
    choice: &PeopleChoices,
    ids: &mut NewIds<'_>,
) -> Applied {
    let hosts = document.hosts.iter();
    let known: BTreeSet<AccountId> = hosts.filter_map(|host| host.account).collect();
    let is_chosen = |person: &&Person| {
        let account = &person.account.id;
        person.is_open() && choice.people.contains(account) && !known.contains(account)
    };
    let chosen: Vec<&Person> = proposal.people.iter().filter(is_chosen).collect();
    let new_groups = if choice.departments {
        add_departments(document, proposal, &chosen, ids)
    } else {
        BTreeMap::new()
    };
    let mut applied = Applied {
        groups: new_groups.len(),
        rooms: set_rooms(document, choice, &new_groups),
        ..Applied::default()
    };
    for person in chosen {
        let department = &person.account.department;
        let group = match proposal.groups_by_department.get(department) {
            Some(MatchedGroup::Existing(id)) if choice.departments => Some(id.clone()),
            Some(MatchedGroup::New(name)) => new_groups.get(name).cloned(),
            _ => None,
        };
        apply_person(document, person, group, ids, &mut applied);
    }
    applied.in_charge = set_in_charge(document, choice, &new_groups);
    applied
}

/// Adds the missing groups of the people's departments and returns them by name.
fn add_departments(
    document: &mut SettingsDocument,
    proposal: &Proposal,
    people: &[&Person],
    ids: &mut NewIds<'_>,
) -> BTreeMap<String, GroupId> {
    let mut new_groups = BTreeMap::new();
    for person in people {
        let department = &person.account.department;
        if let Some(MatchedGroup::New(name)) = proposal.groups_by_department.get(department) {
            new_groups
                .entry(name.clone())
                .or_insert_with(|| add_group(document, name, ids));
        }
    }
    new_groups
}

/// Sets the chosen rooms of groups without a room, and returns their number.
fn set_rooms(
    document: &mut SettingsDocument,
    choice: &PeopleChoices,
    new_groups: &BTreeMap<String, GroupId>,
) -> usize {
    let mut count = 0;
    for (group, room) in &choice.rooms {
        if let Some(group) = find_group(document, group, new_groups)
            && group.room.is_none()
        {
            group.room = Some(*room);
            count += 1;
        }
    }
    count
}

/// Puts the chosen people in charge of their groups, and returns the number of groups that were changed.
fn set_in_charge(
    document: &mut SettingsDocument,
    choice: &PeopleChoices,
    new_groups: &BTreeMap<String, GroupId>,
) -> usize {
    let mut count = 0;
    for (group, account) in &choice.in_charge {
        let mut hosts = document.hosts.iter();
        let host = hosts.find(|host| host.account == Some(*account));
        let host = host.map(|host| host.id.clone());
        if let Some(host) = host
            && let Some(group) = find_group(document, group, new_groups)
            && !group.in_charge.contains(&host)
        {
            group.in_charge.push(host);
            count += 1;
        }
    }
    count
}

/// The group; `None` for a new one that was not made.
fn find_group<'a>(
    document: &'a mut SettingsDocument,
    group: &MatchedGroup,
    new_groups: &BTreeMap<String, GroupId>,
) -> Option<&'a mut Group> {
    let id = match group {
        MatchedGroup::Existing(id) => id,
        MatchedGroup::New(name) => new_groups.get(name)?,
    };
    document.groups.iter_mut().find(|group| group.id == *id)
}

/// Adds a person as a host of `group`, or gives the account to the host that is linked.
fn apply_person(
    document: &mut SettingsDocument,
    person: &Person,
    group: Option<GroupId>,
    ids: &mut NewIds<'_>,
    applied: &mut Applied,
) {
    let account = person.account.id;
    let linked_host = match &person.state {
        PersonState::Link(id) => document.hosts.iter_mut().find(|host| host.id == *id),
        _ => None,
    };
    if let Some(host) = linked_host.filter(|host| host.account.is_none()) {
        host.account = Some(account);
        if host.groups.is_empty() {
            host.groups.extend(group);
        }
        applied.linked += 1;
        return;
    }
    let name = &person.name;
    document.hosts.push(Host {
        kana: name.kana.clone(),
        latin_name: name.latin_name.clone(),
        account: Some(account),
        groups: group.into_iter().collect(),
        ..Host::named((ids.host)(), name.name.clone())
    });
    applied.added += 1;
}

/// Adds a top-level group after the other ones.
fn add_group(document: &mut SettingsDocument, name: &str, ids: &mut NewIds<'_>) -> GroupId {
    let id = (ids.group)();
    let top = document
        .groups
        .iter()
        .filter(|group| group.parent.is_none());
    let last_order = top.map(|group| group.order).max();
    let lang = document.site.office_language();
    document.groups.push(Group {
        order: last_order.map_or(0, |order| order.saturating_add(1)),
        ..Group::named(
            id.clone(),
            TranslatedText::of(lang, clean(name, MAX_NAME_CHARS, Lines::One)),
        )
    });
    id
}
