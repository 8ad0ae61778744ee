//! The office's time zone: when its days begin.

use jiff::civil;
use jiff::tz::TimeZone;
use yobirin_api::Millis;
use yobirin_domain::model::date::Date;
use yobirin_domain::model::settings::Settings;

/// A time zone; UTC when the office's is not known here.
pub(crate) struct OfficeTime(TimeZone);

impl OfficeTime {
    pub(crate) fn of(settings: &Settings) -> Self {
        Self(TimeZone::get(&settings.site().time_zone).unwrap_or(TimeZone::UTC))
    }

    /// When a day begins: at midnight, or at the first moment after where clocks skip it.
    pub(crate) fn begin(&self, day: Date) -> Result<Millis, jiff::Error> {
        let date: civil::Date = day.to_string().parse()?;
        let begin = date.to_zoned(self.0.clone())?;
        Ok(Millis::try_from(begin.timestamp().as_millisecond()).unwrap_or(0))
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
    fn days_are_the_office_s_own() {
        let tokyo = zone("Asia/Tokyo");
        // 2026-11-22 15:00 UTC
        let begin = tokyo.begin("2026-11-23".parse().unwrap()).unwrap();
        assert_eq!(begin, 1_795_359_600_000);
        // 2026-11-23 05:00 UTC
        let new_york = zone("America/New_York");
        let begin = new_york.begin("2026-11-23".parse().unwrap()).unwrap();
        assert_eq!(begin, 1_795_410_000_000);
    }
}
