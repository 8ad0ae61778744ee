//! A call and its outcome. "Notified" is shown only once Chatwork has stored a message.

mod answer;
mod cancel;
mod failed;
mod notified;
mod waiting;

use leptos::prelude::*;
use yobirin_domain::model::id::CallId;
use yobirin_domain::recipients::{Notified, NotifiedParty};
use yobirin_domain::routing::Target;

use crate::components::{Icon, Sign};
use crate::i18n::fill;
use crate::i18n::kiosk::Call;
use crate::kiosk::calls::local_call_status::{CallOutcome, LocalCallStatus};
use crate::kiosk::calls::sync;
use crate::kiosk::click_handlers::{ignore_double_click, on_press};
use crate::kiosk::controller;
use crate::kiosk::idle::Countdown;
use crate::kiosk::navigation::Intent;
use crate::kiosk::render_context::RenderContext;
use crate::kiosk::rendering::{erased, rebuilt_by_key};
use crate::kiosk::shared_views;

/// The call on the screen.
#[derive(Clone)]
struct CallView {
    context: RenderContext,
    id: CallId,
    /// The target that the visitor selected.
    target: Target,
    /// Recipients once all messages have arrived; `None` when the call is not in the queue.
    intended: Option<Notified>,
    intended_name: String,
    awaits_answer: bool,
    /// The host's own message to visitors; `""` for none.
    host_message: String,
}

pub(super) fn view(context: &RenderContext, id: CallId) -> AnyView {
    let kiosk = context.kiosk;
    let queued = kiosk.queue.with_untracked(|queue| queue.call(id).cloned());
    let target = queued
        .as_ref()
        .map_or(Target::Staff, |call| call.target.clone());
    let awaits_answer = queued.as_ref().is_some_and(|call| call.awaits_answer);
    let intended = queued.map(|call| call.recipients.intended());
    let name = |recipients: &Notified| recipient_name(context, recipients, &target);
    let call = CallView {
        context: context.clone(),
        id,
        intended_name: intended.as_ref().map(name).unwrap_or_default(),
        intended,
        awaits_answer,
        host_message: host_message(context, &target),
        target,
    };
    let status = Memo::new(move |_| {
        let now = kiosk.now.get();
        kiosk.queue.with(|queue| queue.status(id, now))
    });
    let notified = Memo::new(move |_| kiosk.queue.with(|queue| queue.notified(id)));
    let content = move |status: Option<LocalCallStatus>| match status {
        None => ().into_any(),
        Some(LocalCallStatus::Sending { is_slow }) => sending(&call, is_slow),
        Some(LocalCallStatus::Waiting) => waiting(&call),
        Some(LocalCallStatus::Cancelling { is_slow: true, .. }) => {
            failed::view(&call, CallOutcome::CancellationUnconfirmed, notified.get())
        }
        Some(LocalCallStatus::Cancelling { is_waiting, .. }) => cancelling(&call, is_waiting),
        Some(LocalCallStatus::Ended(CallOutcome::Notified { at })) => match notified.get() {
            Some(notified) => notified::view(&call, at, &notified),
            None => ().into_any(),
        },
        Some(LocalCallStatus::Ended(CallOutcome::Withdrawn)) => {
            cancelled(&call, &call.intended_name, |words| {
                (words.withdrawn, words.withdrawn_help)
            })
        }
        Some(LocalCallStatus::Ended(CallOutcome::Retracted)) => cancelled(
            &call,
            &call.recipient_or_intended_name(notified.get()),
            |words| (words.retracted, words.retracted_help),
        ),
        Some(LocalCallStatus::Ended(outcome)) => failed::view(&call, outcome, notified.get()),
    };
    let keyed = move || {
        let status = status.get();
        // More recipients may be notified after the call has ended.
        ((status, notified.get()), content(status))
    };
    let kind = move || notified.with(|notified| notified.as_ref().map(Notified::kind));
    view! { <section class="call" data-notified=kind aria-live="assertive" tabindex="-1" data-focus="">{rebuilt_by_key(keyed)}</section> }
        .into_any()
}

/// Name of recipients.
fn recipient_name(context: &RenderContext, recipients: &Notified, target: &Target) -> String {
    let words = &context.words.call;
    context
        .settings
        .notified_name(recipients, target, context.lang, words)
}

/// The message of a called host to visitors; `""` for none.
fn host_message(context: &RenderContext, target: &Target) -> String {
    let Target::Host(id) = target else {
        return String::new();
    };
    let host = context.settings.as_settings().host(id);
    host.map_or(String::new(), |host| host.visitor_message.trim().to_owned())
}

impl CallView {
    /// A sentence with the name of the intended recipients.
    fn with_recipient(&self, sentence: &str) -> String {
        fill(sentence, &[("who", &self.intended_name)])
    }

    /// Name of the target that the visitor selected.
    fn requested_name(&self) -> String {
        let is_masked = false;
        let name = self
            .context
            .settings
            .displayed_name(&self.target, self.context.lang, is_masked)
            .primary;
        if name.is_empty() {
            self.context.words.call.our_staff.to_owned()
        } else {
            name
        }
    }

    /// Name of the recipients that were notified, or of the intended ones if nobody was notified yet.
    fn recipient_or_intended_name(&self, notified: Option<Notified>) -> String {
        let is_somebody = |notified: &Notified| notified.whom != NotifiedParty::Nobody;
        match notified.filter(is_somebody) {
            Some(notified) => recipient_name(&self.context, &notified, &self.target),
            None => self.intended_name.clone(),
        }
    }

    /// Button back to the menu.
    fn home_button(&self, class: &'static str) -> AnyView {
        view! {
            <button
                type="button"
                class=class
                data-state="done"
                on:click=on_press(self.context.kiosk, Intent::Home)
            >
                {self.context.words.layout.back_to_start}
            </button>
        }
        .into_any()
    }

    /// Button that repeats the call; nothing outside opening hours, in which nobody is called.
    fn again_button(&self, class: &'static str) -> AnyView {
        let (kiosk, id) = (self.context.kiosk, self.id);
        let label = self.context.words.call.call_again;
        let button = move || {
            let call_again = ignore_double_click(move || controller::call_again(kiosk, id));
            (!kiosk.is_closed.get()).then(|| {
                view! {
                    <button type="button" class=class data-state="again" on:click=call_again>
                        {label}
                    </button>
                }
            })
        };
        erased(button).into_any()
    }

    /// Reference of the call, by which the visitor finds it on the menu again, and a hint (`""` for none).
    fn reference(&self, hint: &'static str) -> AnyView {
        view! {
            <p class="reference">
                {self.context.words.call.reference}
                " "
                <strong>{self.id.reference().to_string()}</strong>
                " "
                <span class="hint">{hint}</span>
            </p>
        }
        .into_any()
    }

    /// Seconds until the tablet goes back to the menu.
    fn return_countdown(&self) -> AnyView {
        let (kiosk, words) = (self.context.kiosk, &self.context.words.call);
        let seconds = move || match kiosk.countdown.get() {
            Countdown::Seconds(seconds) => fill(words.returning_in, &[("n", &seconds.to_string())]),
            Countdown::Hidden | Countdown::Elapsed => String::new(),
        };
        view! { <p class="return-countdown" aria-live="off">{erased(seconds)}</p> }.into_any()
    }

    /// The contact, for a visitor whose call has failed.
    fn contact(&self) -> AnyView {
        let words = &self.context.words.call;
        shared_views::contact(
            self.context.settings.site(),
            self.context.lang,
            words.contact_by_phone,
            words.contact_directly,
        )
    }

    /// The contact, for a visitor in a hurry whose call may still arrive.
    fn urgent_contact(&self) -> AnyView {
        let words = &self.context.words.call;
        shared_views::contact(
            self.context.settings.site(),
            self.context.lang,
            words.urgent_by_phone,
            words.urgent_directly,
        )
    }
}

/// Sign, heading and explanation at the beginning of a screen.
fn explanation(class: &'static str, sign: Sign, title: &'static str, help: String) -> AnyView {
    view! {
        <span class=class aria-hidden="true">
            <Icon sign=sign />
        </span>
        <h1 class="heading">{title}</h1>
        <p class="lead">{help}</p>
    }
    .into_any()
}

/// A call that is being sent. The texts of the next screen take their space already, unseen, so that heading and
/// buttons keep their places when that screen comes.
fn sending(call: &CallView, is_slow: bool) -> AnyView {
    let words = &call.context.words.call;
    let at = call.context.kiosk.now.get_untracked();
    let next = call.intended.as_ref().map(|intended| {
        let is_answer_withdrawn = false;
        notified::texts(call, at, intended, call.awaits_answer, is_answer_withdrawn)
    });
    view! {
        <span class="state pending" aria-hidden="true">
            <span class="spinner"></span>
        </span>
        <div class="stack">
            <div class="visit">
                <h1 class="heading">{call.with_recipient(words.sending)}</h1>
                <p class="lead">{if is_slow { words.sending_slow } else { words.sending_help }}</p>
            </div>
            <div class="visit" aria-hidden="true">{next}</div>
        </div>
        <div class="choices">
            {call.home_button("button large")}
            {call.cancel_button()}
        </div>
        {is_slow.then(|| call.urgent_contact())}
    }
    .into_any()
}

/// A call that waits for the network, with a button to try again at once.
fn waiting(call: &CallView) -> AnyView {
    let words = &call.context.words.call;
    let (kiosk, id) = (call.context.kiosk, call.id);
    let attempts = Memo::new(move |_| kiosk.queue.with(|queue| queue.failed_attempts(id)));
    // Failed attempts when the visitor pressed the button.
    let retried_after = RwSignal::new(None::<u32>);
    let offline = call.context.words.layout.offline;
    let retry_result = move || {
        let text = retried_after.get().map(|before| {
            let has_failed = attempts.get() > before;
            if has_failed {
                offline
            } else {
                words.sending_help
            }
        });
        let line = text.map(|text| view! { <p class="lead">{text}</p> });
        (text, line.into_any())
    };
    let help = call.with_recipient(words.waiting_help);
    view! {
        {explanation("state warn", Sign::CLOCK, words.waiting, help)}
        <div class="choices">
            <button
                type="button"
                class="button large"
                data-state="retry"
                on:click=move |_| {
                    retried_after.set(Some(attempts.get_untracked()));
                    sync::flush_now(kiosk);
                }
            >
                {words.retry_now}
            </button>
            {call.home_button("button large")}
            {call.cancel_button()}
        </div>
        <div class="retry-result" role="status">{rebuilt_by_key(retry_result)}</div>
        {call.urgent_contact()}
    }
    .into_any()
}

/// A call whose cancellation is not confirmed yet.
fn cancelling(call: &CallView, is_waiting: bool) -> AnyView {
    let words = &call.context.words.call;
    let (title, help) = if is_waiting {
        (words.cancel_waiting, words.cancel_waiting_help)
    } else {
        (words.cancelling, words.cancelling_help)
    };
    view! {
        <span class="state pending" aria-hidden="true">
            <span class="spinner"></span>
        </span>
        <h1 class="heading">{title}</h1>
        <p class="lead">{help}</p>
        <div class="choices">{call.home_button("button large")}</div>
    }
    .into_any()
}

/// A call that was cancelled; nobody expects the visitor any more.
fn cancelled(
    call: &CallView,
    who: &str,
    select: fn(&Call) -> (&'static str, &'static str),
) -> AnyView {
    let (title, help) = select(&call.context.words.call);
    let help = fill(help, &[("who", who)]);
    view! {
        {explanation("state cancelled", Sign::CLOSE, title, help)}
        <div class="choices">
            {call.home_button("button primary large")}
            {call.again_button("button quiet large")}
        </div>
        {call.return_countdown()}
    }
    .into_any()
}
