//! Schedule of the relay's readings of rooms with open calls, for answers. Pure: ages and counts in, the next request
//! out. All numbers are our decision.
//!
//! A room is read often while its youngest call is new, and slowly once it is answered. More than two rooms are watched
//! by one list of all rooms, and those in which something has changed are read; the others take turns at a slow pace,
//! since Chatwork does not document how fast the counters of the list follow. At most [`MAX_REQUESTS`] of Chatwork's
//! 300 requests per window are used: when the planned requests do not fit, the rest of the budget is spread evenly over
//! the rest of the window. The request that is most overdue comes first, so no room is skipped for good.

#[cfg(test)]
mod tests;

/// Window of Chatwork's limit, in milliseconds.
pub const WINDOW_MILLIS: u64 = 5 * 60_000;
/// Maximum number of requests for listening in any window.
pub const MAX_REQUESTS: u32 = 150;
/// Maximum number of rooms that are read without watching the list of rooms.
pub const MAX_ROOMS_READ_ALONE: usize = 2;
/// Time between two lists of rooms, in milliseconds.
pub const WATCH_INTERVAL_MILLIS: u64 = 2_500;
/// Minimum time between an attempt to read a room and the next one after a wake-up, in milliseconds.
pub const MIN_READ_GAP_MILLIS: u64 = 500;
/// Lag that the difference of two clocks and Chatwork's whole seconds may explain, in milliseconds. Only counters that
/// lag longer are distrusted.
const LAG_TOLERANCE_MILLIS: u64 = 3_000;
/// Time between two readings of rooms in which the list shows no change, in milliseconds; these rooms take turns.
/// Chatwork does not document how fast the counters of the list follow, so no room may depend on them alone.
const UNCHANGED_INTERVAL_MILLIS: u64 = 30_000;
/// Intervals between two readings of a room: the age of the youngest call up to which the interval holds, and the
/// interval, both in milliseconds.
const INTERVALS: [(u64, u64); 3] = [(30_000, 2_000), (120_000, 4_000), (300_000, 8_000)];
/// Interval between two readings of a room whose calls are older or answered, in milliseconds.
const SLOW_INTERVAL_MILLIS: u64 = 15_000;

/// Room with open calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListenedRoom {
    /// Age of the youngest call without an answer since its first delivery here, in milliseconds; `None` when all calls
    /// of the room are answered.
    pub unanswered_age: Option<u64>,
    /// Time since the last attempt to read the room, or since it was opened while there was none, in milliseconds.
    pub since_last_attempt: u64,
    /// True when the list of rooms shows that something has changed since the last reading.
    pub has_changed: bool,
    /// True when the room was once answered without a change in the list of rooms, so the list cannot be trusted for
    /// it.
    pub distrusts_counters: bool,
}

impl ListenedRoom {
    /// Returns the room as a wake-up, such as a webhook event, leaves it: overdue, unless the last attempt was less
    /// than [`MIN_READ_GAP_MILLIS`] ago.
    #[must_use]
    pub fn woken(self) -> Self {
        let mut woken = Self {
            has_changed: true,
            ..self
        };
        if self.since_last_attempt >= MIN_READ_GAP_MILLIS {
            let interval = interval(self.unanswered_age);
            woken.since_last_attempt = self.since_last_attempt.max(interval);
        }
        woken
    }
}

/// True when the list of rooms cannot be trusted for the room of an answer: the answer was sent at `sent` (Unix seconds
/// by Chatwork's clock), and a list that was read later, at `unchanged_at` (milliseconds by the relay's clock), showed
/// no change.
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
    /// Age of the oldest of them, in milliseconds.
    pub oldest_age: u64,
    /// Age of the latest of them, in milliseconds.
    pub latest_age: u64,
}

/// Next request for listening.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListenStep {
    /// Read the messages of the room with this index.
    Read(usize),
    /// List all rooms.
    Watch,
    /// Ask again after some time.
    Wait {
        /// Time to wait, in milliseconds.
        millis: u64,
        /// True when a request may be due and only the budget delays it.
        is_over_budget: bool,
    },
    /// There is no room to listen to.
    Idle,
}

/// Returns the time between two readings of a room, in milliseconds, from the age of its youngest call without an
/// answer.
#[must_use]
pub fn interval(unanswered_age: Option<u64>) -> u64 {
    let Some(age) = unanswered_age else {
        return SLOW_INTERVAL_MILLIS;
    };
    let mut intervals = INTERVALS.iter();
    let found = intervals.find(|(until, _)| age < *until);
    found.map_or(SLOW_INTERVAL_MILLIS, |(_, interval)| *interval)
}

/// Returns the number of readings of a room within the next window, if no call follows.
#[must_use]
pub fn planned_readings(unanswered_age: Option<u64>) -> u64 {
    let Some(age) = unanswered_age else {
        return WINDOW_MILLIS / SLOW_INTERVAL_MILLIS;
    };
    let end = age.saturating_add(WINDOW_MILLIS);
    let (mut from, mut readings) = (age, 0);
    for (until, interval) in INTERVALS {
        let until = until.clamp(from, end);
        readings += (until - from).div_ceil(interval);
        from = until;
    }
    readings + (end - from).div_ceil(SLOW_INTERVAL_MILLIS)
}

/// Returns the next request for the open rooms. `since_watch` is the time since the last list of rooms, in
/// milliseconds; `None` when there was none since more than [`MAX_ROOMS_READ_ALONE`] rooms are open.
#[must_use]
pub fn next_step(
    rooms: &[ListenedRoom],
    since_watch: Option<u64>,
    spent: SpentRequests,
) -> ListenStep {
    if rooms.is_empty() {
        return ListenStep::Idle;
    }
    let millis = wait_for_budget(rooms, spent);
    if millis > 0 {
        return ListenStep::Wait {
            millis,
            is_over_budget: true,
        };
    }
    let watches = rooms.len() > MAX_ROOMS_READ_ALONE;
    let unchanged_interval = UNCHANGED_INTERVAL_MILLIS.saturating_mul(rooms.len() as u64);
    let readings = rooms.iter().enumerate().map(|(index, room)| {
        let is_read_often = !watches || room.has_changed || room.distrusts_counters;
        let interval = interval(room.unanswered_age);
        Request {
            step: ListenStep::Read(index),
            since: room.since_last_attempt,
            interval: if is_read_often {
                interval
            } else {
                unchanged_interval.max(interval)
            },
        }
    });
    let watch = watches.then_some(Request {
        step: ListenStep::Watch,
        since: since_watch.unwrap_or(WATCH_INTERVAL_MILLIS),
        interval: WATCH_INTERVAL_MILLIS,
    });
    let requests: Vec<Request> = readings.chain(watch).collect();
    let due = requests.iter().filter(|request| request.wait() == 0);
    match due.max_by_key(|request| request.overdue()) {
        Some(request) => request.step,
        None => {
            let waits = requests.iter().map(Request::wait);
            ListenStep::Wait {
                millis: waits.min().unwrap_or(SLOW_INTERVAL_MILLIS),
                is_over_budget: false,
            }
        }
    }
}

/// Request that may be sent next.
struct Request {
    step: ListenStep,
    /// Time since the last request of this kind, in milliseconds.
    since: u64,
    /// Time between two requests of this kind, in milliseconds.
    interval: u64,
}

impl Request {
    /// Returns the time until the request is due, in milliseconds.
    fn wait(&self) -> u64 {
        self.interval.saturating_sub(self.since)
    }

    /// Returns the time since the last such request, in thousandths of the interval.
    fn overdue(&self) -> u64 {
        self.since.saturating_mul(1000) / self.interval
    }
}

/// Returns the time until the budget allows another request, in milliseconds; 0 when the budget allows one now.
fn wait_for_budget(rooms: &[ListenedRoom], spent: SpentRequests) -> u64 {
    let window_left = WINDOW_MILLIS.saturating_sub(spent.oldest_age);
    let Some(left) = MAX_REQUESTS
        .checked_sub(spent.count)
        .filter(|left| *left > 0)
    else {
        return window_left.max(1);
    };
    let planned = planned_requests(rooms);
    if spent.count == 0 || u64::from(spent.count) + planned <= u64::from(MAX_REQUESTS) {
        return 0;
    }
    let gap = window_left / u64::from(left);
    gap.saturating_sub(spent.latest_age)
}

/// Returns the number of requests within the next window, without readings of rooms in which something changes.
fn planned_requests(rooms: &[ListenedRoom]) -> u64 {
    let readings = |room: &ListenedRoom| planned_readings(room.unanswered_age);
    if rooms.len() <= MAX_ROOMS_READ_ALONE {
        return rooms.iter().map(readings).sum();
    }
    let distrusted = rooms.iter().filter(|room| room.distrusts_counters);
    WINDOW_MILLIS / WATCH_INTERVAL_MILLIS
        + WINDOW_MILLIS / UNCHANGED_INTERVAL_MILLIS
        + distrusted.map(readings).sum::<u64>()
}
