//! What the listener remembers of the open rooms, in memory only: a restarted relay begins anew from the store.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use yobirin_api::Millis;
use yobirin_chatwork::RoomCounters;
use yobirin_domain::answer::AnswerLog;
use yobirin_domain::answer::listening::{ListenedRoom, SpentRequests, WINDOW_MILLIS};
use yobirin_domain::model::id::{MessageId, RoomId};
use yobirin_store::{StoreError, StoredAnswer};

use super::open_rooms::OpenRoom;
use crate::forward::forwarder::Forwarder;

/// Memory of one room. Times are of the monotonic clock where nothing else is said.
#[derive(Debug)]
pub(super) struct RoomMemory {
    pub log: AnswerLog,
    /// Time of the last reading, or of the first sight.
    pub read_since: Millis,
    /// Time of the last successful reading, by the relay's clock.
    pub read_at: Option<Millis>,
    /// Latest message of that reading.
    pub latest: Option<MessageId>,
    pub has_changed: bool,
    /// Somebody asked to read the room now.
    pub is_woken: bool,
    pub counters_lag: bool,
    /// Time of the latest list of rooms that showed no change, by the relay's clock.
    pub unchanged_at: Option<Millis>,
    counters: Option<RoomCounters>,
    /// Consecutive failed readings.
    pub failures: u64,
    /// Time before which the room is not read.
    pub retry_at: Millis,
}

/// Memories of the open rooms.
#[derive(Debug, Default)]
pub(super) struct RoomMemories(BTreeMap<RoomId, RoomMemory>);

impl RoomMemories {
    /// Forgets rooms that are not open any more, and restores those that were not open before.
    pub(super) async fn keep(
        &mut self,
        open: &[OpenRoom],
        forwarder: &Forwarder,
        since: Millis,
    ) -> Result<(), StoreError> {
        self.0
            .retain(|room, _| open.iter().any(|open| open.room == *room));
        for OpenRoom { room, .. } in open {
            if self.0.contains_key(room) {
                continue;
            }
            let stored = forwarder.store.answers_in(*room, since).await?;
            let memory = RoomMemory {
                log: AnswerLog::restore(stored.iter().filter_map(StoredAnswer::to_answer)),
                read_since: forwarder.clock.monotonic(),
                read_at: None,
                latest: None,
                has_changed: true,
                is_woken: false,
                counters_lag: false,
                unchanged_at: None,
                counters: None,
                failures: 0,
                retry_at: 0,
            };
            self.0.insert(*room, memory);
        }
        Ok(())
    }

    /// Notes that these rooms are to be read now.
    pub(super) fn wake(&mut self, rooms: &BTreeSet<RoomId>) {
        for (room, memory) in &mut self.0 {
            memory.is_woken |= rooms.contains(room);
        }
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    pub(super) fn forget(&mut self, room: RoomId) {
        self.0.remove(&room);
    }

    pub(super) fn get_mut(&mut self, room: RoomId) -> Option<&mut RoomMemory> {
        self.0.get_mut(&room)
    }

    pub(super) fn read_at(&self, room: RoomId) -> Option<Millis> {
        self.0.get(&room)?.read_at
    }

    /// False while a room pauses after a failure.
    pub(super) fn may_read(&self, room: RoomId, monotonic: Millis) -> bool {
        self.0
            .get(&room)
            .is_none_or(|memory| memory.retry_at <= monotonic)
    }

    /// The room as the rules for listening take it.
    pub(super) fn listened(&self, open: &OpenRoom, now: Millis, monotonic: Millis) -> ListenedRoom {
        let memory = self.0.get(&open.room);
        let since_read = memory.map_or(0, |memory| monotonic.saturating_sub(memory.read_since));
        let listened = ListenedRoom {
            unanswered_age: open.waiting_since.map(|since| now.saturating_sub(since)),
            since_read,
            has_changed: memory.is_none_or(|memory| memory.has_changed),
            counters_lag: memory.is_some_and(|memory| memory.counters_lag),
        };
        match memory.is_some_and(|memory| memory.is_woken) {
            true => listened.woken(),
            false => listened,
        }
    }

    /// Notes the counters of a room, as a list at `now` shows them.
    pub(super) fn compare_counters(&mut self, counters: RoomCounters, now: Millis) {
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
}

/// Times of the requests within the window of the budget.
#[derive(Debug, Default)]
pub(super) struct SpentLog(VecDeque<Millis>);

impl SpentLog {
    pub(super) fn record(&mut self, monotonic: Millis) {
        self.0.push_back(monotonic);
    }

    pub(super) fn within_window(&mut self, monotonic: Millis) -> SpentRequests {
        let age = |at: &Millis| monotonic.saturating_sub(*at);
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
