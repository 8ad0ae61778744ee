//! The wait for an answer: the notifications so far, and what else the visitor can do. No text promises that somebody
//! comes.

use leptos::prelude::*;
use yobirin_domain::model::escalation_step::EscalationTarget;
use yobirin_domain::recipients::Notified;

use super::{CallView, explanation};
use crate::browser::clock;
use crate::components::Sign;
use crate::i18n::fill;
use crate::i18n::kiosk::{Call, sentence_space};
use crate::kiosk::calls::listening::{Wait, WaitStage};
use crate::kiosk::rendering::erased;

impl WaitStage {
    /// Name for tests and styles.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Long => "long",
            Self::Unanswered => "unanswered",
        }
    }
}

/// Sentences below the heading: where to wait and where the answer will be shown. `recipient_help` explains that the
/// host is absent or that staff were notified instead; `""` otherwise.
pub(super) fn hint(
    call: &CallView,
    notified: &Notified,
    recipient_help: String,
    is_answer_withdrawn: bool,
) -> AnyView {
    let words = &call.context.words.call;
    let is_unnoticed = !is_answer_withdrawn && !notified.alerted && recipient_help.is_empty();
    let wait_here = match is_unnoticed {
        true => words.wait_until_noticed,
        false => words.wait_here,
    };
    let line = |text: String| (!text.is_empty()).then(|| view! { <p class="lead">{text}</p> });
    view! {
        {line(recipient_help)}
        {is_answer_withdrawn.then(|| line(words.answer_taken_back.to_owned()))}
        <p class="lead lines">
            <span>{wait_here}</span>
            {sentence_space(call.context.lang)}
            <span>{online_or_offline_notice(call, words.answer_shown_here)}</span>
        </p>
    }
    .into_any()
}

/// The text `online`, in whose place the offline notice stands while the tablet is offline.
fn online_or_offline_notice(call: &CallView, online: &'static str) -> AnyView {
    let (kiosk, offline) = (call.context.kiosk, call.context.words.call.answer_offline);
    let is_offline = Memo::new(move |_| kiosk.is_offline());
    erased(move || if is_offline.get() { offline } else { online }).into_any()
}

/// The later notifications as they arrive, and during a long wait what else the visitor can do.
pub(super) fn notifications_and_offer(
    call: &CallView,
    wait: Memo<Option<Wait>>,
    is_alerted: bool,
) -> AnyView {
    let call = call.clone();
    let is_long = Memo::new(move |_| {
        wait.with(|wait| matches!(wait, Some(wait) if wait.stage == WaitStage::Long))
    });
    let notifications = later_notifications(&call, wait);
    let kiosk = call.context.kiosk;
    let offered = move || {
        // Outside opening hours the telephone is all that there is to offer.
        let has_offer = !kiosk.is_closed.get() || is_alerted && has_phone(&call);
        (is_long.get() && has_offer).then(|| offer(&call, is_alerted))
    };
    view! {
        {notifications}
        {erased(offered)}
    }
    .into_any()
}

/// Offer after a long wait: call again, telephone. The button that calls staff is in the footer. Where nobody was
/// alerted, the screen has shown the telephone number from the start.
fn offer(call: &CallView, is_alerted: bool) -> AnyView {
    view! {
        <section class="offer" data-state="long-wait">
            <h2>{call.context.words.call.long_wait}</h2>
            <div class="choices">{call.again_button("button large")}</div>
            {is_alerted.then(|| phone(call))}
        </section>
    }
    .into_any()
}

/// The contact, if it has a telephone number.
pub(super) fn phone(call: &CallView) -> Option<AnyView> {
    has_phone(call).then(|| call.urgent_contact())
}

fn has_phone(call: &CallView) -> bool {
    let contact = &call.context.settings.site().contact;
    !contact.phone.trim().is_empty()
}

/// Screen of a call that nobody has answered by the end of its escalation, with the contact to telephone.
pub(super) fn unanswered(
    call: &CallView,
    wait: Memo<Option<Wait>>,
    is_answer_withdrawn: bool,
) -> AnyView {
    let words = &call.context.words.call;
    let notification_count = Memo::new(move |_| {
        let later = wait.with(|wait| {
            wait.as_ref()
                .map_or(0, |wait| wait.later_notifications.len())
        });
        1 + later // the first notification is not in the list
    });
    let lead = move || match notification_count.get() {
        1 => String::new(),
        count => fill(words.no_answer_times, &[("n", &count.to_string())]),
    };
    let taken_back = if is_answer_withdrawn {
        words.answer_taken_back
    } else {
        ""
    };
    view! {
        {explanation("state warn", Sign::CLOCK, words.no_answer_yet, taken_back.to_owned())}
        <p class="lead">{erased(lead)}</p>
        <p class="lead">{online_or_offline_notice(call, "")}</p>
        {call.contact()}
        <div class="choices">
            {call.again_button("button primary large")}
            {call.home_button("button large")}
            {call.confirmed_cancel_button()}
        </div>
        {later_notifications(call, wait)}
        {call.reference("")}
        {call.return_countdown()}
    }
    .into_any()
}

/// List of the later notifications that have arrived. The list is updated and not replaced, so that screen readers
/// read only the new entry.
fn later_notifications(call: &CallView, wait: Memo<Option<Wait>>) -> AnyView {
    let words = &call.context.words.call;
    let zone = call.context.settings.site().time_zone.clone();
    let entries = move || {
        let arrived = wait.with(|wait| wait.as_ref().map(|wait| wait.later_notifications.clone()));
        let entries = arrived.unwrap_or_default().into_iter().map(|(at, to)| {
            let time = clock::time_of_day(at, &zone);
            view! { <li><span class="event-time">{time}</span> {notification_text(words, to)}</li> }
                .into_any()
        });
        entries.collect::<Vec<AnyView>>()
    };
    view! { <ul class="later-notifications">{erased(entries)}</ul> }.into_any()
}

/// Sentence about a later notification.
fn notification_text(words: &Call, to: EscalationTarget) -> &'static str {
    match to {
        EscalationTarget::Again => words.later_again,
        EscalationTarget::Delegates => words.later_delegates,
        EscalationTarget::InCharge => words.later_in_charge,
        EscalationTarget::GroupRoom => words.later_room,
        EscalationTarget::DefaultRoom => words.later_staff,
    }
}
