//! Time zone of the office: checks that it exists, and converts between its clock and milliseconds since 1970.

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned, civil};
use yobirin_api::Millis;
use yobirin_api::call::DueTime;
use yobirin_domain::model::date::Date;
use yobirin_domain::model::hours::{LocalDateTime, TimeOfDay};
use yobirin_domain::model::settings::Settings;
use yobirin_domain::validate::{Problem, ValidationError};

/// Time zone of the office. Falls back to UTC if this machine's time zone database does not have the zone: the settings
/// may have been saved on another machine.
pub(crate) struct OfficeTime(TimeZone);

impl OfficeTime {
    /// Refuses settings whose time zone does not exist. The domain checks only how it is written, because it has
    /// no time zone database.
    pub(crate) fn check(settings: Settings) -> Result<Settings, Vec<Problem>> {
        match TimeZone::get(&settings.site().time_zone) {
            Ok(_) => Ok(settings),
            Err(_) => Err(vec![Problem {
                path: "site.time_zone".to_owned(),
                error: ValidationError::UnknownTimeZone,
            }]),
        }
    }

    pub(crate) fn of(settings: &Settings) -> Self {
        Self(TimeZone::get(&settings.site().time_zone).unwrap_or(TimeZone::UTC))
    }

    /// Returns the start of the day that contains this instant.
    pub(crate) fn start_of_day_containing(&self, at: Millis) -> Result<Millis, jiff::Error> {
        Ok(millis(self.zoned(at).start_of_day()?.timestamp()))
    }

    /// Returns the time at which a task is due. A time of day may be 24:00, which `jiff` cannot represent: such a task is
    /// due at 23:59.
    pub(crate) fn due(&self, due: DueTime) -> Result<Millis, jiff::Error> {
        let time = due.time.min(TimeOfDay::new(23, 59).unwrap_or(due.time));
        let due: civil::DateTime = format!("{}T{time}", due.day).parse()?;
        Ok(millis(due.to_zoned(self.0.clone())?.timestamp()))
    }

    /// Returns the start of a date: midnight, or the end of a clock change that skips midnight.
    pub(crate) fn start_of_date(&self, day: Date) -> Result<Millis, jiff::Error> {
        let date: civil::Date = day.to_string().parse()?;
        let start = date.to_zoned(self.0.clone())?;
        Ok(millis(start.timestamp()))
    }

    /// Returns date and time of day at an instant.
    pub(crate) fn local(&self, at: Millis) -> LocalDateTime {
        let local = self.zoned(at);
        let unsigned = |number: i8| number.unsigned_abs();
        let (year, month) = (local.year().unsigned_abs(), unsigned(local.month()));
        let (hour, minute) = (unsigned(local.hour()), unsigned(local.minute()));
        LocalDateTime {
            day: Date::new(year, month, unsigned(local.day())).unwrap_or(Date::EPOCH),
            time: TimeOfDay::new(hour.into(), minute.into()).unwrap_or(TimeOfDay::MIDNIGHT),
        }
    }

    /// Returns hour and minute at an instant, such as `14:03`.
    pub(crate) fn time_of_day(&self, at: Millis) -> String {
        self.local(at).time.to_string()
    }

    /// Converts an instant. Beyond the year 9999, which no clock shows, the result is the last instant that `jiff` has.
    fn zoned(&self, at: Millis) -> Zoned {
        let millis = i64::try_from(at).unwrap_or(i64::MAX);
        let timestamp = Timestamp::from_millisecond(millis).unwrap_or(Timestamp::MAX);
        timestamp.to_zoned(self.0.clone())
    }
}

/// Returns the milliseconds since 1970; 0 for an earlier instant, because clocks of the product start in 1970.
fn millis(time: Timestamp) -> Millis {
    Millis::try_from(time.as_millisecond()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use yobirin_domain::model::settings::SettingsDocument;
    use yobirin_domain::validate::validate;

    use super::*;

    const MINUTE: Millis = 60_000;
    const HOUR: Millis = 60 * MINUTE;
    /// 2026-11-23 00:00 in Tokyo, which is 2026-11-22 15:00 UTC and 2026-11-22 10:00 in New York.
    const MIDNIGHT_IN_TOKYO: Millis = 1_795_359_600_000;

    fn settings(zone: &str) -> Settings {
        let mut document = SettingsDocument::default();
        zone.clone_into(&mut document.site.time_zone);
        validate(document).unwrap()
    }

    fn zone(name: &str) -> OfficeTime {
        OfficeTime::of(&settings(name))
    }

    #[test]
    fn a_time_zone_must_exist() {
        for good in ["UTC", "Asia/Tokyo", "Asia/Calcutta", "Etc/GMT+9"] {
            assert!(OfficeTime::check(settings(good)).is_ok(), "{good}");
        }
        for bad in ["Asia/Tokio", "Mars/Phobos"] {
            let problems = OfficeTime::check(settings(bad)).unwrap_err();
            assert_eq!(problems[0].path, "site.time_zone", "{bad}");
        }
    }

    #[test]
    fn times_are_in_the_time_zone_of_the_office() {
        let later = MIDNIGHT_IN_TOKYO + 3 * MINUTE;
        assert_eq!(zone("Asia/Tokyo").time_of_day(MIDNIGHT_IN_TOKYO), "00:00");
        assert_eq!(zone("UTC").time_of_day(later), "15:03");
        let local = zone("Asia/Tokyo").local(later);
        let text = (local.day.to_string(), local.time.to_string());
        assert_eq!(text, ("2026-11-23".to_owned(), "00:03".to_owned()));
    }

    #[test]
    fn days_are_in_the_time_zone_of_the_office() {
        let tokyo = zone("Asia/Tokyo");
        let start = tokyo.start_of_date("2026-11-23".parse().unwrap()).unwrap();
        assert_eq!(start, MIDNIGHT_IN_TOKYO);
        let new_york = zone("America/New_York");
        let start = new_york
            .start_of_date("2026-11-23".parse().unwrap())
            .unwrap();
        assert_eq!(start, MIDNIGHT_IN_TOKYO + 14 * HOUR);
        let late = start + 23 * HOUR;
        assert_eq!(new_york.start_of_day_containing(late).unwrap(), start);
    }

    #[test]
    fn a_task_is_due_at_the_time_of_the_office() {
        let due = |day: &str, time: &str| {
            let (day, time) = (day.parse().unwrap(), time.parse().unwrap());
            zone("Asia/Tokyo").due(DueTime { day, time }).unwrap()
        };
        let evening = MIDNIGHT_IN_TOKYO + 18 * HOUR;
        assert_eq!(due("2026-11-23", "18:00"), evening);
        let end_of_day = MIDNIGHT_IN_TOKYO + 24 * HOUR;
        assert_eq!(due("2026-11-23", "24:00"), end_of_day - MINUTE);
    }
}
