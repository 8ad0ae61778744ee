//! Memory of one room: changes, failures and the last reading.

use super::super::{Bot, CallPost, ChatKind, OpenCall};
use super::*;
use crate::model::id::CallId;
use crate::routing::Destination;
use crate::test_office::{account_id, room_id};

/// Time at which the call's message arrived in the room.
const WAITING_SINCE: u64 = 1_000;
/// Time of all readings.
const READ_AT: u64 = 5_000;

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
        waiting_since: BTreeMap::from([(CallId::new(1, &[7; 10]), WAITING_SINCE)]),
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

/// Reads a complete list.
fn read_messages(memories: &mut RoomMemories, messages: Vec<ReceivedMessage>) -> Reading {
    read_list(
        memories,
        &RoomMessages {
            messages,
            is_complete: true,
        },
    )
}

fn read_list(memories: &mut RoomMemories, listed: &RoomMessages) -> Reading {
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
    memories.begin_reading(open.room);
    memories.apply_reading(&chat, Some(listed), READ_AT, READ_AT)
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
    let first = read_messages(&mut memories, vec![reply(101, 4)]);
    assert_eq!(first.changes.len(), 1);
    let again = read_messages(&mut memories, vec![reply(101, 4)]);
    assert_eq!(again.changes, []);
    let room = listened(&memories, READ_AT + 200).unwrap();
    assert_eq!((room.has_changed, room.since_last_attempt), (false, 200));
    assert_eq!(room.unanswered_age, Some(READ_AT + 200 - WAITING_SINCE));
    assert_eq!(memories.last_read_at(room_id(7)), Some(READ_AT));
    assert!(memories.retain_open(&[], &[]).is_empty());
    assert_eq!(memories.retain_open(&[open_room()], &[]), [room_id(7)]);
}

#[test]
fn a_room_of_a_call_that_awaits_a_decision_is_remembered_after_its_last_reading() {
    let mut memories = memories();
    read_messages(&mut memories, vec![]);
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
    assert_eq!(memories.last_read_at(room_id(7)), Some(READ_AT));
    memories.reading_refused(room_id(7), 6_000);
    assert_eq!(memories.last_read_at(room_id(7)), Some(6_000));
    call.awaits_decision = false;
    memories.retain_open(&[], &[call]);
    assert_eq!(memories.last_read_at(room_id(7)), None);
}

#[test]
fn a_list_with_unreadable_or_hidden_entries_takes_no_answer_back() {
    let mut memories = memories();
    read_messages(&mut memories, vec![reply(101, 4)]);
    let incomplete = RoomMessages {
        messages: vec![],
        is_complete: false,
    };
    for _ in 0..3 {
        assert_eq!(read_list(&mut memories, &incomplete).changes, []);
    }
    assert_eq!(
        read_messages(&mut memories, vec![]).changes,
        [],
        "missing from one list only"
    );
    let withdrawn = read_messages(&mut memories, vec![]).changes;
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
    read_messages(&mut memories, vec![]);
    memories.compare_counters(counters(1), 20_000);
    assert!(!listened(&memories, 21_000).unwrap().has_changed);
    memories.compare_counters(counters(2), 22_000);
    assert!(listened(&memories, 22_000).unwrap().has_changed);
    // Sent at 10 s; the list at 20 s showed no change.
    read_messages(&mut memories, vec![reply(101, 10)]);
    assert!(listened(&memories, 23_000).unwrap().distrusts_counters);
}
