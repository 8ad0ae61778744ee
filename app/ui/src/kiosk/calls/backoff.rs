//! How long to wait before the next try.

use yobirin_api::Millis;

/// After `tries` failed tries: 1, 2, 4, 8, 16 seconds, then every 20.
pub(crate) fn delay(tries: u32) -> Millis {
    (1_000 << tries.saturating_sub(1).min(5)).min(20_000)
}

#[cfg(test)]
mod tests {
    use super::delay;

    #[test]
    fn waits_grow_and_stay_short_enough_for_a_visitor() {
        let waits: Vec<u64> = [1, 2, 3, 4, 5, 6, 60, u32::MAX]
            .into_iter()
            .map(delay)
            .collect();
        assert_eq!(
            waits,
            [1_000, 2_000, 4_000, 8_000, 16_000, 20_000, 20_000, 20_000]
        );
    }
}
