//! Rooms in which calls may be answered, from the posts of the calls.

use std::collections::BTreeMap;

use super::matching::{ChatKind, OpenCall};
use crate::model::id::{CallId, MessageId, RoomId};
use crate::routing::Destination;

/// Call that hosts may answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerableCall {
    /// The call.
    pub call: CallId,
    /// Deadline, in milliseconds of the relay's clock.
    pub expires: u64,
    /// True while a visitor waits for an answer: there is none, and the call was not called off.
    pub is_waiting: bool,
    /// Messages of the call that arrived, retractions too.
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
}

/// Room with the calls that may be answered in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenRoom {
    /// The room.
    pub room: RoomId,
    /// Kind of the chat.
    pub kind: ChatKind,
    /// The calls, with our posts here.
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

/// Groups the calls by room. A call whose deadline has passed stays in a room until the room was read once more:
/// `last_read_at` returns the start of the last successful reading.
#[must_use]
pub fn open_rooms(
    calls: &[AnswerableCall],
    now: u64,
    last_read_at: impl Fn(RoomId) -> Option<u64>,
) -> Vec<OpenRoom> {
    let mut rooms: BTreeMap<RoomId, OpenRoom> = BTreeMap::new();
    for call in calls {
        for post in &call.posts {
            let was_read_since = || last_read_at(post.room).is_none_or(|at| at >= call.expires);
            if call.expires <= now && was_read_since() {
                continue;
            }
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
                Some(last) => last.posts.push(post.message.clone()),
                None => {
                    room.calls.push(OpenCall {
                        call: call.call,
                        posts: vec![post.message.clone()],
                    });
                    if call.is_waiting {
                        room.waiting_since.insert(call.call, post.at);
                    }
                }
            }
        }
    }
    rooms.into_values().collect()
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
        }
    }

    fn call(number: u64, is_waiting: bool, posts: Vec<CallPost>) -> AnswerableCall {
        AnswerableCall {
            call: CallId::new(number, &[7; 10]),
            expires: 1_000,
            is_waiting,
            posts,
        }
    }

    fn group(room: u64, message: u64) -> CallPost {
        post(room, message, Destination::Room(room_id(room)))
    }

    #[test]
    fn posts_are_grouped_by_room_and_the_youngest_waiting_call_sets_the_pace() {
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
            "an answered call hurries nobody"
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
        assert_eq!(count(1_000, Some(990)), 1, "not read since");
        assert_eq!(count(1_000, Some(1_000)), 0);
        assert_eq!(count(1_000, None), 0, "never read: the relay was stopped");
    }
}
