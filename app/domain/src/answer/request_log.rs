//! Log of the requests for listening, to count them against the budget. Times are arguments, in milliseconds of the
//! monotonic clock.

use std::collections::VecDeque;

use super::listening::{SpentRequests, WINDOW_MILLIS};

/// Monotonic times of the requests for listening within the window of the budget.
#[derive(Clone, Debug, Default)]
pub struct RequestLog(VecDeque<u64>);

impl RequestLog {
    /// Adds a request, which is sent now.
    pub fn record(&mut self, monotonic: u64) {
        self.0.push_back(monotonic);
    }

    /// Returns the requests that count against the budget now; drops the older ones.
    pub fn within_window(&mut self, monotonic: u64) -> SpentRequests {
        let age = |at: &u64| monotonic.saturating_sub(*at);
        while self.0.front().is_some_and(|at| age(at) >= WINDOW_MILLIS) {
            self.0.pop_front();
        }
        SpentRequests {
            count: u32::try_from(self.0.len()).unwrap_or(u32::MAX),
            oldest_age: self.0.front().map_or(0, age),
            latest_age: self.0.back().map_or(0, age),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_count_for_five_minutes() {
        let mut log = RequestLog::default();
        log.record(1_000);
        log.record(2_000);
        let counted = log.within_window(3_000);
        assert_eq!(
            (counted.count, counted.oldest_age, counted.latest_age),
            (2, 2_000, 1_000)
        );
        assert_eq!(log.within_window(1_000 + WINDOW_MILLIS).count, 1);
    }
}
