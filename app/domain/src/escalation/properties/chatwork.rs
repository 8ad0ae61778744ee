//! Chatwork with three rooms, its outages, and the people who write in it.

use std::collections::BTreeMap;

use crate::answer::ReceivedMessage;
use crate::model::id::{MessageId, RoomId};
use crate::test_office::{account_id, room_id};

pub(super) const BOT: u64 = 900;
pub(super) const HOST: u64 = 101;
/// The private chat, the group's room and the default room.
pub(super) const ROOMS: [u64; 3] = [7, 8, 9];
/// Latest messages that Chatwork lists.
const LISTED_MESSAGES: usize = 100;
/// Start of the simulation, in Unix seconds.
const START: u64 = 1_800_000_000;

/// Kinds of outage, by what happens to posts; rooms cannot be read either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outage {
    /// Posts are refused for now.
    Refused,
    /// Posts get no response and are not stored.
    Silent,
    /// Posts get no response and are stored.
    SilentAfterStoring,
}

/// Result of a post, as far as the relay sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PostResult {
    Stored,
    Refused,
    Unknown,
}

/// Post of the bot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Post {
    pub(super) call: usize,
    pub(super) delivery: usize,
    pub(super) room: RoomId,
    pub(super) message: u64,
}

/// Message that a host writes as an answer.
#[derive(Clone, Copy, Debug)]
pub(super) struct HostMessage {
    /// Call of the post that the message replies to; `None` for plain words.
    pub(super) call: Option<usize>,
    /// Second in which the message was written.
    pub(super) second: u64,
    /// Number of seconds without an outage or a kill up to now.
    undisturbed: u64,
    /// Second by which the relay must have read the message: the end of the first undisturbed
    /// [`super::UNDISTURBED_SECONDS`].
    pub(super) read_by: Option<u64>,
    pub(super) was_deleted: bool,
}

#[derive(Debug, Default)]
pub(super) struct Chatwork {
    second: u64,
    rooms: BTreeMap<u64, Vec<ReceivedMessage>>,
    pub(super) posts: Vec<Post>,
    /// Messages that hosts write as answers, by id.
    pub(super) host_messages: BTreeMap<u64, HostMessage>,
    /// Outage, its end, and its room; `None` for an outage of all rooms.
    outage: Option<(Outage, u64, Option<RoomId>)>,
    last_id: u64,
}

impl Chatwork {
    /// Begins a second of the simulation; returns its time in milliseconds.
    pub(super) fn begin(&mut self, second: u64) -> u64 {
        self.second = second;
        self.outage = self.outage.filter(|(_, until, _)| second < *until);
        self.now()
    }

    pub(super) fn now(&self) -> u64 {
        self.time_of(self.second)
    }

    /// Time of a second of the simulation, in milliseconds.
    pub(super) fn time_of(&self, second: u64) -> u64 {
        (START + second) * 1_000
    }

    /// Begins an outage, of one room or of all.
    pub(super) fn fail(&mut self, outage: Outage, seconds: u64, room: Option<usize>) {
        let room = room.map(self::room);
        self.outage = Some((outage, self.second + seconds, room));
    }

    pub(super) fn recover(&mut self) {
        self.outage = None;
    }

    pub(super) fn has_failed(&self) -> bool {
        self.outage.is_some()
    }

    /// The outage of a room.
    pub(super) fn outage_of(&self, room: RoomId) -> Option<Outage> {
        let outage = self
            .outage
            .filter(|(_, _, only)| only.is_none_or(|only| only == room));
        outage.map(|(outage, ..)| outage)
    }

    /// Counts an undisturbed second for each message. A disturbed second begins the count again.
    pub(super) fn count_undisturbed(&mut self, is_undisturbed: bool) {
        for written in self.host_messages.values_mut() {
            written.undisturbed = match is_undisturbed {
                true => written.undisturbed + 1,
                false => 0,
            };
            if written.undisturbed == super::UNDISTURBED_SECONDS {
                written.read_by.get_or_insert(self.second);
            }
        }
    }

    /// Stores the message of a delivery, unless there is an outage.
    pub(super) fn post(&mut self, call: usize, delivery: usize, room: RoomId) -> PostResult {
        let outage = self.outage_of(room);
        if matches!(outage, None | Some(Outage::SilentAfterStoring)) {
            let message = self.write(room.get(), BOT, "お客様です".to_owned());
            self.posts.push(Post {
                call,
                delivery,
                room,
                message,
            });
        }
        match outage {
            None => PostResult::Stored,
            Some(Outage::Refused) => PostResult::Refused,
            Some(_) => PostResult::Unknown,
        }
    }

    /// The post of a delivery.
    pub(super) fn find(&self, call: usize, delivery: usize) -> Option<&Post> {
        let mut posts = self.posts.iter();
        posts.find(|post| (post.call, post.delivery) == (call, delivery))
    }

    /// Latest messages of a room.
    pub(super) fn list(&self, room: RoomId) -> &[ReceivedMessage] {
        let messages = self.rooms.get(&room.get()).map_or(&[][..], Vec::as_slice);
        &messages[messages.len().saturating_sub(LISTED_MESSAGES)..]
    }

    pub(super) fn reply(&mut self, call: usize) {
        let Some(post) = self
            .posts
            .iter()
            .rev()
            .find(|post| post.call == call)
            .copied()
        else {
            return;
        };
        let body = format!(
            "[rp aid={BOT} to={}-{}]受付botさん\n行きます",
            post.room, post.message
        );
        let message = self.write(post.room.get(), HOST, body);
        self.record_host_message(message, Some(call));
    }

    pub(super) fn plain_words(&mut self) {
        let message = self.write(ROOMS[0], HOST, "行きます".to_owned());
        self.record_host_message(message, None);
    }

    pub(super) fn talk(&mut self, room: usize) {
        // Not in the private chat, where any words without a reply answer the call.
        self.write(
            ROOMS[room.max(1)],
            HOST,
            "[To:102]鈴木さん 行けますか".to_owned(),
        );
    }

    /// Edits or deletes the message of a host.
    pub(super) fn change(&mut self, message: usize, is_deleted: bool) {
        let Some((id, written)) = self.host_messages.iter_mut().nth(message) else {
            return;
        };
        written.was_deleted |= is_deleted;
        let id = message_id(*id);
        let mut all = self.rooms.values_mut().flatten();
        if let Some(message) = all.find(|message| message.id == id) {
            message.updated = START + self.second;
            if is_deleted {
                message.body = "[deleted]".to_owned();
            } else if message.body != "[deleted]" {
                message.body.push('！');
            }
        }
    }

    fn record_host_message(&mut self, message: u64, call: Option<usize>) {
        let written = HostMessage {
            call,
            second: self.second,
            undisturbed: 0,
            read_by: None,
            was_deleted: false,
        };
        self.host_messages.insert(message, written);
    }

    fn write(&mut self, room: u64, author: u64, body: String) -> u64 {
        self.last_id += 1;
        self.rooms.entry(room).or_default().push(ReceivedMessage {
            id: message_id(self.last_id),
            author: account_id(author),
            body,
            sent: START + self.second,
            updated: 0,
        });
        self.last_id
    }
}

pub(super) fn message_id(number: u64) -> MessageId {
    number.to_string().try_into().unwrap()
}

pub(super) fn room(index: usize) -> RoomId {
    room_id(ROOMS[index])
}
