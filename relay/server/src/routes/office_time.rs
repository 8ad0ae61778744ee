//! Days and times in the office's time zone, for people to read.

use jiff::civil;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use yobirin_api::Millis;
use yobirin_domain::model::date::Date;
use yobirin_domain::model::settings::Settings;

/// Time zone of the office; UTC when it is unknown on this machine.
pub(crate) struct OfficeTime(TimeZone);

impl OfficeTime {
    pub(crate) fn of(settings: &Settings) -> Self {
        Self(TimeZone::get(&settings.site().time_zone).unwrap_or(TimeZone::UTC))
    }

    /// Returns the start of a day: midnight, or the first time after a clock change that skips it.
    pub(crate) fn day_start(&self, day: Date) -> Result<Millis, jiff::Error> {
        let date: civil::Date = day.to_string().parse()?;
        let start = date.to_zoned(self.0.clone())?;
        Ok(Millis::try_from(start.timestamp().as_millisecond()).unwrap_or(0))
    }

    /// Formats the day of a time, as `2026-11-23`.
    pub(crate) fn day(&self, at: Millis) -> String {
        self.moment(at).strftime("%Y-%m-%d").to_string()
    }

    /// Formats a time for spreadsheets: `2026-11-23 14:05:09`.
    pub(crate) fn time(&self, at: Millis) -> String {
        self.moment(at).strftime("%Y-%m-%d %H:%M:%S").to_string()
    }

    fn moment(&self, at: Millis) -> Zoned {
        let millis = i64::try_from(at).unwrap_or(i64::MAX);
        let moment = Timestamp::from_millisecond(millis).unwrap_or(Timestamp::MAX);
        moment.to_zoned(self.0.clone())
    }
}

#[cfg(test)]
mod tests {
    use yobirin_domain::model::settings::SettingsDocument;
    use yobirin_domain::validate::validate;

    use super::*;

    fn zone(name: &str) -> OfficeTime {
        let mut document = SettingsDocument::default();
        name.clone_into(&mut document.site.time_zone);
        OfficeTime::of(&validate(document).unwrap())
    }

    #[test]
    fn days_are_in_the_time_zone_of_the_office() {
        let tokyo = zone("Asia/Tokyo");
        // 2026-11-22 15:00 UTC
        let start = tokyo.day_start("2026-11-23".parse().unwrap()).unwrap();
        assert_eq!(start, 1_795_359_600_000);
        assert_eq!(tokyo.time(start), "2026-11-23 00:00:00");
        assert_eq!(tokyo.day(start - 1), "2026-11-22");
        assert_eq!(zone("America/New_York").time(start), "2026-11-22 10:00:00");
    }
}
