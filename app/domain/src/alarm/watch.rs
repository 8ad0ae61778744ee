//! Watch over tablets and calls: the time since which the relay has checked the facts without a gap.

use super::{DAY, HOUR, MINUTE};

/// Longest time between two checks that is not a gap.
const MAX_GAP_MILLIS: u64 = 3 * MINUTE / 2;

/// Times at which the leader has checked the facts, in milliseconds since 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Watch {
    last_check: u64,
    /// Check at which the watch began last.
    since: u64,
}

impl Watch {
    /// Records a check of the facts. After a gap, or while the database takes no heartbeat, the watch begins again, so
    /// that tablets get time for their next one.
    pub fn record_check(&mut self, now: u64, takes_heartbeats: bool) {
        let has_gap = !(self.last_check..=self.last_check + MAX_GAP_MILLIS).contains(&now);
        if has_gap || !takes_heartbeats {
            self.since = now;
        }
        self.last_check = now;
    }

    /// Time since which heartbeats could arrive without a gap.
    #[must_use]
    pub fn since(&self) -> u64 {
        self.since
    }

    /// Earliest deadline of the failed calls that are looked for: an hour before the latest check, or a day before it
    /// when the watch has just begun, because calls may have failed during the gap.
    #[must_use]
    pub fn failed_calls_since(&self) -> u64 {
        let has_just_begun = self.since == self.last_check;
        self.last_check
            .saturating_sub(if has_just_begun { DAY } else { HOUR })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_watch_begins_again_after_a_gap_or_a_clock_set_back_and_while_heartbeats_are_lost() {
        let mut watch = Watch::default();
        let mut since = |now, takes_heartbeats| {
            watch.record_check(now, takes_heartbeats);
            (watch.since(), now - watch.failed_calls_since())
        };
        let start = 100 * DAY;
        assert_eq!(since(start, true), (start, DAY), "the first check");
        let next = start + MAX_GAP_MILLIS;
        assert_eq!(since(next, true), (start, HOUR));
        let late = next + MAX_GAP_MILLIS + 1;
        assert_eq!(since(late, true), (late, DAY), "after a gap");
        assert_eq!(since(late + 1, false).0, late + 1, "a full disk");
        assert_eq!(since(late + 2, true).0, late + 1);
        assert_eq!(since(start, true).0, start, "set back");
    }
}
