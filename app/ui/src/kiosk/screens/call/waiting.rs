//! The wait for an answer: what has happened, and what else the visitor can do. Nothing is promised.

use leptos::prelude::*;
use yobirin_domain::model::escalation_step::EscalationTarget;
use yobirin_domain::model::settings::StaffHelp;
use yobirin_domain::recipients::Notified;
use yobirin_domain::routing::Target;

use super::CallView;
use crate::browser::clock;
use crate::components::{Icon, Sign};
use crate::i18n::fill;
use crate::i18n::kiosk::Call;
use crate::kiosk::calls::listening::{Wait, WaitStage};
use crate::kiosk::controller;
use crate::kiosk::widgets::{erased, ignore_double_click};

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

/// Says that an answer will be shown.
pub(super) fn hint(
    call: &CallView,
    reached: &Notified,
    help: String,
    is_taken_back: bool,
) -> AnyView {
    let words = &call.context.words.call;
    let first = match (is_taken_back, reached.alerted) {
        (true, _) => words.answer_taken_back,
        (false, false) if help.is_empty() => words.wait_until_noticed,
        (false, _) => "",
    };
    let line = |text: String| (!text.is_empty()).then(|| view! { <p class="lead">{text}</p> });
    view! {
        {line(help)}
        {line(first.to_owned())}
        <p class="lead">{whether_shown(call, words.answer_shown_here)}</p>
        {(!reached.alerted).then(|| phone(call))}
    }
    .into_any()
}

/// A sentence, and in its place that no answer can be shown while the tablet is offline.
fn whether_shown(call: &CallView, online: &'static str) -> AnyView {
    let (kiosk, offline) = (call.context.kiosk, call.context.words.call.answer_offline);
    let is_offline = Memo::new(move |_| kiosk.is_offline());
    erased(move || if is_offline.get() { offline } else { online }).into_any()
}

/// The later notifications as they arrive; after a while, what else the visitor can do.
pub(super) fn steps_and_offer(
    call: &CallView,
    wait: Memo<Option<Wait>>,
    is_alerted: bool,
) -> AnyView {
    let call = call.clone();
    let is_long = Memo::new(move |_| {
        wait.with(|wait| matches!(wait, Some(wait) if wait.stage == WaitStage::Long))
    });
    let steps = told(&call, wait);
    let offered = move || is_long.get().then(|| offer(&call, is_alerted));
    view! {
        {steps}
        {erased(offered)}
    }
    .into_any()
}

fn offer(call: &CallView, is_alerted: bool) -> AnyView {
    view! {
        <section class="offer" data-state="nobody-came">
            <h2>{call.context.words.call.nobody_came}</h2>
            <div class="choices">{call.again_button("button big")} {staff_button(call)}</div>
            {is_alerted.then(|| phone(call))}
        </section>
    }
    .into_any()
}

/// The contact, if it has a telephone number.
fn phone(call: &CallView) -> Option<AnyView> {
    let has_phone = !call.site_contact().phone.trim().is_empty();
    has_phone.then(|| call.urgent_contact())
}

/// Nobody has answered until the end of the escalation: whom to telephone.
pub(super) fn unanswered(
    call: &CallView,
    wait: Memo<Option<Wait>>,
    is_taken_back: bool,
) -> AnyView {
    let words = &call.context.words.call;
    let times =
        Memo::new(move |_| wait.with(|wait| wait.as_ref().map_or(0, |wait| wait.told.len())) + 1);
    let lead = move || match times.get() {
        1 => String::new(),
        times => fill(words.no_answer_times, &[("n", &times.to_string())]),
    };
    view! {
        <span class="state warn" aria-hidden="true">
            <Icon sign=Sign::CLOCK />
        </span>
        <h1 class="heading">{words.no_answer_yet}</h1>
        <p class="lead">{is_taken_back.then_some(words.answer_taken_back)}</p>
        <p class="lead">{erased(lead)}</p>
        <p class="lead">{whether_shown(call, "")}</p>
        {call.contact()}
        <div class="choices">
            {call.again_button("button primary big")}
            {staff_button(call)}
        </div>
        {told(call, wait)}
        {call.reference("")}
        {call.return_countdown()}
    }
    .into_any()
}

/// The later notifications that have arrived. A new one is added to the list, so that only it is announced.
fn told(call: &CallView, wait: Memo<Option<Wait>>) -> AnyView {
    let words = &call.context.words.call;
    let zone = call.context.settings.site().time_zone.clone();
    let steps = move || {
        let told = wait.with(|wait| wait.as_ref().map(|wait| wait.told.clone()));
        let steps = told.unwrap_or_default().into_iter().map(|(at, to)| {
            let time = clock::time_of_day(at, &zone);
            view! { <li><span class="told-time">{time}</span> {told_words(words, to)}</li> }
                .into_any()
        });
        steps.collect::<Vec<AnyView>>()
    };
    view! { <ul class="told">{erased(steps)}</ul> }.into_any()
}

fn told_words(words: &Call, to: EscalationTarget) -> &'static str {
    match to {
        EscalationTarget::Again => words.told_again,
        EscalationTarget::Delegates => words.told_delegates,
        EscalationTarget::InCharge => words.told_in_charge,
        EscalationTarget::GroupRoom => words.told_room,
        EscalationTarget::DefaultRoom => words.told_staff,
    }
}

/// Button that calls staff, unless this call already calls them. Absent while staff cannot be called, as outside opening
/// hours, which may begin while the visitor waits.
fn staff_button(call: &CallView) -> Option<AnyView> {
    let (kiosk, label) = (call.context.kiosk, call.context.words.layout.call_staff);
    let staff_help = call.context.staff_help();
    let button = move || {
        (staff_help.get() == StaffHelp::Ring).then(|| {
            view! {
                <button
                    type="button"
                    class="button big"
                    data-state="staff-instead"
                    on:click=ignore_double_click(move || controller::call_staff(kiosk))
                >
                    {label}
                </button>
            }
            .into_any()
        })
    };
    (call.target != Target::Staff).then(|| erased(button).into_any())
}
