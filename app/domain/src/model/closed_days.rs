//! Closed days (休業日): one day or several in a row, with an optional name such as 年末年始.

use serde::{Deserialize, Serialize};

use super::date::Date;

/// Maximum number of days in a row of one entry. Our decision: a year, so that a mistyped year is found.
pub const MAX_DAYS_IN_A_ROW: u16 = 366;

/// A closed day, or several in a row. In JSON, one day without a name is a date: the form that older documents have.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "ClosedDaysJson", into = "ClosedDaysJson")]
pub struct ClosedDays {
    /// First closed day.
    pub first: Date,
    /// Last closed day; the first one if it is the only one.
    pub last: Date,
    /// Name in the office's own language, such as `年末年始`; `""` for none.
    pub name: String,
}

/// JSON form of [`ClosedDays`].
#[derive(Serialize, Deserialize)]
#[serde(untagged, expecting = "a date, or an object with from, to and name")]
enum ClosedDaysJson {
    Day(Date),
    Several {
        from: Date,
        to: Date,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        name: String,
    },
}

impl From<ClosedDaysJson> for ClosedDays {
    fn from(json: ClosedDaysJson) -> Self {
        match json {
            ClosedDaysJson::Day(day) => day.into(),
            ClosedDaysJson::Several { from, to, name } => Self {
                first: from,
                last: to,
                name,
            },
        }
    }
}

impl From<ClosedDays> for ClosedDaysJson {
    fn from(days: ClosedDays) -> Self {
        match days {
            days if days.is_plain_day() => Self::Day(days.first),
            ClosedDays { first, last, name } => Self::Several {
                from: first,
                to: last,
                name,
            },
        }
    }
}

impl From<Date> for ClosedDays {
    fn from(day: Date) -> Self {
        Self {
            first: day,
            last: day,
            name: String::new(),
        }
    }
}

/// Reason for which closed days cannot be added to a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClosedDaysError {
    /// The last day is before the first.
    EndsBeforeItBegins,
    /// There are more than [`MAX_DAYS_IN_A_ROW`].
    TooManyDays,
    /// Some are closed already, by this entry of the list.
    Overlap(ClosedDays),
}

impl ClosedDays {
    /// True for a day from the first to the last.
    #[must_use]
    pub fn contains(&self, day: Date) -> bool {
        (self.first..=self.last).contains(&day)
    }

    /// True when both have a day in common.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// True for one day without a name.
    #[must_use]
    pub fn is_plain_day(&self) -> bool {
        self.first == self.last && self.name.is_empty()
    }

    /// True when all days are before `today`.
    #[must_use]
    pub fn is_past(&self, today: Date) -> bool {
        self.last < today
    }

    /// Number of days; `None` when the last is before the first, or when there are more than [`MAX_DAYS_IN_A_ROW`].
    #[must_use]
    pub fn count(&self) -> Option<u16> {
        let days = std::iter::successors(Some(self.first), |day| day.next());
        let mut numbered = (1..=MAX_DAYS_IN_A_ROW).zip(days);
        let found = numbered.find(|(_, day)| *day == self.last);
        found.map(|(number, _)| number)
    }

    /// Adds these days to a list in the order of the days. An entry of one day without a name that they include is
    /// replaced, unless they are such a day too.
    ///
    /// # Errors
    /// When the days are invalid, or overlap an entry of the list otherwise. The list is unchanged then.
    pub fn add_to(self, list: &mut Vec<Self>) -> Result<(), ClosedDaysError> {
        if self.last < self.first {
            return Err(ClosedDaysError::EndsBeforeItBegins);
        }
        if self.count().is_none() {
            return Err(ClosedDaysError::TooManyDays);
        }
        let is_replaced = |other: &Self| {
            other.is_plain_day() && !self.is_plain_day() && self.contains(other.first)
        };
        let mut kept = list.iter().filter(|other| !is_replaced(other));
        if let Some(other) = kept.find(|other| other.overlaps(&self)) {
            return Err(ClosedDaysError::Overlap(other.clone()));
        }
        list.retain(|other| !is_replaced(other));
        list.push(self);
        list.sort_unstable();
        Ok(())
    }
}

/// The entry of a list that includes a day.
#[must_use]
pub fn closed_on(list: &[ClosedDays], day: Date) -> Option<&ClosedDays> {
    list.iter().find(|entry| entry.contains(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn days(first: &str, last: &str, name: &str) -> ClosedDays {
        ClosedDays {
            first: date(first),
            last: date(last),
            name: name.to_owned(),
        }
    }

    fn new_year() -> ClosedDays {
        days("2026-12-29", "2027-01-03", "年末年始")
    }

    #[test]
    fn a_day_without_a_name_is_a_date_as_in_older_documents() {
        for (json, entry) in [
            (r#""2026-12-31""#, date("2026-12-31").into()),
            (
                r#"{"from":"2026-12-29","to":"2027-01-03","name":"年末年始"}"#,
                new_year(),
            ),
            (
                r#"{"from":"2027-08-13","to":"2027-08-15"}"#,
                days("2027-08-13", "2027-08-15", ""),
            ),
            (
                r#"{"from":"2027-06-01","to":"2027-06-01","name":"創立記念日"}"#,
                days("2027-06-01", "2027-06-01", "創立記念日"),
            ),
        ] {
            assert_eq!(serde_json::from_str::<ClosedDays>(json).unwrap(), entry);
            assert_eq!(serde_json::to_string(&entry).unwrap(), json);
        }
        let error = serde_json::from_str::<ClosedDays>(r#""31.12.2026""#).unwrap_err();
        assert!(
            error.to_string().contains("a date, or an object"),
            "{error}"
        );
    }

    #[test]
    fn the_first_and_the_last_day_are_closed_and_the_days_around_them_are_not() {
        let list = [date("2026-11-03").into(), new_year()];
        for (day, is_closed) in [
            ("2026-12-28", false),
            ("2026-12-29", true),
            ("2027-01-03", true),
            ("2027-01-04", false),
        ] {
            assert_eq!(closed_on(&list, date(day)).is_some(), is_closed, "{day}");
        }
        assert_eq!(new_year().count(), Some(6));
        assert!(!new_year().is_past(date("2027-01-03")));
        assert!(new_year().is_past(date("2027-01-04")));
    }

    #[test]
    fn added_days_are_in_order_and_replace_single_days_without_a_name() {
        let mut list = Vec::new();
        for day in ["2027-01-01", "2026-12-28", "2027-01-11"] {
            ClosedDays::from(date(day)).add_to(&mut list).unwrap();
        }
        new_year().add_to(&mut list).unwrap();
        let single = |day: &str| ClosedDays::from(date(day));
        let expected = [single("2026-12-28"), new_year(), single("2027-01-11")];
        assert_eq!(list, expected);
        let named = days("2027-01-11", "2027-01-11", "成人の日");
        named.clone().add_to(&mut list).unwrap();
        assert_eq!(list, [single("2026-12-28"), new_year(), named]);
    }

    #[test]
    fn days_that_end_too_early_or_are_too_many_or_closed_already_are_not_added() {
        let before = vec![new_year()];
        for (entry, error) in [
            (
                days("2027-08-15", "2027-08-13", ""),
                ClosedDaysError::EndsBeforeItBegins,
            ),
            (
                days("2027-02-01", "2028-02-02", ""),
                ClosedDaysError::TooManyDays,
            ),
            (
                days("2027-01-03", "2027-01-05", ""),
                ClosedDaysError::Overlap(new_year()),
            ),
            (
                date("2026-12-31").into(),
                ClosedDaysError::Overlap(new_year()),
            ),
            (
                days("2026-12-01", "2027-01-31", "改装"),
                ClosedDaysError::Overlap(new_year()),
            ),
        ] {
            let mut list = before.clone();
            assert_eq!(entry.clone().add_to(&mut list), Err(error), "{entry:?}");
            assert_eq!(list, before);
        }
        let year = days("2027-02-01", "2028-02-01", "");
        assert_eq!(year.count(), Some(MAX_DAYS_IN_A_ROW));
        let mut twice = vec![date("2027-02-01").into()];
        let again = ClosedDays::from(date("2027-02-01"));
        let error = ClosedDaysError::Overlap(again.clone());
        assert_eq!(again.add_to(&mut twice), Err(error));
    }
}
