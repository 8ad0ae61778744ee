//! Opening hours of the site.

use leptos::prelude::*;
use yobirin_domain::model::settings::Site;

use super::closed_days::SiteClosedDays;
use crate::setup::draft_store::Binding;
use crate::setup::nav::words;
use crate::setup::shared::hours::{OpenNow, WeekEditor, default_week};
use crate::setup::shared::page_frame::Section;
use crate::setup::shared::radio_choices::{RadioChoice, RadioChoices};

#[component]
pub(crate) fn SiteOpeningHours(site: Binding<Site>) -> impl IntoView {
    let texts = &words().hours;
    let week = site.read(|site| site.opening_hours.clone());
    let is_weekly = Memo::new(move |_| week.with(Option::is_some));
    let closed = site.read(|site| site.closed_days.clone());
    let zone = site.text(|site| site.time_zone.clone());
    // The last hours, restored when the choice returns to them.
    let hours_before = StoredValue::new(None);
    let choose = move |has_week: bool| {
        site.edit(|site| {
            let present = site.opening_hours.take();
            if has_week {
                site.opening_hours = present
                    .or_else(|| hours_before.get_value())
                    .or_else(|| Some(default_week()));
            } else {
                hours_before.set_value(present);
            }
        });
    };
    let choices = vec![
        RadioChoice {
            key: "always",
            value: false,
            label: texts.always,
            hint: texts.always_hint,
        },
        RadioChoice {
            key: "weekly",
            value: true,
            label: texts.weekly,
            hint: texts.weekly_hint,
        },
    ];
    let editor = move || {
        is_weekly.get().then(|| {
            view! {
                <WeekEditor
                    week=Signal::derive(move || week.get().unwrap_or_default())
                    on_change=site.set(|site, week| site.opening_hours = Some(week))
                    problem=site.problem("opening_hours")
                />
                <OpenNow week=week closed=closed zone=zone />
                <SiteClosedDays site=site />
            }
        })
    };
    view! {
        <Section title=texts.title lead=texts.lead name="opening-hours">
            <RadioChoices legend=texts.title name="hours" choices=choices value=is_weekly on_change=choose />
            {editor}
        </Section>
    }
}
