//! What Chatwork's own answers tell about its general limit: how many requests are left, and until when.
//! It knows of requests that we do not count: those from before a restart, and those of others who use
//! the same token.

use yobirin_api::Millis;

/// What was told last. Nothing was, as long as its time is over.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ServerQuota {
    remaining: usize,
    until: Millis,
}

impl ServerQuota {
    /// An answer told that so many are left until then. `under_way` of ours are not answered yet:
    /// Chatwork may not have counted them.
    pub(super) fn observe(&mut self, remaining: usize, until: Millis, in_flight: usize) {
        let remaining = remaining.saturating_sub(in_flight);
        if until > self.until {
            *self = Self { remaining, until };
        } else if until == self.until {
            // Answers overtake one another; within a window there are only ever fewer left.
            self.remaining = self.remaining.min(remaining);
        }
    }

    /// One more is sent.
    pub(super) fn consume(&mut self) {
        self.remaining = self.remaining.saturating_sub(1);
    }

    /// How many are left, if anything is known.
    pub(super) fn remaining(self, now: Millis) -> Option<usize> {
        (self.until > now).then_some(self.remaining)
    }

    /// When the next may be sent by somebody who leaves these to others: `now`, or later.
    pub(super) fn free_at(self, reserved: usize, now: Millis) -> Millis {
        match self.remaining(now) {
            Some(remaining) if remaining <= reserved => self.until,
            _ => now,
        }
    }

    /// The clock was set back: the window ends then at the latest.
    pub(super) fn cap_end(&mut self, latest: Millis) {
        self.until = self.until.min(latest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_chatwork_has_left_is_spent_until_its_window_ends() {
        let mut quota = ServerQuota::default();
        assert_eq!(quota.free_at(0, 5), 5, "nothing was told");
        quota.observe(2, 900, 0);
        assert_eq!((quota.free_at(0, 10), quota.free_at(2, 10)), (10, 900));
        quota.consume();
        quota.consume();
        assert_eq!(quota.free_at(0, 20), 900);
        assert_eq!(quota.remaining(20), Some(0));
        assert_eq!((quota.free_at(0, 900), quota.remaining(900)), (900, None));
        quota.observe(299, 1_800, 0);
        assert_eq!(quota.remaining(901), Some(299), "a new window");
    }

    #[test]
    fn answers_that_overtake_one_another_give_nothing_back() {
        let mut quota = ServerQuota::default();
        quota.observe(8, 900, 1);
        quota.observe(9, 900, 0);
        assert_eq!(
            quota.remaining(1),
            Some(7),
            "one was under way, and was counted"
        );
        quota.observe(200, 600, 0);
        assert_eq!(quota.remaining(1), Some(7), "of a window that is over");
    }
}
