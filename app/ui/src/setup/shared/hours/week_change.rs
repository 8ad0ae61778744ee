//! Changes of a week of opening hours.

use yobirin_domain::model::date::Weekday;
use yobirin_domain::model::hours::{Span, Week};

/// A change of a week.
#[derive(Clone, Debug)]
pub(crate) enum WeekChange {
    /// Replaces the spans of a day.
    SetDay(Weekday, Vec<Span>),
    /// Copies the spans of a day to Monday to Friday.
    CopyToWorkdays(Weekday),
}

impl WeekChange {
    /// Applies the change.
    pub(crate) fn apply(self, week: &mut Week) {
        match self {
            Self::SetDay(day, spans) => *week.on_mut(day) = spans,
            Self::CopyToWorkdays(day) => {
                let spans = week.on(day).to_vec();
                for other in Weekday::ALL.into_iter().filter(|day| day.is_workday()) {
                    week.on_mut(other).clone_from(&spans);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_day_is_copied_to_all_workdays_and_the_weekend_stays() {
        let span = |from: &str, to: &str| Span {
            from: from.parse().unwrap(),
            to: to.parse().unwrap(),
        };
        let mut week = Week::workdays(span("09:00", "18:00"));
        week.sat.push(span("10:00", "12:00"));
        let short = vec![span("10:00", "15:00")];
        WeekChange::SetDay(Weekday::Wed, short.clone()).apply(&mut week);
        assert_eq!(week.wed, short);
        assert_eq!(week.mon, [span("09:00", "18:00")]);
        WeekChange::CopyToWorkdays(Weekday::Wed).apply(&mut week);
        assert!(
            [&week.mon, &week.tue, &week.thu, &week.fri]
                .iter()
                .all(|day| **day == short)
        );
        assert_eq!(week.sat, [span("10:00", "12:00")]);
        assert!(week.sun.is_empty());
    }
}
