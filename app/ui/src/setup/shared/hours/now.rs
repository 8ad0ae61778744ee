//! Summary of opening hours, and whether the office is open now.

use leptos::prelude::*;
use yobirin_domain::model::closed_days::ClosedDays;
use yobirin_domain::model::hours::{Hours, Week};

use crate::browser::clock;
use crate::i18n::fill;

use super::week_summary;
use crate::setup::nav::words;

/// The summary, the current state, and the next change.
#[component]
pub(crate) fn OpenNow(
    /// Opening hours; `None` for always open.
    #[prop(into)]
    week: Signal<Option<Week>>,
    /// Closed days.
    #[prop(into)]
    closed: Signal<Vec<ClosedDays>>,
    /// The site's time zone.
    #[prop(into)]
    zone: Signal<String>,
) -> impl IntoView {
    let words = words();
    let texts = &words.hours;
    let text = move || {
        let (week, closed, zone) = (week.get()?, closed.get(), zone.get());
        let hours = Hours::Weekly {
            week: &week,
            closed: &closed,
        };
        let summary = week_summary(words, &week);
        let now = clock::local_date_time(&zone);
        let is_open = hours.is_open(now);
        let state = if is_open {
            texts.open_now
        } else {
            texts.closed_now
        };
        let change = hours.next_transition(now).map(|change| {
            let day = clock::format_full_day(change.at.day, words.language().tag());
            let time = change.at.time.to_string();
            fill(
                if is_open {
                    texts.open_until
                } else {
                    texts.opens_at
                },
                &[("day", &day), ("time", &time)],
            )
        });
        let change = change.unwrap_or_default();
        Some(view! {
            <p data-hours-summary="">{summary}</p>
            <p class="opening-state" data-open=is_open.to_string()>
                <span class="state-dot" aria-hidden="true"></span>{state}" "{change}
            </p>
        })
    };
    view! { <div>{text}</div> }
}
