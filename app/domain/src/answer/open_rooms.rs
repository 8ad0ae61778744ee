//! Rooms in which calls may be answered, from the posts of the calls.

use std::collections::{BTreeMap, BTreeSet};

use super::matching::{ChatKind, OpenCall, is_earlier};
use crate::model::call::DEADLINE_MILLIS;
use crate::model::id::{CallId, MessageId, RoomId};
use crate::routing::Destination;

/// Time after the deadline of a call within which its rooms are read for the last time, in milliseconds.
const FINAL_READ_WINDOW_MILLIS: u64 = 30_000;
/// Time after its deadline for which a closed call is remembered, in milliseconds. A message without a reference may be
/// meant for the closed call rather than for an open one. Any call that was open at the same time as the closed one is
/// past its own last reading after this time.
pub const REMEMBERED_MILLIS: u64 = DEADLINE_MILLIS + FINAL_READ_WINDOW_MILLIS;

/// Call that hosts may answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerableCall {
    /// The call.
    pub call: CallId,
    /// Deadline, or the time before it at which the words of the call were erased, in milliseconds of the relay's clock.
    pub deadline: u64,
    /// True while a visitor waits for an answer: there is none, the visitor has not cancelled, and the tablet was not
    /// revoked.
    pub is_waiting: bool,
    /// True until it is decided whether the visit was missed; false for a call without a task.
    pub awaits_decision: bool,
    /// Messages of the call that arrived, also its retractions, in the order of its deliveries.
    pub posts: Vec<CallPost>,
}

/// Message of a call that arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallPost {
    /// Destination.
    pub to: Destination,
    /// Room in which Chatwork stored it.
    pub room: RoomId,
    /// The message.
    pub message: MessageId,
    /// Time at which it arrived, in milliseconds of the relay's clock.
    pub at: u64,
    /// True for the message that says that the visitor has cancelled.
    pub is_retraction: bool,
}

/// Room with the calls that may be answered in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenRoom {
    /// The room.
    pub room: RoomId,
    /// Kind of the chat.
    pub kind: ChatKind,
    /// The calls, with the bot's posts in this room.
    pub calls: Vec<OpenCall>,
    /// Calls whose visitor waits, each with the time at which its first message arrived here, in milliseconds of the
    /// relay's clock.
    pub waiting_since: BTreeMap<CallId, u64>,
}

impl OpenRoom {
    /// Returns the time at which the youngest call whose visitor waits arrived here.
    #[must_use]
    pub fn youngest_waiting_since(&self) -> Option<u64> {
        self.waiting_since.values().copied().max()
    }
}

impl AnswerableCall {
    /// True when a room of the call must be read once more for an answer from before the deadline, which has passed.
    /// `last_read_at` is the start of the room's last reading:
    /// - at or after the deadline: no.
    /// - before the deadline: yes, within [`FINAL_READ_WINDOW_MILLIS`]; without that limit while the call awaits a
    ///   decision.
    /// - `None`: this relay has never read the room, because it was stopped at the deadline or another relay led. Only if
    ///   the call awaits a decision.
    /// - in the future: the clock was set back since. As for `None`.
    fn needs_final_reading(&self, last_read_at: Option<u64>, now: u64) -> bool {
        match last_read_at.filter(|at| *at <= now) {
            Some(at) if at >= self.deadline => false,
            Some(_) => self.awaits_decision || now < self.deadline + FINAL_READ_WINDOW_MILLIS,
            None => self.awaits_decision,
        }
    }

    /// True while the call may be answered in a room.
    fn is_open_in(
        &self,
        room: RoomId,
        now: u64,
        last_read_at: &dyn Fn(RoomId) -> Option<u64>,
    ) -> bool {
        now < self.deadline || self.needs_final_reading(last_read_at(room), now)
    }
}

/// Returns the calls that await a decision and have a room that was not read since the deadline, so that it may hold an
/// answer.
#[must_use]
pub fn calls_to_read(
    calls: &[AnswerableCall],
    now: u64,
    last_read_at: impl Fn(RoomId) -> Option<u64>,
) -> BTreeSet<CallId> {
    let has_unread_room = |call: &&AnswerableCall| {
        let is_unread = |post: &CallPost| call.needs_final_reading(last_read_at(post.room), now);
        call.awaits_decision && call.posts.iter().any(is_unread)
    };
    let unread = calls.iter().filter(has_unread_room);
    unread.map(|call| call.call).collect()
}

/// Groups the calls by room; leaves out rooms without an open call. A call stays open in a room after its deadline until
/// the room was read once more; `last_read_at` returns the start of a room's last reading. A closed call stays in the
/// list of a room that another call keeps open, with [`OpenCall::closed_at`].
#[must_use]
pub fn open_rooms(
    calls: &[AnswerableCall],
    now: u64,
    last_read_at: impl Fn(RoomId) -> Option<u64>,
) -> Vec<OpenRoom> {
    let mut rooms: BTreeMap<RoomId, OpenRoom> = BTreeMap::new();
    for call in calls {
        for post in &call.posts {
            let is_open = call.is_open_in(post.room, now, &last_read_at);
            let room = rooms.entry(post.room).or_insert_with(|| OpenRoom {
                room: post.room,
                kind: ChatKind::Group,
                calls: Vec::new(),
                waiting_since: BTreeMap::new(),
            });
            if matches!(post.to, Destination::Account(_)) {
                room.kind = ChatKind::Private;
            }
            match room.calls.last_mut().filter(|last| last.call == call.call) {
                Some(last) => last.add(post),
                None => {
                    let closed_at = (!is_open).then_some(call.deadline);
                    room.calls.push(OpenCall::of(call.call, post, closed_at));
                    if call.is_waiting && is_open {
                        room.waiting_since.insert(call.call, post.at);
                    }
                }
            }
        }
    }
    rooms.retain(|_, room| room.calls.iter().any(|call| call.closed_at.is_none()));
    rooms.into_values().collect()
}

impl OpenCall {
    fn of(call: CallId, post: &CallPost, closed_at: Option<u64>) -> Self {
        let mut open = Self {
            call,
            posts: Vec::new(),
            first_retraction: None,
            closed_at,
        };
        open.add(post);
        open
    }

    fn add(&mut self, post: &CallPost) {
        self.posts.push(post.message.clone());
        let is_before = |known: &MessageId| is_earlier(&post.message, known);
        if post.is_retraction && self.first_retraction.as_ref().is_none_or(is_before) {
            self.first_retraction = Some(post.message.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_office::{account_id, room_id};

    fn post(room: u64, message: u64, to: Destination) -> CallPost {
        CallPost {
            to,
            room: room_id(room),
            message: message.to_string().try_into().unwrap(),
            at: message,
            is_retraction: false,
        }
    }

    fn call(number: u64, is_waiting: bool, posts: Vec<CallPost>) -> AnswerableCall {
        AnswerableCall {
            call: CallId::new(number, &[7; 10]),
            deadline: 1_000,
            is_waiting,
            awaits_decision: false,
            posts,
        }
    }

    fn group(room: u64, message: u64) -> CallPost {
        post(room, message, Destination::Room(room_id(room)))
    }

    #[test]
    fn posts_are_grouped_by_room_and_only_waiting_calls_count_for_the_age_of_a_room() {
        let private = post(8, 3, Destination::Account(account_id(101)));
        let calls = [
            call(1, true, vec![group(7, 1), private, group(7, 4)]),
            call(2, false, vec![group(7, 5)]),
        ];
        let rooms = open_rooms(&calls, 500, |_| None);
        assert_eq!(
            (rooms[0].kind, rooms[1].kind),
            (ChatKind::Group, ChatKind::Private)
        );
        let posts: Vec<usize> = rooms[0].calls.iter().map(|call| call.posts.len()).collect();
        assert_eq!(posts, [2, 1]);
        assert_eq!(
            rooms[0].youngest_waiting_since(),
            Some(1),
            "the answered call does not count"
        );
        assert_eq!(rooms[1].youngest_waiting_since(), Some(3));
    }

    #[test]
    fn each_waiting_call_of_a_room_has_its_own_time_of_arrival() {
        let calls = [
            call(1, true, vec![group(7, 10), group(7, 20)]),
            call(2, true, vec![group(7, 90)]),
            call(3, false, vec![group(7, 95)]),
        ];
        let rooms = open_rooms(&calls, 500, |_| None);
        let since = calls
            .each_ref()
            .map(|call| rooms[0].waiting_since.get(&call.call).copied());
        assert_eq!(since, [Some(10), Some(90), None]);
        assert_eq!(rooms[0].youngest_waiting_since(), Some(90));
    }

    #[test]
    fn a_room_is_read_once_more_after_the_deadline() {
        let calls = [call(1, true, vec![group(7, 1)])];
        let count =
            |now, last_read_at: Option<u64>| open_rooms(&calls, now, |_| last_read_at).len();
        assert_eq!(count(999, None), 1);
        assert_eq!(count(1_000, Some(990)), 1, "not read since the deadline");
        assert_eq!(count(1_000, Some(1_000)), 0);
        assert_eq!(count(1_000, None), 0, "never read: the relay was stopped");
    }

    #[test]
    fn a_call_that_awaits_a_decision_keeps_its_rooms_open_until_all_are_read() {
        let mut missed = call(1, true, vec![group(7, 1), group(8, 2)]);
        missed.awaits_decision = true;
        let calls = [missed, call(2, true, vec![group(9, 3)])];
        let counts = |room_8_read_at: Option<u64>, others_read_at: Option<u64>| {
            let read_at = |room: RoomId| match room == room_id(8) {
                true => room_8_read_at,
                false => others_read_at,
            };
            let open = open_rooms(&calls, 5_000, read_at).len();
            (open, calls_to_read(&calls, 5_000, read_at).len())
        };
        assert_eq!(counts(None, None), (2, 1), "the relay was stopped");
        assert_eq!(counts(None, Some(4_000)), (1, 1));
        let before_deadline = counts(Some(999), Some(4_000));
        assert_eq!(before_deadline, (1, 1), "read before the deadline only");
        assert_eq!(counts(Some(1_000), Some(4_000)), (0, 0));
        assert_eq!(
            counts(Some(6_000), Some(4_000)),
            (1, 1),
            "read before the clock was set back"
        );
    }

    #[test]
    fn each_room_has_its_own_first_retraction_of_a_call() {
        let retraction = |room, message| CallPost {
            is_retraction: true,
            ..group(room, message)
        };
        let posts = vec![
            group(7, 1),
            group(8, 2),
            retraction(7, 12),
            retraction(7, 9),
        ];
        let rooms = open_rooms(&[call(1, false, posts)], 500, |_| None);
        let first_retraction = |room: &OpenRoom| room.calls[0].first_retraction.clone();
        let earliest: MessageId = "9".to_owned().try_into().unwrap();
        assert_eq!(first_retraction(&rooms[0]), Some(earliest));
        let posts = rooms[0].calls[0].posts.len();
        assert_eq!(posts, 3, "hosts may reply to each post of the room");
        assert_eq!(first_retraction(&rooms[1]), None);
    }

    #[test]
    fn a_call_past_its_deadline_is_closed_in_a_room_that_others_keep_open() {
        let old = call(1, true, vec![group(7, 1)]);
        let young = AnswerableCall {
            deadline: 9_000,
            ..call(2, true, vec![group(7, 2)])
        };
        let closed = |now, read_at| {
            let rooms = open_rooms(&[old.clone(), young.clone()], now, |_| Some(read_at));
            let calls = rooms[0].calls.iter().map(|call| call.closed_at);
            (calls.collect::<Vec<_>>(), rooms[0].waiting_since.len())
        };
        assert_eq!(closed(999, 990), (vec![None, None], 2));
        let before_reading = closed(1_000, 990);
        assert_eq!(before_reading, (vec![None, None], 2), "not read since");
        assert_eq!(closed(1_005, 1_000), (vec![Some(1_000), None], 1));
    }

    #[test]
    fn a_room_that_cannot_be_read_is_given_up_unless_a_decision_waits_for_it() {
        let mut call = call(1, true, vec![group(7, 1)]);
        let is_open = |call: &AnswerableCall, now| {
            !open_rooms(std::slice::from_ref(call), now, |_| Some(990)).is_empty()
        };
        let end = 1_000 + FINAL_READ_WINDOW_MILLIS;
        assert!(is_open(&call, end - 1) && !is_open(&call, end));
        call.awaits_decision = true;
        assert!(is_open(&call, end));
    }
}
