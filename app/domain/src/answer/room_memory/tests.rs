//! Memory of one room: changes, failures and the last reading.

use super::super::{Bot, CallPost, ChatKind, OpenCall};
use super::*;
use crate::model::id::CallId;
use crate::routing::Destination;
use crate::test_office::{account_id, room_id};

fn open_room() -> OpenRoom {
    OpenRoom {
        room: room_id(7),
        kind: ChatKind::Private,
        calls: vec![OpenCall {
            call: CallId::new(1, &[7; 10]),
            posts: vec!["100".to_owned().try_into().unwrap()],
            first_retraction: None,
            closed_at: None,
        }],
        waiting_since: BTreeMap::from([(CallId::new(1, &[7; 10]), 1_000)]),
    }
}

fn reply(id: u64, sent: u64) -> ReceivedMessage {
    ReceivedMessage {
        id: id.to_string().try_into().unwrap(),
        author: account_id(101),
        body: "行きます".to_owned(),
        sent,
        updated: 0,
    }
}

fn read_messages(
    memories: &mut RoomMemories,
    messages: Vec<ReceivedMessage>,
    is_complete: bool,
) -> Reading {
    let open = open_room();
    let chat = AnswerChat {
        room: open.room,
        kind: open.kind,
        bot: Bot {
            account: account_id(900),
            name: "受付bot",
        },
        calls: &open.calls,
    };
    let read = RoomMessages {
        messages,
        is_complete,
    };
    memories.begin_reading(open.room);
    memories.apply_reading(&chat, Some(&read), 5_000, 5_000)
}

fn memories() -> RoomMemories {
    let mut memories = RoomMemories::default();
    for room in memories.retain_open(&[open_room()], &[]) {
        memories.add(room, [], 1_000);
    }
    memories
}

fn listened(memories: &RoomMemories, at: u64) -> Option<ListenedRoom> {
    let times = ClockTimes {
        now: at,
        monotonic: at,
    };
    memories.to_listened_room(&open_room(), times)
}

#[test]
fn a_room_is_new_until_it_is_read_and_forgotten_when_it_closes() {
    let mut memories = memories();
    assert!(listened(&memories, 2_000).unwrap().has_changed);
    assert!(
        read_messages(&mut memories, vec![reply(101, 4)], true)
            .changes
            .len()
            == 1
    );
    assert!(
        read_messages(&mut memories, vec![reply(101, 4)], true)
            .changes
            .is_empty()
    );
    let room = listened(&memories, 6_000).unwrap();
    assert_eq!((room.has_changed, room.since_last_attempt), (false, 1_000));
    assert_eq!(room.unanswered_age, Some(5_000));
    assert_eq!(memories.last_read_at(room_id(7)), Some(5_000));
    assert!(memories.retain_open(&[], &[]).is_empty());
    assert_eq!(memories.retain_open(&[open_room()], &[]), [room_id(7)]);
}

#[test]
fn a_room_of_a_call_that_awaits_a_decision_is_remembered_after_its_last_reading() {
    let mut memories = memories();
    read_messages(&mut memories, vec![], true);
    let post = CallPost {
        to: Destination::Room(room_id(7)),
        room: room_id(7),
        message: "100".to_owned().try_into().unwrap(),
        at: 1_000,
        is_retraction: false,
    };
    let mut call = AnswerableCall {
        call: CallId::new(1, &[7; 10]),
        deadline: 4_000,
        is_waiting: true,
        awaits_decision: true,
        posts: vec![post],
    };
    assert!(memories.retain_open(&[], &[call.clone()]).is_empty());
    assert_eq!(memories.last_read_at(room_id(7)), Some(5_000));
    memories.reading_refused(room_id(7), 6_000);
    assert_eq!(memories.last_read_at(room_id(7)), Some(6_000));
    call.awaits_decision = false;
    memories.retain_open(&[], &[call]);
    assert_eq!(memories.last_read_at(room_id(7)), None);
}

#[test]
fn a_list_with_unreadable_or_hidden_entries_takes_no_answer_back() {
    let mut memories = memories();
    read_messages(&mut memories, vec![reply(101, 4)], true);
    for _ in 0..3 {
        assert!(
            read_messages(&mut memories, vec![], false)
                .changes
                .is_empty()
        );
    }
    assert!(
        read_messages(&mut memories, vec![], true)
            .changes
            .is_empty(),
        "missing from one list only"
    );
    let withdrawn = read_messages(&mut memories, vec![], true).changes;
    assert!(matches!(withdrawn[..], [AnswerChange::Withdrawn(_)]));
}

#[test]
fn a_room_stays_woken_until_it_is_read_and_a_failure_pauses_it() {
    let mut memories = memories();
    memories.wake(&BTreeSet::from([room_id(7)]));
    assert!(
        listened(&memories, 1_600).unwrap().since_last_attempt > 600,
        "a woken room counts as overdue"
    );
    memories.begin_reading(room_id(7));
    assert_eq!(memories.reading_failed(room_id(7), 2_000), 1);
    memories.pause(room_id(7), 4_000);
    assert_eq!(listened(&memories, 3_999), None);
    assert_eq!(
        listened(&memories, 4_000).unwrap().since_last_attempt,
        2_000
    );
}

#[test]
fn counters_that_stood_still_after_an_answer_are_not_trusted_again() {
    let counters = |messages| RoomCounters {
        room: room_id(7),
        last_update: Some(1),
        messages: Some(messages),
    };
    let mut memories = memories();
    memories.compare_counters(counters(1), 2_000);
    read_messages(&mut memories, vec![], true);
    memories.compare_counters(counters(1), 20_000);
    assert!(!listened(&memories, 21_000).unwrap().has_changed);
    memories.compare_counters(counters(2), 22_000);
    assert!(listened(&memories, 22_000).unwrap().has_changed);
    read_messages(&mut memories, vec![reply(101, 10)], true);
    assert!(listened(&memories, 23_000).unwrap().distrusts_counters);
}
