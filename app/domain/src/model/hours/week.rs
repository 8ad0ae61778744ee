//! Opening hours of a week: the spans of each weekday.

use serde::{Deserialize, Serialize};

use super::TimeOfDay;
use crate::model::date::Weekday;

/// Half-open span of opening hours: includes `from`, excludes `to`. A span that crosses midnight is
/// written as two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Span {
    /// Start, included.
    pub from: TimeOfDay,
    /// End, excluded.
    pub to: TimeOfDay,
}

impl Span {
    /// True when `time` is within the span.
    #[must_use]
    pub fn contains(self, time: TimeOfDay) -> bool {
        self.from <= time && time < self.to
    }

    /// True when both spans share a minute.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.from < other.to && other.from < self.to
    }
}

/// Opening hours of a week. A day without spans is closed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Week {
    /// Hours on Monday (月曜日).
    pub mon: Vec<Span>,
    /// Hours on Tuesday (火曜日).
    pub tue: Vec<Span>,
    /// Hours on Wednesday (水曜日).
    pub wed: Vec<Span>,
    /// Hours on Thursday (木曜日).
    pub thu: Vec<Span>,
    /// Hours on Friday (金曜日).
    pub fri: Vec<Span>,
    /// Hours on Saturday (土曜日).
    pub sat: Vec<Span>,
    /// Hours on Sunday (日曜日).
    pub sun: Vec<Span>,
}

impl Week {
    /// Creates a week with the same span on Monday to Friday and a closed weekend.
    #[must_use]
    pub fn workdays(span: Span) -> Self {
        let mut week = Self::default();
        for day in Weekday::ALL.into_iter().filter(|day| day.is_workday()) {
            week.on_mut(day).push(span);
        }
        week
    }

    /// Opening hours of one weekday, in order; empty for a closed day.
    #[must_use]
    pub fn on(&self, day: Weekday) -> &[Span] {
        match day {
            Weekday::Mon => &self.mon,
            Weekday::Tue => &self.tue,
            Weekday::Wed => &self.wed,
            Weekday::Thu => &self.thu,
            Weekday::Fri => &self.fri,
            Weekday::Sat => &self.sat,
            Weekday::Sun => &self.sun,
        }
    }

    /// Spans of one weekday, mutable.
    pub fn on_mut(&mut self, day: Weekday) -> &mut Vec<Span> {
        match day {
            Weekday::Mon => &mut self.mon,
            Weekday::Tue => &mut self.tue,
            Weekday::Wed => &mut self.wed,
            Weekday::Thu => &mut self.thu,
            Weekday::Fri => &mut self.fri,
            Weekday::Sat => &mut self.sat,
            Weekday::Sun => &mut self.sun,
        }
    }
}
