//! Rooms in which calls may be answered, from the calls of the store.

use std::collections::BTreeMap;

use yobirin_api::Millis;
use yobirin_domain::answer::{ChatKind, OpenCall};
use yobirin_domain::model::id::{MessageId, RoomId};
use yobirin_domain::routing::Destination;
use yobirin_store::AnswerableCall;

/// Room with the calls that may be answered in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OpenRoom {
    pub room: RoomId,
    pub kind: ChatKind,
    pub calls: Vec<OpenCall>,
    /// Time at which the youngest call whose visitor waits arrived here.
    pub waiting_since: Option<Millis>,
}

impl OpenRoom {
    /// The first of our posts here.
    pub(super) fn first_post(&self) -> Option<&MessageId> {
        self.calls.iter().flat_map(|call| &call.posts).next()
    }
}

/// Groups the calls by room. A call whose deadline has passed stays in a room until that was read once more.
pub(super) fn open_rooms(
    calls: &[AnswerableCall],
    now: Millis,
    read_at: impl Fn(RoomId) -> Option<Millis>,
) -> Vec<OpenRoom> {
    let mut rooms: BTreeMap<RoomId, OpenRoom> = BTreeMap::new();
    for call in calls {
        for post in &call.posts {
            if call.expires <= now && read_at(post.room).is_none_or(|read| read >= call.expires) {
                continue;
            }
            let room = rooms.entry(post.room).or_insert_with(|| OpenRoom {
                room: post.room,
                kind: ChatKind::Group,
                calls: Vec::new(),
                waiting_since: None,
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
                    let since = call.is_waiting.then_some(post.at);
                    room.waiting_since = room.waiting_since.max(since);
                }
            }
        }
    }
    rooms.into_values().collect()
}
