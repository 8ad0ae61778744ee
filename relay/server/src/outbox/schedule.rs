//! When to try again. Pure: the jitter is an argument.

use std::time::Duration;

/// Waits after the first failure, the second, and so on; the last one repeats until the deadline. It is
/// short, because whoever comes next to the same room waits for it too; what protects a Chatwork in
/// trouble are the limits, not this.
const WAITS: [u64; 4] = [2, 5, 15, 30];

/// How long to wait after `failures` failed tries (the first try waits for nothing). `jitter`, 0 to
/// 1, spreads tries by a fifth either way, so that many relays do not knock at once.
pub(super) fn wait(failures: u64, jitter: f64) -> Duration {
    let Some(place) = failures.checked_sub(1) else {
        return Duration::ZERO;
    };
    let place = usize::try_from(place)
        .unwrap_or(usize::MAX)
        .min(WAITS.len() - 1);
    Duration::from_secs(WAITS[place]).mul_f64(0.8 + 0.4 * jitter.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_stop_growing() {
        let waits: Vec<_> = (0..10)
            .map(|failures| wait(failures, 0.5).as_secs())
            .collect();
        assert_eq!(waits, [0, 2, 5, 15, 30, 30, 30, 30, 30, 30]);
    }

    #[test]
    fn jitter_stays_within_a_fifth() {
        for jitter in [0.0, 0.3, 1.0, 7.0, -1.0] {
            let wait = wait(4, jitter).as_secs_f64();
            assert!(
                (24.0..=36.0).contains(&wait),
                "{wait} s with jitter {jitter}"
            );
        }
    }
}
