//! Proposals from Chatwork's data, and their application.

use super::*;
use crate::model::directory::{Group, Host};
use crate::model::lang::{Lang, TranslatedText};
use crate::validate::problems;

pub(super) fn account(id: u64, name: &str, department: &str) -> Account {
    Account {
        id: AccountId::try_from(id).unwrap(),
        name: name.to_owned(),
        department: department.to_owned(),
        is_contact: true,
    }
}

pub(super) fn member(id: u64, name: &str) -> Account {
    Account {
        is_contact: false,
        ..account(id, name, "")
    }
}

pub(super) fn room(id: u64, name: &str) -> Room {
    Room {
        id: RoomId::try_from(id).unwrap(),
        name: name.to_owned(),
    }
}

pub(super) fn host(id: &str, name: &str, account: Option<u64>) -> Host {
    Host {
        account: account.map(|id| AccountId::try_from(id).unwrap()),
        ..Host::named(id.parse().unwrap(), name)
    }
}

pub(super) fn group(id: &str, name: &str) -> Group {
    Group::named(id.parse().unwrap(), TranslatedText::of(Lang::Ja, name))
}

pub(super) fn office(hosts: Vec<Host>, groups: Vec<Group>) -> SettingsDocument {
    SettingsDocument {
        hosts,
        groups,
        ..SettingsDocument::default()
    }
}

/// Choices of everything that is proposed.
pub(super) fn all_of(proposal: &Proposal) -> PeopleChoices {
    let people = proposal.people.iter();
    PeopleChoices {
        people: people
            .filter(|person| person.is_proposed())
            .map(|person| person.account.id)
            .collect(),
        departments: true,
        rooms: proposal
            .rooms
            .iter()
            .map(|found| (found.group.clone(), found.room.id))
            .collect(),
        in_charge: BTreeMap::new(),
    }
}

fn applied(
    document: &mut SettingsDocument,
    proposal: &Proposal,
    choice: &PeopleChoices,
) -> Applied {
    // Ids are made of the upper bits.
    let (mut hosts, mut groups) = (100_u64, 500_u64);
    let mut ids = NewIds {
        host: &mut || {
            hosts += 1;
            HostId::from_random(hosts << 40)
        },
        group: &mut || {
            groups += 1;
            GroupId::from_random(groups << 40)
        },
    };
    apply(document, proposal, choice, &mut ids)
}

fn states(proposal: &Proposal) -> Vec<(u64, &'static str)> {
    let state = |person: &Person| {
        let state = match person.state {
            PersonState::New => "new",
            PersonState::Known(_) => "known",
            PersonState::Link(_) => "link",
            PersonState::SameName(_) => "same name",
        };
        (person.account.id.get(), state)
    };
    proposal.people.iter().map(state).collect()
}

#[test]
fn a_host_is_found_by_account_then_by_name() {
    let hosts = vec![
        host("a", "佐藤 花", Some(1)),
        host("b", "鈴木 一郎", None),
        host("c", "高橋 健", Some(9)),
    ];
    let accounts = [
        account(1, "佐藤花（結婚前）", "総務"),
        account(2, "鈴木一郎", "総務"),
        account(3, "高橋 健", "総務"),
        account(4, "田中 実", "総務"),
    ];
    let proposal = propose(&office(hosts, Vec::new()), &accounts, &[], true);
    let mut found = states(&proposal);
    found.sort_unstable();
    assert_eq!(
        found,
        [(1, "known"), (2, "link"), (3, "same name"), (4, "new")]
    );
    let proposed = all_of(&proposal).people;
    let proposed: Vec<u64> = proposed.into_iter().map(AccountId::get).collect();
    assert_eq!(proposed, [2, 4], "a possible duplicate waits for the admin");
}

#[test]
fn only_kanji_without_a_reading_need_furigana() {
    let accounts = [
        account(1, "佐藤 花", ""),
        account(2, "鈴木 一郎 / Suzuki Ichiro", ""),
        account(3, "田中 実（たなか みのる）", ""),
        account(4, "みなみ さくら", ""),
    ];
    let proposal = propose(&SettingsDocument::default(), &accounts, &[], true);
    let lacking = proposal
        .people
        .iter()
        .filter(|person| person.lacks_furigana());
    let lacking: Vec<u64> = lacking.map(|person| person.account.id.get()).collect();
    assert_eq!(lacking, [1]);
}

#[test]
fn applying_twice_doubles_nothing() {
    let accounts = [
        account(1, "佐藤 花", "総務"),
        account(2, "鈴木 一郎", "開発部"),
        account(3, "田中 実", ""),
    ];
    let rooms = [room(7, "開発部ルーム"), room(8, "雑談")];
    let mut document = office(vec![host("b", "鈴木 一郎", None)], vec![group("g", "総務")]);
    let first = propose(&document, &accounts, &rooms, true);
    let change = applied(&mut document, &first, &all_of(&first));
    let expected = Applied {
        added: 2,
        linked: 1,
        groups: 1,
        rooms: 1,
        in_charge: 0,
    };
    assert_eq!(change, expected);
    assert_eq!(problems(&document), [], "the result can be saved");
    let after = document.clone();

    let again = applied(&mut document, &first, &all_of(&first));
    assert_eq!(again, Applied::default(), "an old proposal");
    document = after.clone();
    let second = propose(&document, &accounts, &rooms, true);
    assert!(second.people.iter().all(|person| !person.is_open()));
    assert!(second.rooms.is_empty() && second.gone.is_empty());
    assert_eq!(
        applied(&mut document, &second, &all_of(&second)),
        Applied::default()
    );
    assert_eq!(document, after);
}

#[test]
fn departments_become_groups_in_which_the_people_are() {
    let accounts = [
        account(1, "佐藤 花", "総務"),
        account(2, "鈴木 一郎", "開発部"),
        account(3, "田中 実", "開発部 "),
    ];
    let mut document = office(Vec::new(), vec![group("soumu", "総務")]);
    let proposal = propose(&document, &accounts, &[], true);
    applied(&mut document, &proposal, &all_of(&proposal));
    let names: Vec<&str> = document
        .groups
        .iter()
        .map(|group| group.name.best(Lang::Ja))
        .collect();
    assert_eq!(names, ["総務", "開発部"]);
    let groups_of = |name: &str| {
        let host = document.hosts.iter().find(|host| host.name == name);
        host.unwrap().groups.clone()
    };
    assert_eq!(groups_of("佐藤 花"), [document.groups[0].id.clone()]);
    assert_eq!(groups_of("鈴木 一郎"), [document.groups[1].id.clone()]);
    assert_eq!(groups_of("田中 実"), groups_of("鈴木 一郎"));
}

#[test]
fn the_chosen_people_are_put_in_charge_and_the_chosen_rooms_are_set() {
    let accounts = [
        account(1, "佐藤 花", "総務"),
        account(2, "鈴木 一郎", "開発部"),
        account(3, "田中 実", "営業部"),
    ];
    let hosts = vec![host("a", "佐藤 花", Some(1))];
    let mut document = office(hosts, vec![group("soumu", "総務")]);
    let proposal = propose(&document, &accounts, &[], true);
    let new_group = |name: &str| MatchedGroup::New(name.to_owned());
    let soumu = MatchedGroup::Existing("soumu".parse().unwrap());
    let id = |id: u64| AccountId::try_from(id).unwrap();
    let choice = PeopleChoices {
        people: [id(2)].into(),
        rooms: [(new_group("開発部"), room(7, "").id)].into(),
        in_charge: [
            (soumu, id(1)),
            (new_group("開発部"), id(2)),
            (new_group("営業部"), id(3)), // not chosen, so that there is neither the host nor the group
        ]
        .into(),
        departments: true,
    };
    let change = applied(&mut document, &proposal, &choice);
    assert_eq!((change.groups, change.rooms, change.in_charge), (1, 1, 2));
    assert_eq!(document.groups[0].in_charge, [document.hosts[0].id.clone()]);
    assert_eq!(document.groups[1].in_charge, [document.hosts[1].id.clone()]);
    assert_eq!(document.groups[1].room, Some(room(7, "").id));
    assert_eq!(
        applied(&mut document, &proposal, &choice),
        Applied::default()
    );
}

#[test]
fn without_departments_no_group_is_made_and_nobody_is_put_into_one() {
    let accounts = [account(1, "佐藤 花", "総務")];
    let mut document = office(Vec::new(), vec![group("soumu", "総務")]);
    let proposal = propose(&document, &accounts, &[], true);
    let choice = PeopleChoices {
        departments: false,
        ..all_of(&proposal)
    };
    applied(&mut document, &proposal, &choice);
    assert_eq!(document.groups.len(), 1);
    assert!(document.hosts[0].groups.is_empty());
}

#[test]
fn a_department_of_an_ambiguous_name_is_left_to_the_admin() {
    let below = |id: &str, parent: &str| Group {
        parent: Some(parent.parse().unwrap()),
        ..group(id, "一課")
    };
    let groups = vec![
        group("a", "開発部"),
        group("b", "営業部"),
        below("a1", "a"),
        below("b1", "b"),
    ];
    let proposal = propose(
        &office(Vec::new(), groups),
        &[account(1, "佐藤 花", "一課")],
        &[],
        true,
    );
    assert!(proposal.groups_by_department.is_empty());
}

#[test]
fn a_missing_account_is_gone_only_when_everybody_could_be_read() {
    let document = office(
        vec![host("a", "佐藤 花", Some(1)), host("b", "田中", None)],
        Vec::new(),
    );
    let gone = |accounts: &[Account], complete| propose(&document, accounts, &[], complete).gone;
    assert_eq!(gone(&[], true), [document.hosts[0].id.clone()]);
    assert_eq!(gone(&[], false), []);
    assert_eq!(gone(&[member(1, "佐藤 花")], true), [], "a room's member");
}

#[test]
fn members_of_rooms_are_offered_but_not_proposed() {
    let accounts = [
        member(1, "社外 太郎"),
        member(2, "佐藤 花"),
        account(2, "佐藤 花", "総務"),
    ];
    let proposal = propose(&SettingsDocument::default(), &accounts, &[], true);
    assert_eq!(proposal.people.len(), 2, "each account once");
    let chosen: Vec<u64> = all_of(&proposal)
        .people
        .into_iter()
        .map(AccountId::get)
        .collect();
    assert_eq!(chosen, [2]);
}

#[test]
fn rooms_are_proposed_only_when_there_is_no_doubt() {
    let mut document = office(
        Vec::new(),
        vec![
            group("a", "開発部"),
            group("b", "営業部"),
            group("c", "人事"),
            group("d", "総務"),
            group("e", "総務部屋"),
        ],
    );
    document.groups[2].room = Some(RoomId::try_from(3).unwrap());
    document.site.default_room = Some(RoomId::try_from(9).unwrap());
    let rooms = [
        room(1, "開発部ルーム"),
        room(2, "営業部チーム"), // as good as 4
        room(3, "人事"),         // used by its group
        room(4, "営業部ルーム"), // as good as 2
        room(5, "総務ルーム"),   // fits 総務 and 総務部屋
        room(9, "法務ルーム"),   // the default room
    ];
    let accounts = [account(1, "佐藤 花", "法務")];
    let proposal = propose(&document, &accounts, &rooms, true);
    let proposed: Vec<u64> = proposal
        .rooms
        .iter()
        .map(|proposed| proposed.room.id.get())
        .collect();
    assert_eq!(proposed, [1]);
    assert_eq!(proposal.rooms[0].reason, RoomReason::SameNameAndWord);
}
