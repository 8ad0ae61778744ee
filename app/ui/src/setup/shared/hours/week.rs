//! The seven days, and whether it is open now.

use leptos::prelude::*;
use yobirin_domain::model::date::Weekday;
use yobirin_domain::model::hours::Week;

use super::day::DayRow;
use crate::setup::nav::words;

/// The editor.
#[component]
pub(crate) fn WeekEditor(
    /// The week as it is now.
    #[prop(into)]
    week: Signal<Week>,
    /// Told the week after each change.
    #[prop(into)]
    on_change: Callback<Week>,
    /// What is wrong with it.
    #[prop(into)]
    problem: Signal<Option<String>>,
) -> impl IntoView {
    let w = &words().hours;
    let edit = Callback::new(move |change: WeekChange| {
        let mut now = week.get_untracked();
        change.apply(&mut now);
        on_change.run(now);
    });
    view! {
        <div class="week" role="group" aria-label=w.title data-week>
            {Weekday::ALL.map(|day| view! { <DayRow day=day week=week edit=edit /> }).into_iter().collect_view()}
        </div>
        <p class="problem" role="status">{move || problem.get()}</p>
    }
}

/// What can be done to a week.
#[derive(Clone, Debug)]
pub(crate) enum WeekChange {
    /// Another day's spans are written anew.
    Write(Weekday, Vec<yobirin_domain::model::hours::Span>),
    /// Monday to Friday get the spans of this day.
    Spread(Weekday),
}

impl WeekChange {
    fn apply(self, week: &mut Week) {
        match self {
            Self::Write(day, spans) => *week.on_mut(day) = spans,
            Self::Spread(day) => {
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
    use yobirin_domain::model::hours::Span;

    #[test]
    fn one_day_is_copied_to_all_workdays_and_the_weekend_stays() {
        let span = |from: &str, to: &str| Span {
            from: from.parse().unwrap(),
            to: to.parse().unwrap(),
        };
        let mut week = Week::workdays(span("09:00", "18:00"));
        week.sat.push(span("10:00", "12:00"));
        let short = vec![span("10:00", "15:00")];
        WeekChange::Write(Weekday::Wed, short.clone()).apply(&mut week);
        assert_eq!(week.wed, short);
        assert_eq!(week.mon, [span("09:00", "18:00")]);
        WeekChange::Spread(Weekday::Wed).apply(&mut week);
        assert!(
            [&week.mon, &week.tue, &week.thu, &week.fri]
                .iter()
                .all(|day| **day == short)
        );
        assert_eq!(week.sat, [span("10:00", "12:00")]);
        assert!(week.sun.is_empty());
    }
}
