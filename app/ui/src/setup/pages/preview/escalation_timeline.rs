//! Timeline of a previewed call that nobody answers: the steps of its escalation with messages and reasons, then the
//! task for the missed visit.

use leptos::prelude::*;
use yobirin_domain::compose::{ComposedMissedVisit, ComposedStep};
use yobirin_domain::escalation::StepReason;
use yobirin_domain::model::call::DEADLINE_MILLIS;

use crate::browser::clock;
use crate::components::{Icon, Sign};
use crate::i18n::fill;
use crate::router::SetupPage;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::{Link, words};
use crate::setup::shared::display_names::DisplayNames;
use crate::setup::shared::escalation::{
    after_text, duration_text, reason_kind, reason_text, target_heading,
};

use super::message_card::MessageCard;
use super::message_view::MessageView;

/// Timeline of the steps; without steps a sentence that says why there are none.
#[component]
pub(super) fn EscalationTimeline(
    /// Steps of the escalation, in order of time.
    steps: Vec<ComposedStep>,
    /// Task for a missed visit, if the button has one.
    missed: Option<ComposedMissedVisit>,
) -> impl IntoView {
    let words = words();
    let texts = &words.escalation;
    let store = expect_context::<DraftStore>();
    let has_answers = store.with(|document| document.site.answers.is_on());
    let no_steps = steps.is_empty().then(|| {
        let text = if has_answers {
            texts.preview_none
        } else {
            texts.preview_off
        };
        view! {
            <p class="muted" data-later="none">
                {text} " " <Link to=SetupPage::Answers focus="[data-section=escalation] h2">{texts.edit_office}</Link>
            </p>
        }
    });
    let last_index = steps.len().checked_sub(1);
    let has_phone = store.with(|document| !document.site.contact.phone.trim().is_empty());
    let is_empty = steps.is_empty() && missed.is_none();
    let steps = steps.into_iter().enumerate().map(|(index, step)| {
        let shows_phone = has_phone && Some(index) == last_index;
        view! { <PreviewStep step=step shows_phone=shows_phone /> }
    });
    let steps = steps.collect_view();
    let missed = missed.map(|missed| view! { <PreviewMissedVisit missed=missed /> });
    view! {
        <h3 class="later-title">{texts.preview_title}</h3>
        {no_steps}
        <ol class="timeline" role="list" aria-label=texts.preview_title data-later="steps" hidden=is_empty>
            {steps}
            {missed}
        </ol>
    }
}

#[component]
fn PreviewStep(step: ComposedStep, shows_phone: bool) -> impl IntoView {
    let words = words();
    let texts = &words.escalation;
    let after = after_text(words, step.step.after_seconds);
    let sends_nothing = step
        .messages
        .is_empty()
        .then(|| view! { <p data-sends="nothing">{texts.sends_nothing}</p> });
    let messages = step
        .messages
        .into_iter()
        .map(|message| view! { <MessageCard message=message /> });
    let messages = messages.collect_view();
    let phone = shows_phone.then(|| {
        view! { <p class="timeline-phone"><Icon sign=Sign::PHONE /><span>{texts.phone_shown}</span></p> }
    });
    view! {
        <li class="timeline-point" data-step-to=step.step.to.key() data-after=step.step.after_seconds.to_string()>
            <p><strong>{after}</strong> " " {target_heading(words, step.step.to)}</p>
            {sends_nothing}
            <ul class="rows" role="list">{messages}</ul>
            <StepReasons reasons=step.reasons />
            {phone}
        </li>
    }
}

#[component]
fn StepReasons(reasons: Vec<StepReason>) -> impl IntoView {
    let words = words();
    let names = DisplayNames::from_context();
    let items = move || {
        let item = |reason: &StepReason| {
            view! { <li data-reason=reason_kind(reason)>{reason_text(words, names, reason)}</li> }
        };
        reasons.iter().map(item).collect_view()
    };
    view! { <ul class="reasons muted small">{items}</ul> }
}

#[component]
fn PreviewMissedVisit(missed: ComposedMissedVisit) -> impl IntoView {
    let words = words();
    let texts = &words.escalation;
    let names = DisplayNames::from_context();
    let time = duration_text(words, DEADLINE_MILLIS / 1000);
    let after = fill(texts.after, &[("time", &time)]);
    let due = format!(
        "{} {}",
        clock::format_full_day(missed.due.day, words.language().tag()),
        missed.due.time
    );
    let assignees = missed.assignees;
    let sentence = move || {
        if assignees.is_empty() {
            return texts.missed_post.to_owned();
        }
        let people: Vec<String> = assignees.iter().map(|id| names.account(*id)).collect();
        let people = people.join(words.names.list_separator);
        fill(texts.missed_task, &[("names", &people), ("due", &due)])
    };
    view! {
        <li class="timeline-point end" data-missed="">
            <p><strong>{after}</strong> " " {texts.missed_title}</p>
            <p class="muted">{sentence}</p>
            <MessageView text=missed.text />
        </li>
    }
}
