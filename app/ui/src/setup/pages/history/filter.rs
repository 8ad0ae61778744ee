//! The filter of the call history.

use std::time::Duration;

use leptos::prelude::*;
use yobirin_api::call::CallOutcome;
use yobirin_domain::history_period::HistoryPeriod;
use yobirin_domain::model::delivery::CallState;

use crate::browser::{clock, navigation};
use crate::components::{SelectField, SelectOption, TextField};
use crate::i18n::setup::Words;

use super::record::state_badge;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::words;

/// Delay from the last key until the list is loaded, in milliseconds.
const TYPING_DELAY_MS: u64 = 300;

/// Filter as its inputs hold it; an empty field matches every call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    /// First day, such as `2026-11-23`.
    pub(crate) from: String,
    /// Last day.
    pub(crate) to: String,
    /// Id of the device.
    pub(crate) device: String,
    /// Key of the outcome, of [`CallOutcome::key`].
    pub(crate) outcome: String,
    /// Words that the call contains.
    pub(crate) text: String,
}

impl Filter {
    /// Names and values of the fields that are not empty, as the relay knows them.
    fn query_parameters(&self) -> Vec<(&'static str, &str)> {
        let fields = [
            ("from", &self.from),
            ("to", &self.to),
            ("device", &self.device),
            ("outcome", &self.outcome),
            ("text", &self.text),
        ];
        let filled = fields
            .into_iter()
            .filter(|(_, value)| !value.trim().is_empty());
        filled.map(|(name, value)| (name, value.trim())).collect()
    }

    /// Query string for the relay.
    pub(crate) fn query(&self) -> String {
        navigation::encode_query(&self.query_parameters())
    }
}

/// Label of an outcome: the words of the badges that rows with this outcome have.
fn outcome_text(words: &Words, outcome: CallOutcome) -> &'static str {
    let texts = &words.history;
    match outcome {
        CallOutcome::Unanswered => texts.badge_unanswered,
        CallOutcome::AwaitingAnswer => texts.badge_awaiting,
        CallOutcome::Answered => texts.badge_answered,
        CallOutcome::NotDelivered => texts.not_delivered,
        CallOutcome::NamedNobody => texts.notified_silent,
        CallOutcome::Notified => state_badge(words, CallState::Notified).0,
        CallOutcome::Withdrawn => state_badge(words, CallState::Withdrawn).0,
        CallOutcome::Sending => state_badge(words, CallState::Sending).0,
    }
}

/// Inputs for days, tablet, outcome and text.
#[component]
pub(crate) fn FilterFields(
    /// The filter.
    filter: RwSignal<Filter>,
    /// Called when the filter changed, after the delay for typing.
    #[prop(into)]
    on_change: Callback<()>,
) -> impl IntoView {
    let words = words();
    let texts = &words.history;
    let store = expect_context::<DraftStore>();
    let typing_timer = StoredValue::new(None::<TimeoutHandle>);
    let schedule_change = move |delay_ms: u64| {
        if let Some(earlier_timer) = typing_timer.try_update_value(Option::take).flatten() {
            earlier_timer.clear();
        }
        let delay = Duration::from_millis(delay_ms);
        let handle = set_timeout_with_handle(
            move || {
                on_change.try_run(());
            },
            delay,
        );
        typing_timer.set_value(handle.ok());
    };
    let field = move |read: fn(&Filter) -> &String| {
        Signal::derive(move || filter.with(|filter| read(filter).clone()))
    };
    let set = move |write: fn(&mut Filter, String), delay_ms: u64| {
        Callback::new(move |value: String| {
            filter.update(|filter| write(filter, value));
            schedule_change(delay_ms);
        })
    };
    let devices = Signal::derive(move || {
        let any_device = std::iter::once(SelectOption::new("", texts.any_value));
        store.with(|document| {
            let devices = document.devices.iter();
            let options =
                devices.map(|device| SelectOption::new(device.id.as_str(), device.name.as_str()));
            any_device.chain(options).collect::<Vec<_>>()
        })
    });
    let outcomes = Signal::derive(move || {
        let any_outcome = std::iter::once(SelectOption::new("", texts.any_value));
        let option =
            |outcome: CallOutcome| SelectOption::new(outcome.key(), outcome_text(words, outcome));
        any_outcome
            .chain(CallOutcome::ALL.map(option))
            .collect::<Vec<_>>()
    });
    let zone = store.peek(|document| document.site.time_zone.clone());
    let zone = StoredValue::new(zone);
    // First and last day.
    let days_of = move |period: HistoryPeriod| {
        let (first, last) = zone.with_value(|zone| period.days(clock::today(zone)));
        (first.to_string(), last.to_string())
    };
    // The button pressed last: on a Monday today and this week are the same days, but only one button is shown as
    // chosen.
    let pressed = RwSignal::new(None::<HistoryPeriod>);
    let period_button = move |period: HistoryPeriod| {
        let (name, text) = match period {
            HistoryPeriod::Today => ("today", texts.today),
            HistoryPeriod::Yesterday => ("yesterday", texts.yesterday),
            HistoryPeriod::ThisWeek => ("this-week", texts.this_week),
        };
        let is_chosen = Memo::new(move |_| {
            let (first, last) = days_of(period);
            let has_its_days = filter.with(|filter| filter.from == first && filter.to == last);
            has_its_days && pressed.get() == Some(period)
        });
        // A second press shows all days again.
        let choose = move |_| {
            let (first, last) = if is_chosen.get_untracked() {
                (String::new(), String::new())
            } else {
                days_of(period)
            };
            pressed.set(Some(period));
            filter.update(|filter| (filter.from, filter.to) = (first, last));
            schedule_change(0);
        };
        view! {
            <button type="button" class="filter" data-period=name aria-pressed=move || is_chosen.get().to_string() on:click=choose>
                {text}
            </button>
        }
    };
    // A narrow window shows the fields only on request, because they would take the place of the calls.
    let is_unfolded = RwSignal::new(filter.with_untracked(|filter| *filter != Filter::default()));
    view! {
        <div class="row">
            <div class="filters" role="group" aria-label=texts.period>
                {HistoryPeriod::ALL.map(period_button).collect_view()}
            </div>
            <button
                type="button"
                class="button small unfold-filter"
                data-action="unfold-filter"
                aria-expanded=move || is_unfolded.get().to_string()
                on:click=move |_| is_unfolded.update(|is_unfolded| *is_unfolded = !*is_unfolded)
            >
                {texts.filter}
            </button>
        </div>
        <div class="history-filter" class:folded=move || !is_unfolded.get() role="search" aria-label=texts.filter>
            <TextField
                name="history-text"
                kind="search"
                label=texts.search
                example=texts.search_example
                value=field(|filter| &filter.text)
                on_input=set(|filter, value| filter.text = value, TYPING_DELAY_MS)
            />
            <TextField
                name="history-from"
                kind="date"
                label=texts.from_day
                value=field(|filter| &filter.from)
                on_input=set(|filter, value| filter.from = value, 0)
            />
            <TextField
                name="history-to"
                kind="date"
                label=texts.to_day
                value=field(|filter| &filter.to)
                on_input=set(|filter, value| filter.to = value, 0)
            />
            <SelectField
                name="history-outcome"
                label=texts.outcome
                value=field(|filter| &filter.outcome)
                options=outcomes
                on_change=set(|filter, value| filter.outcome = value, 0)
            />
            <SelectField
                name="history-device"
                label=texts.device
                value=field(|filter| &filter.device)
                options=devices
                on_change=set(|filter, value| filter.device = value, 0)
            />
            <div class="filter-acts">
                <button type="button" class="button" data-action="refresh" on:click=move |_| schedule_change(0)>{texts.refresh}</button>
            </div>
        </div>
    }
}
