//! Questions to the visitor, as the menu button's settings say: company, name, people, purpose.

use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;
use yobirin_domain::model::call::{MissingAnswer, Visitor};
use yobirin_domain::model::menu::{Ask, Need};
use yobirin_domain::purpose_notice::Notice;

use super::{confirm, purpose_notice};
use crate::browser;
use crate::components::{Icon, Sign};
use crate::i18n::fill;
use crate::i18n::kiosk::Details;
use crate::kiosk::controller;
use crate::kiosk::navigation::{Intent, Selection, VisitorForm};
use crate::kiosk::render_context::RenderContext;
use crate::kiosk::rendering::erased;
use crate::kiosk::shared_views;
use crate::kiosk::state::KioskState;

/// A question that is answered with a line of text.
struct TextQuestion {
    question: MissingAnswer,
    /// Element id of the field.
    id: &'static str,
    label: &'static str,
    /// Problem shown while a required answer is missing.
    missing_message: &'static str,
    need: Need,
    max_chars: usize,
    /// The field of the answers that holds this answer.
    answer_mut: fn(&mut Visitor) -> &mut String,
}

pub(super) fn view(context: &RenderContext, selection: &Selection) -> AnyView {
    let (kiosk, words) = (context.kiosk, &context.words.details);
    let Some(ask) = context
        .settings
        .button(&selection.button)
        .map(|button| button.ask)
    else {
        return ().into_any();
    };
    let [company, name, purpose] = text_questions(words, &ask);
    let people = (ask.people != Need::Off).then(|| people_stepper(context, ask));
    let notice = purpose_notice::above(context, &ask);
    let seen_notice = notice.as_ref().map(Notice::version);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        kiosk
            .navigation
            .update_untracked(|navigation| navigation.form.notice = seen_notice);
        controller::perform(kiosk, Intent::SubmitDetails);
        // If the form is still shown, an answer is missing.
        request_animation_frame(|| browser::focus("main [aria-invalid=true]"));
    };
    view! {
        <section class="details">
            <div class="details-head">
                {shared_views::heading(words.title)}
                {confirm::recipient_card(context, selection)}
            </div>
            {confirm::absence_notice(context, selection)}
            {notice.map(|notice| purpose_notice::summary(context, &notice))}
            <form class="questions" novalidate="" autocomplete="off" on:submit=submit on:keydown=move |event| ignore_composition_enter(&event)>
                {text_field(context, &company, ask)}
                {text_field(context, &name, ask)}
                {people}
                {text_field(context, &purpose, ask)}
                <button type="submit" class="button primary large">{words.next}</button>
            </form>
        </section>
    }
    .into_any()
}

/// True when the visitor has submitted the form without this answer; tracked.
fn is_missing(kiosk: KioskState, ask: &Ask, question: MissingAnswer) -> bool {
    kiosk.navigation.with(|navigation| {
        navigation.form.is_submitted && navigation.form.visitor.missing(ask).contains(&question)
    })
}

/// Key code of a key that an input method has handled.
const HANDLED_BY_INPUT_METHOD: u32 = 229;

/// Ignores the Enter key that ends a composition of an input method. In Safari only the key code shows it.
fn ignore_composition_enter(event: &KeyboardEvent) {
    let is_handled = event.is_composing() || event.key_code() == HANDLED_BY_INPUT_METHOD;
    if event.key() == "Enter" && is_handled {
        event.prevent_default();
    }
}

fn text_questions(words: &'static Details, ask: &Ask) -> [TextQuestion; 3] {
    [
        TextQuestion {
            question: MissingAnswer::Company,
            id: "company",
            label: words.company,
            missing_message: words.missing_company,
            need: ask.company,
            max_chars: Visitor::MAX_NAME_CHARS,
            answer_mut: |visitor| &mut visitor.company,
        },
        TextQuestion {
            question: MissingAnswer::Name,
            id: "name",
            label: words.name,
            missing_message: words.missing_name,
            need: ask.name,
            max_chars: Visitor::MAX_NAME_CHARS,
            answer_mut: |visitor| &mut visitor.name,
        },
        TextQuestion {
            question: MissingAnswer::Purpose,
            id: "purpose",
            label: words.purpose,
            missing_message: words.missing_purpose,
            need: ask.purpose,
            max_chars: Visitor::MAX_PURPOSE_CHARS,
            answer_mut: |visitor| &mut visitor.purpose,
        },
    ]
}

fn text_field(context: &RenderContext, question: &TextQuestion, ask: Ask) -> AnyView {
    if question.need == Need::Off {
        return ().into_any();
    }
    let kiosk = context.kiosk;
    let TextQuestion {
        question: key,
        id,
        answer_mut,
        missing_message,
        ..
    } = *question;
    let is_missing = move || is_missing(kiosk, &ask, key);
    let mut visitor = kiosk
        .navigation
        .with_untracked(|navigation| navigation.form.visitor.clone());
    let typed = std::mem::take(answer_mut(&mut visitor));
    let problem_id = format!("{id}-problem");
    view! {
        <div class="field">
            <label for=id>{question.label}{need_label(&context.words.details, question.need)}</label>
            <input
                class="input answer"
                type="text"
                id=id
                autocomplete="off"
                enterkeyhint="next"
                maxlength=question.max_chars.to_string()
                aria-required=(question.need == Need::Required).to_string()
                aria-invalid=move || is_missing().to_string()
                aria-describedby=problem_id.clone()
                prop:value=typed
                on:input=move |event| {
                    let text = event_target_value(&event);
                    kiosk.navigation.update(|navigation| *answer_mut(&mut navigation.form.visitor) = text);
                }
            />
            <p class="problem" id=problem_id role="alert">{erased(move || is_missing().then_some(missing_message))}</p>
        </div>
    }
    .into_any()
}

fn need_label(words: &Details, need: Need) -> AnyView {
    let (class, text) = match need {
        Need::Required => ("requirement required", words.required),
        Need::Optional | Need::Off => ("requirement", words.optional),
    };
    view! { <span class=class>{text}</span> }.into_any()
}

fn people_stepper(context: &RenderContext, ask: Ask) -> AnyView {
    let (kiosk, words) = (context.kiosk, &context.words.details);
    let count = move || {
        let people = kiosk
            .navigation
            .with(|navigation| navigation.form.visitor.people);
        people.map_or(words.people_unset.to_owned(), |people| {
            fill(words.people_count, &[("n", &people.to_string())])
        })
    };
    let is_missing = move || is_missing(kiosk, &ask, MissingAnswer::People);
    let change_count = move |change: fn(&mut VisitorForm)| {
        move |_| {
            kiosk
                .navigation
                .update(|navigation| change(&mut navigation.form));
        }
    };
    view! {
        <div class="field" role="group" aria-labelledby="people-label">
            <span class="label" id="people-label">{words.people}{need_label(words, ask.people)}</span>
            <div class="stepper">
                <button
                    type="button"
                    class="button step"
                    data-state="fewer"
                    aria-label=words.one_fewer
                    aria-invalid=move || is_missing().to_string()
                    on:click=change_count(VisitorForm::remove_person)
                >
                    <Icon sign=Sign::LESS />
                </button>
                <output class="count" aria-live="polite">{erased(count)}</output>
                <button type="button" class="button step" data-state="more" aria-label=words.one_more on:click=change_count(VisitorForm::add_person)>
                    <Icon sign=Sign::ADD />
                </button>
            </div>
            <p class="problem" role="alert">{erased(move || is_missing().then_some(words.missing_people))}</p>
        </div>
    }
    .into_any()
}
