//! Usual periods for which an office manager reads the call history.

use crate::model::date::{Date, Weekday};

/// Period that ends today or yesterday.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HistoryPeriod {
    /// The current day.
    Today,
    /// The day before.
    Yesterday,
    /// From Monday to the current day.
    ThisWeek,
}

impl HistoryPeriod {
    /// All periods in display order.
    pub const ALL: [Self; 3] = [Self::Today, Self::Yesterday, Self::ThisWeek];

    /// First and last day of the period.
    #[must_use]
    pub fn days(self, today: Date) -> (Date, Date) {
        match self {
            Self::Today => (today, today),
            Self::Yesterday => {
                let day = today.previous().unwrap_or(today);
                (day, day)
            }
            Self::ThisWeek => {
                let mut days = std::iter::successors(Some(today), |day| day.previous());
                let monday = days.find(|day| day.weekday() == Weekday::Mon);
                (monday.unwrap_or(today), today)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_end_today_or_yesterday_and_a_week_begins_on_monday() {
        for (today, period, first, last) in [
            (
                "2026-11-29",
                HistoryPeriod::Today,
                "2026-11-29",
                "2026-11-29",
            ),
            (
                "2026-12-01",
                HistoryPeriod::Yesterday,
                "2026-11-30",
                "2026-11-30",
            ),
            (
                "2027-01-01",
                HistoryPeriod::Yesterday,
                "2026-12-31",
                "2026-12-31",
            ),
            (
                "2026-11-29",
                HistoryPeriod::ThisWeek,
                "2026-11-23",
                "2026-11-29",
            ),
            (
                "2026-11-30",
                HistoryPeriod::ThisWeek,
                "2026-11-30",
                "2026-11-30",
            ),
            (
                "2027-01-01",
                HistoryPeriod::ThisWeek,
                "2026-12-28",
                "2027-01-01",
            ),
        ] {
            let day = |text: &str| text.parse::<Date>().expect("a date");
            let expected = (day(first), day(last));
            assert_eq!(period.days(day(today)), expected, "{today} {period:?}");
        }
    }
}
