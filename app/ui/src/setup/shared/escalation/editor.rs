//! Timeline of the steps, edited in place: from the arrival of the call to its deadline.

use leptos::prelude::*;
use yobirin_domain::escalation::{added_step, move_step, preset};
use yobirin_domain::model::call::DEADLINE_MILLIS;
use yobirin_domain::model::escalation_step::{
    EscalationStep, EscalationTarget, MAX_ESCALATION_STEPS,
};

use crate::browser;
use crate::components::{Icon, Sign};
use crate::i18n::fill;
use crate::setup::nav::words;

use super::step_row::{StepRow, TIME_CONTROL};
use super::wording::{duration_text, summary};

/// Editor of the steps of the site or of a button.
#[component]
pub(crate) fn EscalationEditor(
    /// Steps, in order of time.
    #[prop(into)]
    steps: Signal<Vec<EscalationStep>>,
    /// Called with the new steps.
    #[prop(into)]
    on_change: Callback<Vec<EscalationStep>>,
    /// Problem of the step at an index, in words.
    #[prop(into)]
    step_problem: Callback<usize, Signal<Option<String>>>,
    /// First problem of the list or of a step, in words.
    problem: Signal<Option<String>>,
) -> impl IntoView {
    let words = words();
    let texts = &words.escalation;
    let count = Memo::new(move |_| steps.with(Vec::len));
    let change = move |edit: &dyn Fn(&mut Vec<EscalationStep>)| {
        let mut edited = steps.get_untracked();
        edit(&mut edited);
        on_change.run(edited);
    };
    let on_target = Callback::new(move |(index, target): (usize, EscalationTarget)| {
        change(&|steps| {
            if let Some(edited) = steps.get_mut(index) {
                edited.to = target;
            }
        });
    });
    // A step that passes another one keeps the focus at its new place.
    let on_move = Callback::new(
        move |(index, after_seconds, control): (usize, u16, &'static str)| {
            let mut edited = steps.get_untracked();
            let moved_to = move_step(&mut edited, index, after_seconds);
            on_change.run(edited);
            if moved_to != index {
                browser::focus_after_render(format!("[data-step-index='{moved_to}'] {control}"));
            }
        },
    );
    let on_remove = Callback::new(move |index: usize| {
        change(&|steps| {
            if index < steps.len() {
                steps.remove(index);
            }
        });
        let focused = match count.get_untracked().checked_sub(1) {
            Some(last) => format!("[data-step-index='{}'] {TIME_CONTROL}", index.min(last)),
            None => "[data-action=use-preset]".to_owned(),
        };
        browser::focus_after_render(focused);
    });
    let rows = move || {
        let row = |index: usize| {
            let step = Signal::derive(move || steps.with(|steps| steps.get(index).copied()));
            let problem = step_problem.run(index);
            let is_last = Memo::new(move |_| index + 1 == count.get());
            view! {
                <StepRow index=index step=step is_last=is_last problem=problem on_target=on_target on_move=on_move on_remove=on_remove />
            }
        };
        (0..count.get()).map(row).collect_view()
    };
    let add = move |_| {
        let Some(step) = steps.with_untracked(|steps| added_step(steps)) else {
            return;
        };
        let mut edited = steps.get_untracked();
        // Appended, then moved to where its time belongs.
        edited.push(step);
        let last = edited.len() - 1;
        let index = move_step(&mut edited, last, step.after_seconds);
        on_change.run(edited);
        browser::focus_after_render(format!("[data-step-index='{index}'] {TIME_CONTROL}"));
    };
    let use_preset = move |_| {
        on_change.run(preset());
        browser::focus_after_render(format!("[data-step-index='0'] {TIME_CONTROL}"));
    };
    let empty = move || {
        (count.get() == 0).then(|| {
            let hint = fill(texts.preset_hint, &[("steps", &summary(words, &preset()))]);
            view! {
                <p>{texts.none}</p>
                <div class="row">
                    <button type="button" class="button primary" data-action="use-preset" on:click=use_preset>{texts.preset}</button>
                </div>
                <p class="muted small">{hint}</p>
            }
        })
    };
    let is_full = Memo::new(move |_| count.get() >= MAX_ESCALATION_STEPS);
    let full = move || {
        is_full.get().then(|| {
            let max = MAX_ESCALATION_STEPS.to_string();
            view! { <p class="muted small" data-full="">{fill(texts.full, &[("max", &max)])}</p> }
        })
    };
    // A step's own problem is shown at the step.
    let list_problem = move || {
        let has_step_problem =
            (0..count.get()).any(|index| step_problem.run(index).get().is_some());
        problem.get().filter(|_| !has_step_problem)
    };
    view! {
        <div class="stack" data-escalation="">
            {empty}
            <ol class="timeline" role="list" aria-label=texts.title hidden=move || count.get() == 0>
                <li class="timeline-point edge">
                    <p><strong>{texts.start}</strong> " " <span class="muted">{texts.start_hint}</span></p>
                </li>
                {rows}
                <li class="timeline-point edge end">
                    <p>
                        <strong>{duration_text(words, DEADLINE_MILLIS / 1000)}</strong> " " {texts.end} " "
                        <span class="muted">{texts.end_hint}</span>
                    </p>
                </li>
            </ol>
            <p class="problem" role="status">{list_problem}</p>
            {full}
            <div class="row" hidden=is_full>
                <button type="button" class="button" data-action="add-step" on:click=add>
                    <Icon sign=Sign::ADD />{texts.add}
                </button>
            </div>
        </div>
    }
}
