//! The sample office with one thing wrong at a time.

use super::*;
use crate::example::{account_id, group_id, group_in, host_id, host_in, office, room_id, today};
use crate::model::menu::Method;
use crate::model::settings::SettingsDocument;

const BOT: u64 = 900;

/// Chatwork as it should be for the sample office.
fn all_well() -> Observations {
    let staff = [101, 102, 103, 105].map(account_id);
    let names = ["佐藤花子", "鈴木一郎", "田中次郎", "伊藤三郎"];
    let rooms = [1, 10, 20].map(room_id);
    Observations {
        connection: Some(ObservedConnection::Connected(account_id(BOT))),
        rooms: Some(rooms.into_iter().map(|room| (room, true)).collect()),
        members: rooms.into_iter().map(|room| (room, staff.into())).collect(),
        contacts: Some(staff.into()),
        people: staff.into_iter().zip(names.map(str::to_owned)).collect(),
        requests: Vec::new(),
        unreadable: 0,
        paired: Some(["lobby".parse().unwrap()].into()),
        streams: BTreeMap::new(),
    }
}

/// The sample office with everybody having an account and every group somebody in charge.
fn sound(change: impl FnOnce(&mut SettingsDocument)) -> Settings {
    office(|document| {
        host_in(document, "takahashi").account = Some(account_id(104));
        for group in &mut document.groups {
            if group.in_charge.is_empty() {
                group.in_charge = vec![host_id("sato")];
            }
        }
        change(document);
    })
}

fn seen_with(change: impl FnOnce(&mut Observations)) -> Observations {
    let mut seen = all_well();
    let takahashi = account_id(104);
    seen.people.insert(takahashi, "髙橋健一".to_owned());
    seen.contacts.get_or_insert_default().insert(takahashi);
    for members in seen.members.values_mut() {
        members.insert(takahashi);
    }
    change(&mut seen);
    seen
}

fn found(
    settings: impl FnOnce(&mut SettingsDocument),
    seen: impl FnOnce(&mut Observations),
) -> Vec<Finding> {
    examine(&sound(settings), &seen_with(seen), today())
}

fn waiting(account: u64) -> Request {
    Request {
        id: 7,
        account: account_id(account),
        name: "誰か".to_owned(),
    }
}

#[test]
fn a_sound_office_has_no_findings() {
    assert_eq!(found(|_| {}, |_| {}), []);
}

#[test]
fn what_was_not_seen_is_not_judged() {
    assert_eq!(
        examine(&sound(|_| {}), &Observations::default(), today()),
        []
    );
}

#[test]
fn the_connection_and_the_default_room_come_first() {
    assert_eq!(
        found(
            |_| {},
            |seen| seen.connection = Some(ObservedConnection::None)
        ),
        [Finding::NotConnected]
    );
    assert_eq!(
        found(
            |_| {},
            |seen| seen.connection = Some(ObservedConnection::Refused)
        ),
        [Finding::TokenRefused]
    );
    let no_room = Settings::unvalidated(SettingsDocument::default());
    assert_eq!(
        examine(&no_room, &Observations::default(), today()),
        [Finding::NoDefaultRoom]
    );
}

#[test]
fn a_room_the_bot_is_not_in_is_found_with_the_groups_that_use_it() {
    let gone = |room| {
        move |seen: &mut Observations| {
            seen.rooms.as_mut().unwrap().remove(&room_id(room));
        }
    };
    let soumu = Finding::DeadRoom {
        room: room_id(10),
        default: false,
        groups: vec![group_id("soumu")],
        used: true,
    };
    assert_eq!(found(|_| {}, gone(10)), std::slice::from_ref(&soumu));
    assert_eq!(
        soumu.repairs(),
        [
            Repair::OpenGroup(group_id("soumu")),
            Repair::DropRoom(vec![group_id("soumu")])
        ]
    );
    let default = found(|_| {}, gone(1));
    assert!(
        matches!(
            &default[..],
            [Finding::DeadRoom {
                default: true,
                used: true,
                ..
            }]
        ),
        "{default:?}"
    );
    let private = found(
        |_| {},
        |seen| {
            seen.rooms.as_mut().unwrap().insert(room_id(20), false);
        },
    );
    assert!(
        matches!(&private[..], [Finding::NotAGroupChat { .. }]),
        "{private:?}"
    );
}

#[test]
fn whoever_is_told_directly_must_be_a_contact() {
    let not_a_contact = |seen: &mut Observations| {
        seen.contacts.as_mut().unwrap().remove(&account_id(102));
    };
    let suzuki = |request| Finding::NotAContact {
        host: host_id("suzuki"),
        request,
    };
    assert_eq!(found(|_| {}, not_a_contact), [suzuki(None)]);
    let asked = found(
        |_| {},
        |seen| {
            not_a_contact(seen);
            seen.requests = vec![waiting(102)];
        },
    );
    assert_eq!(asked, [suzuki(Some(7))], "the request is not told twice");
    assert_eq!(asked[0].repairs()[0], Repair::Accept(7));
    // By room alone nobody needs to be a contact.
    let by_room = |document: &mut SettingsDocument| {
        for button in &mut document.devices[0].menu {
            button.method = Method::Room;
        }
    };
    assert_eq!(found(by_room, not_a_contact), []);
}

#[test]
fn whoever_is_mentioned_must_be_in_the_room() {
    let outside = found(
        |_| {},
        |seen| {
            seen.members
                .get_mut(&room_id(20))
                .unwrap()
                .remove(&account_id(102));
        },
    );
    let expected = Finding::NotInRoom {
        room: room_id(20),
        hosts: vec![host_id("suzuki")],
    };
    assert_eq!(outside, [expected]);
    let unread = found(
        |_| {},
        |seen| {
            seen.members.remove(&room_id(20));
        },
    );
    assert_eq!(unread, [], "a room that was not read is not judged");
}

#[test]
fn an_account_that_nobody_has_is_found_and_the_namesake_offered() {
    let wrong = found(
        |document| host_in(document, "suzuki").account = Some(account_id(555)),
        |_| {},
    );
    let expected = Finding::UnknownAccount {
        host: host_id("suzuki"),
        direct: true,
        suggestion: Some(account_id(102)),
    };
    assert_eq!(wrong, std::slice::from_ref(&expected));
    let set = Repair::SetAccount(host_id("suzuki"), account_id(102));
    assert_eq!(expected.repairs()[0], set);
    assert_eq!(expected.severity(), Severity::Broken);
}

#[test]
fn a_host_without_account_is_offered_the_only_namesake() {
    let none = |document: &mut SettingsDocument| host_in(document, "takahashi").account = None;
    let no_account = |suggestion| Finding::NoAccount {
        host: host_id("takahashi"),
        suggestion,
    };
    // 開発一課 and 営業一課 have others in charge, so calls still reach somebody.
    let in_charge = |document: &mut SettingsDocument| {
        none(document);
        group_in(document, "eigyo1").in_charge = vec![host_id("sato")];
    };
    assert_eq!(
        found(in_charge, |_| {}),
        [no_account(Some(account_id(104)))]
    );
    let two = found(in_charge, |seen| {
        seen.people.insert(account_id(107), "高橋 健一".to_owned());
    });
    assert_eq!(
        two,
        [no_account(None)],
        "of two namesakes neither is offered"
    );
}

#[test]
fn a_token_of_a_host_and_a_shared_account_are_found() {
    let own = found(
        |_| {},
        |seen| seen.connection = Some(ObservedConnection::Connected(account_id(101))),
    );
    assert_eq!(
        own,
        [Finding::BotIsHost {
            host: host_id("sato")
        }]
    );
    let mut document = sound(|_| {}).document().clone();
    host_in(&mut document, "ito").account = Some(account_id(101));
    let shared = examine(
        &Settings::unvalidated(document),
        &seen_with(|_| {}),
        today(),
    );
    let expected = Finding::SharedAccount {
        account: account_id(101),
        hosts: vec![host_id("sato"), host_id("ito")],
    };
    assert_eq!(shared, [expected]);
}

#[test]
fn groups_with_nobody_to_tell_and_groups_nobody_can_call_are_found() {
    let empty = found(
        |document| group_in(document, "soumu").in_charge.clear(),
        |_| {},
    );
    assert_eq!(
        empty,
        [Finding::NobodyInCharge {
            group: group_id("soumu")
        }]
    );
    let silent = found(
        |document| group_in(document, "eigyo").in_charge.clear(),
        |_| {},
    );
    assert_eq!(
        silent,
        [Finding::NobodyMentioned {
            groups: vec![group_id("eigyo")]
        }]
    );
    let lost = found(
        |document| {
            group_in(document, "kaihatsu").hidden = true;
            document.devices[0]
                .menu
                .retain(|button| button.id.as_str() == "groups");
        },
        |_| {},
    );
    let groups = vec![group_id("kaihatsu"), group_id("kaihatsu1")];
    assert_eq!(lost, [Finding::UnreachableGroups { groups }]);
}

#[test]
fn an_absence_without_anybody_to_stand_in_is_found() {
    let absent = |document: &mut SettingsDocument, key: &str| {
        host_in(document, key).absent_until = Some(today());
    };
    let alone = found(|document| absent(document, "suzuki"), |_| {});
    assert_eq!(
        alone,
        [Finding::AbsentAlone {
            host: host_id("suzuki")
        }]
    );
    let both = found(
        |document| {
            absent(document, "suzuki");
            absent(document, "ito");
            host_in(document, "suzuki").delegates = vec![host_id("ito")];
            host_in(document, "ito").delegates = vec![host_id("sato")];
        },
        |_| {},
    );
    assert_eq!(
        both,
        [Finding::AbsentWithDelegates {
            host: host_id("suzuki")
        }]
    );
}

#[test]
fn a_tablet_without_menu_or_pairing_and_a_stranger_who_asks_are_found() {
    let tablet = || "lobby".parse().unwrap();
    let bare = found(
        |document| document.devices[0].menu.clear(),
        |seen| seen.paired = Some([].into()),
    );
    assert!(
        bare.contains(&Finding::EmptyMenu { device: tablet() }),
        "{bare:?}"
    );
    assert!(
        bare.contains(&Finding::NotPaired { device: tablet() }),
        "{bare:?}"
    );
    let asked = found(|_| {}, |seen| seen.requests = vec![waiting(999)]);
    let expected = Finding::RequestWaiting {
        request: waiting(999),
        host: None,
    };
    assert_eq!(asked, [expected]);
}

#[test]
fn entries_that_chatwork_sent_unreadable_are_told() {
    assert_eq!(
        found(|_| {}, |seen| seen.unreadable = 3),
        [Finding::UnreadableEntries { count: 3 }]
    );
}

#[test]
fn a_tablet_that_events_reach_late_is_found() {
    for trouble in [StreamTrouble::HeldBack, StreamTrouble::Cut] {
        let device: DeviceId = "lobby".parse().unwrap();
        let said = found(
            |_| {},
            |seen| seen.streams = [(device.clone(), trouble)].into(),
        );
        assert_eq!(said, [Finding::LateEvents { device, trouble }]);
        assert_eq!(said[0].severity(), Severity::Risk);
    }
}

#[test]
fn rooms_are_read_by_how_many_are_mentioned_there() {
    let rooms = rooms_to_read(&sound(|_| {}), today());
    assert_eq!(rooms.len(), 3);
    assert_eq!(
        rooms[0],
        room_id(20),
        "three are mentioned there: {rooms:?}"
    );
}

#[test]
fn a_draft_that_cannot_be_saved_is_examined_all_the_same() {
    let mut document = sound(|_| {}).document().clone();
    group_in(&mut document, "kaihatsu").parent = Some(group_id("kaihatsu1"));
    group_in(&mut document, "soumu").parent = Some(group_id("gone"));
    group_in(&mut document, "eigyo").in_charge = vec![host_id("gone")];
    document.site.default_room = None;
    let found = examine(
        &Settings::unvalidated(document),
        &seen_with(|_| {}),
        today(),
    );
    assert_eq!(found[0], Finding::NoDefaultRoom);
}
