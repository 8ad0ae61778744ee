//! Memory of the rooms that the relay listens to; it is never stored. Times are arguments, in milliseconds.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::listening::{ListenedRoom, counters_lag};
use super::log::{Answer, AnswerChange, AnswerLog, latest_message, may_have_overflowed};
use super::matching::{AnswerChat, ReceivedMessage};
use super::open_rooms::{AnswerableCall, OpenRoom};
use crate::model::id::{MessageId, RoomId};

/// Readings of the relay's two clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockTimes {
    /// Time of the wall clock, which may be set back.
    pub now: u64,
    /// Time of the monotonic clock.
    pub monotonic: u64,
}

/// Counters of a room, as the list of all rooms shows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoomCounters {
    /// The room.
    pub room: RoomId,
    /// Time of the latest change, in Unix seconds; `None` when Chatwork sends no number.
    pub last_update: Option<u64>,
    /// Number of messages; `None` when Chatwork sends no number.
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
    /// True when more messages may have come since the last reading than Chatwork lists.
    pub may_have_overflowed: bool,
}

/// Memory of one room.
#[derive(Clone, Debug, Default)]
struct RoomMemory {
    log: AnswerLog,
    /// Monotonic time of the last attempt to read the room, or of its addition if there was no attempt.
    last_attempt_monotonic: u64,
    /// Start of the last reading that succeeded or was refused, by the wall clock.
    last_read_at: Option<u64>,
    /// Latest message that was listed.
    latest: Option<MessageId>,
    /// True when the list of rooms has shown a change since the last reading, and until the first reading.
    has_changed: bool,
    /// True when a webhook event has asked to read the room now.
    is_woken: bool,
    /// True once the room received an answer that its counters did not show; see [`ListenedRoom::distrusts_counters`].
    distrusts_counters: bool,
    /// Counters in the latest list of rooms.
    counters: Option<RoomCounters>,
    /// Wall-clock time of the latest list of rooms that showed no change.
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
    /// Forgets the rooms that are not open any more, except rooms of a call that awaits a decision. Returns the open rooms
    /// that are not known yet; the caller adds them.
    pub fn retain_open(&mut self, open: &[OpenRoom], calls: &[AnswerableCall]) -> Vec<RoomId> {
        let undecided = calls.iter().filter(|call| call.awaits_decision);
        let posts = undecided.flat_map(|call| &call.posts);
        let mut remembered: BTreeSet<RoomId> = posts.map(|post| post.room).collect();
        remembered.extend(open.iter().map(|open| open.room));
        self.0.retain(|room, _| remembered.contains(room));
        let rooms = open.iter().map(|open| open.room);
        rooms.filter(|room| !self.0.contains_key(room)).collect()
    }

    /// Adds a room with its stored answers.
    pub fn add(&mut self, room: RoomId, stored: impl IntoIterator<Item = Answer>, monotonic: u64) {
        let memory = RoomMemory {
            log: AnswerLog::restore(stored),
            last_attempt_monotonic: monotonic,
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

    /// Wakes these rooms: a webhook event asked to read them now.
    pub fn wake(&mut self, rooms: &BTreeSet<RoomId>) {
        for (room, memory) in &mut self.0 {
            memory.is_woken |= rooms.contains(room);
        }
    }

    /// Returns the start of the last reading of a room that succeeded or was refused, by the wall clock.
    #[must_use]
    pub fn last_read_at(&self, room: RoomId) -> Option<u64> {
        self.0.get(&room)?.last_read_at
    }

    /// Returns the room as [`super::listening::next_step`] takes it; `None` while it pauses after a failure.
    #[must_use]
    pub fn to_listened_room(&self, open: &OpenRoom, times: ClockTimes) -> Option<ListenedRoom> {
        let memory = self.0.get(&open.room)?;
        if memory.retry_at > times.monotonic {
            return None;
        }
        let age = |since: u64| times.now.saturating_sub(since);
        let listened = ListenedRoom {
            unanswered_age: open.youngest_waiting_since().map(age),
            since_last_attempt: times
                .monotonic
                .saturating_sub(memory.last_attempt_monotonic),
            has_changed: memory.has_changed,
            distrusts_counters: memory.distrusts_counters,
        };
        Some(if memory.is_woken {
            listened.woken()
        } else {
            listened
        })
    }

    /// Compares the counters of a room in a list of rooms that was read at `now` with its counters in the previous list.
    pub fn compare_counters(&mut self, counters: RoomCounters, now: u64) {
        let Some(memory) = self.0.get_mut(&counters.room) else {
            return;
        };
        if memory.counters == Some(counters) {
            // A change that an earlier list showed was not read yet, so this list is no sign of a counter that lags.
            memory.unchanged_at = (!memory.has_changed).then_some(now);
        } else {
            memory.has_changed = true;
            memory.counters = Some(counters);
        }
    }

    /// Records that a reading begins: wake-ups and changes from here on are for the next one.
    pub fn begin_reading(&mut self, room: RoomId) {
        if let Some(memory) = self.0.get_mut(&room) {
            (memory.has_changed, memory.is_woken) = (false, false);
        }
    }

    /// Records that a reading failed; returns the number of failures in a row. The caller must then call
    /// [`RoomMemories::pause`].
    pub fn reading_failed(&mut self, room: RoomId, monotonic: u64) -> u64 {
        let Some(memory) = self.0.get_mut(&room) else {
            return 0;
        };
        memory.last_attempt_monotonic = monotonic;
        memory.failures += 1;
        memory.failures
    }

    /// Records that Chatwork refuses a reading that began at `started`, by the wall clock: the room is gone, or the bot
    /// was removed. No answer can be read there, so nothing waits for another reading.
    pub fn reading_refused(&mut self, room: RoomId, started: u64) {
        if let Some(memory) = self.0.get_mut(&room) {
            memory.last_read_at = Some(started);
        }
    }

    /// Does not read a room before this monotonic time.
    pub fn pause(&mut self, room: RoomId, until: u64) {
        if let Some(memory) = self.0.get_mut(&room) {
            memory.retry_at = until;
        }
    }

    /// Applies a reading that began at `started`, by the wall clock. `listed` is `None` when Chatwork hides the
    /// messages: then the answers stay as they are.
    pub fn apply_reading(
        &mut self,
        chat: &AnswerChat<'_>,
        listed: Option<&RoomMessages>,
        started: u64,
        monotonic: u64,
    ) -> Reading {
        let Some(memory) = self.0.get_mut(&chat.room) else {
            return Reading::default();
        };
        memory.last_attempt_monotonic = monotonic;
        memory.last_read_at = Some(started);
        memory.failures = 0;
        let Some(RoomMessages {
            messages,
            is_complete,
        }) = listed
        else {
            return Reading::default();
        };
        // Before the first list was read, the relay's own first post is the earliest message that an answer may follow.
        let mut open = chat.calls.iter().filter(|call| call.closed_at.is_none());
        let first_post = open.find_map(|call| call.posts.first());
        let last_read = memory.latest.as_ref().or(first_post);
        let may_have_overflowed = last_read.is_some_and(|last| may_have_overflowed(messages, last));
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
        memory.distrusts_counters |= changes.iter().any(is_late);
        Reading {
            changes,
            may_have_overflowed,
        }
    }
}
