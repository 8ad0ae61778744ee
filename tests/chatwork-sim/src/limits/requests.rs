//! General rate limit: 300 requests in five minutes per token.

use std::collections::VecDeque;
use std::time::Duration;

use super::Limits;

/// Result of counting a request against the general limit, with the values of the response's rate-limit headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quota {
    pub(crate) is_admitted: bool,
    pub(crate) limit: u32,
    pub(crate) remaining: u32,
    /// Time of the reset in Unix seconds, rounded up so that it is never too early.
    pub(crate) reset: u64,
}

/// Window over the requests of one token.
#[derive(Debug, Default)]
pub(crate) struct RequestWindow {
    /// Times of admitted requests. A fixed window drops all of them at its end.
    admitted_at: VecDeque<Duration>,
}

impl RequestWindow {
    /// Counts a request at `now` if it is admitted. A fixed window begins with its first request; otherwise it slides.
    pub(crate) fn admit(&mut self, now: Duration, limits: &Limits, is_fixed: bool) -> Quota {
        while self
            .admitted_at
            .front()
            .is_some_and(|first| *first + limits.request_window <= now)
        {
            if is_fixed {
                self.admitted_at.clear();
            } else {
                self.admitted_at.pop_front();
            }
        }
        let used = u32::try_from(self.admitted_at.len()).unwrap_or(u32::MAX);
        let is_admitted = used < limits.requests;
        if is_admitted {
            self.admitted_at.push_back(now);
        }
        let ends = self.admitted_at.front().copied().unwrap_or(now) + limits.request_window;
        Quota {
            is_admitted,
            limit: limits.requests,
            remaining: limits
                .requests
                .saturating_sub(used + u32::from(is_admitted)),
            reset: ends.as_secs() + u64::from(ends.subsec_nanos() > 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIXED: bool = true;
    const SLIDING: bool = false;

    const LIMITS: Limits = Limits {
        requests: 3,
        request_window: Duration::from_secs(300),
        posts: 1,
        post_window: Duration::from_secs(1),
    };

    /// Requests at this second: admission, remaining requests and time of the reset.
    fn request_at(window: &mut RequestWindow, seconds: u64, is_fixed: bool) -> (bool, u32, u64) {
        let quota = window.admit(Duration::from_secs(seconds), &LIMITS, is_fixed);
        (quota.is_admitted, quota.remaining, quota.reset)
    }

    #[test]
    fn a_fixed_window_starts_with_the_first_request_and_resets_the_whole_quota() {
        let mut window = RequestWindow::default();
        assert_eq!(request_at(&mut window, 1000, FIXED), (true, 2, 1300));
        assert_eq!(request_at(&mut window, 1100, FIXED), (true, 1, 1300));
        assert_eq!(request_at(&mut window, 1200, FIXED), (true, 0, 1300));
        assert_eq!(
            request_at(&mut window, 1299, FIXED),
            (false, 0, 1300),
            "the fourth request in the window is refused"
        );
        assert_eq!(
            request_at(&mut window, 1300, FIXED),
            (true, 2, 1600),
            "a new window has begun"
        );
    }

    #[test]
    fn a_sliding_window_frees_quota_request_by_request() {
        let mut window = RequestWindow::default();
        for seconds in [1000, 1100, 1200] {
            assert!(request_at(&mut window, seconds, SLIDING).0);
        }
        assert_eq!(
            request_at(&mut window, 1300, SLIDING),
            (true, 0, 1400),
            "one request was freed"
        );
        assert_eq!(request_at(&mut window, 1301, SLIDING), (false, 0, 1400));
    }

    #[test]
    fn the_reset_time_is_never_too_early() {
        let quota =
            RequestWindow::default().admit(Duration::from_millis(1_000_001), &LIMITS, FIXED);
        assert_eq!(quota.reset, 1301, "1300.001 s rounds up");
    }
}
