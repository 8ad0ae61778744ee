//! Retry backoff of deliveries, lookups and edits. The jitter is an argument.

use std::time::Duration;

/// Delays after the first failed post or edit, the second, and so on, in seconds; the last one repeats until the
/// deadline. Short, because a visitor waits; the circuit breaker protects a Chatwork in trouble.
pub const POST_DELAYS: &[u64] = &[2, 5, 15, 30];
/// Delays of lookups and readings in a room that cannot be read, in seconds. Longer, because each takes a request
/// from calls that could be sent, and such a room seldom opens within minutes.
pub const LOOKUP_DELAYS: &[u64] = &[2, 5, 15, 30, 60, 120, 240];

/// Returns the delay in milliseconds after `failures` failed attempts; zero before the first. `jitter`, 0 to 1, spreads
/// it by a fifth either way, so that many relays do not retry at once.
#[must_use]
pub fn delay_millis(delays: &[u64], failures: u64, jitter: f64) -> u64 {
    let failures = usize::try_from(failures).unwrap_or(usize::MAX);
    let seconds = delays.iter().take(failures).next_back().copied();
    let delay = Duration::from_secs(seconds.unwrap_or_default());
    let delay = delay.mul_f64(0.8 + 0.4 * jitter.clamp(0.0, 1.0));
    u64::try_from(delay.as_millis()).unwrap_or_default()
}

/// Retries of a failed edit, at most: the answer that the edit shows is on the tablet already.
const MAX_EDIT_RETRIES: u64 = 3;

/// Returns the delay in milliseconds before the next attempt at an edit that has failed again after `retries` retries;
/// `None` when it is given up.
#[must_use]
pub fn edit_delay_millis(retries: u64, jitter: f64) -> Option<u64> {
    (retries < MAX_EDIT_RETRIES).then(|| delay_millis(POST_DELAYS, retries + 1, jitter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_is_retried_three_times_with_the_delays_of_a_post() {
        let delays = [0, 1, 2, 3].map(|retries| edit_delay_millis(retries, 0.5));
        assert_eq!(delays, [Some(2_000), Some(5_000), Some(15_000), None]);
    }

    #[test]
    fn delays_grow_up_to_the_last_one() {
        let delays: Vec<_> = (0..10)
            .map(|failures| delay_millis(POST_DELAYS, failures, 0.5) / 1000)
            .collect();
        assert_eq!(delays, [0, 2, 5, 15, 30, 30, 30, 30, 30, 30]);
    }

    #[test]
    fn jitter_spreads_a_delay_by_a_fifth() {
        for jitter in [0.0, 0.3, 1.0, 7.0, -1.0] {
            let wait = delay_millis(POST_DELAYS, 4, jitter);
            assert!(
                (24_000..=36_000).contains(&wait),
                "{wait} ms with jitter {jitter}"
            );
        }
    }
}
