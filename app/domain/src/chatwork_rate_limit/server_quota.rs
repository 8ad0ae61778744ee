//! Chatwork's own count under its general limit, as its responses state it: requests left, and the end of the
//! window. It includes requests that our own count lacks: requests before a restart, and requests of
//! other programs with the same token.

/// Latest statement; void once its window is over.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ServerQuota {
    remaining: usize,
    /// End of the window as Chatwork states it, which identifies the window.
    reset: u64,
    /// End of the window by the relay's clock.
    until: u64,
}

impl ServerQuota {
    /// Observes a statement, less the requests that Chatwork may not have counted yet.
    pub(super) fn observe(&mut self, remaining: usize, reset: u64, until: u64) {
        if reset > self.reset {
            *self = Self {
                remaining,
                reset,
                until,
            };
        } else if reset == self.reset {
            // Responses overtake one another; within a window the number only decreases.
            self.remaining = self.remaining.min(remaining);
        }
    }

    /// Counts one more request.
    pub(super) fn consume(&mut self) {
        self.remaining = self.remaining.saturating_sub(1);
    }

    /// Gives back a request that was not sent.
    pub(super) fn give_back(&mut self) {
        self.remaining += 1;
    }

    /// Returns the requests left, if the window is not over.
    pub(super) fn remaining(self, now: u64) -> Option<usize> {
        (self.until > now).then_some(self.remaining)
    }

    /// Returns when the next request may be sent that leaves `reserved` ones to others: `now`, or later.
    pub(super) fn free_at(self, reserved: usize, now: u64) -> u64 {
        match self.remaining(now) {
            Some(remaining) if remaining <= reserved => self.until,
            _ => now,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quota_is_consumed_until_its_window_ends() {
        let mut quota = ServerQuota::default();
        assert_eq!(quota.free_at(0, 5), 5, "nothing observed");
        quota.observe(2, 1, 900);
        assert_eq!((quota.free_at(0, 10), quota.free_at(2, 10)), (10, 900));
        quota.consume();
        quota.consume();
        assert_eq!(quota.free_at(0, 20), 900);
        assert_eq!(quota.remaining(20), Some(0));
        assert_eq!((quota.free_at(0, 900), quota.remaining(900)), (900, None));
        quota.observe(299, 2, 1_800);
        assert_eq!(quota.remaining(901), Some(299), "a new window");
    }

    #[test]
    fn responses_out_of_order_never_raise_the_quota() {
        let mut quota = ServerQuota::default();
        quota.observe(7, 2, 900);
        quota.observe(9, 2, 901);
        assert_eq!(quota.remaining(1), Some(7));
        quota.observe(200, 1, 1_800);
        assert_eq!(quota.remaining(1), Some(7), "a response of an older window");
    }
}
