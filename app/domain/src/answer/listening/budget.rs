//! Budget of the requests for listening: at most [`MAX_REQUESTS`] of Chatwork's 300 requests per window.
//!
//! Readings of changed rooms with an unanswered call are urgent: some requests are reserved for them. When more other
//! requests are planned up to the end of the window than are left without the reserve, all their intervals stretch by the
//! same factor; when far too many are planned, urgent readings of the same room become rarer too. When few requests are
//! left for the time until the end, for example because hosts of many rooms write all the time, all requests, also urgent
//! ones, are spread evenly over that time.

use super::{
    Intervals, ListenedRoom, MAX_REQUESTS, MAX_ROOMS_READ_ALONE, READ_INTERVALS, Request,
    SLOW_INTERVAL_MILLIS, STARVED_MILLIS, SpentRequests, UNCHANGED_INTERVAL_MILLIS,
    WATCH_INTERVALS, WINDOW_MILLIS, youngest_age,
};

/// Maximum number of requests that are kept for urgent readings. At most half of the requests left are kept.
const MAX_RESERVED: u64 = 30;
/// Requests that are kept for the urgent readings of one room: the reading that finds the answer, and one more.
const RESERVED_PER_ROOM: u64 = 2;
/// Minimum time between two urgent readings of a watched room while the planned requests exceed the plannable ones by
/// half (twofold, while its call is new), in milliseconds: a room in which people write all the time does not use up the
/// budget.
const URGENT_INTERVAL_MILLIS: u64 = 10_000;
/// The requests left are spread evenly up to the end of the window once the time between two of them would exceed this,
/// in milliseconds.
const MAX_SHARE_MILLIS: u64 = 10_000;

/// Budget that is left for the rest of the window.
pub(super) struct Budget {
    /// Number of requests left.
    remaining: u64,
    /// Time until the oldest request does not count any more, in milliseconds.
    window_remaining: u64,
    /// Time since the latest request, in milliseconds.
    since_latest: u64,
    /// Number of requests planned up to the end of the window, without urgent ones.
    planned: u64,
    /// Number of the requests left that are not reserved for urgent readings. At least half of the requests left.
    plannable: u64,
    /// [`URGENT_INTERVAL_MILLIS`] if the rooms are watched, else 0.
    urgent_interval: u64,
}

impl Budget {
    /// Computes the budget for these rooms from the requests of the window so far.
    pub(super) fn new(rooms: &[ListenedRoom], spent: SpentRequests) -> Self {
        let remaining = u64::from(MAX_REQUESTS.saturating_sub(spent.count));
        let window_remaining = WINDOW_MILLIS.saturating_sub(spent.oldest_age);
        let watches = rooms.len() > MAX_ROOMS_READ_ALONE;
        let reserved = if watches { reserved_requests(rooms) } else { 0 };
        Self {
            remaining,
            window_remaining,
            since_latest: spent.latest_age,
            planned: planned_requests(rooms, window_remaining),
            plannable: remaining - reserved.min(remaining / 2),
            urgent_interval: if watches { URGENT_INTERVAL_MILLIS } else { 0 },
        }
    }

    /// Returns the time until this request may be sent, in milliseconds.
    pub(super) fn wait(&self, request: &Request) -> u64 {
        if self.remaining == 0 {
            // Not 0, which would mean now.
            return self.window_remaining.max(1);
        }
        let share = self.window_remaining / self.remaining;
        let pause = if share > MAX_SHARE_MILLIS { share } else { 0 };
        let wait = self.interval(request).saturating_sub(request.since_last);
        wait.max(pause.saturating_sub(self.since_latest))
    }

    /// Returns the interval of this request, which is longer than its own when the planned requests do not fit.
    fn interval(&self, request: &Request) -> u64 {
        if self.planned <= self.plannable {
            return request.interval;
        }
        if request.is_urgent {
            return request.interval.max(self.minimum_urgent_interval(request));
        }
        let stretched = request.interval.saturating_mul(self.planned) / self.plannable;
        stretched.min(STARVED_MILLIS.max(request.interval))
    }

    /// Returns the minimum time between two urgent readings of a room, in milliseconds.
    fn minimum_urgent_interval(&self, request: &Request) -> u64 {
        let is_tight = self.planned > self.plannable + self.plannable / 2;
        let is_very_tight = self.planned > self.plannable * 2;
        if is_very_tight || (is_tight && !request.is_of_new_call) {
            self.urgent_interval
        } else {
            0
        }
    }
}

/// Returns the number of requests to keep for urgent readings.
fn reserved_requests(rooms: &[ListenedRoom]) -> u64 {
    let unanswered = rooms.iter().filter(|room| room.unanswered_age.is_some());
    (unanswered.count() as u64 * RESERVED_PER_ROOM).min(MAX_RESERVED)
}

/// Returns the number of requests within this time, in milliseconds, without urgent ones, if no call follows.
pub(super) fn planned_requests(rooms: &[ListenedRoom], within: u64) -> u64 {
    let readings = |room: &ListenedRoom| requests_at(room.unanswered_age, READ_INTERVALS, within);
    if rooms.len() <= MAX_ROOMS_READ_ALONE {
        return rooms.iter().map(readings).sum();
    }
    let distrusted = rooms.iter().filter(|room| room.distrusts_counters);
    requests_at(youngest_age(rooms), WATCH_INTERVALS, within)
        + within / UNCHANGED_INTERVAL_MILLIS
        + distrusted.map(readings).sum::<u64>()
}

/// Returns the number of requests within this time at these intervals, which change as the youngest call without an
/// answer grows older.
fn requests_at(unanswered_age: Option<u64>, intervals: Intervals, within: u64) -> u64 {
    let Some(age) = unanswered_age else {
        return within.div_ceil(SLOW_INTERVAL_MILLIS);
    };
    let end = age.saturating_add(within);
    let (mut from, mut requests) = (age, 0);
    for (until, interval) in intervals {
        let until = until.clamp(from, end);
        requests += (until - from).div_ceil(interval);
        from = until;
    }
    requests + (end - from).div_ceil(SLOW_INTERVAL_MILLIS)
}
