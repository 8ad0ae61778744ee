//! A call that has notified somebody.

use leptos::prelude::*;
use yobirin_api::Millis;
use yobirin_domain::model::settings::StaffHelp;
use yobirin_domain::recipients::{Notified, NotifiedParty};
use yobirin_domain::routing::Target;

use super::{CallView, answer, recipient_name, waiting};
use crate::browser::clock;
use crate::components::{Icon, Sign};
use crate::i18n::fill;
use crate::i18n::kiosk::{Call, sentence_space};
use crate::kiosk::calls::listening::{Wait, WaitStage};
use crate::kiosk::rendering::rebuilt_by_key;
use crate::kiosk::shared_views;

/// Shows who was notified and what the visitor can do, until an answer takes their place.
pub(super) fn view(call: &CallView, at: Millis, notified: &Notified) -> AnyView {
    let (kiosk, id) = (call.context.kiosk, call.id);
    let wait = Memo::new(move |_| {
        let now = kiosk.now.get();
        kiosk.queue.with(|queue| queue.wait(id, now))
    });
    let (call, notified) = (call.clone(), notified.clone());
    let keyed = move || {
        let is_awaited = wait.with(Option::is_some);
        let (answer, is_unanswered, is_answer_withdrawn) = wait.with(|wait| match wait {
            None => (None, false, false),
            Some(wait) => (
                wait.answer.clone(),
                wait.stage == WaitStage::Unanswered,
                wait.is_answer_withdrawn,
            ),
        });
        let view = match &answer {
            Some(answer) => answer::view(&call, answer),
            None if is_unanswered => waiting::unanswered(&call, wait, is_answer_withdrawn),
            None => without_answer(&call, at, &notified, wait, is_answer_withdrawn),
        };
        (
            (answer, is_awaited, is_unanswered, is_answer_withdrawn),
            view,
        )
    };
    let stage = move || {
        wait.with(|wait| {
            Some(match wait.as_ref()? {
                Wait {
                    answer: Some(_), ..
                } => "answered",
                wait => wait.stage.key(),
            })
        })
    };
    // Polite: a screen reader announces an answer after the text that it is reading.
    view! { <div class="visit" data-wait=stage aria-live="polite">{rebuilt_by_key(keyed)}</div> }
        .into_any()
}

/// Screen of a call that is not answered, or for which no answer is awaited.
fn without_answer(
    call: &CallView,
    at: Millis,
    notified: &Notified,
    wait: Memo<Option<Wait>>,
    is_answer_withdrawn: bool,
) -> AnyView {
    let is_awaited = wait.with_untracked(Option::is_some);
    let (sign_class, sign) = if notified.alerted {
        ("state good", Sign::DONE)
    } else {
        ("state warn", Sign::CLOCK)
    };
    let more = is_awaited.then(|| waiting::notifications_and_offer(call, wait, notified.alerted));
    // A visitor who is asked to wait here is not urged to leave.
    let home = match is_awaited {
        true => "button large",
        false => "button primary large",
    };
    view! {
        <span class=sign_class aria-hidden="true">
            <Icon sign=sign />
        </span>
        {texts(call, at, notified, is_awaited, is_answer_withdrawn)}
        <div class="choices">
            {call.home_button(home)}
            {call.confirmed_cancel_button()}
        </div>
        {(!notified.alerted).then(|| waiting::phone(call))}
        {is_awaited.then(|| call.reference(call.context.words.call.reference_help))}
        {call.return_countdown()}
        {more}
    }
    .into_any()
}

/// Heading and sentences: who was notified, and where to wait.
pub(super) fn texts(
    call: &CallView,
    at: Millis,
    notified: &Notified,
    is_awaited: bool,
    is_answer_withdrawn: bool,
) -> AnyView {
    let context = &call.context;
    let words = &context.words.call;
    let time = clock::time_of_day(at, &context.settings.site().time_zone);
    // The host's own message is shown neither for delegates nor during an absence.
    let is_host_alerted = matches!(notified.whom, NotifiedParty::Host(_)) && notified.alerted;
    let message = (is_host_alerted && !call.host_message.is_empty()).then(|| {
        let lang = context.settings.office_language().tag();
        view! { <blockquote class="host-message" lang=lang>{call.host_message.clone()}</blockquote> }
    });
    let (title, help) = notified_words(words, notified);
    let absent_host = notified.absent.as_ref();
    let absent_name = absent_host.map_or(String::new(), |host| {
        context.settings.host_name(host, context.lang, words)
    });
    let recipient = match notified.whom {
        NotifiedParty::FallbackRoom => call.intended_name.clone(),
        _ => recipient_name(context, notified, &call.target),
    };
    let own_name = match &notified.whom {
        NotifiedParty::Host(id) => {
            let target = Target::Host(id.clone());
            let name = context
                .settings
                .displayed_name(&target, context.lang, false);
            shared_views::own_name(name.secondary)
        }
        _ => None,
    };
    let fill_names = |text: &str| fill(text, &[("who", &recipient), ("absent", &absent_name)]);
    let hint = match is_awaited {
        true => Some(waiting::hint(
            call,
            notified,
            fill_names(help),
            is_answer_withdrawn,
        )),
        false => message
            .is_none()
            .then(|| hint_without_answer(call, notified, &fill_names(help))),
    };
    view! {
        <h1 class="heading">{fill_names(title)} {own_name}</h1>
        {message}
        {hint}
        <p class="delivery-time">{fill(words.delivered_at, &[("time", &time)])}</p>
    }
    .into_any()
}

/// Heading and explanation for the recipients that were notified.
fn notified_words(words: &Call, notified: &Notified) -> (&'static str, &'static str) {
    match (&notified.whom, &notified.absent) {
        (NotifiedParty::FallbackRoom, _) => (
            words.notified_staff_instead,
            words.notified_staff_instead_help,
        ),
        (NotifiedParty::Host(_), Some(_)) => {
            (words.notified_absent_only, words.notified_absent_only_help)
        }
        (_, Some(_)) => (words.notified_absent, ""),
        (_, None) => (words.notified, ""),
    }
}

/// Next steps for the visitor where answers are not shown. No text promises that somebody comes.
fn hint_without_answer(call: &CallView, notified: &Notified, help: &str) -> AnyView {
    let context = &call.context;
    let words = &context.words.call;
    let advice = match (notified.alerted, help.is_empty()) {
        (false, true) => words.wait_until_noticed,
        _ => words.wait_here,
    };
    let (layout, staff_help) = (&context.words.layout, context.staff_help());
    let space = sentence_space(context.lang);
    // Names the footer's staff button by its present label, which changes when opening hours begin or end.
    let staff_sentence = move || {
        let help = staff_help.get();
        let sentence = (help != StaffHelp::Nothing).then(|| {
            let label = layout.staff_label(help);
            view! { {space} <span>{fill(words.wait_then_staff, &[("staff", label)])}</span> }
        });
        (help, sentence.into_any())
    };
    let staff_sentence = (call.target != Target::Staff).then(|| rebuilt_by_key(staff_sentence));
    let help = (!help.is_empty()).then(|| view! { <p class="lead">{help.to_owned()}</p> });
    view! {
        {help}
        <p class="lead lines"><span>{advice}</span>{staff_sentence}</p>
    }
    .into_any()
}
