//! Findings about rooms.

use super::super::{Finding, Observations, Repair, rooms_to_read};
use super::{complete_office, found};
use crate::test_office::{account_id, group_id, host_id, room_id, today};

#[test]
fn a_room_without_the_bot_is_reported_with_its_groups() {
    let without_bot = |room| {
        move |seen: &mut Observations| {
            seen.rooms.as_mut().unwrap().remove(&room_id(room));
        }
    };
    let soumu = Finding::UnavailableRoom {
        room: room_id(10),
        default: false,
        groups: vec![group_id("soumu")],
        used: true,
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
fn rooms_with_the_most_mentions_are_read_first() {
    let rooms = rooms_to_read(&complete_office(|_| {}), today());
    assert_eq!(rooms.len(), 3);
    assert_eq!(
        rooms[0],
        room_id(20),
        "the room with three mentions comes first: {rooms:?}"
    );
}
