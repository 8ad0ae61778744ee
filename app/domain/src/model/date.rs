//! Calendar dates and weekdays. The current date is an argument.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Error for a text or numbers that are not an existing date.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("a date is written YYYY-MM-DD and must exist")]
pub struct InvalidDate;

/// Date of the Gregorian calendar in the site's time zone, written `YYYY-MM-DD`. Dates compare
/// chronologically.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// 1970-01-01, which stands in where the date is unknown or does not matter.
    pub const EPOCH: Self = Self {
        year: 1970,
        month: 1,
        day: 1,
    };

    /// Creates a date of the years 1000 to 9999, if it exists.
    pub fn new(year: u16, month: u8, day: u8) -> Result<Self, InvalidDate> {
        let is_leap =
            year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 => 28 + u8::from(is_leap),
            _ => return Err(InvalidDate),
        };
        let exists = (1000..=9999).contains(&year) && (1..=days).contains(&day);
        if exists {
            Ok(Self { year, month, day })
        } else {
            Err(InvalidDate)
        }
    }

    /// The next day; `None` after 9999-12-31.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        let Self { year, month, day } = self;
        // The first of these dates that exists.
        let candidates = [
            (year, month, day + 1),
            (year, month + 1, 1),
            (year + 1, 1, 1),
        ];
        let mut days = candidates.into_iter();
        days.find_map(|(year, month, day)| Self::new(year, month, day).ok())
    }

    /// The day before; `None` before 1000-01-01.
    #[must_use]
    pub fn previous(self) -> Option<Self> {
        let Self { year, month, day } = self;
        if day > 1 {
            return Self::new(year, month, day - 1).ok();
        }
        let (year, month) = match month {
            1 => (year - 1, 12),
            month => (year, month - 1),
        };
        let mut last_days = (28..=31).rev();
        last_days.find_map(|day| Self::new(year, month, day).ok())
    }

    /// The year, 1000 to 9999.
    #[must_use]
    pub fn year(self) -> u16 {
        self.year
    }

    /// Day of the week, by Sakamoto's method.
    #[must_use]
    pub fn weekday(self) -> Weekday {
        const MONTH_OFFSETS: [u16; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
        let year = self.year - u16::from(self.month < 3);
        let leaps = year / 4 - year / 100 + year / 400;
        let offset = MONTH_OFFSETS[usize::from(self.month) - 1];
        let days_from_sunday = (year + leaps + offset + u16::from(self.day)) % 7;
        Weekday::ALL[usize::from((days_from_sunday + 6) % 7)]
    }
}

impl std::str::FromStr for Date {
    type Err = InvalidDate;
    fn from_str(text: &str) -> Result<Self, InvalidDate> {
        let parts: Vec<&str> = text.split('-').collect();
        let &[year, month, day] = parts.as_slice() else {
            return Err(InvalidDate);
        };
        let has_widths = year.len() == 4 && month.len() == 2 && day.len() == 2;
        let has_only_digits = parts
            .iter()
            .all(|part| part.bytes().all(|b| b.is_ascii_digit()));
        if !has_widths || !has_only_digits {
            return Err(InvalidDate);
        }
        let parse_u16 = |part: &str| part.parse::<u16>().map_err(|_| InvalidDate);
        let parse_u8 = |part: &str| part.parse::<u8>().map_err(|_| InvalidDate);
        Self::new(parse_u16(year)?, parse_u8(month)?, parse_u8(day)?)
    }
}

impl TryFrom<String> for Date {
    type Error = InvalidDate;
    fn try_from(text: String) -> Result<Self, InvalidDate> {
        text.parse()
    }
}

impl From<Date> for String {
    fn from(day: Date) -> Self {
        day.to_string()
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Day of the week; Monday is first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Weekday {
    /// Monday (月).
    Mon,
    /// Tuesday (火).
    Tue,
    /// Wednesday (水).
    Wed,
    /// Thursday (木).
    Thu,
    /// Friday (金).
    Fri,
    /// Saturday (土).
    Sat,
    /// Sunday (日).
    Sun,
}

impl Weekday {
    /// All weekdays, Monday first.
    pub const ALL: [Self; 7] = [
        Self::Mon,
        Self::Tue,
        Self::Wed,
        Self::Thu,
        Self::Fri,
        Self::Sat,
        Self::Sun,
    ];

    /// Key of the weekday in the settings document.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Mon => "mon",
            Self::Tue => "tue",
            Self::Wed => "wed",
            Self::Thu => "thu",
            Self::Fri => "fri",
            Self::Sat => "sat",
            Self::Sun => "sun",
        }
    }

    /// True for Monday to Friday.
    #[must_use]
    pub fn is_workday(self) -> bool {
        !matches!(self, Self::Sat | Self::Sun)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_dates_that_exist_are_parsed() {
        for good in ["2026-11-23", "2024-02-29", "2000-02-29"] {
            assert_eq!(
                good.parse::<Date>().map(|day| day.to_string()),
                Ok(good.to_owned())
            );
        }
        for bad in [
            "2026-02-29",
            "1900-02-29",
            "2026-13-01",
            "2026-1-1",
            "26-01-01",
            "",
            "2026-+1-01",
        ] {
            assert_eq!(
                bad.parse::<Date>(),
                Err(InvalidDate),
                "{bad:?} should be rejected"
            );
        }
    }

    #[test]
    fn weekdays_repeat_every_seven_days() {
        let mut day = "1999-12-27".parse::<Date>().unwrap();
        for i in 0..1_000 {
            assert_eq!(day.weekday(), Weekday::ALL[i % 7], "{day}");
            let next = day.next().unwrap();
            assert_eq!(next.previous(), Some(day));
            day = next;
        }
        assert_eq!(day.to_string(), "2002-09-22");
        assert_eq!("9999-12-31".parse::<Date>().unwrap().next(), None);
        assert_eq!("1000-01-01".parse::<Date>().unwrap().previous(), None);
    }

    #[test]
    fn dates_compare_chronologically() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert!(day("2026-11-23") < day("2026-12-01"));
        assert!(day("2026-12-31") < day("2027-01-01"));
    }
}
