//! Backoff between attempts to reach the relay.

use yobirin_api::Millis;

/// The delay after a number of failed attempts, in milliseconds: 1, 2, 4, 8, 16 seconds, then always 20.
pub(super) fn delay(attempts: u32) -> Millis {
    (1_000 << attempts.saturating_sub(1).min(5)).min(20_000)
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
