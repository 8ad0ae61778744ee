//! What the relay remembers of the rooms that it listens to, in memory only. Times are arguments, in milliseconds.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::listening::{ListenedRoom, SpentRequests, WINDOW_MILLIS, counters_lag};
use super::log::{Answer, AnswerChange, AnswerLog, latest_message, may_have_missed};
use super::matching::{AnswerChat, ReceivedMessage};
use super::open_rooms::OpenRoom;
use crate::model::id::{MessageId, RoomId};

/// Readings of the relay's two clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockTimes {
    /// Time of the clock that may be set.
    pub now: u64,
    /// Time of the clock that is never set back.
    pub monotonic: u64,
}

/// Counters of a room, as the list of all rooms shows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoomCounters {
    /// The room.
    pub room: RoomId,
    /// Time of the latest change, in Unix seconds, when it is a number.
    pub last_update: Option<u64>,
    /// Number of messages, when it is a number.
    pub messages: Option<u64>,
}

/// Latest messages of a room, at most 100.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoomMessages {
    /// The messages, oldest first.
    pub messages: Vec<ReceivedMessage>,
    /// False when entries were unreadable or hidden: a message that is not listed was not necessarily deleted.
    pub is_complete: bool,
}

/// Result of a reading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Changes of the answers.
    pub changes: Vec<AnswerChange>,
    /// More messages have come since the last reading than Chatwork lists.
    pub may_have_missed: bool,
}

/// Memory of one room.
#[derive(Clone, Debug, Default)]
struct RoomMemory {
    log: AnswerLog,
    /// Monotonic time of the last reading, or of the first sight.
    read_since: u64,
    /// Time of the last successful reading.
    read_at: Option<u64>,
    /// Latest message of that reading.
    latest: Option<MessageId>,
    has_changed: bool,
    /// Somebody asked to read the room now.
    is_woken: bool,
    counters_lag: bool,
    counters: Option<RoomCounters>,
    /// Time of the latest list of rooms that showed no change.
    unchanged_at: Option<u64>,
    /// Consecutive failed readings.
    failures: u64,
    /// Monotonic time before which the room is not read.
    retry_at: u64,
}

/// Memories of the open rooms.
#[derive(Clone, Debug, Default)]
pub struct RoomMemories(BTreeMap<RoomId, RoomMemory>);

impl RoomMemories {
    /// Forgets the rooms that are not open any more; returns those that are new and have to be added.
    pub fn keep(&mut self, open: &[OpenRoom]) -> Vec<RoomId> {
        self.0
            .retain(|room, _| open.iter().any(|open| open.room == *room));
        let rooms = open.iter().map(|open| open.room);
        rooms.filter(|room| !self.0.contains_key(room)).collect()
    }

    /// Adds a room with its stored answers.
    pub fn add(&mut self, room: RoomId, stored: impl IntoIterator<Item = Answer>, monotonic: u64) {
        let memory = RoomMemory {
            log: AnswerLog::restore(stored),
            read_since: monotonic,
            has_changed: true,
            ..RoomMemory::default()
        };
        self.0.insert(room, memory);
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Forgets a room whose answers could not be stored: the next reading finds them again.
    pub fn forget(&mut self, room: RoomId) {
        self.0.remove(&room);
    }

    /// Notes that these rooms are to be read now.
    pub fn wake(&mut self, rooms: &BTreeSet<RoomId>) {
        for (room, memory) in &mut self.0 {
            memory.is_woken |= rooms.contains(room);
        }
    }

    /// Time of the last successful reading of a room.
    #[must_use]
    pub fn read_at(&self, room: RoomId) -> Option<u64> {
        self.0.get(&room)?.read_at
    }

    /// The room for [`super::listening::next_step`]; `None` while it pauses after a failure.
    #[must_use]
    pub fn listened(&self, open: &OpenRoom, times: ClockTimes) -> Option<ListenedRoom> {
        let memory = self.0.get(&open.room)?;
        if memory.retry_at > times.monotonic {
            return None;
        }
        let age = |since: u64| times.now.saturating_sub(since);
        let listened = ListenedRoom {
            unanswered_age: open.waiting_since.map(age),
            since_read: times.monotonic.saturating_sub(memory.read_since),
            has_changed: memory.has_changed,
            counters_lag: memory.counters_lag,
        };
        Some(match memory.is_woken {
            true => listened.woken(),
            false => listened,
        })
    }

    /// Notes the counters of a room, as a list at `now` shows them.
    pub fn compare_counters(&mut self, counters: RoomCounters, now: u64) {
        let Some(memory) = self.0.get_mut(&counters.room) else {
            return;
        };
        if memory.counters == Some(counters) {
            memory.unchanged_at = Some(now).filter(|_| !memory.has_changed);
        } else {
            memory.has_changed = true;
            memory.counters = Some(counters);
        }
    }

    /// Notes that a reading begins: hints and changes from here on are for the next one.
    pub fn begin_reading(&mut self, room: RoomId) {
        if let Some(memory) = self.0.get_mut(&room) {
            (memory.has_changed, memory.is_woken) = (false, false);
        }
    }

    /// Notes that a reading failed; returns the number of failures in a row. [`RoomMemories::pause`] follows.
    pub fn reading_failed(&mut self, room: RoomId, monotonic: u64) -> u64 {
        let Some(memory) = self.0.get_mut(&room) else {
            return 0;
        };
        memory.read_since = monotonic;
        memory.failures += 1;
        memory.failures
    }

    /// Does not read a room before this monotonic time.
    pub fn pause(&mut self, room: RoomId, until: u64) {
        if let Some(memory) = self.0.get_mut(&room) {
            memory.retry_at = until;
        }
    }

    /// Applies a reading that began at `started`; `read` is `None` when Chatwork hides the messages, which says nothing.
    pub fn apply_reading(
        &mut self,
        chat: &AnswerChat<'_>,
        read: Option<&RoomMessages>,
        started: u64,
        monotonic: u64,
    ) -> Reading {
        let Some(memory) = self.0.get_mut(&chat.room) else {
            return Reading::default();
        };
        memory.read_since = monotonic;
        memory.read_at = Some(started);
        memory.failures = 0;
        let Some(RoomMessages {
            messages,
            is_complete,
        }) = read
        else {
            return Reading::default();
        };
        let first_post = chat.calls.iter().flat_map(|call| &call.posts).next();
        let last_read = memory.latest.as_ref().or(first_post);
        let may_have_missed = last_read.is_some_and(|last| may_have_missed(messages, last));
        memory.latest = latest_message(messages).cloned().or(memory.latest.take());
        let changes = if *is_complete {
            memory.log.apply_list(chat, messages)
        } else {
            let messages = messages.iter();
            messages
                .filter_map(|message| memory.log.apply(chat, message))
                .collect()
        };
        let is_late = |change: &AnswerChange| match (change, memory.unchanged_at) {
            (AnswerChange::Given(answer), Some(unchanged)) => counters_lag(answer.sent, unchanged),
            _ => false,
        };
        memory.counters_lag |= changes.iter().any(is_late);
        Reading {
            changes,
            may_have_missed,
        }
    }
}

/// Times of the requests within the window of the budget.
#[derive(Clone, Debug, Default)]
pub struct SpentLog(VecDeque<u64>);

impl SpentLog {
    /// Counts a request.
    pub fn record(&mut self, monotonic: u64) {
        self.0.push_back(monotonic);
    }

    /// The requests that count at this time.
    pub fn within_window(&mut self, monotonic: u64) -> SpentRequests {
        let age = |at: &u64| monotonic.saturating_sub(*at);
        while self.0.front().is_some_and(|at| age(at) >= WINDOW_MILLIS) {
            self.0.pop_front();
        }
        SpentRequests {
            count: u32::try_from(self.0.len()).unwrap_or(u32::MAX),
            oldest_age: self.0.front().map_or(0, age),
            latest_age: self.0.back().map_or(0, age),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Bot, ChatKind, OpenCall};
    use super::*;
    use crate::model::id::CallId;
    use crate::test_office::{account_id, room_id};

    fn open() -> OpenRoom {
        OpenRoom {
            room: room_id(7),
            kind: ChatKind::Private,
            calls: vec![OpenCall {
                call: CallId::new(1, &[7; 10]),
                posts: vec!["100".to_owned().try_into().unwrap()],
            }],
            waiting_since: Some(1_000),
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

    fn read(
        memories: &mut RoomMemories,
        messages: Vec<ReceivedMessage>,
        is_complete: bool,
    ) -> Reading {
        let open = open();
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
        for room in memories.keep(&[open()]) {
            memories.add(room, [], 1_000);
        }
        memories
    }

    fn listened(memories: &RoomMemories, at: u64) -> Option<ListenedRoom> {
        let times = ClockTimes {
            now: at,
            monotonic: at,
        };
        memories.listened(&open(), times)
    }

    #[test]
    fn a_room_is_new_until_it_is_read_and_forgotten_when_it_closes() {
        let mut memories = memories();
        assert!(listened(&memories, 2_000).unwrap().has_changed);
        assert!(read(&mut memories, vec![reply(101, 4)], true).changes.len() == 1);
        assert!(
            read(&mut memories, vec![reply(101, 4)], true)
                .changes
                .is_empty()
        );
        let room = listened(&memories, 6_000).unwrap();
        assert_eq!((room.has_changed, room.since_read), (false, 1_000));
        assert_eq!(room.unanswered_age, Some(5_000));
        assert_eq!(memories.read_at(room_id(7)), Some(5_000));
        assert!(memories.keep(&[]).is_empty());
        assert_eq!(memories.keep(&[open()]), [room_id(7)]);
    }

    #[test]
    fn a_list_with_unreadable_or_hidden_entries_takes_no_answer_back() {
        let mut memories = memories();
        read(&mut memories, vec![reply(101, 4)], true);
        for _ in 0..3 {
            assert!(read(&mut memories, vec![], false).changes.is_empty());
        }
        assert!(
            read(&mut memories, vec![], true).changes.is_empty(),
            "missing once"
        );
        let withdrawn = read(&mut memories, vec![], true).changes;
        assert!(matches!(withdrawn[..], [AnswerChange::Withdrawn(_)]));
    }

    #[test]
    fn a_hint_lasts_until_the_room_is_read_and_a_failure_pauses_it() {
        let mut memories = memories();
        memories.wake(&BTreeSet::from([room_id(7)]));
        assert!(listened(&memories, 1_600).unwrap().since_read > 600);
        memories.begin_reading(room_id(7));
        assert_eq!(memories.reading_failed(room_id(7), 2_000), 1);
        memories.pause(room_id(7), 4_000);
        assert_eq!(listened(&memories, 3_999), None);
        assert_eq!(listened(&memories, 4_000).unwrap().since_read, 2_000);
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
        read(&mut memories, vec![], true);
        memories.compare_counters(counters(1), 20_000);
        assert!(!listened(&memories, 21_000).unwrap().has_changed);
        memories.compare_counters(counters(2), 22_000);
        assert!(listened(&memories, 22_000).unwrap().has_changed);
        read(&mut memories, vec![reply(101, 10)], true);
        assert!(listened(&memories, 23_000).unwrap().counters_lag);
    }

    #[test]
    fn requests_count_for_five_minutes() {
        let mut spent = SpentLog::default();
        spent.record(1_000);
        spent.record(2_000);
        let counted = spent.within_window(3_000);
        assert_eq!(
            (counted.count, counted.oldest_age, counted.latest_age),
            (2, 2_000, 1_000)
        );
        assert_eq!(spent.within_window(1_000 + WINDOW_MILLIS).count, 1);
    }
}
