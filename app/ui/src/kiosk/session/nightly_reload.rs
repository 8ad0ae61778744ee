//! Schedule of the app's reload: once a night, at a random minute so that tablets do not all reload at once, and on
//! request. A due reload waits until nobody uses the tablet, which the caller knows.

use yobirin_domain::model::date::Date;
use yobirin_domain::model::hours::{LocalDateTime, TimeOfDay};

/// Beginning of the nightly window, in minutes after midnight in the site's time zone.
const FIRST_MINUTE: u16 = 2 * 60;
/// Length of the nightly window: until five o'clock.
const WINDOW_MINUTES: u16 = 3 * 60;

/// Schedule of the nightly reload.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NightlyReload {
    /// The minute at which this tablet reloads each night.
    minute: TimeOfDay,
    last_observed: Option<LocalDateTime>,
    is_due: bool,
}

impl NightlyReload {
    /// A schedule without a due reload; `random` selects the minute.
    pub(crate) fn new(random: u16) -> Self {
        let minute = FIRST_MINUTE + random % WINDOW_MINUTES;
        Self {
            minute: TimeOfDay::new(minute / 60, minute % 60).unwrap_or(TimeOfDay::MIDNIGHT),
            last_observed: None,
            is_due: false,
        }
    }

    /// Makes a reload due: an admin asked for it, or a newer app was installed.
    pub(crate) fn request(&mut self) {
        self.is_due = true;
    }

    /// Called at intervals with the site's time. A tablet that slept through its minute reloads when it wakes.
    pub(crate) fn observe(&mut self, now: LocalDateTime) {
        let tonight = LocalDateTime {
            day: now.day,
            time: self.minute,
        };
        let before = self.last_observed.replace(now);
        self.is_due |= before.is_some_and(|before| before < tonight && tonight <= now);
    }

    pub(crate) fn is_due(&self) -> bool {
        self.is_due
    }
}

/// A date and a time of day such as `14:05`; `None` when the time cannot be parsed.
pub(crate) fn local_date_time(day: Date, time: &str) -> Option<LocalDateTime> {
    let time = time.parse().ok()?;
    Some(LocalDateTime { day, time })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: &str, time: &str) -> LocalDateTime {
        local_date_time(day.parse().unwrap(), time).unwrap()
    }

    #[test]
    fn a_reload_is_due_once_a_night_at_a_minute_between_two_and_five() {
        for (random, before, after) in [
            (0, "01:59", "02:00"),
            (59, "02:58", "02:59"),
            (179, "04:58", "04:59"),
            (180, "01:59", "02:00"),
            (u16::MAX, "02:14", "02:15"),
        ] {
            let mut reload = NightlyReload::new(random);
            reload.observe(at("2026-11-23", "00:30"));
            reload.observe(at("2026-11-23", before));
            assert!(!reload.is_due(), "{random} at {before}");
            reload.observe(at("2026-11-23", after));
            assert!(reload.is_due(), "{random} at {after}");
        }
    }

    #[test]
    fn an_app_that_was_loaded_after_its_minute_waits_for_the_next_night() {
        let mut reload = NightlyReload::new(0);
        for time in ["02:00", "02:01", "14:00", "23:59"] {
            reload.observe(at("2026-11-23", time));
        }
        reload.observe(at("2026-11-24", "01:59"));
        assert!(!reload.is_due());
        reload.observe(at("2026-11-24", "02:00"));
        assert!(reload.is_due());
    }

    #[test]
    fn a_tablet_that_slept_through_its_minute_reloads_when_it_wakes() {
        let mut reload = NightlyReload::new(0);
        reload.observe(at("2026-11-23", "23:00"));
        reload.observe(at("2026-11-24", "08:00"));
        assert!(reload.is_due());
    }

    #[test]
    fn a_clock_that_is_set_back_asks_for_nothing() {
        let mut reload = NightlyReload::new(0);
        reload.observe(at("2026-11-23", "12:00"));
        reload.observe(at("2026-11-23", "01:00"));
        assert!(!reload.is_due());
    }
}
