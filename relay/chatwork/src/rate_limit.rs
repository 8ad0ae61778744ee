//! Chatwork's two limits, kept by us so that Chatwork never has to refuse: 300 requests in five
//! minutes per token, 10 posts in ten seconds per room. Pure: the time is an argument.
//!
//! Nobody says whether the five minutes are a fixed or a sliding window; a sliding count of ours
//! holds under both. A request counts from its answer on: that is the latest at which Chatwork may
//! have counted it. What Chatwork tells of its own count is heeded too.

use std::collections::{HashMap, VecDeque};

use yobirin_api::Millis;
use yobirin_domain::fair_queue::RESERVED_REQUESTS;
use yobirin_domain::routing::Destination;

use super::circuit_breaker::CircuitBreaker;
use super::server_quota::ServerQuota;

/// Requests in one window.
const MAX_REQUESTS: usize = 300;
/// Of which set-up leaves these to calls.
const RESERVED_FOR_CALLS: usize = 100;
/// The window, and a second because Chatwork tells its end in whole seconds.
const REQUEST_WINDOW_MS: Millis = 301_000;
/// Posts in one room in one window.
const MAX_ROOM_POSTS: usize = 10;
/// The window of posts, and an allowance for clocks.
const ROOM_WINDOW_MS: Millis = 10_250;

/// Failed posts in a row after which a room is left alone for a while after each.
const ROOM_FAILURE_THRESHOLD: u32 = 3;
/// That while: short, because the next post may be one that Chatwork takes.
const ROOM_COOLDOWN_MS: Millis = 5_000;

/// What a request is for: calls go before everything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Delivering calls.
    Calls,
    /// Posting for a tablet that has sent much lately.
    BusyTablet,
    /// Anything an admin looks at.
    Setup,
}

/// What has been sent lately.
#[derive(Debug, Default)]
pub struct RateLimiter {
    requests: VecDeque<Millis>,
    posts: HashMap<Destination, VecDeque<Millis>>,
    /// When each destination was last posted to, as long as that is not long ago.
    last_posts: HashMap<Destination, Millis>,
    breaker: CircuitBreaker,
    server_quota: ServerQuota,
    blocked_until: Millis,
    rooms_blocked_until: HashMap<Destination, Millis>,
    /// Failed posts in a row.
    room_failures: HashMap<Destination, u32>,
}

impl RateLimiter {
    /// When the next request of this purpose may be sent: `now`, or later.
    pub fn next_request_at(&self, purpose: Purpose, now: Millis) -> Millis {
        let reserved = match purpose {
            Purpose::Calls => 0,
            Purpose::BusyTablet => RESERVED_REQUESTS,
            Purpose::Setup => RESERVED_FOR_CALLS,
        };
        free_at(
            &self.requests,
            MAX_REQUESTS - reserved,
            REQUEST_WINDOW_MS,
            now,
        )
        .max(self.server_quota.free_at(reserved, now))
        .max(self.blocked_until)
    }

    /// When the next message may be posted there: `now`, or later.
    pub fn next_post_at(&self, to: Destination, now: Millis) -> Millis {
        let posts = self
            .posts
            .get(&to)
            .map_or(now, |p| free_at(p, MAX_ROOM_POSTS, ROOM_WINDOW_MS, now));
        let blocked = self
            .rooms_blocked_until
            .get(&to)
            .copied()
            .unwrap_or_default();
        self.next_call_at(now).max(posts).max(blocked)
    }

    /// When anything of a call may be sent, wherever to: `now`, or later.
    pub fn next_call_at(&self, now: Millis) -> Millis {
        let allowed = self.breaker.allows_at(now);
        self.next_request_at(Purpose::Calls, now).max(allowed)
    }

    /// When a message was last posted there, 0 when that is long ago.
    fn last_sent_at(&self, to: Destination) -> Millis {
        self.last_posts.get(&to).copied().unwrap_or_default()
    }

    /// A delivery is about to be worked on: when Chatwork is in trouble, it is the one that asks
    /// whether that is over.
    pub fn delivery_started(&mut self, to: Destination, now: Millis) {
        self.breaker.delivery_started(to, now);
    }

    /// The work on a delivery is over; that nothing was heard of Chatwork meanwhile says nothing.
    pub fn delivery_ended(&mut self, to: Destination, now: Millis) {
        self.breaker.delivery_ended(to, now);
    }

    /// Chatwork answered sensibly, whatever it said.
    pub fn record_success(&mut self) {
        self.breaker.record_success();
    }

    /// Chatwork did not answer, or is in trouble.
    pub fn record_failure(&mut self, now: Millis) {
        self.breaker.record_failure(now);
    }

    /// Requests that calls may still send in the current window.
    pub fn remaining(&self, now: Millis) -> usize {
        if self.blocked_until > now {
            return 0;
        }
        let counts = |sent: &&Millis| **sent + REQUEST_WINDOW_MS > now;
        let ours = MAX_REQUESTS.saturating_sub(self.requests.iter().filter(counts).count());
        self.server_quota
            .remaining(now)
            .map_or(ours, |quota| quota.min(ours))
    }

    /// Until when Chatwork is left alone, if it is.
    pub fn paused_until(&self, now: Millis) -> Option<Millis> {
        let until = self.breaker.allows_at(now).max(self.blocked_until);
        (until > now).then_some(until)
    }

    /// Counts a request that is sent now.
    pub fn count_request(&mut self, now: Millis) {
        drop_older(&mut self.requests, REQUEST_WINDOW_MS, now);
        self.requests.push_back(now);
        self.server_quota.consume();
    }

    /// An answer told that so many requests are left until then, while so many others of ours are
    /// under way.
    pub fn observe_quota(&mut self, left: usize, until: Millis, in_flight: usize, now: Millis) {
        if until > now {
            self.server_quota
                .observe(left, until.min(now + REQUEST_WINDOW_MS), in_flight);
        }
    }

    /// Another token is used from now on: what was told is not about it.
    pub fn forget_server_quota(&mut self) {
        self.server_quota = ServerQuota::default();
    }

    /// Counts a post that is sent now, which is a request too.
    pub fn count_post(&mut self, to: Destination, now: Millis) {
        self.count_request(now);
        self.posts.retain(|_, posts| {
            drop_older(posts, ROOM_WINDOW_MS, now);
            !posts.is_empty()
        });
        self.rooms_blocked_until.retain(|_, until| *until > now);
        self.posts.entry(to).or_default().push_back(now);
        self.last_posts
            .retain(|_, at| *at + REQUEST_WINDOW_MS > now);
        self.last_posts.insert(to, now);
    }

    /// The answer to a request that was sent then is here.
    pub fn request_ended(&mut self, sent: Millis, now: Millis) {
        count_from(&mut self.requests, sent, now);
    }

    /// The answer to the latest post there is here.
    pub fn post_ended(&mut self, to: Destination, now: Millis) {
        let sent = self.last_sent_at(to);
        count_from(self.posts.entry(to).or_default(), sent, now);
        count_from(&mut self.requests, sent, now);
    }

    /// Forgets what was counted, and counts these posts instead; refusals stay.
    pub fn recount(&mut self, posts: impl IntoIterator<Item = (Destination, Millis)>) {
        self.requests.clear();
        self.posts.clear();
        self.last_posts.clear();
        let quota = self.server_quota;
        for (to, at) in posts {
            self.count_post(to, at);
        }
        self.server_quota = quota;
    }

    /// Chatwork refused for the general limit all the same: somebody else uses the token.
    pub fn block(&mut self, until: Millis) {
        self.blocked_until = self.blocked_until.max(until);
        self.breaker.open_until(self.blocked_until);
    }

    /// The clock was set back: what was counted later than this counts as of now.
    pub fn repair_clock_step(&mut self, now: Millis) {
        let posts = self.posts.values_mut().flatten();
        for counted in self.requests.iter_mut().chain(posts) {
            *counted = now.min(*counted);
        }
        self.blocked_until = self.blocked_until.min(now + REQUEST_WINDOW_MS);
        self.server_quota.cap_end(now + REQUEST_WINDOW_MS);
        self.breaker.repair_clock_step(now);
        self.last_posts.clear();
        for until in self.rooms_blocked_until.values_mut() {
            *until = now.min(*until);
        }
    }

    /// A post there was answered as it should be, or not. Calls do not wait for each other, so those of
    /// a room in trouble would use up the general limit together.
    pub fn record_room_result(&mut self, to: Destination, has_failed: bool, now: Millis) {
        if !has_failed {
            self.room_failures.remove(&to);
            return;
        }
        let failures = self.room_failures.entry(to).or_default();
        *failures += 1;
        if *failures >= ROOM_FAILURE_THRESHOLD {
            self.block_room(to, now + ROOM_COOLDOWN_MS);
        }
    }

    /// Chatwork refused for the room's limit.
    pub fn block_room(&mut self, to: Destination, until: Millis) {
        self.rooms_blocked_until.insert(to, until);
    }
}

/// When fewer than `most` of these lie within `window`.
fn free_at(sent: &VecDeque<Millis>, max: usize, window: Millis, now: Millis) -> Millis {
    match sent.len().checked_sub(max) {
        Some(surplus) => sent
            .get(surplus)
            .map_or(now, |oldest| (oldest + window).max(now)),
        None => now,
    }
}

/// Something that was counted when it was sent counts from now on, even if that was so long ago that
/// it is forgotten.
fn count_from(sent: &mut VecDeque<Millis>, from: Millis, to: Millis) {
    if let Some(index) = sent.iter().rposition(|at| *at == from) {
        sent.remove(index);
    }
    let index = sent.iter().rposition(|at| *at <= to).map_or(0, |at| at + 1);
    sent.insert(index, to);
}

fn drop_older(sent: &mut VecDeque<Millis>, window: Millis, now: Millis) {
    while sent.front().is_some_and(|oldest| oldest + window <= now) {
        sent.pop_front();
    }
}

#[cfg(test)]
mod simulation;
#[cfg(test)]
mod tests;
