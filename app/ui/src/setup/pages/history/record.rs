//! A call of the history: a summary, and its details when unfolded.

use leptos::prelude::*;
use yobirin_api::call::{Attempt, CallRecord, DeliveryRecord, Outcome, Outgoing};
use yobirin_domain::model::call::Visitor;
use yobirin_domain::model::delivery::{CallState, DeliveryState};
use yobirin_domain::recipients::{Notified, NotifiedParty};
use yobirin_domain::routing::{Target, TraceStep};

use crate::browser::clock;
use crate::components::{Icon, Sign};
use crate::i18n::fill;
use crate::i18n::setup::{SEPARATOR, Words, counted};

use super::super::preview::RoutingReasons;
use super::answers::{AnswerBadge, AnswerDetails, AnswerLine};
use super::erase::{EraseButton, ErasureLine};
use super::failure::{Failure, failures};
use super::notice::notice_line;
use super::schedule::{DeadlineLine, ErasureTimes, at_time};
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::words;
use crate::setup::shared::display_names::DisplayNames;
use crate::setup::shared::retention_ceiling::RetentionCeiling;
use crate::setup::shared::route_trace;

/// The visitor's details in one line. `is_erased` is true once retention or an admin has erased them.
fn visitor_line(words: &Words, visitor: &Visitor, is_erased: bool) -> String {
    let texts = &words.history;
    let erased = is_erased.then_some(words.retention.erased_visitor);
    let people = visitor
        .people
        .map(|count| counted(texts.people, count as usize));
    let language = visitor.language.map(|lang| words.language_name(lang));
    let parts = [
        erased.unwrap_or_default().to_owned(),
        visitor.company.clone(),
        visitor.name.clone(),
        people.unwrap_or_default(),
        visitor.purpose.clone(),
        language.unwrap_or_default().to_owned(),
    ];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        texts.no_visitor_details.to_owned()
    } else {
        parts.join(SEPARATOR)
    }
}

/// Label and tone of the badge of a state, and the state's name for tests.
pub(crate) fn state_badge(
    words: &Words,
    state: CallState,
) -> (&'static str, &'static str, &'static str) {
    let texts = &words.history;
    match state {
        CallState::Sending => (texts.sending, "partly", "sending"),
        CallState::Notified => (texts.notified, "done", "notified"),
        CallState::Failed => (texts.failed, "bad", "failed"),
        CallState::Expired => (texts.expired, "bad", "expired"),
        CallState::Withdrawn => (texts.withdrawn, "none", "withdrawn"),
    }
}

/// Label and tone of a call's badge: its state, and for a notified call who was notified.
pub(super) fn badge(
    words: &Words,
    record: &CallRecord,
    notified_parties: &Notified,
) -> (&'static str, &'static str) {
    let texts = &words.history;
    let state = record.listed_state();
    if state != CallState::Notified {
        let (label, tone, _) = state_badge(words, state);
        return (label, tone);
    }
    let has_failed = |delivery: &DeliveryRecord| {
        matches!(
            delivery.state,
            DeliveryState::Rejected { .. } | DeliveryState::Expired
        )
    };
    let is_for_host = matches!(record.call.target, Target::Host(_));
    if notified_parties.names_nobody() {
        return (texts.notified_silent, "partly");
    }
    match (&notified_parties.whom, notified_parties.alerted) {
        (NotifiedParty::FallbackRoom, _) => (texts.notified_instead, "partly"),
        (NotifiedParty::Host(_) | NotifiedParty::Delegates(_), false) => {
            (texts.notified_absent, "partly")
        }
        (NotifiedParty::Delegates(_), true) => (texts.notified_deputy, "partly"),
        (NotifiedParty::Group(_), true) if is_for_host => (texts.notified_group, "partly"),
        _ if record.deliveries.iter().any(has_failed) => (texts.notified_partly, "partly"),
        _ => (texts.notified, "done"),
    }
}

/// True for trace steps that explain why somebody else, or nobody by name, was notified.
fn is_explanation(step: &&TraceStep) -> bool {
    match step {
        TraceStep::HostWithoutAccount { .. }
        | TraceStep::AbsentSoDelegates { .. }
        | TraceStep::DelegateAbsent { .. }
        | TraceStep::InChargeMentioned { .. } => true,
        TraceStep::Mentions { hosts, .. } => hosts.is_empty(),
        _ => false,
    }
}

/// Result of an attempt in words; `None` for an attempt without a result yet.
fn outcome_text(words: &Words, outcome: Option<Outcome>) -> &'static str {
    let texts = &words.history;
    match outcome {
        Some(Outcome::Delivered) => texts.attempt_delivered,
        Some(Outcome::Found) => texts.attempt_found,
        Some(Outcome::Retry) => texts.attempt_retry,
        Some(Outcome::Rejected) => texts.attempt_rejected,
        Some(Outcome::Unknown) => texts.attempt_unknown,
        Some(Outcome::TokenRefused) => texts.attempt_token,
        None => texts.attempt_running,
    }
}

/// One call of the history; rendered again when an erasure changes it.
#[component]
pub(crate) fn CallRow(record: CallRecord) -> impl IntoView {
    let signal = RwSignal::new(record);
    move || {
        let record = signal.get();
        view! { <CallItem record=record signal=signal /> }
    }
}

/// A summary of a call, and its details when unfolded. `signal` holds the record, for the erasure.
#[component]
fn CallItem(record: CallRecord, signal: RwSignal<CallRecord>) -> impl IntoView {
    let words = words();
    let texts = &words.history;
    let names = DisplayNames::from_context();
    let store = expect_context::<DraftStore>();
    let zone = store.peek(|document| document.site.time_zone.clone());
    let tag = words.language().tag();
    let time = clock::format_date_time(record.call.tapped, tag, &zone);
    let (_, _, state) = state_badge(words, record.state);
    let notified_parties = record.notified_recipients();
    let (label, tone) = badge(words, &record, &notified_parties);
    let needs_explanation = label != texts.notified && record.state == CallState::Notified;
    let explanation = needs_explanation.then(|| {
        let steps: Vec<TraceStep> = record
            .call
            .trace
            .iter()
            .filter(is_explanation)
            .cloned()
            .collect();
        let sentences = move || {
            let each = steps
                .iter()
                .map(|step| route_trace::step_text(words, names, step));
            each.collect::<Vec<_>>().join(" ")
        };
        view! { <p class="muted" data-why="">{sentences}</p> }
    });
    let failures = failures(&record)
        .into_iter()
        .map(|(failure, destinations)| {
            let text = move || {
                let names = destinations.iter().map(|to| names.destination(*to));
                let to = names.collect::<Vec<_>>().join(words.names.list_separator);
                fill(texts.failure, &[("to", &to), ("why", failure.text(words))])
            };
            view! { <p class="call-failure" data-failure=""><Icon sign=Sign::WARNING /> {text}</p> }
        });
    let failures = failures.collect_view();
    let notice = record.call.notice.map(|version| {
        let ceiling = RetentionCeiling::from_context();
        let line = move || {
            let present = store.with_saved(|saved| ceiling.applied_to(&saved.site));
            notice_line(words, &present, version)
        };
        view! { <p class="muted" data-notice="">{line}</p> }
    });
    let stored_record = StoredValue::new(record.clone());
    let code = record.id.reference().to_string();
    let reference = fill(texts.reference, &[("code", &code)]);
    let target = record.call.target.clone();
    let (device, button) = (record.device.clone(), record.call.button.clone());
    let device_and_button = move || {
        fill(
            texts.device_and_button,
            &[
                ("device", &names.device(&device)),
                ("button", &names.button(&button)),
            ],
        )
    };
    let has_arrived =
        |delivery: &&DeliveryRecord| matches!(delivery.state, DeliveryState::Delivered { .. });
    let retraction_count = record.retractions.iter().filter(has_arrived).count();
    let cancelled = record.cancelled.map(|at| {
        let time = clock::format_date_time(at, tag, &zone);
        let count = retraction_count.to_string();
        let sentence = if record.retractions.is_empty() {
            texts.cancelled
        } else {
            texts.retracted
        };
        fill(sentence, &[("time", &time), ("count", &count)])
    });
    let revoked = record.revoked.map(|at| at_time(texts.revoked, at));
    let doubted = record.doubted.map(|at| at_time(texts.unknown_reported, at));
    let is_revoked = record.revoked.is_some() && record.cancelled.is_none();
    let fallback = record
        .call
        .fallback
        .zip(record.fallback)
        .map(|(sent, delivery)| {
            let view = delivery_view(words, names, &zone, &sent, &delivery, is_revoked);
            view! { <h2>{texts.fallback_deliveries}</h2><ul class="deliveries" data-instead="">{view}</ul> }
        });
    let deliveries = record.call.deliveries.into_iter().zip(record.deliveries);
    let deliveries: Vec<AnyView> = deliveries
        .map(|(sent, delivery)| delivery_view(words, names, &zone, &sent, &delivery, is_revoked))
        .collect();
    view! {
        <li class="call" data-call=record.id.to_string() data-state=state data-notified=notified_parties.kind()>
            <p class="call-line">
                <time class="digits">{time}</time>
                <span class="badge" data-tone=tone>{label}</span>
                <AnswerBadge record=stored_record />
                <strong>{move || names.target(&target)}</strong>
                <span class="muted">{device_and_button}</span>
            </p>
            <p>{visitor_line(words, &record.call.visitor, record.erased.is_some())} {SEPARATOR} <span class="muted digits unbroken">{reference}</span></p>
            <AnswerLine record=stored_record />
            <DeadlineLine record=stored_record />
            {explanation}
            {failures}
            {cancelled.map(|line| view! { <p class="muted" data-cancelled="">{line}</p> })}
            {revoked.map(|line| view! { <p class="muted" data-revoked="">{line}</p> })}
            {doubted.map(|line| view! { <p class="muted" data-doubted="">{line}</p> })}
            <ErasureLine record=signal />
            <details>
                <summary>{texts.details}</summary>
                {notice}
                <h2>{texts.deliveries}</h2>
                <ul class="deliveries">{deliveries}</ul>
                {fallback}
                <AnswerDetails record=stored_record />
                <h2>{texts.route_reasons}</h2>
                <RoutingReasons trace=record.call.trace />
                <ErasureTimes record=stored_record />
                <EraseButton record=signal />
            </details>
        </li>
    }
}

/// One delivery with its attempts. `is_revoked` is true when the call was withdrawn because its tablet was unpaired.
fn delivery_view(
    words: &'static Words,
    names: DisplayNames,
    zone: &str,
    sent: &Outgoing,
    delivery: &DeliveryRecord,
    is_revoked: bool,
) -> AnyView {
    let texts = &words.history;
    let to = sent.to;
    let tag = words.language().tag();
    let label = match &delivery.state {
        DeliveryState::Waiting => texts.delivery_waiting.to_owned(),
        DeliveryState::Unknown => texts.delivery_unknown.to_owned(),
        DeliveryState::Delivered { at, .. } => fill(
            texts.delivered,
            &[("time", &clock::format_date_time(*at, tag, zone))],
        ),
        DeliveryState::Rejected { .. } | DeliveryState::Expired => {
            let failure = Failure::of(delivery);
            failure.map_or("", |failure| failure.text(words)).to_owned()
        }
        DeliveryState::Withdrawn if is_revoked => texts.withdrawn_unpaired.to_owned(),
        DeliveryState::Withdrawn => texts.cancelled_before_sending.to_owned(),
    };
    let count = fill(
        texts.attempts,
        &[("count", &delivery.attempts.len().to_string())],
    );
    let attempt = |attempt: &Attempt| {
        let time = clock::format_date_time(attempt.at, tag, zone);
        view! { <li><span class="digits">{time}</span> " " {outcome_text(words, attempt.outcome)}</li> }
    };
    let attempts = delivery.attempts.iter().map(attempt).collect_view();
    view! {
        <li>
            <p><strong>{move || names.destination(to)}</strong> " " {label} <span class="muted">" " {count}</span></p>
            <ol class="attempts muted">{attempts}</ol>
        </li>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::setup::SetupLang;

    #[test]
    fn a_visitor_is_read_in_one_line() {
        let words = SetupLang::Ja.words();
        assert_eq!(
            visitor_line(words, &Visitor::default(), false),
            "来訪者の入力なし"
        );
        let visitor = Visitor {
            company: "株式会社サンプル".into(),
            name: "山田".into(),
            people: Some(2),
            ..Visitor::default()
        };
        assert_eq!(
            visitor_line(words, &visitor, false),
            "株式会社サンプル\u{a0}· 山田\u{a0}· 2\u{a0}名"
        );
        let erased = Visitor {
            people: Some(2),
            ..Visitor::default()
        };
        assert_eq!(
            visitor_line(words, &erased, true),
            "来訪者の入力は消去済み\u{a0}· 2\u{a0}名"
        );
    }
}
