//! Proposes hosts, groups and rooms from the data that the bot can read in Chatwork: its contacts, the members of its
//! rooms, their departments, and the rooms' names. Can be repeated: existing hosts are recognized by account, then by
//! name, so nobody is added twice. An admin chooses; [`apply`] writes the choice into the settings.

mod apply;
mod open_groups;
mod person_name;
mod room_match;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use crate::account_match;
use crate::csv::lookup::{GroupLookup, LookupError, name_key};
use crate::model::id::{AccountId, GroupId, HostId, RoomId};
use crate::model::settings::SettingsDocument;
use crate::names::lacks_reading;

pub use apply::{Applied, NewIds, PeopleChoices, apply};
pub use open_groups::{OpenGroup, open_groups};
pub use person_name::{PersonName, split_name};
pub use room_match::{RoomReason, default_room, match_reason};

/// An account that the bot sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Account id.
    pub id: AccountId,
    /// Name in Chatwork.
    pub name: String,
    /// Department in Chatwork, or `""`.
    pub department: String,
    /// True for the bot's contacts. Other accounts are members of its rooms and cannot be notified directly.
    pub is_contact: bool,
}

/// A group chat of the bot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Room {
    /// Room id.
    pub id: RoomId,
    /// Name.
    pub name: String,
}

/// Relation of an account to the hosts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PersonState {
    /// No host yet.
    New,
    /// The account belongs to this host.
    Known(HostId),
    /// This host has no account and the same name: it will get the account.
    Link(HostId),
    /// This host has the same name, but the match is uncertain, so the account is not proposed for it.
    SameName(HostId),
}

/// An account as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The account.
    pub account: Account,
    /// Parts of the account's name.
    pub name: PersonName,
    /// Relation to the hosts.
    pub state: PersonState,
}

impl Person {
    /// True when this person can be added or linked.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !matches!(self.state, PersonState::Known(_))
    }

    /// True when visitors who type kana or Latin letters will not find the person's name, which is kanji.
    #[must_use]
    pub fn lacks_furigana(&self) -> bool {
        lacks_reading(&self.name.name, [&self.name.kana, &self.name.latin_name])
    }

    /// True when the person is chosen until the admin decides otherwise: a contact that is not a possible duplicate.
    #[must_use]
    pub fn is_proposed(&self) -> bool {
        match self.state {
            PersonState::New => self.account.is_contact,
            PersonState::Link(_) => true,
            PersonState::Known(_) | PersonState::SameName(_) => false,
        }
    }
}

/// The group that a department or a room is matched to: a group of the settings, or a new one for a department.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MatchedGroup {
    /// The group exists.
    Existing(GroupId),
    /// The group will be created with this name.
    New(String),
}

/// A room that a group may get.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomProposal {
    /// The group.
    pub group: MatchedGroup,
    /// The room.
    pub room: Room,
    /// Reason for which the room fits.
    pub reason: RoomReason,
}

/// Accounts, departments and rooms of Chatwork, compared with the settings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposal {
    /// Accounts without the bot, by department and name.
    pub people: Vec<Person>,
    /// Hosts whose account the bot does not see; empty unless the accounts are complete.
    pub gone: Vec<HostId>,
    /// Group of each department that occurs, by the department's name in Chatwork. Departments whose name several
    /// groups have are left out.
    pub groups_by_department: BTreeMap<String, MatchedGroup>,
    /// Rooms for groups without a room of their own.
    pub rooms: Vec<RoomProposal>,
}

/// Compares accounts and rooms with the settings. `is_complete` is true when every contact and every member could be
/// read: only then does a missing account mean that the bot does not see it any more.
#[must_use]
pub fn propose(
    document: &SettingsDocument,
    accounts: &[Account],
    rooms: &[Room],
    is_complete: bool,
) -> Proposal {
    let accounts = merge(accounts);
    let groups_by_department = groups_by_department(document, &accounts);
    Proposal {
        gone: if is_complete {
            gone_hosts(document, &accounts)
        } else {
            Vec::new()
        },
        rooms: room_match::propose_rooms(document, &groups_by_department, rooms),
        people: people(document, accounts),
        groups_by_department,
    }
}

/// Merges the entries of each account: it is a contact if one entry says so, and has the first department that is
/// stated. Sorted by department, accounts without one last, then by name.
fn merge(accounts: &[Account]) -> Vec<Account> {
    let mut merged: BTreeMap<AccountId, Account> = BTreeMap::new();
    for account in accounts {
        let entry = merged.entry(account.id).or_insert_with(|| account.clone());
        entry.is_contact |= account.is_contact;
        if entry.department.trim().is_empty() {
            entry.department.clone_from(&account.department);
        }
    }
    let mut merged: Vec<Account> = merged.into_values().collect();
    for account in &mut merged {
        account.department = account.department.trim().to_owned();
    }
    merged.sort_by(|a, b| {
        let key = |account: &Account| {
            let department = account.department.clone();
            (
                department.is_empty(),
                department,
                account.name.clone(),
                account.id,
            )
        };
        key(a).cmp(&key(b))
    });
    merged
}

/// Accounts with their relation to the hosts, in the same order.
fn people(document: &SettingsDocument, accounts: Vec<Account>) -> Vec<Person> {
    let by_account: BTreeMap<AccountId, &HostId> = document
        .hosts
        .iter()
        .filter_map(|host| Some((host.account?, &host.id)))
        .collect();
    let names = accounts
        .iter()
        .map(|account| (account.id, account.name.as_str()));
    let links: BTreeMap<AccountId, HostId> =
        account_match::suggest_accounts(&document.hosts, names)
            .into_iter()
            .map(|found| (found.account, found.host))
            .collect();
    let by_name: BTreeMap<String, &HostId> = document
        .hosts
        .iter()
        .map(|host| (name_key(&host.name), &host.id))
        .collect();
    let person = |account: Account| {
        let name = split_name(&account.name);
        let state = if let Some(&host) = by_account.get(&account.id) {
            PersonState::Known(host.clone())
        } else if let Some(host) = links.get(&account.id) {
            PersonState::Link(host.clone())
        } else if let Some(&host) = by_name.get(&name_key(&name.name)) {
            PersonState::SameName(host.clone())
        } else {
            PersonState::New
        };
        Person {
            account,
            name,
            state,
        }
    };
    accounts.into_iter().map(person).collect()
}

/// Hosts whose account the bot does not see.
fn gone_hosts(document: &SettingsDocument, accounts: &[Account]) -> Vec<HostId> {
    let visible: BTreeSet<AccountId> = accounts.iter().map(|account| account.id).collect();
    let is_gone = |account: AccountId| !visible.contains(&account);
    document
        .hosts
        .iter()
        .filter(|host| host.account.is_some_and(is_gone))
        .map(|host| host.id.clone())
        .collect()
}

/// Group of each department, by the department's name. Departments that differ only in spelling are one group.
fn groups_by_department(
    document: &SettingsDocument,
    accounts: &[Account],
) -> BTreeMap<String, MatchedGroup> {
    let lookup = GroupLookup::of(&document.groups, document.site.office_language());
    // The first spelling of each department, by its key.
    let mut first_spellings: BTreeMap<String, &str> = BTreeMap::new();
    let mut groups = BTreeMap::new();
    for account in accounts {
        let name = account.department.as_str();
        if name.is_empty() {
            continue;
        }
        let first_spelling = *first_spellings.entry(name_key(name)).or_insert(name);
        let group = match lookup.find(name) {
            Ok(id) => MatchedGroup::Existing(id),
            Err(LookupError::NotFound) => MatchedGroup::New(first_spelling.to_owned()),
            Err(LookupError::Ambiguous) => continue,
        };
        groups.insert(name.to_owned(), group);
    }
    groups
}
