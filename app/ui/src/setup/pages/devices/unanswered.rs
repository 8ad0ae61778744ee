//! Settings of a button for calls that nobody answers: reminders, and a task for the missed visit.

use leptos::prelude::*;
use yobirin_domain::escalation::preset;
use yobirin_domain::model::escalation_step::EscalationStep;
use yobirin_domain::model::menu::Button;

use crate::components::{Check, fresh_id};
use crate::i18n::fill;
use crate::router::SetupPage;
use crate::setup::draft_store::{Binding, DraftStore};
use crate::setup::nav::{Link, words};
use crate::setup::shared::escalation::{AnswersNeeded, EscalationEditor, summary};

/// Source of a button's steps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum StepsChoice {
    /// The site's steps.
    #[default]
    AsOffice,
    /// Steps of the button itself.
    Own,
    /// No steps.
    None,
}

impl StepsChoice {
    const ALL: [Self; 3] = [Self::AsOffice, Self::Own, Self::None];

    fn of(escalation: Option<&[EscalationStep]>) -> Self {
        match escalation {
            None => Self::AsOffice,
            Some([]) => Self::None,
            Some(_) => Self::Own,
        }
    }
}

/// Fields of a button for unanswered calls.
#[component]
pub(super) fn UnansweredFields(button: Binding<Button>) -> impl IntoView {
    let words = words();
    let texts = &words.escalation;
    let store = expect_context::<DraftStore>();
    let has_answers = store.memo(|document| document.site.answers.is_on());
    // While answers are off, a button whose steps need them keeps its fields, so that the problem can be corrected
    // here.
    let needs_answers = button.read(|button| {
        let choice = StepsChoice::of(button.escalation.as_deref());
        button.missed_visit || choice == StepsChoice::Own
    });
    let fields = move || {
        let note = (!has_answers.get()).then(|| {
            let reason = words.answers.unavailable_for_button;
            view! { <AnswersNeeded reason=reason /> }
        });
        let is_shown = has_answers.get() || needs_answers.get();
        let fields = is_shown
            .then(|| view! { <StepsFields button=button /> <MissedVisitField button=button /> });
        view! { {note} {fields} }
    };
    view! {
        <fieldset class="stack" data-unanswered="">
            <legend>{texts.button_title}</legend>
            {fields}
        </fieldset>
    }
}

/// Choice between the office's steps, own steps and none.
#[component]
fn StepsFields(button: Binding<Button>) -> impl IntoView {
    let words = words();
    let texts = &words.escalation;
    let store = expect_context::<DraftStore>();
    let office_steps = store.memo(|document| document.site.escalation.clone());
    let steps = button.read(|button| button.escalation.clone().unwrap_or_default());
    let stored = button.read(|button| Some(StepsChoice::of(button.escalation.as_deref())));
    // "Own steps" stays chosen when the last own step is removed.
    let is_emptied = RwSignal::new(false);
    let chosen = Memo::new(move |_| match stored.get() {
        Some(StepsChoice::None) if is_emptied.get() => Some(StepsChoice::Own),
        stored => stored,
    });
    // The last own steps, restored when the choice returns to them.
    let last_own_steps = StoredValue::new(None::<Vec<EscalationStep>>);
    let choose = move |choice: StepsChoice| {
        is_emptied.set(false);
        let office_steps = office_steps.get_untracked();
        button.edit(|button| {
            if let Some(steps) = button.escalation.take()
                && !steps.is_empty()
            {
                last_own_steps.set_value(Some(steps));
            }
            button.escalation = match choice {
                StepsChoice::AsOffice => None,
                StepsChoice::None => Some(Vec::new()),
                StepsChoice::Own => {
                    let office_steps = (!office_steps.is_empty()).then_some(office_steps);
                    let steps = last_own_steps.get_value().or(office_steps);
                    Some(steps.unwrap_or_else(preset))
                }
            };
        });
    };
    let radio_group = fresh_id();
    let choice = move |choice: StepsChoice| {
        let (key, label) = match choice {
            StepsChoice::AsOffice => ("as-office", texts.as_office),
            StepsChoice::Own => ("own", texts.own),
            StepsChoice::None => ("none", texts.none_choice),
        };
        let hint = move || match choice {
            StepsChoice::AsOffice => {
                let steps = office_steps.with(|steps| summary(words, steps));
                fill(texts.as_office_hint, &[("steps", &steps)])
            }
            StepsChoice::Own => texts.own_hint.to_owned(),
            StepsChoice::None => texts.none_hint.to_owned(),
        };
        view! {
            <label class="method" data-steps=key>
                <input
                    type="radio"
                    name=format!("button-steps-{radio_group}")
                    value=key
                    prop:checked=move || chosen.get() == Some(choice)
                    on:change=move |_| choose(choice)
                />
                <span><strong>{label}</strong><span class="muted">{hint}</span></span>
            </label>
        }
    };
    let change = move |steps: Vec<EscalationStep>| {
        is_emptied.set(steps.is_empty());
        button.edit(|button| button.escalation = Some(steps));
    };
    let step_problem = Callback::new(move |index: usize| {
        button.problem_in(move || format!("escalation[{index}]"))
    });
    let editor = move || {
        (chosen.get() == Some(StepsChoice::Own)).then(|| {
            view! {
                <EscalationEditor steps=steps on_change=change step_problem=step_problem problem=button.problem("escalation") />
            }
        })
    };
    let office_link = move || {
        (chosen.get() == Some(StepsChoice::AsOffice)).then(|| {
            view! { <p class="small"><Link to=SetupPage::Answers focus="[data-section=escalation] h2">{texts.edit_office}</Link></p> }
        })
    };
    view! {
        <div class="methods" role="radiogroup" aria-label=texts.title>
            {StepsChoice::ALL.map(choice).into_iter().collect_view()}
        </div>
        {office_link}
        {editor}
    }
}

/// Switch of the task for a missed visit.
#[component]
fn MissedVisitField(button: Binding<Button>) -> impl IntoView {
    let texts = &words().escalation;
    let problem = button.problem("missed_visit");
    view! {
        <Check
            name="button-missed-visit"
            label=texts.missed
            hint=texts.missed_hint
            value=button.read(|button| button.missed_visit)
            on_change=button.set(|button, is_on| button.missed_visit = is_on)
        />
        <p class="problem" role="status">{move || problem.get()}</p>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_list_is_no_reminders_and_a_missing_one_the_office_s() {
        assert_eq!(StepsChoice::of(None), StepsChoice::AsOffice);
        assert_eq!(StepsChoice::of(Some(&[])), StepsChoice::None);
        assert_eq!(StepsChoice::of(Some(&preset())), StepsChoice::Own);
    }
}
