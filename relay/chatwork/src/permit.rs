//! Permits. [`Limits`] holds the rate limiter of `domain::chatwork_rate_limit`: our own count, Chatwork's count, and the
//! circuit breaker. It gives a [`Permit`] only while they allow a request, and the transport sends no request without one.
//!
//! Times are of [`Clock::monotonic`], so that a clock step changes no wait. Callers get waits, not times.

use std::sync::Arc;

use parking_lot::Mutex;
use yobirin_api::Millis;
use yobirin_domain::chatwork_rate_limit::{Purpose, RateLimiter};
use yobirin_domain::routing::Destination;

use super::clock::Clock;

/// Chatwork's limits. Clones share them.
#[derive(Clone, Debug)]
pub struct Limits {
    clock: Clock,
    limiter: Arc<Mutex<RateLimiter>>,
}

/// Permission to send one request, which is counted already. A permit that is dropped unsent is given back.
#[derive(Debug)]
#[must_use]
pub struct Permit {
    limits: Limits,
    purpose: Purpose,
    /// Destination of the delivery that the request is for.
    to: Option<Destination>,
    counted_at: Millis,
    is_sent: bool,
}

/// Request without a response yet. It stays counted even if its caller stops waiting.
#[derive(Debug)]
#[must_use]
pub(super) struct SentRequest(Permit);

/// Chatwork's own count, as a response states it.
#[derive(Clone, Copy, Debug)]
pub(super) struct StatedQuota {
    /// Requests left.
    pub remaining: usize,
    /// End of the window, in Unix seconds.
    pub reset: u64,
}

/// Health of Chatwork as a response, or its absence, shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Health {
    /// Chatwork works; it may still have refused the request.
    Works,
    /// Chatwork reports a failure of its own, or cannot be reached.
    Fails,
    /// The general limit is reached for this long.
    Limited(Millis),
    /// The room's limit is reached for this long.
    RoomLimited(Millis),
}

impl Limits {
    pub(super) fn new(clock: Clock) -> Self {
        Self {
            clock,
            limiter: Arc::default(),
        }
    }

    /// Gives a permit for a request that posts no delivery, or returns the time until there is one.
    pub fn permit_request(&self, purpose: Purpose) -> Result<Permit, Millis> {
        self.permit(purpose, None)
    }

    /// Gives a permit to post a delivery to a destination, or returns the time until there is one.
    pub fn permit_post(&self, purpose: Purpose, to: Destination) -> Result<Permit, Millis> {
        self.permit(purpose, Some(to))
    }

    fn permit(&self, purpose: Purpose, posts_to: Option<Destination>) -> Result<Permit, Millis> {
        let now = self.clock.monotonic();
        let mut limiter = self.limiter.lock();
        let next_request_at = limiter.next_request_at(purpose, now);
        let next_post_at = posts_to.map_or(now, |to| limiter.next_post_at(to, now));
        if let Some(wait) = time_left(next_request_at.max(next_post_at), now) {
            return Err(wait);
        }
        limiter.open_permits += 1;
        match posts_to {
            None => limiter.count_request(now),
            Some(to) => {
                limiter.count_post(to, now);
                limiter.breaker.delivery_started(to, now);
            }
        }
        Ok(Permit {
            limits: self.clone(),
            purpose,
            to: posts_to,
            counted_at: now,
            is_sent: false,
        })
    }

    /// Returns the time until calls may be sent at all, whatever the limits of single rooms; `None` when they may be sent
    /// now.
    pub fn wait_for_calls(&self) -> Option<Millis> {
        let now = self.clock.monotonic();
        time_left(self.limiter.lock().next_call_at(now), now)
    }

    /// Returns the rest of the current pause of all deliveries, if there is one.
    pub fn pause(&self) -> Option<Millis> {
        let now = self.clock.monotonic();
        time_left(self.limiter.lock().paused_until(now), now)
    }

    /// Returns the number of requests that calls may still send in the current window.
    pub fn remaining(&self) -> usize {
        self.limiter.lock().remaining(self.clock.monotonic())
    }

    /// True while Chatwork does not respond, or reports failures of its own only.
    pub fn is_chatwork_failing(&self) -> bool {
        self.limiter.lock().breaker.is_failing()
    }

    /// Replaces the count by these posts, with their stored times.
    pub fn recount(&self, posts: impl IntoIterator<Item = (Destination, Millis)>) {
        let (now, monotonic) = (self.clock.now(), self.clock.monotonic());
        let posts = posts.into_iter().map(|(to, started)| {
            let age = now.saturating_sub(started);
            (to, monotonic.saturating_sub(age))
        });
        self.limiter.lock().recount(posts);
    }

    /// Records that the private room of a destination could not be looked up: after a few failures
    /// the destination pauses.
    pub fn record_failed_lookup(&self, to: Destination) {
        let now = self.clock.monotonic();
        self.limiter.lock().record_room_failure(to, now);
    }

    /// Forgets Chatwork's own count, which concerned another token.
    pub(super) fn forget_server_quota(&self) {
        self.limiter.lock().forget_server_quota();
    }
}

/// Returns the time from `now` to `until`; `None` when it has passed.
fn time_left(until: Millis, now: Millis) -> Option<Millis> {
    until.checked_sub(now).filter(|wait| *wait > 0)
}

impl Permit {
    /// Turns the permit to post a delivery into one to read the room for its message.
    pub fn into_reconcile(mut self) -> Self {
        if let Some(to) = self.posts_to() {
            self.limits.limiter.lock().uncount_post(to, self.counted_at);
        }
        self.purpose = Purpose::Reconcile;
        self
    }

    /// Uses the permit up, just before the request is sent.
    pub(super) fn send(mut self) -> SentRequest {
        self.is_sent = true;
        SentRequest(self)
    }

    fn posts_to(&self) -> Option<Destination> {
        match self.purpose {
            Purpose::Reconcile => None,
            _ => self.to,
        }
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let now = self.limits.clock.monotonic();
        let mut limiter = self.limits.limiter.lock();
        limiter.open_permits -= 1;
        if !self.is_sent {
            limiter.uncount_request(self.counted_at);
            if let Some(to) = self.posts_to() {
                limiter.uncount_post(to, self.counted_at);
            }
        }
        if let Some(to) = self.to {
            limiter.breaker.delivery_ended(to, now);
        }
    }
}

impl SentRequest {
    /// Records the response, or that there is none.
    pub(super) fn record_response(self, quota: Option<StatedQuota>, health: Health) {
        let Permit {
            limits, counted_at, ..
        } = &self.0;
        let now = limits.clock.monotonic();
        let mut limiter = limits.limiter.lock();
        limiter.request_ended(*counted_at, now);
        match health {
            Health::Works | Health::Fails | Health::RoomLimited(_)
                if self.0.purpose.is_background() => {}
            Health::Works | Health::RoomLimited(_) => limiter.breaker.record_success(),
            Health::Fails => limiter.breaker.record_failure(now),
            Health::Limited(wait) => limiter.block(now + wait),
        }
        if let Some(to) = self.0.posts_to() {
            limiter.post_ended(to, *counted_at, now);
            match health {
                Health::Fails => limiter.record_room_failure(to, now),
                Health::Works | Health::RoomLimited(_) | Health::Limited(_) => {
                    limiter.record_room_success(to);
                }
            }
            if let Health::RoomLimited(wait) = health {
                limiter.block_room(to, now + wait);
            }
        }
        // A new token has a quota of its own, not the quota of the account in use.
        if let Some(StatedQuota { remaining, reset }) = quota
            && self.0.purpose != Purpose::NewToken
        {
            let left = reset
                .saturating_mul(1000)
                .saturating_sub(limits.clock.now());
            limiter.observe_quota(remaining, reset, left, now);
        }
    }
}
