//! Groups that the chosen people belong to, with what they still lack: a room, and somebody in charge.

use std::collections::{BTreeMap, BTreeSet};

use super::{MatchedGroup, Proposal};
use crate::in_charge::{hosts_with_account, lacks_recipient};
use crate::model::directory::Group;
use crate::model::id::AccountId;
use crate::model::settings::SettingsDocument;

/// A group that lacks a room or somebody in charge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenGroup {
    /// The group.
    pub group: MatchedGroup,
    /// True when it has no room of its own.
    pub lacks_room: bool,
    /// People of its department who are hosts or chosen, by name; empty when somebody is in charge already.
    pub candidates: Vec<AccountId>,
}

/// Groups of the departments of the chosen people, then other groups for which a room is proposed; groups that lack
/// nothing are left out. A new group is listed only with `departments`: without it, no group is made.
#[must_use]
pub fn open_groups(
    document: &SettingsDocument,
    proposal: &Proposal,
    chosen: &BTreeSet<AccountId>,
    departments: bool,
) -> Vec<OpenGroup> {
    let with_account = hosts_with_account(document);
    let mut groups: Vec<&MatchedGroup> = Vec::new();
    let mut people_by_group: BTreeMap<&MatchedGroup, Vec<AccountId>> = BTreeMap::new();
    for person in &proposal.people {
        let account = person.account.id;
        let Some(group) = proposal
            .groups_by_department
            .get(&person.account.department)
        else {
            continue;
        };
        if chosen.contains(&account) && departments && !groups.contains(&group) {
            groups.push(group);
        }
        if chosen.contains(&account) || !person.is_open() {
            people_by_group.entry(group).or_default().push(account);
        }
    }
    for room in &proposal.rooms {
        if matches!(room.group, MatchedGroup::Existing(_)) && !groups.contains(&&room.group) {
            groups.push(&room.group);
        }
    }
    let open_group = |group: &MatchedGroup| {
        let existing = existing_group(document, group);
        let lacks_room = existing.is_none_or(|group| group.room.is_none());
        let lacks_recipient =
            existing.is_none_or(|group| lacks_recipient(group, |host| with_account.contains(host)));
        let people = people_by_group.get(group).filter(|_| lacks_recipient);
        let candidates = people.cloned().unwrap_or_default();
        (lacks_room || !candidates.is_empty()).then(|| OpenGroup {
            group: group.clone(),
            lacks_room,
            candidates,
        })
    };
    groups.into_iter().filter_map(open_group).collect()
}

/// The group in the settings; `None` for a new one.
fn existing_group<'a>(document: &'a SettingsDocument, group: &MatchedGroup) -> Option<&'a Group> {
    match group {
        MatchedGroup::Existing(id) => document.groups.iter().find(|group| group.id == *id),
        MatchedGroup::New(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{account, all_of, group, host, member, office, room};
    use super::super::{Account, propose};
    use super::*;

    /// Open groups when everything proposed is chosen: name, lacks a room, candidates.
    fn opened(
        document: &SettingsDocument,
        accounts: &[Account],
        departments: bool,
    ) -> Vec<(String, bool, Vec<u64>)> {
        let proposal = propose(document, accounts, &[room(7, "開発部ルーム")], true);
        let chosen = all_of(&proposal).people;
        let opened = open_groups(document, &proposal, &chosen, departments);
        let facts = |open: OpenGroup| {
            let name = match open.group {
                MatchedGroup::Existing(id) => id.to_string(),
                MatchedGroup::New(name) => name,
            };
            let candidates = open.candidates.into_iter().map(AccountId::get).collect();
            (name, open.lacks_room, candidates)
        };
        opened.into_iter().map(facts).collect()
    }

    #[test]
    fn each_department_of_the_chosen_people_can_get_a_room_and_one_of_them_in_charge() {
        let accounts = [
            account(1, "佐藤 花", "総務"),
            account(2, "鈴木 一郎", "総務 "),
            account(3, "田中 実", "営業部"),
            member(4, "社外 太郎"),
        ];
        let document = office(Vec::new(), Vec::new());
        let expected = [
            ("営業部".to_owned(), true, vec![3]),
            ("総務".to_owned(), true, vec![1, 2]),
        ];
        assert_eq!(opened(&document, &accounts, true), expected);
        assert_eq!(opened(&document, &accounts, false), []);
    }

    #[test]
    fn a_group_of_the_settings_is_asked_for_what_it_lacks() {
        let accounts = [
            account(1, "佐藤 花", "soumu"),
            account(2, "鈴木 一郎", "soumu"),
            account(3, "田中 実", "jinji"),
        ];
        let hosts = vec![host("a", "佐藤 花", Some(1)), host("z", "本田 学", Some(9))];
        let groups = vec![
            group("soumu", "soumu"),
            group("jinji", "jinji"),
            group("dev", "開発部"),
        ];
        let mut document = office(hosts, groups);
        document.groups[0].room = room(8, "").id.into();
        document.groups[1].in_charge = vec!["z".parse().unwrap()];
        let expected = [
            ("jinji".to_owned(), true, vec![]),
            ("soumu".to_owned(), false, vec![1, 2]),
            ("dev".to_owned(), true, vec![]),
        ];
        assert_eq!(opened(&document, &accounts, true), expected);
        assert_eq!(opened(&document, &accounts, false), expected[2..]);

        document.groups[0].hidden = true;
        assert_eq!(
            opened(&document, &accounts, true),
            [expected[0].clone(), expected[2].clone()],
            "nobody can call the hidden group"
        );
    }
}
