//! Rate limit per room: ten posts in any ten seconds, per token and room.

use std::collections::VecDeque;
use std::time::Duration;

use super::Limits;

/// Sliding window over the posts of one token in one room.
#[derive(Debug, Default)]
pub(crate) struct PostWindow {
    /// Times of the posts, by the simulator's clock.
    posted_at: VecDeque<Duration>,
}

impl PostWindow {
    /// Counts a post at `now`; returns whether it is admitted. A refused post does not count against the
    /// limit.
    pub(crate) fn admit(&mut self, now: Duration, limits: &Limits) -> bool {
        while self
            .posted_at
            .front()
            .is_some_and(|oldest| *oldest + limits.post_window <= now)
        {
            self.posted_at.pop_front();
        }
        let is_admitted =
            self.posted_at.len() < usize::try_from(limits.posts).unwrap_or(usize::MAX);
        if is_admitted {
            self.posted_at.push_back(now);
        }
        is_admitted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eleventh_post_fails_and_does_not_count() {
        let limits = Limits::default();
        let mut window = PostWindow::default();
        for second in 0..10 {
            assert!(
                window.admit(Duration::from_secs(second), &limits),
                "post {second}"
            );
        }
        for millis in [9_000, 9_500, 9_999] {
            assert!(
                !window.admit(Duration::from_millis(millis), &limits),
                "at {millis} ms"
            );
        }
        assert!(
            window.admit(Duration::from_secs(10), &limits),
            "the first post left the window after ten seconds"
        );
        assert!(
            !window.admit(Duration::from_secs(10), &limits),
            "the window is full again"
        );
    }
}
