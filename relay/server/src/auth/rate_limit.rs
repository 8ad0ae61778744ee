//! Sign-in rate limiter, also for pairings, calls and a host's changes: a token bucket per action and caller, in memory.
//! Successful sign-ins, codes and pairings, and repeated calls, are refunded, which governor's limiters cannot do.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};

use ipnet::Ipv6Net;
use parking_lot::Mutex;
use yobirin_api::Millis;
use yobirin_chatwork::Clock;
use yobirin_domain::caller_limits::{LimitedAction, RateLimit};
use yobirin_domain::model::id::{DeviceId, HostId};

use super::network::network;
use crate::error::{ApiError, ApiResult};

/// Number of buckets in memory beyond which full buckets are dropped.
const MAX_BUCKETS: usize = 10_000;

/// Caller whose attempts, or request bodies in flight, are counted together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum RateLimitKey {
    /// All callers together.
    Anybody,
    /// One address; of IPv6 a network of 64 bits, which one caller has.
    Address(IpAddr),
    /// IPv6 network of 48 bits, which a provider may give to one caller.
    Network(Ipv6Addr),
    /// One host.
    Host(HostId),
    /// One tablet.
    Device(DeviceId),
    /// One admin session, by the hash of its secret.
    Session(String),
}

impl RateLimitKey {
    /// Returns the network of 48 bits of an IPv6 address.
    pub(super) fn network_of(address: IpAddr) -> Option<Self> {
        let IpAddr::V6(address) = address else {
            return None;
        };
        Some(Self::Network(Ipv6Net::new(address, 48).ok()?.network()))
    }
}

impl From<IpAddr> for RateLimitKey {
    fn from(address: IpAddr) -> Self {
        Self::Address(network(address))
    }
}

/// Token buckets, in the form of [`RateLimit::take`], by action and caller.
#[derive(Debug)]
pub(crate) struct CallerRateLimiter {
    buckets: Mutex<HashMap<(LimitedAction, RateLimitKey), Millis>>,
    tablet_calls: RateLimit,
    clock: Clock,
}

impl CallerRateLimiter {
    /// Creates the limiter with all buckets full. `tablet_calls` limits a tablet's new calls.
    pub(crate) fn new(tablet_calls: RateLimit, clock: Clock) -> Self {
        Self {
            buckets: Mutex::default(),
            tablet_calls,
            clock,
        }
    }

    /// Takes an attempt from the bucket, or fails.
    pub(crate) fn check(&self, action: LimitedAction, caller: &RateLimitKey) -> ApiResult<()> {
        let monotonic = self.clock.monotonic();
        let mut buckets = self.buckets.lock();
        if buckets.len() > MAX_BUCKETS {
            buckets.retain(|_, full_at| *full_at > monotonic);
        }
        let bucket = buckets
            .entry((action.bucket(), caller.clone()))
            .or_default();
        let limit = action.limit(self.tablet_calls);
        let taken = limit.take(bucket, monotonic, action.actions());
        taken.map_err(|wait| ApiError::limited(wait.div_ceil(1000)))
    }

    /// Refunds an attempt that succeeded.
    pub(crate) fn refund(&self, action: LimitedAction, caller: &RateLimitKey) {
        let mut buckets = self.buckets.lock();
        if let Some(bucket) = buckets.get_mut(&(action.bucket(), caller.clone())) {
            let limit = action.limit(self.tablet_calls);
            limit.refund(bucket, action.actions());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use yobirin_domain::caller_limits::{CALL_ACTION_BYTES, PAIRINGS, TABLET_CALLS};

    use super::*;

    fn limiter() -> (CallerRateLimiter, Clock) {
        let clock = Clock::system();
        (CallerRateLimiter::new(TABLET_CALLS, clock.clone()), clock)
    }

    fn advance(clock: &Clock, millis: Millis) {
        clock.advance(Duration::from_millis(millis));
    }

    fn at(address: &str) -> RateLimitKey {
        address.parse::<IpAddr>().unwrap().into()
    }

    #[test]
    fn ten_attempts_then_one_every_six_seconds() {
        let (limiter, clock) = limiter();
        let (one, other) = (&at("127.0.0.1"), &at("127.0.0.2"));
        for _ in 0..10 {
            limiter.check(LimitedAction::Pair, one).unwrap();
        }
        assert!(limiter.check(LimitedAction::Pair, one).is_err());
        assert!(
            limiter.check(LimitedAction::Pair, other).is_ok(),
            "another caller has its own bucket"
        );
        assert!(
            limiter.check(LimitedAction::SignIn, one).is_ok(),
            "another action has its own bucket"
        );
        advance(&clock, PAIRINGS.refill_millis);
        assert!(limiter.check(LimitedAction::Pair, one).is_ok());
        assert!(limiter.check(LimitedAction::Pair, one).is_err());
    }

    #[test]
    fn a_successful_attempt_is_refunded() {
        let (limiter, _) = limiter();
        let caller = at("127.0.0.1");
        for _ in 0..100 {
            limiter.check(LimitedAction::SignIn, &caller).unwrap();
            limiter.refund(LimitedAction::SignIn, &caller);
        }
    }

    #[test]
    fn the_addresses_of_one_network_count_as_one_caller() {
        assert_eq!(at("2001:db8::1"), at("2001:db8::ffff:1"));
        assert_ne!(at("2001:db8::1"), at("2001:db8:0:1::1"));
        assert_eq!(at("::ffff:192.0.2.1"), at("192.0.2.1"));
        assert_ne!(at("192.0.2.1"), at("192.0.2.2"));
    }

    #[test]
    fn a_wall_clock_set_back_changes_no_limit() {
        let (limiter, clock) = limiter();
        let caller = at("127.0.0.1");
        for _ in 0..9 {
            limiter.check(LimitedAction::Pair, &caller).unwrap();
        }
        clock.set_back(Duration::from_secs(9 * 3600));
        assert!(limiter.check(LimitedAction::Pair, &caller).is_ok());
        assert!(limiter.check(LimitedAction::Pair, &caller).is_err());
        advance(&clock, PAIRINGS.refill_millis);
        assert!(limiter.check(LimitedAction::Pair, &caller).is_ok());
    }

    #[test]
    fn a_large_call_counts_as_several_and_a_repeated_one_is_refunded() {
        let (limiter, clock) = limiter();
        let tablet = RateLimitKey::Device("lobby".parse().unwrap());
        let (small, large) = (
            LimitedAction::call_of(2_000),
            LimitedAction::call_of(CALL_ACTION_BYTES * 19),
        );
        for _ in 0..3 {
            limiter.check(large, &tablet).unwrap();
        }
        assert!(limiter.check(small, &tablet).is_err(), "60 are taken");
        limiter.refund(large, &tablet);
        for _ in 0..20 {
            limiter.check(small, &tablet).unwrap();
        }
        let other = RateLimitKey::Device("side-action".parse().unwrap());
        assert!(limiter.check(small, &tablet).is_err());
        assert!(
            limiter.check(small, &other).is_ok(),
            "another tablet has its own bucket"
        );
        assert!(
            limiter.check(LimitedAction::Cancel, &tablet).is_ok(),
            "cancellations have their own bucket"
        );
        advance(&clock, TABLET_CALLS.refill_millis);
        assert!(
            limiter.check(small, &tablet).is_ok(),
            "one action is refilled after two seconds"
        );
    }
}
