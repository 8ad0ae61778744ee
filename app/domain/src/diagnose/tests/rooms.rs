//! Findings about rooms.

use super::super::{Finding, Observations, Repair, Severity, rooms_to_read};
use super::{BOT, complete_office, found};
use crate::test_office::{DEFAULT_ROOM, account_id, group, group_id, host_id, room_id, today};

#[test]
fn a_room_without_the_bot_is_reported_with_its_groups() {
    let without_bot = |room| {
        move |seen: &mut Observations| {
            seen.rooms.as_mut().unwrap().remove(&room_id(room));
        }
    };
    let soumu = Finding::UnavailableRoom {
        room: room_id(10),
        is_default: false,
        groups: vec![group_id("soumu")],
        is_used: true,
    };
    assert_eq!(found(|_| {}, without_bot(10)), std::slice::from_ref(&soumu));
    assert_eq!(
        soumu.repairs(),
        [
            Repair::OpenGroup(group_id("soumu")),
            Repair::DropRoom(vec![group_id("soumu")])
        ]
    );
    let default = found(|_| {}, without_bot(1));
    assert!(
        matches!(
            &default[..],
            [Finding::UnavailableRoom {
                is_default: true,
                is_used: true,
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
fn a_mentioned_host_outside_the_room_is_reported() {
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
    assert_eq!(
        unread,
        [],
        "a room without observed members is not reported"
    );
}

#[test]
fn a_host_who_is_mentioned_only_in_calls_for_staff_must_be_in_the_default_room() {
    let found = found(
        |document| {
            let mut reception = group("uketsuke", "受付", "", DEFAULT_ROOM, &["ito"]);
            reception.hidden = true;
            document.groups.push(reception);
        },
        |seen| {
            let members = seen.members.get_mut(&room_id(DEFAULT_ROOM)).unwrap();
            members.remove(&account_id(105));
        },
    );
    let outside = Finding::NotInRoom {
        room: room_id(DEFAULT_ROOM),
        hosts: vec![host_id("ito")],
    };
    assert_eq!(found, [outside], "calls for staff reach the hidden group");
}

#[test]
fn rooms_with_the_most_mentions_are_read_first() {
    let rooms = rooms_to_read(&complete_office(|_| {}), today());
    assert_eq!(rooms.len(), 3);
    assert_eq!(
        rooms[0],
        room_id(20),
        "the room with three mentions comes first: {rooms:?}"
    );
}

#[test]
fn a_bot_that_may_only_read_a_room_of_calls_cannot_post_there() {
    let read_only = |seen: &mut Observations| {
        for room in [20, 99].map(room_id) {
            seen.read_only.insert(room, [account_id(BOT)].into());
        }
    };
    let found = found(|_| {}, read_only);
    let room = room_id(20);
    assert_eq!(found, [Finding::BotCannotPost { room }]);
    assert_eq!(found[0].severity(), Severity::Broken);
    assert_eq!(found[0].repairs(), [Repair::OpenRoom(room)]);
}

#[test]
fn the_page_of_a_group_shows_what_is_wrong_with_its_people_in_its_room() {
    let settings = complete_office(|_| {});
    let shown = |finding: &Finding, room| {
        let soumu = settings.group(&group_id("soumu")).unwrap();
        finding.in_room_of_group(room, soumu, settings.hosts())
    };
    let (member, in_charge, outsider) = (host_id("tanaka"), host_id("ito"), host_id("suzuki"));
    let room = room_id(10);
    for finding in [
        |room, hosts| Finding::NotInRoom { room, hosts },
        |room, hosts| Finding::CannotAnswer { room, hosts },
    ] {
        let of_group = vec![member.clone(), in_charge.clone()];
        let of_all = finding(room, [of_group.clone(), vec![outsider.clone()]].concat());
        assert_eq!(shown(&of_all, room), Some(finding(room, of_group)));
        assert_eq!(shown(&of_all, room_id(20)), None, "another room");
        let of_others = finding(room, vec![outsider.clone()]);
        assert_eq!(shown(&of_others, room), None, "people of another group");
    }
    let bot = Finding::BotCannotPost { room };
    assert_eq!(shown(&bot, room), Some(bot.clone()));
    assert_eq!(shown(&Finding::NoDefaultRoom, room), None);
}
