//! A time of day, to the minute.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Error for a text or numbers that are not a time of day.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
#[error("a time is written HH:MM, from 00:00 to 24:00")]
pub struct InvalidTime;

/// Time of day in minutes since midnight, written `HH:MM`; `24:00` is the end of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TimeOfDay(u16);

impl TimeOfDay {
    /// 00:00, the start of a day.
    pub const MIDNIGHT: Self = Self(0);
    /// 24:00, the end of a day.
    pub const END: Self = Self(24 * 60);

    /// Creates a time from hour and minute, up to 24:00.
    pub fn new(hour: u16, minute: u16) -> Result<Self, InvalidTime> {
        let minutes = hour
            .checked_mul(60)
            .and_then(|minutes| minutes.checked_add(minute));
        match minutes {
            Some(minutes) if minute < 60 && minutes <= Self::END.0 => Ok(Self(minutes)),
            _ => Err(InvalidTime),
        }
    }

    /// Minutes since midnight, 0 to 1440.
    #[must_use]
    pub fn minutes(self) -> u16 {
        self.0
    }
}

impl std::str::FromStr for TimeOfDay {
    type Err = InvalidTime;
    fn from_str(text: &str) -> Result<Self, InvalidTime> {
        let (hour, minute) = text.split_once(':').ok_or(InvalidTime)?;
        let parse_two_digits = |part: &str| match part.as_bytes() {
            [tens, ones] if tens.is_ascii_digit() && ones.is_ascii_digit() => {
                Ok(u16::from(tens - b'0') * 10 + u16::from(ones - b'0'))
            }
            _ => Err(InvalidTime),
        };
        Self::new(parse_two_digits(hour)?, parse_two_digits(minute)?)
    }
}

impl TryFrom<String> for TimeOfDay {
    type Error = InvalidTime;
    fn try_from(text: String) -> Result<Self, InvalidTime> {
        text.parse()
    }
}

impl From<TimeOfDay> for String {
    fn from(time: TimeOfDay) -> Self {
        time.to_string()
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}
