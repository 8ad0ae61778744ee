//! What Chatwork's own answers tell about its general limit: how many requests are left, and until when.
//! It knows of requests that we do not count: those from before a restart, and those of others who use
//! the same token.

use yobirin_api::Millis;

/// What was told last. Nothing was, as long as its time is over.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ServerQuota {
    left: usize,
    until: Millis,
}

impl ServerQuota {
    /// An answer told that so many are left until then. `under_way` of ours are not answered yet:
    /// Chatwork may not have counted them.
    pub(super) fn observe(&mut self, left: usize, until: Millis, under_way: usize) {
        let left = left.saturating_sub(under_way);
        if until > self.until {
            *self = Self { left, until };
        } else if until == self.until {
            // Answers overtake one another; within a window there are only ever fewer left.
            self.left = self.left.min(left);
        }
    }

    /// One more is sent.
    pub(super) fn consume(&mut self) {
        self.left = self.left.saturating_sub(1);
    }

    /// How many are left, if anything is known.
    pub(super) fn left(self, now: Millis) -> Option<usize> {
        (self.until > now).then_some(self.left)
    }

    /// When the next may be sent by somebody who leaves these to others: `now`, or later.
    pub(super) fn free_at(self, kept: usize, now: Millis) -> Millis {
        match self.left(now) {
            Some(left) if left <= kept => self.until,
            _ => now,
        }
    }

    /// The clock was set back: the window ends then at the latest.
    pub(super) fn ends_by(&mut self, latest: Millis) {
        self.until = self.until.min(latest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_chatwork_has_left_is_spent_until_its_window_ends() {
        let mut told = ServerQuota::default();
        assert_eq!(told.free_at(0, 5), 5, "nothing was told");
        told.observe(2, 900, 0);
        assert_eq!((told.free_at(0, 10), told.free_at(2, 10)), (10, 900));
        told.consume();
        told.consume();
        assert_eq!(told.free_at(0, 20), 900);
        assert_eq!(told.left(20), Some(0));
        assert_eq!((told.free_at(0, 900), told.left(900)), (900, None));
        told.observe(299, 1_800, 0);
        assert_eq!(told.left(901), Some(299), "a new window");
    }

    #[test]
    fn answers_that_overtake_one_another_give_nothing_back() {
        let mut told = ServerQuota::default();
        told.observe(8, 900, 1);
        told.observe(9, 900, 0);
        assert_eq!(told.left(1), Some(7), "one was under way, and was counted");
        told.observe(200, 600, 0);
        assert_eq!(told.left(1), Some(7), "of a window that is over");
    }
}
