//! National holidays of Japan by the law in force since 2022 (国民の祝日に関する法律), with substitute holidays and
//! days between two holidays.

use crate::model::date::{Date, Weekday};

/// Years for which [`japanese_holidays`] has days: from the law in force to the end of the equinox formula.
pub const HOLIDAY_YEARS: std::ops::RangeInclusive<u16> = 2022..=2099;

/// Holidays on a fixed day: month and day.
const FIXED_DAYS: [(u8, u8); 10] = [
    (1, 1),   // 元日
    (2, 11),  // 建国記念の日
    (2, 23),  // 天皇誕生日
    (4, 29),  // 昭和の日
    (5, 3),   // 憲法記念日
    (5, 4),   // みどりの日
    (5, 5),   // こどもの日
    (8, 11),  // 山の日
    (11, 3),  // 文化の日
    (11, 23), // 勤労感謝の日
];
/// Holidays on a Monday: month, and number of the Monday in it.
const MONDAYS: [(u8, u8); 4] = [
    (1, 2),  // 成人の日
    (7, 3),  // 海の日
    (9, 3),  // 敬老の日
    (10, 2), // スポーツの日
];

/// Days of the equinoxes in 1980, in 10,000ths of a day: the 20.8431st of March and the 23.2488th of September, the
/// constants of [`equinox_day`].
const MARCH_EQUINOX_1980: u32 = 208_431;
const SEPTEMBER_EQUINOX_1980: u32 = 232_488;

/// The holidays of a year in order. Empty for a year outside of [`HOLIDAY_YEARS`].
#[must_use]
pub fn japanese_holidays(year: u16) -> Vec<Date> {
    if !HOLIDAY_YEARS.contains(&year) {
        return Vec::new();
    }
    let fixed = FIXED_DAYS.map(|(month, day)| Date::new(year, month, day).ok());
    let mondays = MONDAYS.map(|(month, number)| nth_monday(year, month, number));
    let equinoxes = [
        Date::new(year, 3, equinox_day(year, MARCH_EQUINOX_1980)).ok(),
        Date::new(year, 9, equinox_day(year, SEPTEMBER_EQUINOX_1980)).ok(),
    ];
    let all = fixed.into_iter().chain(mondays).chain(equinoxes);
    // The holidays that the law names (article 2); the days of article 3 depend on them.
    let mut named: Vec<Date> = all.flatten().collect();
    named.sort_unstable();
    let mut holidays = named.clone();
    holidays.extend(substitutes(&named));
    holidays.extend(days_between(&named));
    holidays.sort_unstable();
    holidays.dedup();
    holidays
}

/// Holidays from `today` to the end of the next year.
#[must_use]
pub fn coming_japanese_holidays(today: Date) -> Vec<Date> {
    let year = today.year();
    let days = [year, year.saturating_add(1)].map(japanese_holidays);
    days.concat()
        .into_iter()
        .filter(|day| *day >= today)
        .collect()
}

/// For each named holiday on a Sunday, the next day that is not a named holiday (article 3, paragraph 2).
fn substitutes(named: &[Date]) -> Vec<Date> {
    let sundays = named.iter().filter(|day| day.weekday() == Weekday::Sun);
    let after = |day: &Date| {
        let mut days = std::iter::successors(Some(*day), |day| day.next());
        days.find(|day| !named.contains(day))
    };
    sundays.filter_map(after).collect()
}

/// Each day for which the day before and after are holidays (article 3, paragraph 3).
fn days_between(named: &[Date]) -> Vec<Date> {
    let day_between = |pair: &[Date]| {
        let day = pair[0].next()?;
        (day.next() == Some(pair[1])).then_some(day)
    };
    named.windows(2).filter_map(day_between).collect()
}

fn nth_monday(year: u16, month: u8, number: u8) -> Option<Date> {
    let earliest = (number - 1) * 7 + 1;
    let mut days = (earliest..earliest + 7).filter_map(|day| Date::new(year, month, day).ok());
    days.find(|day| day.weekday() == Weekday::Mon)
}

/// Day of an equinox in Japan, by the usual formula for 1980 to 2099. `day_in_1980` is in 10,000ths of a day; a tropical
/// year is 0.242194 days longer than 365, and every fourth year has a leap day. The Cabinet announces the day a year
/// before.
fn equinox_day(year: u16, day_in_1980: u32) -> u8 {
    let years = u32::from(year.saturating_sub(1980));
    let leap_days = years / 4;
    let millionths = day_in_1980 * 100 + 242_194 * years;
    u8::try_from(millionths / 1_000_000 - leap_days).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days_of(year: u16) -> Vec<String> {
        let short = |day: Date| day.to_string()[5..].to_owned();
        japanese_holidays(year).into_iter().map(short).collect()
    }

    /// From the calendar of the National Astronomical Observatory (暦要項) and the Cabinet Office's list.
    #[test]
    fn the_holidays_of_known_years_are_right() {
        let known: [(u16, &[&str]); 6] = [
            (
                2023,
                &[
                    "01-01", "01-02", "01-09", "02-11", "02-23", "03-21", "04-29", "05-03",
                    "05-04", "05-05", "07-17", "08-11", "09-18", "09-23", "10-09", "11-03",
                    "11-23",
                ],
            ),
            (
                2024,
                &[
                    "01-01", "01-08", "02-11", "02-12", "02-23", "03-20", "04-29", "05-03",
                    "05-04", "05-05", "05-06", "07-15", "08-11", "08-12", "09-16", "09-22",
                    "09-23", "10-14", "11-03", "11-04", "11-23",
                ],
            ),
            (
                2025,
                &[
                    "01-01", "01-13", "02-11", "02-23", "02-24", "03-20", "04-29", "05-03",
                    "05-04", "05-05", "05-06", "07-21", "08-11", "09-15", "09-23", "10-13",
                    "11-03", "11-23", "11-24",
                ],
            ),
            (
                2026,
                &[
                    "01-01", "01-12", "02-11", "02-23", "03-20", "04-29", "05-03", "05-04",
                    "05-05", "05-06", "07-20", "08-11", "09-21", "09-22", "09-23", "10-12",
                    "11-03", "11-23",
                ],
            ),
            (
                2027,
                &[
                    "01-01", "01-11", "02-11", "02-23", "03-21", "03-22", "04-29", "05-03",
                    "05-04", "05-05", "07-19", "08-11", "09-20", "09-23", "10-11", "11-03",
                    "11-23",
                ],
            ),
            (
                2032,
                &[
                    "01-01", "01-12", "02-11", "02-23", "03-20", "04-29", "05-03", "05-04",
                    "05-05", "07-19", "08-11", "09-20", "09-21", "09-22", "10-11", "11-03",
                    "11-23",
                ],
            ),
        ];
        for (year, days) in known {
            assert_eq!(days_of(year), days, "{year}");
        }
    }

    #[test]
    fn equinoxes_are_those_that_the_observatory_announced() {
        for (year, spring, autumn) in [
            (2022, 21, 23),
            (2023, 21, 23),
            (2024, 20, 22),
            (2025, 20, 23),
            (2026, 20, 23),
            (2027, 21, 23),
        ] {
            let days = (
                equinox_day(year, MARCH_EQUINOX_1980),
                equinox_day(year, SEPTEMBER_EQUINOX_1980),
            );
            assert_eq!(days, (spring, autumn), "{year}");
        }
    }

    #[test]
    fn every_year_has_16_to_22_holidays_and_one_on_each_monday_after_a_holiday_on_a_sunday() {
        for year in HOLIDAY_YEARS {
            let days = japanese_holidays(year);
            assert!((16..=22).contains(&days.len()), "{year}: {days:?}");
            let sundays = days.iter().filter(|day| day.weekday() == Weekday::Sun);
            for sunday in sundays {
                let is_monday_a_holiday = sunday.next().is_some_and(|next| days.contains(&next));
                assert!(is_monday_a_holiday, "the day after {sunday}: {days:?}");
            }
        }
        assert_eq!(japanese_holidays(2021), []);
        assert_eq!(japanese_holidays(2100), []);
    }

    #[test]
    fn coming_holidays_begin_today_and_end_with_the_next_year() {
        let today: Date = "2026-11-23".parse().expect("a date");
        let days = coming_japanese_holidays(today);
        assert_eq!(days.first(), Some(&today));
        assert_eq!(
            days.get(1).map(ToString::to_string).as_deref(),
            Some("2027-01-01")
        );
        assert_eq!(
            days.last().map(ToString::to_string).as_deref(),
            Some("2027-11-23")
        );
    }
}
