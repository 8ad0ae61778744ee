//! Deadline of a submitted call, by the relay's clock. Times are milliseconds since 1970.

use thiserror::Error;

use crate::model::call::DEADLINE_MILLIS;

/// Maximum lead of a tablet's clock over the relay's.
const MAX_CLOCK_AHEAD_MILLIS: u64 = 5 * 60 * 1000;

/// Readings of both clocks while a call is handed over.
#[derive(Clone, Copy, Debug)]
pub struct ClockReadings {
    /// The relay's clock.
    pub now: u64,
    /// The tablet's clock; `None` when the request does not hold it.
    pub tablet: Option<u64>,
}

/// Reason for rejecting the times of a call.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum DeadlineError {
    /// The deadline is not within [`DEADLINE_MILLIS`] after the tap.
    #[error("the deadline must be at most 15 minutes after the tap")]
    InvalidLifetime,
    /// The tap is further ahead of the relay's clock than [`MAX_CLOCK_AHEAD_MILLIS`], so its age is not known.
    #[error("the tablet's clock is more than five minutes ahead: set it right")]
    ClockAhead,
    /// The deadline has passed.
    #[error("the deadline has passed: the visitor must ask again")]
    Passed,
}

impl ClockReadings {
    /// Returns the deadline of a call by the relay's clock. `tapped` and `deadline` are of the tablet's clock.
    ///
    /// Our decision, for a tablet that does not send the reading of its clock, or whose clock was set between the tap
    /// and the request: the lifetime is the time from the tap to the deadline, at most 15 minutes, and the call never
    /// lives longer than that from now. A call of a tablet whose clock is ahead thus lives no longer than others; a
    /// call of a tablet whose clock is behind lives shorter, by the difference of the clocks.
    ///
    /// # Errors
    /// The times are impossible, or the deadline has passed.
    pub fn deadline(self, tapped: u64, deadline: u64) -> Result<u64, DeadlineError> {
        let (tapped, deadline) = (self.to_relay_time(tapped), self.to_relay_time(deadline));
        let lifetime = match deadline.checked_sub(tapped) {
            Some(lifetime) if (1..=DEADLINE_MILLIS).contains(&lifetime) => lifetime,
            _ => return Err(DeadlineError::InvalidLifetime),
        };
        if tapped > self.now + MAX_CLOCK_AHEAD_MILLIS {
            return Err(DeadlineError::ClockAhead);
        }
        if deadline <= self.now {
            return Err(DeadlineError::Passed);
        }
        Ok(deadline.min(self.now + lifetime))
    }

    /// Converts a time of the tablet's clock to the relay's. Only the distance to the tablet's own reading
    /// counts, so a clock that is off by days does no harm.
    fn to_relay_time(self, then: u64) -> u64 {
        let Some(tablet) = self.tablet else {
            return then;
        };
        match then.checked_sub(tablet) {
            Some(later) => self.now.saturating_add(later),
            None => self.now.saturating_sub(tablet - then),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: u64 = 60_000;
    const NOW: u64 = 1_800_000_000_000;

    #[test]
    fn a_call_expires_by_the_clock_of_the_relay() {
        let cases = [
            (
                "clocks agree",
                NOW,
                NOW + 15 * MINUTE,
                Some(NOW + 15 * MINUTE),
            ),
            (
                "queued for ten minutes",
                NOW - 10 * MINUTE,
                NOW + 5 * MINUTE,
                Some(NOW + 5 * MINUTE),
            ),
            (
                "tablet ahead",
                NOW + 4 * MINUTE,
                NOW + 19 * MINUTE,
                Some(NOW + 15 * MINUTE),
            ),
            (
                "tablet behind",
                NOW - 4 * MINUTE,
                NOW + 11 * MINUTE,
                Some(NOW + 11 * MINUTE),
            ),
            ("tablet far ahead", NOW + 6 * MINUTE, NOW + 7 * MINUTE, None),
            ("already passed", NOW - 15 * MINUTE, NOW, None),
            ("too long", NOW, NOW + 15 * MINUTE + 1, None),
            ("no time at all", NOW, NOW, None),
            ("backwards", NOW + 1, NOW, None),
            ("longest lifetime of all", 0, u64::MAX, None),
        ];
        let clocks = ClockReadings {
            now: NOW,
            tablet: None,
        };
        for (case, tapped, deadline, expires) in cases {
            assert_eq!(clocks.deadline(tapped, deadline).ok(), expires, "{case}");
        }
    }

    #[test]
    fn a_tablet_whose_clock_is_days_off_is_judged_by_the_age_of_the_tap() {
        const DAY: u64 = 24 * 60 * MINUTE;
        let expires = |tapped: u64, tablet: u64| {
            let clocks = ClockReadings {
                now: NOW,
                tablet: Some(tablet),
            };
            clocks.deadline(tapped, tapped + 15 * MINUTE).ok()
        };
        for tablet in [NOW - DAY, NOW, NOW + DAY, MINUTE] {
            assert_eq!(expires(tablet, tablet), Some(NOW + 15 * MINUTE));
        }
        for tablet in [NOW - DAY, NOW, NOW + DAY] {
            let queued = expires(tablet - 10 * MINUTE, tablet);
            assert_eq!(queued, Some(NOW + 5 * MINUTE), "ten minutes in its queue");
            assert_eq!(expires(tablet - 15 * MINUTE, tablet), None, "too late");
        }
        assert_eq!(
            expires(NOW + DAY, NOW),
            None,
            "set back after the tap: nobody knows how long ago it was"
        );
    }
}
