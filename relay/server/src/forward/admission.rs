//! Admission of a call: its id, its deadline, and the checks of `domain::admission`. The route was resolved
//! on the tablet and is not resolved again.

use yobirin_api::call::Call;
use yobirin_api::{ErrorCode, Millis};
use yobirin_domain::admission::{self, AdmissionError};
use yobirin_domain::model::call::DEADLINE_MILLIS;
use yobirin_domain::model::id::CallId;

use crate::error::{ApiError, ApiResult, bad_request};
use crate::settings::Version;

/// Maximum lead of a tablet's clock over the relay's.
const MAX_CLOCK_AHEAD_MS: Millis = 5 * 60 * 1000;

/// Refuses every id but a UUID of version 7: only that sorts by the time of the tap and ends in random bits.
pub(crate) fn check_id(id: CallId) -> ApiResult<()> {
    // The text is xxxxxxxx-xxxx-Vxxx-…, with V for the version.
    if id.to_string().as_bytes().get(14) == Some(&b'7') {
        Ok(())
    } else {
        Err(bad_request(&"the id of a call must be a UUID of version 7"))
    }
}

/// Readings of both clocks while a call is handed over.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ClockReadings {
    /// The relay's clock.
    pub now: Millis,
    /// The tablet's clock, when the request says so.
    pub tablet: Option<Millis>,
}

impl ClockReadings {
    /// Converts a time of the tablet's clock to the relay's. Only the distance to the tablet's own reading
    /// counts, so a tablet whose clock is off by days is judged rightly.
    fn ours(self, then: Millis) -> Millis {
        let Some(tablet) = self.tablet else {
            return then;
        };
        match then.checked_sub(tablet) {
            Some(later) => self.now.saturating_add(later),
            None => self.now.saturating_sub(tablet - then),
        }
    }
}

/// Checks a call; returns its deadline by the relay's clock.
pub(crate) fn admit(
    call: &Call,
    id: CallId,
    now: &Version,
    clocks: ClockReadings,
) -> ApiResult<Millis> {
    admission::admit(
        &now.settings,
        &now.outbound_policy,
        &call.as_submitted(id.reference()),
    )
    .map_err(|refusal| match refusal {
        AdmissionError::PolicyViolation(why) => {
            ApiError::named(ErrorCode::OutOfReach, why.to_string())
        }
        other => bad_request(&other),
    })?;
    expiry(
        clocks.ours(call.tapped),
        clocks.ours(call.deadline),
        clocks.now,
    )
}

/// Returns the deadline by the relay's clock.
///
/// Our decision, for a tablet that does not say what its clock shows, or whose clock was set between tap and
/// handing over: the call lives from the tap to its deadline, at most 15 minutes, and never longer than that
/// from now. A tablet that is ahead thus gains nothing, and one that is behind loses as much as it is behind.
/// A tablet that is further ahead than [`MAX_CLOCK_AHEAD_MS`] is refused: its call could be hours old.
fn expiry(tapped: Millis, deadline: Millis, now: Millis) -> ApiResult<Millis> {
    let refuse = |message: &str| Err(ApiError::named(ErrorCode::BadDeadline, message));
    let lifetime = match deadline.checked_sub(tapped) {
        Some(lifetime) if (1..=DEADLINE_MILLIS).contains(&lifetime) => lifetime,
        _ => return refuse("the deadline must be at most 15 minutes after the tap"),
    };
    if tapped > now + MAX_CLOCK_AHEAD_MS {
        return refuse("the tablet's clock is more than five minutes ahead: set it right");
    }
    if deadline <= now {
        return refuse("the deadline has passed: the visitor must ask again");
    }
    Ok(deadline.min(now + lifetime))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Millis = 60_000;
    const NOW: Millis = 1_800_000_000_000;

    #[test]
    fn a_call_expires_by_our_clock() {
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
            ("absurd", 0, u64::MAX, None),
        ];
        for (what, tapped, deadline, expires) in cases {
            assert_eq!(expiry(tapped, deadline, NOW).ok(), expires, "{what}");
        }
    }

    #[test]
    fn a_tablet_whose_clock_is_days_off_is_judged_by_the_age_of_the_tap() {
        const DAY: Millis = 24 * 60 * MINUTE;
        let expires = |tapped: Millis, tablet: Millis| {
            let clocks = ClockReadings {
                now: NOW,
                tablet: Some(tablet),
            };
            let deadline = tapped + 15 * MINUTE;
            expiry(clocks.ours(tapped), clocks.ours(deadline), NOW).ok()
        };
        for tablet in [NOW - DAY, NOW, NOW + DAY, MINUTE] {
            assert_eq!(expires(tablet, tablet), Some(NOW + 15 * MINUTE));
        }
        for tablet in [NOW - DAY, NOW, NOW + DAY] {
            let ten = expires(tablet - 10 * MINUTE, tablet);
            assert_eq!(ten, Some(NOW + 5 * MINUTE), "ten minutes in its queue");
            assert_eq!(expires(tablet - 15 * MINUTE, tablet), None, "too late");
        }
        assert_eq!(
            expires(NOW + DAY, NOW),
            None,
            "set back after the tap: nobody knows how long ago it was"
        );
    }

    #[test]
    fn only_version_7_ids_are_accepted() {
        let seven: CallId = "0192e4a0-0000-7000-8000-ff0000000001".parse().unwrap();
        let four: CallId = "0192e4a0-0000-4000-8000-ff0000000001".parse().unwrap();
        assert!(check_id(seven).is_ok());
        assert!(check_id(four).is_err());
    }
}
