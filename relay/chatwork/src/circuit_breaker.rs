//! When Chatwork is in trouble it is left alone: after a few failures in a row all deliveries rest, then
//! one of them is tried, and only when Chatwork answers sensibly do the others follow. Pure: the time
//! is an argument.

use yobirin_api::Millis;
use yobirin_domain::routing::Destination;

/// Failures in a row after which deliveries rest: one alone may be about one room.
const PATIENCE: u32 = 3;
/// How long they rest, the first time, the second, and so on; a visitor is waiting.
const RESTS: [Millis; 5] = [2_000, 5_000, 10_000, 20_000, 30_000];
/// A probe whose end nobody told of is given up after this time.
const PROBE: Millis = 60_000;

/// Circuit breaker for requests to Chatwork.
#[derive(Debug, Default)]
pub(super) struct Breaker {
    failures: u32,
    rests: usize,
    state: State,
}

#[derive(Clone, Copy, Debug, Default)]
enum State {
    /// Everything may go.
    #[default]
    Closed,
    /// Nothing may go until then; then one may.
    Resting { until: Millis },
    /// The one to this destination is on its way.
    Probing { to: Destination, until: Millis },
}

impl Breaker {
    /// When the next delivery may be tried: `now`, or later.
    pub(super) fn opens_at(&self, now: Millis) -> Millis {
        match self.state {
            State::Closed => now,
            State::Resting { until } | State::Probing { until, .. } => until.max(now),
        }
    }

    /// A delivery is about to be tried.
    pub(super) fn begin(&mut self, to: Destination, now: Millis) {
        if !matches!(self.state, State::Closed) {
            let until = now + PROBE;
            self.state = State::Probing { to, until };
        }
    }

    /// Chatwork answered sensibly.
    pub(super) fn answered(&mut self) {
        *self = Self::default();
    }

    /// No answer, or one that says that Chatwork is in trouble.
    pub(super) fn failed(&mut self, now: Millis) {
        match self.state {
            State::Closed => {
                self.failures += 1;
                if self.failures >= PATIENCE {
                    self.rest(now);
                }
            }
            State::Probing { .. } => self.rest(now),
            // It was sent before the rest began.
            State::Resting { .. } => {}
        }
    }

    /// The general limit was met: nothing goes until then, and then one goes first.
    pub(super) fn limited(&mut self, until: Millis) {
        self.state = State::Resting { until };
    }

    /// Whoever was to ask is done. When nothing was heard of Chatwork meanwhile, the next one asks.
    pub(super) fn end(&mut self, to: Destination, now: Millis) {
        if matches!(self.state, State::Probing { to: asking, .. } if asking == to) {
            self.state = State::Resting { until: now };
        }
    }

    /// The clock was set back: no rest is longer than it would be from now on.
    pub(super) fn clock_was_set_back(&mut self, now: Millis) {
        if let State::Resting { until } | State::Probing { until, .. } = &mut self.state {
            *until = (*until).min(now + PROBE);
        }
    }

    fn rest(&mut self, now: Millis) {
        let rest = RESTS[self.rests.min(RESTS.len() - 1)];
        self.rests += 1;
        self.state = State::Resting { until: now + rest };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room(id: u64) -> Destination {
        Destination::Room(id.try_into().unwrap())
    }

    fn tripped(now: Millis) -> Breaker {
        let mut breaker = Breaker::default();
        for _ in 0..PATIENCE {
            assert_eq!(breaker.opens_at(now), now, "a failure or two stop nothing");
            breaker.failed(now);
        }
        breaker
    }

    #[test]
    fn after_a_few_failures_one_delivery_asks_whether_chatwork_is_back() {
        let mut breaker = tripped(1_000);
        assert_eq!(breaker.opens_at(1_000), 3_000);
        assert_eq!(breaker.opens_at(3_000), 3_000);
        breaker.begin(room(1), 3_000);
        assert!(breaker.opens_at(3_001) > 3_001, "only one asks");
        breaker.failed(3_100);
        assert_eq!(
            breaker.opens_at(3_100),
            8_100,
            "and the next rest is longer"
        );
        breaker.begin(room(2), 8_100);
        breaker.answered();
        assert_eq!(breaker.opens_at(8_101), 8_101, "everything goes again");
    }

    #[test]
    fn what_was_under_way_when_the_rest_began_does_not_lengthen_it() {
        let mut breaker = tripped(1_000);
        for _ in 0..8 {
            breaker.failed(1_500);
        }
        assert_eq!(breaker.opens_at(1_500), 3_000);
    }

    #[test]
    fn rests_stop_growing() {
        let mut breaker = tripped(0);
        let mut rests = Vec::new();
        let mut now = 0;
        for _ in 0..7 {
            rests.push(breaker.opens_at(now) - now);
            now = breaker.opens_at(now);
            breaker.begin(room(1), now);
            breaker.failed(now);
        }
        assert_eq!(
            rests,
            [2_000, 5_000, 10_000, 20_000, 30_000, 30_000, 30_000]
        );
    }

    #[test]
    fn an_answer_between_failures_counts_them_anew() {
        let mut breaker = Breaker::default();
        for _ in 0..10 {
            breaker.failed(1);
            breaker.failed(1);
            breaker.answered();
        }
        assert_eq!(breaker.opens_at(1), 1);
    }

    #[test]
    fn after_the_general_limit_one_goes_first() {
        let mut breaker = Breaker::default();
        breaker.limited(9_000);
        assert_eq!(breaker.opens_at(1), 9_000);
        breaker.begin(room(1), 9_000);
        assert!(breaker.opens_at(9_000) > 9_000);
        breaker.end(room(2), 9_200);
        assert!(breaker.opens_at(9_200) > 9_200, "that was another one");
        breaker.end(room(1), 9_500);
        assert_eq!(breaker.opens_at(9_500), 9_500, "the next one asks");
        breaker.begin(room(2), 9_500);
        assert_eq!(
            breaker.opens_at(9_500),
            9_500 + PROBE,
            "a lost probe is given up"
        );
    }
}
