//! Circuit breaker. After a few consecutive failures all deliveries pause. After the pause, one delivery probes Chatwork,
//! and the others are sent once Chatwork answers properly. All times are milliseconds of a clock that is never set
//! back.

use crate::routing::Destination;

/// Number of consecutive failures that open the breaker. A single failure may concern one room only.
const FAILURE_THRESHOLD: u32 = 3;
/// Cooldowns of the first opening, the second, and so on; the last one repeats. Short, because a visitor
/// waits.
const COOLDOWNS_MILLIS: [u64; 5] = [2_000, 5_000, 10_000, 20_000, 30_000];
/// Time after which a probe without a reported end is given up.
const PROBE_TIMEOUT_MILLIS: u64 = 60_000;

/// Circuit breaker for requests to Chatwork.
#[derive(Debug, Default)]
pub struct CircuitBreaker {
    /// Number of consecutive failures.
    failures: u32,
    /// Number of cooldowns since the last success.
    cooldowns: usize,
    state: State,
}

#[derive(Clone, Copy, Debug, Default)]
enum State {
    /// Every delivery may start.
    #[default]
    Closed,
    /// No delivery may start before this time. The first one from this time on is the probe.
    Open { until: u64 },
    /// The delivery to this destination probes Chatwork. From this time on, another delivery may probe.
    HalfOpen { to: Destination, until: u64 },
}

impl CircuitBreaker {
    /// Returns when the next delivery may start: `now`, or later.
    pub(super) fn allows_at(&self, now: u64) -> u64 {
        match self.state {
            State::Closed => now,
            State::Open { until } | State::HalfOpen { until, .. } => until.max(now),
        }
    }

    /// True from the failures that open the breaker until Chatwork responds.
    #[must_use]
    pub fn is_failing(&self) -> bool {
        self.failures >= FAILURE_THRESHOLD
    }

    /// Records the start of a delivery. While the breaker is open, this delivery is the probe.
    pub fn delivery_started(&mut self, to: Destination, now: u64) {
        if !matches!(self.state, State::Closed) {
            let until = now + PROBE_TIMEOUT_MILLIS;
            self.state = State::HalfOpen { to, until };
        }
    }

    /// Records a response of a working Chatwork, even a refusal. Closes the breaker.
    pub fn record_success(&mut self) {
        *self = Self::default();
    }

    /// Records a missing response, or one that reports a failure of Chatwork itself.
    pub fn record_failure(&mut self, now: u64) {
        match self.state {
            State::Closed => {
                self.failures += 1;
                if self.failures >= FAILURE_THRESHOLD {
                    self.open(now);
                }
            }
            State::HalfOpen { .. } => self.open(now),
            // The request was sent before the breaker opened.
            State::Open { .. } => {}
        }
    }

    /// Opens the breaker until the general limit ends. One delivery probes Chatwork after it.
    pub(super) fn open_until(&mut self, until: u64) {
        self.state = State::Open { until };
    }

    /// Records the end of a delivery. After a probe that ended without a recorded result, the next delivery probes.
    pub fn delivery_ended(&mut self, to: Destination, now: u64) {
        if matches!(self.state, State::HalfOpen { to: probed, .. } if probed == to) {
            self.state = State::Open { until: now };
        }
    }

    fn open(&mut self, now: u64) {
        let cooldown = COOLDOWNS_MILLIS[self.cooldowns.min(COOLDOWNS_MILLIS.len() - 1)];
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

    const OPENED: u64 = 1_000;
    const FIRST_PROBE: u64 = OPENED + COOLDOWNS_MILLIS[0];

    fn opened(now: u64) -> CircuitBreaker {
        let mut breaker = CircuitBreaker::default();
        for _ in 0..FAILURE_THRESHOLD {
            assert_eq!(breaker.allows_at(now), now, "below the threshold");
            breaker.record_failure(now);
        }
        breaker
    }

    #[test]
    fn after_a_few_failures_one_delivery_probes_chatwork() {
        let mut breaker = opened(OPENED);
        assert_eq!(breaker.allows_at(OPENED), FIRST_PROBE);
        assert_eq!(breaker.allows_at(FIRST_PROBE), FIRST_PROBE);
        breaker.delivery_started(room(1), FIRST_PROBE);
        let probing = FIRST_PROBE + 1;
        assert!(
            breaker.allows_at(probing) > probing,
            "only one delivery probes"
        );
        breaker.record_failure(probing);
        let second_probe = probing + COOLDOWNS_MILLIS[1];
        assert_eq!(
            breaker.allows_at(probing),
            second_probe,
            "the second cooldown is longer"
        );
        breaker.delivery_started(room(2), second_probe);
        breaker.record_success();
        assert_eq!(
            breaker.allows_at(second_probe),
            second_probe,
            "the breaker is closed"
        );
    }

    #[test]
    fn failures_of_requests_sent_before_the_opening_do_not_lengthen_the_cooldown() {
        let mut breaker = opened(OPENED);
        for _ in 0..8 {
            breaker.record_failure(OPENED + 500);
        }
        assert_eq!(breaker.allows_at(OPENED + 500), FIRST_PROBE);
    }

    #[test]
    fn cooldowns_stop_growing() {
        let mut breaker = opened(0);
        let mut cooldowns = Vec::new();
        let mut now = 0;
        for _ in 0..7 {
            cooldowns.push(breaker.allows_at(now) - now);
            now = breaker.allows_at(now);
            breaker.delivery_started(room(1), now);
            breaker.record_failure(now);
        }
        let (growing, repeated) = cooldowns.split_at(COOLDOWNS_MILLIS.len());
        assert_eq!(growing, COOLDOWNS_MILLIS);
        assert_eq!(repeated, [30_000, 30_000], "the last one repeats");
    }

    #[test]
    fn a_success_resets_the_count_of_failures() {
        let mut breaker = CircuitBreaker::default();
        for _ in 0..10 {
            breaker.record_failure(1);
            breaker.record_failure(1);
            breaker.record_success();
        }
        assert_eq!(breaker.allows_at(1), 1);
    }

    #[test]
    fn after_the_general_limit_one_delivery_goes_first() {
        let mut breaker = CircuitBreaker::default();
        breaker.open_until(9_000);
        assert_eq!(breaker.allows_at(1), 9_000);
        breaker.delivery_started(room(1), 9_000);
        assert!(breaker.allows_at(9_000) > 9_000);
        breaker.delivery_ended(room(2), 9_200);
        assert!(
            breaker.allows_at(9_200) > 9_200,
            "the end of another delivery than the probe changes nothing"
        );
        breaker.delivery_ended(room(1), 9_500);
        assert_eq!(breaker.allows_at(9_500), 9_500, "the next delivery probes");
        breaker.delivery_started(room(2), 9_500);
        assert_eq!(
            breaker.allows_at(9_500),
            9_500 + PROBE_TIMEOUT_MILLIS,
            "a lost probe is given up"
        );
    }
}
