//! One step in the timeline: its time, its target, and the problem with it.

use leptos::prelude::*;
use yobirin_domain::model::escalation_step::{
    EscalationStep, EscalationTarget, MAX_STEP_SECONDS, MIN_STEP_GAP_SECONDS,
};

use crate::components::{Icon, SelectField, SelectOption, Sign, fresh_id};
use crate::i18n::fill;
use crate::setup::nav::words;

use super::phone_line::PhoneLine;
use super::wording::{after_text, target_heading, target_hint};

/// Selector of the time slider, the control that gets the focus.
pub(super) const TIME_CONTROL: &str = "[name=step-time]";
/// Seconds by which the buttons beside the time move a step.
const MOVE_SECONDS: u16 = 15;
/// Seconds between two places of the slider.
const SLIDER_SECONDS: u16 = 5;
/// Earliest time of a step, in seconds: the first step keeps the minimum gap after the first delivery.
const MIN_STEP_SECONDS: u16 = MIN_STEP_GAP_SECONDS;

/// Row of one step, with its controls.
#[component]
pub(super) fn StepRow(
    /// Index in the list.
    index: usize,
    /// The step; `None` once it is removed.
    step: Signal<Option<EscalationStep>>,
    /// True for the last step, with which the tablet shows the telephone number.
    is_last: Memo<bool>,
    /// Problem with the step, in words.
    problem: Signal<Option<String>>,
    /// Called with the index and the new target.
    on_target: Callback<(usize, EscalationTarget)>,
    /// Called with the index, the new time in seconds, and the selector of the used control.
    on_move: Callback<(usize, u16, &'static str)>,
    /// Called with the index of a step to remove.
    on_remove: Callback<usize>,
) -> impl IntoView {
    let words = words();
    let texts = &words.escalation;
    // The time at which the slider is held; `None` while nobody drags it.
    let dragged = RwSignal::new(None::<u16>);
    let saved_time = Memo::new(move |_| step.get().map_or(0, |step| step.after_seconds));
    let time = Memo::new(move |_| dragged.get().unwrap_or_else(|| saved_time.get()));
    let time_text = move || after_text(words, time.get());
    let target = Memo::new(move |_| step.get().map_or(EscalationTarget::Again, |step| step.to));
    let number = (index + 1).to_string();
    let move_label = |sentence: &str| {
        let seconds = MOVE_SECONDS.to_string();
        fill(sentence, &[("number", &number), ("seconds", &seconds)])
    };
    let time_label = fill(texts.time, &[("number", &number)]);
    let remove_label = fill(texts.remove, &[("number", &number)]);
    let options: Vec<SelectOption> = EscalationTarget::ALL
        .into_iter()
        .map(|to| SelectOption::new(to.key(), target_heading(words, to)))
        .collect();
    let choose = move |key: String| {
        let to = EscalationTarget::ALL.into_iter().find(|to| to.key() == key);
        if let Some(to) = to {
            on_target.run((index, to));
        }
    };
    let seconds_of = |event: &leptos::ev::Event| event_target_value(event).parse::<u16>().ok();
    let release = move |event: leptos::ev::Event| {
        dragged.set(None);
        if let Some(seconds) = seconds_of(&event) {
            on_move.run((index, seconds, TIME_CONTROL));
        }
    };
    let problem_id = fresh_id();
    let move_button = |is_later: bool| {
        let (label, sign, action, control) = if is_later {
            (texts.later, Sign::ADD, "later", "[data-action=later]")
        } else {
            (
                texts.earlier,
                Sign::LESS,
                "earlier",
                "[data-action=earlier]",
            )
        };
        let label = move_label(label);
        let limit = if is_later {
            MAX_STEP_SECONDS
        } else {
            MIN_STEP_SECONDS
        };
        let is_at_limit = move || saved_time.get() == limit;
        let press = move |_| {
            let time = saved_time.get_untracked();
            let moved_time = if is_later {
                time.saturating_add(MOVE_SECONDS)
            } else {
                time.saturating_sub(MOVE_SECONDS)
            };
            on_move.run((index, moved_time, control));
        };
        view! {
            <button
                type="button"
                class="button small step-mover"
                data-action=action
                aria-label=label.clone()
                title=label
                aria-disabled=move || is_at_limit().to_string()
                on:click=press
            >
                <Icon sign=sign />
            </button>
        }
    };
    let phone = move || is_last.get().then(|| view! { <PhoneLine /> });
    view! {
        <li class="timeline-point timeline-step" data-step-index=index.to_string() data-step-to=move || target.get().key()>
            <div class="step-time">
                <strong class="step-after" data-step-after="">{time_text}</strong>
                <span class="step-move">
                {move_button(false)}
                <input
                    class="step-slider"
                    type="range"
                    name="step-time"
                    min=MIN_STEP_SECONDS.to_string()
                    max=MAX_STEP_SECONDS.to_string()
                    step=SLIDER_SECONDS.to_string()
                    aria-label=time_label
                    aria-valuetext=time_text
                    aria-describedby=problem_id.clone()
                    aria-invalid=move || problem.with(Option::is_some).then_some("true")
                    prop:value=move || time.get().to_string()
                    on:input=move |event| dragged.set(seconds_of(&event))
                    on:change=release
                />
                {move_button(true)}
                </span>
            </div>
            <p class="problem" id=problem_id aria-live="polite">{move || problem.get()}</p>
            <div class="step-target">
                <SelectField
                    name="step-to"
                    label=texts.to
                    value=Signal::derive(move || target.get().key().to_owned())
                    options=options
                    on_change=choose
                />
                <button
                    type="button"
                    class="button quiet small"
                    data-action="remove-step"
                    aria-label=remove_label.clone()
                    title=remove_label
                    on:click=move |_| on_remove.run(index)
                >
                    <Icon sign=Sign::REMOVE />
                </button>
            </div>
            <p class="muted small">{move || target_hint(words, target.get())}</p>
            {phone}
        </li>
    }
}
