//! Editor of opening hours, for the site and for a tablet: a row for each weekday.

mod day;
mod now;
mod summary;
mod week;
mod week_change;

use leptos::prelude::*;
use yobirin_domain::model::hours::{Span, TimeOfDay, Week};

use crate::components::fresh_id;

pub(crate) use now::OpenNow;
pub(crate) use summary::{days_text, spans_text, week_summary, weekday_name};
pub(crate) use week::WeekEditor;

/// Initial opening hours: Monday to Friday, 9:00 to 18:00.
pub(crate) fn default_week() -> Week {
    let from = TimeOfDay::new(9, 0).unwrap_or(TimeOfDay::MIDNIGHT);
    let to = TimeOfDay::new(18, 0).unwrap_or(TimeOfDay::END);
    Week::workdays(Span { from, to })
}

/// Radio buttons, each with an explanation.
#[component]
pub(crate) fn RadioChoices<K>(
    /// Legend for screen readers.
    legend: &'static str,
    /// The inputs' `name`.
    name: &'static str,
    /// Value of the input, choice, label and explanation.
    choices: Vec<(&'static str, K, &'static str, &'static str)>,
    /// Current choice.
    #[prop(into)]
    value: Signal<Option<K>>,
    /// Called with the new choice.
    #[prop(into)]
    on_change: Callback<K>,
) -> impl IntoView
where
    K: Copy + PartialEq + Send + Sync + 'static,
{
    let radio_group = fresh_id();
    let choice =
        move |(key, choice, label, hint): (&'static str, K, &'static str, &'static str)| {
            let hint = (!hint.is_empty()).then(|| view! { <span class="muted">{hint}</span> });
            view! {
                <label class="method" data-choice=key>
                    <input
                        type="radio"
                        name=format!("{name}-{radio_group}")
                        value=key
                        prop:checked=move || value.get() == Some(choice)
                        on:change=move |_| on_change.run(choice)
                    />
                    <span><strong>{label}</strong>{hint}</span>
                </label>
            }
        };
    view! {
        <fieldset class="methods" data-choices=name>
            <legend class="visually-hidden">{legend}</legend>
            {choices.into_iter().map(choice).collect_view()}
        </fieldset>
    }
}
