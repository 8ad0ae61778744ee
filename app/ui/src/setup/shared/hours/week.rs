//! Editor of a week of opening hours.

use leptos::prelude::*;
use yobirin_domain::model::date::Weekday;
use yobirin_domain::model::hours::Week;

use super::day::DayRow;
use super::week_change::WeekChange;
use crate::setup::nav::words;

#[component]
pub(crate) fn WeekEditor(
    /// Current value.
    #[prop(into)]
    week: Signal<Week>,
    /// Called with the changed week.
    #[prop(into)]
    on_change: Callback<Week>,
    /// Problem with the week.
    #[prop(into)]
    problem: Signal<Option<String>>,
) -> impl IntoView {
    let texts = &words().hours;
    let edit = Callback::new(move |change: WeekChange| {
        let mut changed = week.get_untracked();
        change.apply(&mut changed);
        on_change.run(changed);
    });
    view! {
        <div class="week" role="group" aria-label=texts.title data-week>
            {Weekday::ALL.map(|day| view! { <DayRow day=day week=week edit=edit /> }).into_iter().collect_view()}
        </div>
        <p class="problem" role="status">{move || problem.get()}</p>
    }
}
