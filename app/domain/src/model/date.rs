//! A calendar day, as absences use it. What day it is today is the caller's to say.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why a text is no day.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("a day is written YYYY-MM-DD and must exist")]
pub struct InvalidDate;

/// A day of the Gregorian calendar in the site's time zone, written `YYYY-MM-DD`; days compare in
/// the order of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The first day of 1970, for want of a better one.
    pub const EPOCH: Self = Self {
        year: 1970,
        month: 1,
        day: 1,
    };

    /// A day by its parts, if it exists.
    pub fn new(year: u16, month: u8, day: u8) -> Result<Self, InvalidDate> {
        let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 => 28 + u8::from(leap),
            _ => return Err(InvalidDate),
        };
        let exists = (1000..=9999).contains(&year) && (1..=days).contains(&day);
        if exists {
            Ok(Self { year, month, day })
        } else {
            Err(InvalidDate)
        }
    }

    /// The day after, up to the end of 9999.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        let Self { year, month, day } = self;
        let candidates = [
            (year, month, day + 1),
            (year, month + 1, 1),
            (year + 1, 1, 1),
        ];
        let mut days = candidates.into_iter();
        days.find_map(|(year, month, day)| Self::new(year, month, day).ok())
    }

    /// The day of the week (Sakamoto's method).
    #[must_use]
    pub fn weekday(self) -> Weekday {
        const SHIFT: [u16; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
        let year = self.year - u16::from(self.month < 3);
        let leaps = year / 4 - year / 100 + year / 400;
        let shift = SHIFT[usize::from(self.month) - 1];
        let from_sunday = (year + leaps + shift + u16::from(self.day)) % 7;
        Weekday::ALL[usize::from((from_sunday + 6) % 7)]
    }
}

impl std::str::FromStr for Date {
    type Err = InvalidDate;
    fn from_str(text: &str) -> Result<Self, InvalidDate> {
        let parts: Vec<&str> = text.split('-').collect();
        let &[year, month, day] = parts.as_slice() else {
            return Err(InvalidDate);
        };
        let written = year.len() == 4 && month.len() == 2 && day.len() == 2;
        let digits = parts
            .iter()
            .all(|part| part.bytes().all(|b| b.is_ascii_digit()));
        if !written || !digits {
            return Err(InvalidDate);
        }
        let read = |part: &str| part.parse::<u16>().map_err(|_| InvalidDate);
        let small = |part: &str| part.parse::<u8>().map_err(|_| InvalidDate);
        Self::new(read(year)?, small(month)?, small(day)?)
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

/// A day of the week, in the order of calendars that start on Monday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Weekday {
    /// 月
    Mon,
    /// 火
    Tue,
    /// 水
    Wed,
    /// 木
    Thu,
    /// 金
    Fri,
    /// 土
    Sat,
    /// 日
    Sun,
}

impl Weekday {
    /// Every day of the week, Monday first.
    pub const ALL: [Self; 7] = [
        Self::Mon,
        Self::Tue,
        Self::Wed,
        Self::Thu,
        Self::Fri,
        Self::Sat,
        Self::Sun,
    ];

    /// The key of the day in the document.
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

    /// Monday to Friday.
    #[must_use]
    pub fn is_workday(self) -> bool {
        !matches!(self, Self::Sat | Self::Sun)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_exist_are_days() {
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
                "{bad:?} should be refused"
            );
        }
    }

    #[test]
    fn weeks_go_round_and_days_follow_each_other() {
        let mut day = "1999-12-27".parse::<Date>().unwrap();
        for i in 0..1_000 {
            assert_eq!(day.weekday(), Weekday::ALL[i % 7], "{day}");
            day = day.next().unwrap();
        }
        assert_eq!(day.to_string(), "2002-09-22");
        assert_eq!("9999-12-31".parse::<Date>().unwrap().next(), None);
    }

    #[test]
    fn days_compare_in_the_order_of_time() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert!(day("2026-11-23") < day("2026-12-01"));
        assert!(day("2026-12-31") < day("2027-01-01"));
    }
}
