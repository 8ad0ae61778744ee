//! Rate limiter for Chatwork's two limits, which keeps the relay's requests within them: 300 requests in five minutes
//! per token, 10 posts in ten seconds per room. All times are milliseconds of a clock that is never set back.
//!
//! The relay asks for the time of each request before it sends the request, and records what became of it.
//!
//! Chatwork does not document whether the five minutes are a fixed or a sliding window; a sliding count holds under
//! both. A request counts from its response on, which is the latest time at which Chatwork may have counted it.
//! The server's own count (`server_quota`) is observed too.

mod circuit_breaker;
mod server_quota;
#[cfg(test)]
mod simulation;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, VecDeque};

pub use circuit_breaker::CircuitBreaker;
use server_quota::ServerQuota;

use crate::fair_queue::RESERVED_REQUESTS;
use crate::routing::Destination;

/// Requests within [`REQUEST_WINDOW_MILLIS`] (Chatwork's documentation).
const MAX_REQUESTS: usize = 300;
/// Requests out of [`MAX_REQUESTS`] that set-up, listening and edits leave to calls (our decision).
const RESERVED_FOR_CALLS: usize = 100;
/// Window of the general limit, in milliseconds: five minutes, and a second more because Chatwork states its end in whole
/// seconds.
pub const REQUEST_WINDOW_MILLIS: u64 = 301_000;
/// Posts in one room within [`ROOM_WINDOW_MILLIS`] (Chatwork's documentation).
const MAX_ROOM_POSTS: usize = 10;
/// Window of the room limit, in milliseconds, with an allowance for clocks.
const ROOM_WINDOW_MILLIS: u64 = 10_250;

/// Consecutive failed posts after which a room pauses after each further failure.
const ROOM_FAILURE_THRESHOLD: u32 = 3;
/// Duration of the pause of a room. Short, because the next post may succeed.
const ROOM_COOLDOWN_MILLIS: u64 = 5_000;

/// Purpose of a request. Calls go before everything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Sends a delivery, or looks up its private room.
    Call,
    /// Sends a delivery for a tablet that has sent much lately.
    BusyTablet,
    /// Reads a room to find out whether a delivery arrived.
    Reconcile,
    /// Probes a refused token, or a Chatwork that does not respond.
    Probe,
    /// Reads rooms for answers to calls that were delivered.
    Listen,
    /// Edits posts in place.
    Edit,
    /// Serves set-up.
    Setup,
    /// Checks a token that set-up enters.
    NewToken,
}

impl Purpose {
    /// Returns the requests of Chatwork's limit that this purpose leaves to others.
    fn reserved(self) -> usize {
        match self {
            Self::Call | Self::Reconcile | Self::Probe => 0,
            Self::BusyTablet => RESERVED_REQUESTS,
            Self::Listen | Self::Edit | Self::Setup | Self::NewToken => RESERVED_FOR_CALLS,
        }
    }

    /// True for the requests of listening and editing. Their results change no circuit breaker, so that they never pause
    /// deliveries.
    #[must_use]
    pub fn is_background(self) -> bool {
        matches!(self, Self::Listen | Self::Edit)
    }
}

/// Rate limiter, with the requests and posts of the last window.
#[derive(Debug, Default)]
pub struct RateLimiter {
    /// Number of permits that were neither used up nor given back.
    pub open_permits: usize,
    /// Times at which requests count, oldest first.
    requests: VecDeque<u64>,
    /// Times at which posts count, by destination, oldest first.
    posts: HashMap<Destination, VecDeque<u64>>,
    /// Pauses all deliveries while Chatwork fails.
    pub breaker: CircuitBreaker,
    server_quota: ServerQuota,
    blocked_until: u64,
    rooms_blocked_until: HashMap<Destination, u64>,
    /// Consecutive failed posts.
    room_failures: HashMap<Destination, u32>,
}

impl RateLimiter {
    /// Returns when the next request of this purpose may be sent: `now`, or later.
    #[must_use]
    pub fn next_request_at(&self, purpose: Purpose, now: u64) -> u64 {
        let reserved = purpose.reserved();
        free_at(
            &self.requests,
            MAX_REQUESTS - reserved,
            REQUEST_WINDOW_MILLIS,
            now,
        )
        .max(self.server_quota.free_at(reserved, now))
        .max(self.blocked_until)
    }

    /// Returns when the next message may be posted to a destination: `now`, or later.
    #[must_use]
    pub fn next_post_at(&self, to: Destination, now: u64) -> u64 {
        let posts = self
            .posts
            .get(&to)
            .map_or(now, |p| free_at(p, MAX_ROOM_POSTS, ROOM_WINDOW_MILLIS, now));
        let blocked = self
            .rooms_blocked_until
            .get(&to)
            .copied()
            .unwrap_or_default();
        self.next_call_at(now).max(posts).max(blocked)
    }

    /// Returns when any request of a call may be sent: `now`, or later.
    #[must_use]
    pub fn next_call_at(&self, now: u64) -> u64 {
        let allowed = self.breaker.allows_at(now);
        self.next_request_at(Purpose::Call, now).max(allowed)
    }

    /// Returns the number of requests that calls may still send in the current window.
    #[must_use]
    pub fn remaining(&self, now: u64) -> usize {
        if self.blocked_until > now {
            return 0;
        }
        let counts = |sent: &&u64| **sent + REQUEST_WINDOW_MILLIS > now;
        let ours = MAX_REQUESTS.saturating_sub(self.requests.iter().filter(counts).count());
        self.server_quota
            .remaining(now)
            .map_or(ours, |quota| quota.min(ours))
    }

    /// Returns when the current pause of all deliveries ends: `now`, or later.
    #[must_use]
    pub fn paused_until(&self, now: u64) -> u64 {
        self.breaker.allows_at(now).max(self.blocked_until)
    }

    /// Forgets Chatwork's own count, which concerned another token.
    pub fn forget_server_quota(&mut self) {
        self.server_quota = ServerQuota::default();
    }

    /// Counts a request that may be sent from now on.
    pub fn count_request(&mut self, now: u64) {
        drop_older(&mut self.requests, REQUEST_WINDOW_MILLIS, now);
        self.requests.push_back(now);
        self.server_quota.consume();
    }

    /// Observes Chatwork's own count, as a response states it: `remaining` requests until the end of the window. `reset`
    /// is this end in Unix seconds, by which Chatwork identifies the window, and `left` the time until then. The other
    /// unanswered requests are subtracted, because Chatwork may not have counted them yet.
    pub fn observe_quota(&mut self, remaining: usize, reset: u64, left: u64, now: u64) {
        if left > 0 {
            let until = now + left.min(REQUEST_WINDOW_MILLIS);
            let others = self.open_permits.saturating_sub(1);
            let remaining = remaining.saturating_sub(others);
            self.server_quota.observe(remaining, reset, until);
        }
    }

    /// Counts a post that may be sent from now on; it is a request as well.
    pub fn count_post(&mut self, to: Destination, now: u64) {
        self.count_request(now);
        self.posts.retain(|_, posts| {
            drop_older(posts, ROOM_WINDOW_MILLIS, now);
            !posts.is_empty()
        });
        self.rooms_blocked_until.retain(|_, until| *until > now);
        self.posts.entry(to).or_default().push_back(now);
    }

    /// Takes back the count of a request that was not sent.
    pub fn uncount_request(&mut self, counted_at: u64) {
        remove_time(&mut self.requests, counted_at);
        self.server_quota.give_back();
    }

    /// Takes back the count of a post that was not sent. It may still be counted as a request.
    pub fn uncount_post(&mut self, to: Destination, counted_at: u64) {
        if let Some(posts) = self.posts.get_mut(&to) {
            remove_time(posts, counted_at);
        }
    }

    /// Records the response to a request that was counted at `counted_at`.
    pub fn request_ended(&mut self, counted_at: u64, now: u64) {
        move_count(&mut self.requests, counted_at, now);
    }

    /// Records the response to a post that was counted at `counted_at`. The caller also calls [`Self::request_ended`].
    pub fn post_ended(&mut self, to: Destination, counted_at: u64, now: u64) {
        move_count(self.posts.entry(to).or_default(), counted_at, now);
    }

    /// Replaces the count by these posts. Blocks stay.
    pub fn recount(&mut self, posts: impl IntoIterator<Item = (Destination, u64)>) {
        self.requests.clear();
        self.posts.clear();
        // The quota counts these posts already.
        let quota = self.server_quota;
        for (to, started) in posts {
            self.count_post(to, started);
        }
        self.server_quota = quota;
    }

    /// Blocks all requests after a 429 that our count did not foresee: another program uses the token.
    pub fn block(&mut self, until: u64) {
        self.blocked_until = self.blocked_until.max(until);
        self.breaker.open_until(self.blocked_until);
    }

    /// Records that a post to a destination did not fail.
    pub fn record_room_success(&mut self, to: Destination) {
        self.room_failures.remove(&to);
    }

    /// Records that a post to a destination has failed. Calls do not wait for each other, so those to a failing room
    /// would use up the general limit together.
    pub fn record_room_failure(&mut self, to: Destination, now: u64) {
        let failures = self.room_failures.entry(to).or_default();
        *failures += 1;
        if *failures >= ROOM_FAILURE_THRESHOLD {
            self.block_room(to, now + ROOM_COOLDOWN_MILLIS);
        }
    }

    /// Blocks one destination after a 429 about the room's limit.
    pub fn block_room(&mut self, to: Destination, until: u64) {
        self.rooms_blocked_until.insert(to, until);
    }
}

/// Returns the time at which fewer than `max` of the times in `send_times` lie within the past `window`: `now`, or
/// later.
fn free_at(send_times: &VecDeque<u64>, max: usize, window: u64, now: u64) -> u64 {
    match send_times.len().checked_sub(max) {
        Some(surplus) => send_times
            .get(surplus)
            .map_or(now, |oldest| (oldest + window).max(now)),
        None => now,
    }
}

/// Moves the count of a request from the time `from` to the later time `to`; adds it if it was dropped from the window.
fn move_count(send_times: &mut VecDeque<u64>, from: u64, to: u64) {
    remove_time(send_times, from);
    let earlier = send_times.iter().rposition(|time| *time <= to);
    send_times.insert(earlier.map_or(0, |index| index + 1), to);
}

fn remove_time(send_times: &mut VecDeque<u64>, time: u64) {
    if let Some(index) = send_times.iter().rposition(|counted| *counted == time) {
        send_times.remove(index);
    }
}

fn drop_older(send_times: &mut VecDeque<u64>, window: u64, now: u64) {
    while send_times
        .front()
        .is_some_and(|oldest| oldest + window <= now)
    {
        send_times.pop_front();
    }
}
