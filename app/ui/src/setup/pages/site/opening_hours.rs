//! Opening hours of the site, and closed days.

use leptos::prelude::*;
use yobirin_domain::holidays::coming_japanese_holidays;
use yobirin_domain::model::date::Date;
use yobirin_domain::model::settings::Site;

use crate::browser::clock;
use crate::components::{Icon, Sign};
use crate::i18n::fill;

use crate::setup::draft_store::Binding;
use crate::setup::nav::words;
use crate::setup::shared::hours::{OpenNow, WeekEditor, default_week};
use crate::setup::shared::page_frame::Section;
use crate::setup::shared::radio_choices::{RadioChoice, RadioChoices};

/// Time zone of offices in Japan.
const JAPAN: &str = "Asia/Tokyo";

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
                <ClosedDays site=site />
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

/// Inserts a day in order, without duplicates.
fn add_day(days: &mut Vec<Date>, day: Date) {
    days.push(day);
    days.sort_unstable();
    days.dedup();
}

#[component]
fn ClosedDays(site: Binding<Site>) -> impl IntoView {
    let words = words();
    let texts = &words.hours;
    let days = site.read(|site| site.closed_days.clone());
    let typed = RwSignal::new(String::new());
    let add = move || {
        if let Ok(day) = typed.get_untracked().parse() {
            site.edit(|site| add_day(&mut site.closed_days, day));
            typed.set(String::new());
        }
    };
    // For an office in Japan, the coming holidays that are not closed days yet.
    let missing_holidays = Memo::new(move |_| {
        let zone = site.read(|site| site.time_zone.clone()).get();
        if zone != JAPAN {
            return Vec::new();
        }
        let mut holidays = coming_japanese_holidays(clock::today(&zone));
        days.with(|days| holidays.retain(|day| !days.contains(day)));
        holidays
    });
    let add_holidays = move || {
        missing_holidays.with(|missing| {
            let last = missing.last()?;
            let text = fill(
                texts.add_japanese_holidays,
                &[("year", &last.year().to_string()), ("count", &missing.len().to_string())],
            );
            Some(view! {
                <button type="button" class="button" data-action="add-holidays" on:click=move |_| {
                    let missing = missing_holidays.get_untracked();
                    site.edit(|site| missing.into_iter().for_each(|day| add_day(&mut site.closed_days, day)));
                }>
                    <Icon sign=Sign::ADD />{text}
                </button>
            })
        })
    };
    let chip = move |day: Date| {
        let name = clock::format_full_day(day, words.language().tag());
        let remove_label = fill(texts.remove_closed_day, &[("day", &name)]);
        view! {
            <li class="chip" data-closed-day=day.to_string()>
                {name}
                <button
                    type="button"
                    class="chip-remove"
                    aria-label=remove_label.clone()
                    title=remove_label
                    on:click=move |_| site.edit(|site| site.closed_days.retain(|other| *other != day))
                >
                    <Icon sign=Sign::CLOSE />
                </button>
            </li>
        }
    };
    view! {
        <form
            class="stack"
            on:submit=move |event| {
                event.prevent_default();
                add();
            }
        >
            <h3>{texts.closed_days}</h3>
            <p class="muted small">{texts.closed_days_hint}</p>
            <ul class="chips" role="list" aria-label=texts.closed_days hidden=move || days.with(Vec::is_empty)>
                {move || days.get().into_iter().map(chip).collect_view()}
            </ul>
            <div class="row">
                <input
                    class="input"
                    type="date"
                    name="closed-day"
                    aria-label=texts.add_closed_day
                    prop:value=move || typed.get()
                    on:input=move |event| typed.set(event_target_value(&event))
                />
                <button
                    type="submit"
                    class="button"
                    data-action="add-closed-day"
                    disabled=move || typed.with(String::is_empty)
                >
                    <Icon sign=Sign::ADD />{texts.add_closed_day_ok}
                </button>
                {add_holidays}
            </div>
            <p class="problem" role="status">{move || site.problem("closed_days").get()}</p>
        </form>
    }
}

#[cfg(test)]
mod tests {
    use super::add_day;

    #[test]
    fn closed_days_are_in_order_without_duplicates() {
        let mut days = Vec::new();
        for day in ["2027-01-02", "2026-12-31", "2027-01-02"] {
            add_day(&mut days, day.parse().unwrap());
        }
        let written: Vec<_> = days.iter().map(ToString::to_string).collect();
        assert_eq!(written, ["2026-12-31", "2027-01-02"]);
    }
}
