//! Schedule of the requests with which the relay listens for answers in rooms with open calls. There are two kinds of
//! request: a *reading* polls the messages of one room; a *watch* polls the list of all rooms, which has a counter of
//! messages per room. The functions are pure: they take ages and counts, and return the next request. All numbers are our
//! decision.
//!
//! A room is read often while its youngest call is new, and slowly once it is answered. When more than two rooms are
//! open, they are watched, and a room is read when its counters have changed. Rooms without a change are read in turn,
//! rarely, because Chatwork does not document how fast it updates the counters. The request that is most overdue
//! comes first, so no room is skipped for good. The submodule `budget` slows all requests down when they would exceed
//! [`MAX_REQUESTS`].

mod budget;
#[cfg(test)]
mod tests;

use budget::Budget;

/// Window of Chatwork's limit, in milliseconds.
pub const WINDOW_MILLIS: u64 = 5 * 60_000;
/// Maximum number of requests for listening in any window.
pub const MAX_REQUESTS: u32 = 150;
/// Maximum number of rooms that are read without watching the list of rooms.
pub const MAX_ROOMS_READ_ALONE: usize = 2;
/// Minimum time between an attempt to read a room and the next one after a wake-up, in milliseconds.
pub const MIN_READ_GAP_MILLIS: u64 = 500;
/// Longest delay of a counter that is not held against it, in milliseconds: the clocks differ, and Chatwork's times are
/// whole seconds.
const LAG_TOLERANCE_MILLIS: u64 = 3_000;
/// Time between two readings of rooms in which the list shows no change, in milliseconds; these rooms take turns.
/// Chatwork does not document how fast it updates the counters of the list, so no room may depend on them alone.
const UNCHANGED_INTERVAL_MILLIS: u64 = 30_000;
/// Intervals between two readings of a room: the age of the youngest call up to which the interval holds, and the
/// interval, both in milliseconds.
const READ_INTERVALS: Intervals = [(120_000, 2_000), (300_000, 4_000)];
/// Intervals between two watches, in the same form; the youngest call of all rooms counts.
const WATCH_INTERVALS: Intervals = [(120_000, 2_500), (300_000, 5_000)];
/// Interval between two requests when the calls are older or answered, in milliseconds.
const SLOW_INTERVAL_MILLIS: u64 = 15_000;

/// Age up to which a call is new, in milliseconds. The message of the call has just changed its room: the reading which
/// that change causes must not delay the reading of an early reply.
const NEW_CALL_MILLIS: u64 = 12_000;

/// Time since its last request after which a room, or the list, comes before all others, in milliseconds. The budget
/// stretches no interval beyond it.
const STARVED_MILLIS: u64 = 120_000;

/// Steps of an interval: the age of a call up to which the step holds, and the interval, both in milliseconds.
type Intervals = [(u64, u64); 2];

/// Room with open calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListenedRoom {
    /// Age of the youngest call whose visitor waits for an answer, since its first delivery here, in milliseconds. `None`
    /// when no visitor waits: all calls of the room are answered, cancelled or revoked.
    pub unanswered_age: Option<u64>,
    /// Time since the last attempt to read the room, or since the room was opened if there was no attempt, in
    /// milliseconds.
    pub since_last_attempt: u64,
    /// True when the list of rooms shows that something has changed since the last reading.
    pub has_changed: bool,
    /// True when the room once received an answer that its counters did not show, so they are not relied on for it.
    pub distrusts_counters: bool,
}

impl ListenedRoom {
    /// Returns the room after a wake-up, such as a webhook event: its reading is due once [`MIN_READ_GAP_MILLIS`] have
    /// passed since the last attempt.
    #[must_use]
    pub fn woken(self) -> Self {
        let interval = interval(self.unanswered_age, READ_INTERVALS);
        let due = (interval + self.since_last_attempt).saturating_sub(MIN_READ_GAP_MILLIS);
        Self {
            has_changed: true,
            since_last_attempt: self.since_last_attempt.max(due),
            ..self
        }
    }

    /// True when the room probably holds the answer that a visitor waits for.
    fn is_urgent(&self) -> bool {
        self.has_changed && self.unanswered_age.is_some()
    }
}

/// True when the counters of a room lag behind an answer in it: the answer was sent at `sent` (Unix seconds by Chatwork's
/// clock), and a list of rooms that was read later, at `unchanged_at` (milliseconds by the relay's clock), showed no
/// change.
#[must_use]
pub fn counters_lag(sent: u64, unchanged_at: u64) -> bool {
    sent.saturating_mul(1000)
        .saturating_add(LAG_TOLERANCE_MILLIS)
        < unchanged_at
}

/// Requests for listening within the last [`WINDOW_MILLIS`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SpentRequests {
    /// Number of requests.
    pub count: u32,
    /// Age of the oldest request, in milliseconds.
    pub oldest_age: u64,
    /// Age of the latest request, in milliseconds.
    pub latest_age: u64,
}

/// Next request for listening.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListenStep {
    /// Read the messages of the room with this index in the given rooms.
    Read(usize),
    /// List all rooms.
    Watch,
    /// Nothing to send yet: call [`next_step`] again after some time.
    Wait {
        /// Time to wait, in milliseconds.
        millis: u64,
        /// True when a request is due by its interval and only the budget delays it.
        is_over_budget: bool,
    },
    /// No room is open.
    Idle,
}

/// Returns the interval at this age of the youngest call without an answer, in milliseconds.
fn interval(unanswered_age: Option<u64>, intervals: Intervals) -> u64 {
    let Some(age) = unanswered_age else {
        return SLOW_INTERVAL_MILLIS;
    };
    let found = intervals.iter().find(|(until, _)| age < *until);
    found.map_or(SLOW_INTERVAL_MILLIS, |(_, interval)| *interval)
}

/// Returns the next request for the open rooms. `since_watch` is the time since the last list of rooms, in
/// milliseconds; `None` when none was read since the number of open rooms exceeded [`MAX_ROOMS_READ_ALONE`].
#[must_use]
pub fn next_step(
    rooms: &[ListenedRoom],
    since_watch: Option<u64>,
    spent: SpentRequests,
) -> ListenStep {
    if rooms.is_empty() {
        return ListenStep::Idle;
    }
    let budget = Budget::new(rooms, spent);
    let requests = requests(rooms, since_watch);
    let due = requests.iter().filter(|request| budget.wait(request) == 0);
    if let Some(request) = due.max_by_key(|request| request.overdue()) {
        return request.step;
    }
    let waits = requests.iter().map(|request| budget.wait(request));
    ListenStep::Wait {
        millis: waits.min().unwrap_or(SLOW_INTERVAL_MILLIS),
        is_over_budget: requests.iter().any(|request| request.wait() == 0),
    }
}

/// Returns the requests that may be sent next: a reading of each room, and the list if the rooms are watched.
fn requests(rooms: &[ListenedRoom], since_watch: Option<u64>) -> Vec<Request> {
    let watches = rooms.len() > MAX_ROOMS_READ_ALONE;
    let unchanged_interval = UNCHANGED_INTERVAL_MILLIS.saturating_mul(rooms.len() as u64);
    let readings = rooms.iter().enumerate().map(|(index, room)| {
        let is_read_often = !watches || room.has_changed || room.distrusts_counters;
        let interval = interval(room.unanswered_age, READ_INTERVALS);
        Request {
            step: ListenStep::Read(index),
            since_last: room.since_last_attempt,
            interval: if is_read_often {
                interval
            } else {
                unchanged_interval.max(interval)
            },
            is_urgent: room.is_urgent(),
            is_of_new_call: room.unanswered_age.is_some_and(|age| age < NEW_CALL_MILLIS),
        }
    });
    let watch_interval = interval(youngest_age(rooms), WATCH_INTERVALS);
    let watch = watches.then_some(Request {
        step: ListenStep::Watch,
        // Without a list so far, one is due now.
        since_last: since_watch.unwrap_or(watch_interval),
        interval: watch_interval,
        is_urgent: false,
        is_of_new_call: false,
    });
    readings.chain(watch).collect()
}

/// Returns the age of the youngest call without an answer, in milliseconds.
fn youngest_age(rooms: &[ListenedRoom]) -> Option<u64> {
    rooms.iter().filter_map(|room| room.unanswered_age).min()
}

/// Request that may be sent next.
struct Request {
    step: ListenStep,
    /// Time since the last request of this kind, in milliseconds.
    since_last: u64,
    /// Time between two requests of this kind, in milliseconds.
    interval: u64,
    /// True for a request that may use the reserve of the budget.
    is_urgent: bool,
    /// True for the reading of a room whose youngest call without an answer is younger than [`NEW_CALL_MILLIS`].
    is_of_new_call: bool,
}

impl Request {
    /// Returns the time until the request is due, in milliseconds.
    fn wait(&self) -> u64 {
        self.interval.saturating_sub(self.since_last)
    }

    /// Returns the sort key of due requests, the most overdue last: the time beyond [`STARVED_MILLIS`], then the time
    /// since the last request of this kind in thousandths of its interval.
    fn overdue(&self) -> (u64, u64) {
        let thousandths = self.since_last.saturating_mul(1000) / self.interval;
        (self.since_last.saturating_sub(STARVED_MILLIS), thousandths)
    }
}
