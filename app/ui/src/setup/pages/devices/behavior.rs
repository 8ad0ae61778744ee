//! Opening hours and accessibility of a tablet.

use leptos::prelude::*;
use yobirin_domain::model::hours::DeviceHours;
use yobirin_domain::model::menu::{Device, TextSize};

use crate::components::Check;

use crate::setup::draft_store::{Binding, DraftStore};
use crate::setup::nav::words;
use crate::setup::shared::hours::{OpenNow, WeekEditor, default_week};
use crate::setup::shared::page_frame::Section;
use crate::setup::shared::radio_choices::{RadioChoice, RadioChoices};

/// Choice of a tablet's opening hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum HoursChoice {
    AsSite,
    Always,
    Own,
}

impl HoursChoice {
    fn of(hours: &DeviceHours) -> Self {
        match hours {
            DeviceHours::AsSite => Self::AsSite,
            DeviceHours::Always => Self::Always,
            DeviceHours::Own { .. } => Self::Own,
        }
    }
}

/// Opening hours of a tablet: those of the site, always, or a week of its own.
#[component]
pub(crate) fn DeviceOpeningHours(device: Binding<Device>) -> impl IntoView {
    let texts = &words().hours;
    let store = expect_context::<DraftStore>();
    let hours = device.read(|device| device.opening_hours.clone());
    let choice = Memo::new(move |_| hours.with(HoursChoice::of));
    let site_week = store.memo(|document| document.site.opening_hours.clone());
    let closed = store.memo(|document| document.site.closed_days.clone());
    let zone = store.memo(|document| document.site.time_zone.clone());
    // The last own hours, restored when the choice returns to them.
    let last_own_week = StoredValue::new(None);
    let choose = move |choice: HoursChoice| {
        let site_week = site_week.get_untracked();
        device.edit(|device| {
            if let DeviceHours::Own { week } = &device.opening_hours {
                last_own_week.set_value(Some(week.clone()));
            }
            device.opening_hours = match choice {
                HoursChoice::AsSite => DeviceHours::AsSite,
                HoursChoice::Always => DeviceHours::Always,
                HoursChoice::Own => {
                    let week = last_own_week
                        .get_value()
                        .or(site_week)
                        .unwrap_or_else(default_week);
                    DeviceHours::Own { week }
                }
            };
        });
    };
    let choices = vec![
        RadioChoice {
            key: "as-site",
            value: HoursChoice::AsSite,
            label: texts.as_site,
            hint: texts.as_site_hint,
        },
        RadioChoice {
            key: "always",
            value: HoursChoice::Always,
            label: texts.always,
            hint: texts.always_hint,
        },
        RadioChoice {
            key: "own",
            value: HoursChoice::Own,
            label: texts.own_hours,
            hint: texts.weekly_hint,
        },
    ];
    let own_week = Signal::derive(move || match hours.get() {
        DeviceHours::Own { week } => week,
        DeviceHours::AsSite | DeviceHours::Always => yobirin_domain::model::hours::Week::default(),
    });
    let editor = move || {
        (choice.get() == HoursChoice::Own).then(|| {
            view! {
                <WeekEditor
                    week=own_week
                    on_change=device.set(|device, week| device.opening_hours = DeviceHours::Own { week })
                    problem=device.problem("opening_hours")
                />
            }
        })
    };
    let week = Signal::derive(move || match hours.get() {
        DeviceHours::Own { week } => Some(week),
        DeviceHours::AsSite => site_week.get(),
        DeviceHours::Always => None,
    });
    view! {
        <Section title=texts.title name="opening-hours">
            <RadioChoices legend=texts.title name="hours" choices=choices value=choice on_change=choose />
            {editor}
            <OpenNow week=week closed=closed zone=zone />
        </Section>
    }
}

/// Key of a text size.
fn text_size_key(size: TextSize) -> &'static str {
    match size {
        TextSize::Usual => "usual",
        TextSize::Large => "large",
        TextSize::Largest => "largest",
    }
}

/// Text size, contrast and reach with which the tablet shows its start screen.
#[component]
pub(crate) fn Accessibility(device: Binding<Device>) -> impl IntoView {
    let texts = &words().live_preview;
    let size = device.read(|device| Some(device.access.text_size));
    let size_button = move |choice: TextSize| {
        let label = match choice {
            TextSize::Usual => texts.normal_text,
            TextSize::Large => texts.large,
            TextSize::Largest => texts.largest,
        };
        view! {
            <button
                type="button"
                class="segment"
                data-size=text_size_key(choice)
                aria-pressed=move || (size.get() == Some(choice)).to_string()
                on:click=move |_| device.edit(|device| device.access.text_size = choice)
            >
                {label}
            </button>
        }
    };
    view! {
        <Section title=texts.access lead=texts.access_lead name="access">
            <div class="row">
                <span class="label">{texts.text_size}</span>
                <div class="segments" role="group" aria-label=texts.text_size>
                    {TextSize::ALL.map(size_button).into_iter().collect_view()}
                </div>
            </div>
            <Check
                name="high-contrast"
                label=texts.high_contrast
                hint=texts.high_contrast_hint
                value=device.read(|device| device.access.high_contrast)
                on_change=device.set(|device, is_on| device.access.high_contrast = is_on)
            />
            <Check
                name="low-reach"
                label=texts.low_reach
                hint=texts.low_reach_hint
                value=device.read(|device| device.access.low_reach)
                on_change=device.set(|device, is_on| device.access.low_reach = is_on)
            />
        </Section>
    }
}
