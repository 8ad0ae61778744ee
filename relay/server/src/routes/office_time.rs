//! Start of a day in the office's time zone.

use jiff::civil;
use jiff::tz::TimeZone;
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
        // 2026-11-23 05:00 UTC
        let new_york = zone("America/New_York");
        let start = new_york.day_start("2026-11-23".parse().unwrap()).unwrap();
        assert_eq!(start, 1_795_410_000_000);
    }
}
