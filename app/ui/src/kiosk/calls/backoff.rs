//! Backoff between attempts to reach the relay.

use yobirin_api::Millis;

/// Delay after the first failed attempt; each further attempt doubles it.
const FIRST_DELAY_MS: Millis = 1_000;
/// The longest delay.
const MAX_DELAY_MS: Millis = 20_000;
/// Number of doublings after which every delay is the longest one.
const MAX_DOUBLINGS: u32 = 5;

/// The delay after a number of failed attempts: 1, 2, 4, 8, 16 seconds, then always 20.
pub(super) fn delay(attempts: u32) -> Millis {
    let doublings = attempts.saturating_sub(1).min(MAX_DOUBLINGS);
    (FIRST_DELAY_MS << doublings).min(MAX_DELAY_MS)
}

#[cfg(test)]
mod tests {
    use super::delay;

    #[test]
    fn delays_grow_and_stay_short_enough_for_a_visitor() {
        let delays: Vec<u64> = [1, 2, 3, 4, 5, 6, 60, u32::MAX]
            .into_iter()
            .map(delay)
            .collect();
        assert_eq!(
            delays,
            [1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000, 20_000]
        );
    }
}
