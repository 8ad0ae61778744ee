//! When Chatwork is in trouble it is left alone: after a few failures in a row all deliveries rest, then
//! one of them is tried, and only when Chatwork answers sensibly do the others follow. Pure: the time
//! is an argument.

use yobirin_api::Millis;
use yobirin_domain::routing::Destination;

/// Failures in a row after which deliveries rest: one alone may be about one room.
const FAILURE_THRESHOLD: u32 = 3;
/// How long they rest, the first time, the second, and so on; a visitor is waiting.
const COOLDOWNS_MS: [Millis; 5] = [2_000, 5_000, 10_000, 20_000, 30_000];
/// A probe whose end nobody told of is given up after this time.
const PROBE_TIMEOUT_MS: Millis = 60_000;

/// Circuit breaker for requests to Chatwork.
#[derive(Debug, Default)]
pub(super) struct CircuitBreaker {
    failures: u32,
    cooldowns: usize,
    state: State,
}

#[derive(Clone, Copy, Debug, Default)]
enum State {
    /// Everything may go.
    #[default]
    Closed,
    /// Nothing may go until then; then one may.
    Open { until: Millis },
    /// The one to this destination is on its way.
    HalfOpen { to: Destination, until: Millis },
}

impl CircuitBreaker {
    /// When the next delivery may be tried: `now`, or later.
    pub(super) fn allows_at(&self, now: Millis) -> Millis {
        match self.state {
            State::Closed => now,
            State::Open { until } | State::HalfOpen { until, .. } => until.max(now),
        }
    }

    /// A delivery is about to be tried.
    pub(super) fn delivery_started(&mut self, to: Destination, now: Millis) {
        if !matches!(self.state, State::Closed) {
            let until = now + PROBE_TIMEOUT_MS;
            self.state = State::HalfOpen { to, until };
        }
    }

    /// Chatwork answered sensibly.
    pub(super) fn record_success(&mut self) {
        *self = Self::default();
    }

    /// No answer, or one that says that Chatwork is in trouble.
    pub(super) fn record_failure(&mut self, now: Millis) {
        match self.state {
            State::Closed => {
                self.failures += 1;
                if self.failures >= FAILURE_THRESHOLD {
                    self.open(now);
                }
            }
            State::HalfOpen { .. } => self.open(now),
            // It was sent before the rest began.
            State::Open { .. } => {}
        }
    }

    /// The general limit was met: nothing goes until then, and then one goes first.
    pub(super) fn open_until(&mut self, until: Millis) {
        self.state = State::Open { until };
    }

    /// Whoever was to ask is done. When nothing was heard of Chatwork meanwhile, the next one asks.
    pub(super) fn delivery_ended(&mut self, to: Destination, now: Millis) {
        if matches!(self.state, State::HalfOpen { to: probed, .. } if probed == to) {
            self.state = State::Open { until: now };
        }
    }

    /// The clock was set back: no rest is longer than it would be from now on.
    pub(super) fn repair_clock_step(&mut self, now: Millis) {
        if let State::Open { until } | State::HalfOpen { until, .. } = &mut self.state {
            *until = (*until).min(now + PROBE_TIMEOUT_MS);
        }
    }

    fn open(&mut self, now: Millis) {
        let cooldown = COOLDOWNS_MS[self.cooldowns.min(COOLDOWNS_MS.len() - 1)];
        self.cooldowns += 1;
        self.state = State::Open {
            until: now + cooldown,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(id: u64) -> Destination {
        Destination::Room(id.try_into().unwrap())
    }

    fn tripped(now: Millis) -> CircuitBreaker {
        let mut breaker = CircuitBreaker::default();
        for _ in 0..FAILURE_THRESHOLD {
            assert_eq!(breaker.allows_at(now), now, "a failure or two stop nothing");
            breaker.record_failure(now);
        }
        breaker
    }

    #[test]
    fn after_a_few_failures_one_delivery_asks_whether_chatwork_is_back() {
        let mut breaker = tripped(1_000);
        assert_eq!(breaker.allows_at(1_000), 3_000);
        assert_eq!(breaker.allows_at(3_000), 3_000);
        breaker.delivery_started(room(1), 3_000);
        assert!(breaker.allows_at(3_001) > 3_001, "only one asks");
        breaker.record_failure(3_100);
        assert_eq!(
            breaker.allows_at(3_100),
            8_100,
            "and the next rest is longer"
        );
        breaker.delivery_started(room(2), 8_100);
        breaker.record_success();
        assert_eq!(breaker.allows_at(8_101), 8_101, "everything goes again");
    }

    #[test]
    fn what_was_under_way_when_the_rest_began_does_not_lengthen_it() {
        let mut breaker = tripped(1_000);
        for _ in 0..8 {
            breaker.record_failure(1_500);
        }
        assert_eq!(breaker.allows_at(1_500), 3_000);
    }

    #[test]
    fn rests_stop_growing() {
        let mut breaker = tripped(0);
        let mut cooldowns = Vec::new();
        let mut now = 0;
        for _ in 0..7 {
            cooldowns.push(breaker.allows_at(now) - now);
            now = breaker.allows_at(now);
            breaker.delivery_started(room(1), now);
            breaker.record_failure(now);
        }
        assert_eq!(
            cooldowns,
            [2_000, 5_000, 10_000, 20_000, 30_000, 30_000, 30_000]
        );
    }

    #[test]
    fn an_answer_between_failures_counts_them_anew() {
        let mut breaker = CircuitBreaker::default();
        for _ in 0..10 {
            breaker.record_failure(1);
            breaker.record_failure(1);
            breaker.record_success();
        }
        assert_eq!(breaker.allows_at(1), 1);
    }

    #[test]
    fn after_the_general_limit_one_goes_first() {
        let mut breaker = CircuitBreaker::default();
        breaker.open_until(9_000);
        assert_eq!(breaker.allows_at(1), 9_000);
        breaker.delivery_started(room(1), 9_000);
        assert!(breaker.allows_at(9_000) > 9_000);
        breaker.delivery_ended(room(2), 9_200);
        assert!(breaker.allows_at(9_200) > 9_200, "that was another one");
        breaker.delivery_ended(room(1), 9_500);
        assert_eq!(breaker.allows_at(9_500), 9_500, "the next one asks");
        breaker.delivery_started(room(2), 9_500);
        assert_eq!(
            breaker.allows_at(9_500),
            9_500 + PROBE_TIMEOUT_MS,
            "a lost probe is given up"
        );
    }
}
