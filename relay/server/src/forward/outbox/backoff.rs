//! When to try again. Pure: the jitter is an argument.

use std::time::Duration;

/// Seconds to wait after the first failed post, the second, and so on; the last one repeats until the
/// deadline. A visitor waits; the limits protect a Chatwork in trouble.
pub(super) const POST_DELAYS: &[u64] = &[2, 5, 15, 30];
/// The same for looks at a room that cannot be read. Each takes a request from the calls that could be
/// sent, and a room that is closed to us seldom opens within minutes.
pub(super) const LOOKUP_DELAYS: &[u64] = &[2, 5, 15, 30, 60, 120, 240];

/// How long to wait after `failures` failed tries (the first try waits for nothing). `jitter`, 0 to
/// 1, spreads tries by a fifth either way, so that many relays do not knock at once.
pub(super) fn delay(waits: &[u64], failures: u64, jitter: f64) -> Duration {
    let place = usize::try_from(failures).unwrap_or(usize::MAX);
    let last = place.min(waits.len());
    let seconds = waits[..last].last().copied().unwrap_or_default();
    Duration::from_secs(seconds).mul_f64(0.8 + 0.4 * jitter.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_stop_growing() {
        let waits: Vec<_> = (0..10)
            .map(|failures| delay(POST_DELAYS, failures, 0.5).as_secs())
            .collect();
        assert_eq!(waits, [0, 2, 5, 15, 30, 30, 30, 30, 30, 30]);
    }

    #[test]
    fn jitter_stays_within_a_fifth() {
        for jitter in [0.0, 0.3, 1.0, 7.0, -1.0] {
            let wait = delay(POST_DELAYS, 4, jitter).as_secs_f64();
            assert!(
                (24.0..=36.0).contains(&wait),
                "{wait} s with jitter {jitter}"
            );
        }
    }
}
