//! Result of the preview: destinations, mentions, texts, reasons.

use leptos::prelude::*;
use yobirin_domain::compose::ComposedCall;
use yobirin_domain::routing::TraceStep;
use yobirin_domain::validate::Problem;

use crate::browser;
use crate::components::{Alert, Tone};
use crate::i18n::fill;
use crate::i18n::setup::Words;

use super::escalation_timeline::EscalationTimeline;
use super::form::{PreviewForm, PreviewRequest};
use super::message_card::MessageCard;
use super::sample_visit::compose_sample;
use crate::setup::draft::problem_location::page_of;
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::{Link, words};
use crate::setup::shared::display_names::DisplayNames;
use crate::setup::shared::route_trace;

#[component]
pub(crate) fn PreviewResult(form: PreviewForm) -> impl IntoView {
    let words = words();
    let texts = &words.preview;
    let store = expect_context::<DraftStore>();
    let request = Memo::new(move |_| form.request(store));
    // Scrolls to a new result, which in a narrow window is below the form, out of sight.
    Effect::new(move |earlier_run: Option<()>| {
        let is_first_run = earlier_run.is_none();
        if request.with(Option::is_some) && !is_first_run {
            browser::scroll_into_view_after_render(".outcomes > li".to_owned());
        }
    });
    let result = move || {
        let Some(request) = request.get() else {
            return view! { <p class="muted" data-outcome="none">{texts.choose_target_first}</p> }
                .into_any();
        };
        let Some(call) = compose_preview(store, words, request) else {
            return view! { <InvalidSettings /> }.into_any();
        };
        let count = fill(
            texts.message_count,
            &[("count", &call.messages.len().to_string())],
        );
        let summary = if call.messages.is_empty() {
            view! { <Alert tone=Tone::Bad kind="nowhere">{texts.nowhere}</Alert> }.into_any()
        } else {
            view! { <p><strong>{count}</strong></p> }.into_any()
        };
        let messages = call
            .messages
            .into_iter()
            .map(|message| view! { <MessageCard message=message /> });
        let fallback = call.fallback.map(|message| {
            view! {
                <details data-fallback="">
                    <summary>{texts.fallback_destination}</summary>
                    <ul class="rows outcomes" role="list"><MessageCard message=message /></ul>
                </details>
            }
        });
        view! {
            <div class="stack" data-outcome="plan">
                {summary}
                <ul class="rows outcomes" role="list">{messages.collect_view()}</ul>
                {fallback}
                <h3>{texts.route_reasons}</h3>
                <RoutingReasons trace=call.trace />
                <EscalationTimeline steps=call.later missed=call.missed />
            </div>
        }
        .into_any()
    };
    view! { <div aria-live="polite">{result}</div> }
}

/// The composed call; `None` while the settings are invalid.
fn compose_preview(
    store: DraftStore,
    words: &Words,
    request: PreviewRequest,
) -> Option<ComposedCall> {
    store.validation().with(|validation| {
        let settings = validation.as_ref().ok()?;
        Some(compose_sample(
            settings,
            words,
            (&request.device, &request.button),
            request.target,
            request.method,
        ))
    })
}

/// The steps of a routing trace as sentences.
#[component]
pub(crate) fn RoutingReasons(trace: Vec<TraceStep>) -> impl IntoView {
    let words = words();
    let names = DisplayNames::from_context();
    let items = move || {
        let item = |step: &TraceStep| {
            view! { <li data-step=route_trace::step_kind(step)>{route_trace::step_text(words, names, step)}</li> }
        };
        trace.iter().map(item).collect_view()
    };
    view! { <ol class="reasons">{items}</ol> }
}

/// Problems that prevent a preview.
#[component]
fn InvalidSettings() -> impl IntoView {
    let words = words();
    let store = expect_context::<DraftStore>();
    let items = store.validation().with(|validation| {
        let problems = match validation {
            Ok(_) => &[][..],
            Err(problems) => problems,
        };
        let item = |problem: &Problem| {
            let page = store.with(|document| page_of(document, &problem.path));
            let sentence = words.validation.of(&problem.error);
            view! { <li><Link to=page>{sentence}</Link></li> }
        };
        problems.iter().map(item).collect_view()
    });
    view! {
        <Alert tone=Tone::Warn kind="unsound">
            <p>{words.preview.settings_invalid}</p>
            <ul>{items}</ul>
        </Alert>
    }
}
