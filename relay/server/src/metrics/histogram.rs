//! Histogram of delivery latencies.

use super::{Counter, PrometheusText};

/// Upper bounds of the buckets, in milliseconds: around the budget of ten, and along the backoff delays.
const BUCKET_BOUNDS_MS: [u64; 12] = [
    5, 10, 25, 50, 100, 250, 500, 1_000, 5_000, 30_000, 120_000, 900_000,
];

const NAME: &str = "yobirin_delivery_seconds";

/// Counts per bucket. The last bucket has no upper bound.
#[derive(Debug, Default)]
pub(crate) struct Histogram {
    buckets: [Counter; BUCKET_BOUNDS_MS.len() + 1],
    total_millis: Counter,
}

impl Histogram {
    /// Counts a latency.
    pub(crate) fn observe(&self, millis: u64) {
        let bucket = BUCKET_BOUNDS_MS.iter().position(|bound| millis <= *bound);
        self.buckets[bucket.unwrap_or(BUCKET_BOUNDS_MS.len())].add(1);
        self.total_millis.add(millis);
    }

    pub(super) fn write(&self, text: &mut PrometheusText) {
        text.family(
            NAME,
            "histogram",
            "From accepting a call to Chatwork's message id",
        );
        let (bucket, mut cumulative) = (format!("{NAME}_bucket"), 0);
        for (count, bound) in self.buckets.iter().zip(BUCKET_BOUNDS_MS) {
            cumulative += count.get();
            text.sample(&bucket, &[("le", &seconds(bound))], cumulative);
        }
        cumulative += self.buckets[BUCKET_BOUNDS_MS.len()].get();
        text.sample(&bucket, &[("le", "+Inf")], cumulative);
        text.sample(
            &format!("{NAME}_sum"),
            &[],
            seconds(self.total_millis.get()),
        );
        text.sample(&format!("{NAME}_count"), &[], cumulative);
    }
}

/// Formats milliseconds as seconds, without rounding.
fn seconds(millis: u64) -> String {
    let text = format!("{}.{:03}", millis / 1000, millis % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_hold_everything_up_to_their_end() {
        let histogram = Histogram::default();
        for millis in [0, 5, 6, 1_000_000] {
            histogram.observe(millis);
        }
        let mut text = PrometheusText::default();
        histogram.write(&mut text);
        let text = text.into_string();
        for line in [
            "yobirin_delivery_seconds_bucket{le=\"0.005\"} 2",
            "yobirin_delivery_seconds_bucket{le=\"0.01\"} 3",
            "yobirin_delivery_seconds_bucket{le=\"900\"} 3",
            "yobirin_delivery_seconds_bucket{le=\"+Inf\"} 4",
            "yobirin_delivery_seconds_sum 1000.011",
            "yobirin_delivery_seconds_count 4",
        ] {
            assert!(text.lines().any(|l| l == line), "{line} in {text}");
        }
    }
}
