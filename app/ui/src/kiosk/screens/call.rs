//! A call under way and how it ended. The screen says "notified" only with Chatwork's proof in hand.

use leptos::prelude::*;
use yobirin_api::Millis;
use yobirin_domain::model::delivery::RejectReason;
use yobirin_domain::model::id::CallId;
use yobirin_domain::model::settings::{Contact, StaffHelp};
use yobirin_domain::recipients::{Notified, NotifiedParty};
use yobirin_domain::routing::Target;

use crate::browser::clock;
use crate::components::{Icon, Sign};
use crate::i18n::fill;
use crate::i18n::kiosk::Call;
use crate::kiosk::app::RenderContext;
use crate::kiosk::calls::queue::{CallOutcome, LocalCallStatus};
use crate::kiosk::calls::sync;
use crate::kiosk::idle::Countdown;
use crate::kiosk::navigation::Intent;
use crate::kiosk::widgets::{self, erased, ignore_double_click, on_press, rebuilt_by_key};

/// The call that is shown.
#[derive(Clone)]
struct CallView {
    context: RenderContext,
    id: CallId,
    /// Target that the visitor asked for.
    target: Target,
    /// Name of the intended recipients.
    intended: String,
    host_message: String,
}

pub(super) fn view(context: &RenderContext, id: CallId) -> AnyView {
    let kiosk = context.kiosk;
    let call = kiosk.queue.with_untracked(|queue| queue.call(id).cloned());
    let target = call
        .as_ref()
        .map_or(Target::Staff, |call| call.target.clone());
    let intended = call.map(|call| call.recipients.intended());
    let name = |told: Notified| recipient_name(context, &told, &target);
    let shown = CallView {
        context: context.clone(),
        id,
        intended: intended.map(name).unwrap_or_default(),
        host_message: host_message(context, &target),
        target,
    };
    let standing = Memo::new(move |_| {
        let now = kiosk.now.get();
        kiosk.queue.with(|queue| queue.status(id, now))
    });
    let told = Memo::new(move |_| kiosk.queue.with(|queue| queue.notified(id)));
    let says = move |standing: Option<LocalCallStatus>| match standing {
        None => ().into_any(),
        Some(LocalCallStatus::Sending { slow }) => sending(&shown, slow),
        Some(LocalCallStatus::Waiting) => waiting(&shown),
        Some(LocalCallStatus::Cancelling { waiting }) => cancelling(&shown, waiting),
        Some(LocalCallStatus::Ended(CallOutcome::Notified { at })) => match told.get() {
            Some(told) => notified(&shown, at, &told),
            None => ().into_any(),
        },
        Some(LocalCallStatus::Ended(CallOutcome::Withdrawn)) => {
            cancelled(&shown, &shown.intended, |words| {
                (words.withdrawn, words.withdrawn_help)
            })
        }
        Some(LocalCallStatus::Ended(CallOutcome::Retracted)) => {
            cancelled(&shown, &shown.reached_name(told.get()), |words| {
                (words.retracted, words.retracted_help)
            })
        }
        Some(LocalCallStatus::Ended(end)) => failed(&shown, end, told.get()),
    };
    let inside = move || {
        let standing = standing.get();
        // The recipients may still change once the call is over.
        ((standing, told.get()), says(standing))
    };
    let kind = move || told.with(|told| told.as_ref().map(Notified::kind));
    view! { <section class="call" data-told=kind aria-live="assertive" tabindex="-1" data-focus="">{rebuilt_by_key(inside)}</section> }
        .into_any()
}

/// A name for those who were told, or are to be.
fn recipient_name(context: &RenderContext, told: &Notified, target: &Target) -> String {
    let words = &context.words.call;
    context
        .settings
        .notified_name(told, target, context.lang, words)
}

fn host_message(context: &RenderContext, target: &Target) -> String {
    let Target::Host(id) = target else {
        return String::new();
    };
    let host = context.settings.document().host(id);
    host.map_or(String::new(), |host| host.visitor_message.trim().to_owned())
}

impl CallView {
    /// A sentence about those whom the call is to tell.
    fn with_recipient(&self, sentence: &str) -> String {
        fill(sentence, &[("who", &self.intended)])
    }

    /// Target that the visitor asked for.
    fn requested_name(&self) -> String {
        let name = self.context.settings.name(&self.target, self.context.lang);
        if name.is_empty() {
            self.context.words.call.anybody.to_owned()
        } else {
            name
        }
    }

    /// Name of the recipients that were reached, as far as is known.
    fn reached_name(&self, told: Option<Notified>) -> String {
        let is_known = |told: &Notified| told.whom != NotifiedParty::Nobody;
        match told.filter(is_known) {
            Some(told) => recipient_name(&self.context, &told, &self.target),
            None => self.intended.clone(),
        }
    }

    /// The way out, as long as there is something to take back.
    fn cancel_button(&self) -> AnyView {
        let (kiosk, id) = (self.context.kiosk, self.id);
        view! {
            <button
                type="button"
                class="button quiet big cancel"
                data-state="cancel"
                on:click=ignore_double_click(move || sync::cancel(kiosk, id))
            >
                {self.context.words.call.cancel}
            </button>
        }
        .into_any()
    }

    /// The way on, when all is done.
    fn home_button(&self) -> AnyView {
        view! {
            <button
                type="button"
                class="button main big"
                data-state="done"
                on:click=on_press(self.context.kiosk, Intent::Home)
            >
                {self.context.words.frame.home}
            </button>
        }
        .into_any()
    }

    /// The call once more, when there is none (any more).
    fn again_button(&self, class: &'static str) -> AnyView {
        let (kiosk, id) = (self.context.kiosk, self.id);
        view! {
            <button
                type="button"
                class=class
                data-state="again"
                on:click=ignore_double_click(move || sync::call_again(kiosk, id))
            >
                {self.context.words.call.again}
            </button>
        }
        .into_any()
    }

    /// When the screen goes home by itself.
    fn return_countdown(&self) -> AnyView {
        let (kiosk, words) = (self.context.kiosk, &self.context.words.call);
        let left = move || match kiosk.countdown.get() {
            Countdown::Seconds(left) => fill(words.returning, &[("n", &left.to_string())]),
            Countdown::Hidden | Countdown::Elapsed => String::new(),
        };
        view! { <p class="returning" aria-live="off">{erased(left)}</p> }.into_any()
    }

    /// Whom to ask instead.
    fn contact(&self) -> AnyView {
        let words = &self.context.words.call;
        widgets::contact(self.site_contact(), words.contact, words.contact_say)
    }

    /// The same while the call may still get through: nobody has to phone who can wait.
    fn urgent_contact(&self) -> AnyView {
        let words = &self.context.words.call;
        widgets::contact(self.site_contact(), words.hurry, words.hurry_say)
    }

    fn site_contact(&self) -> &Contact {
        &self.context.settings.document().site().contact
    }
}

fn sending(shown: &CallView, slow: bool) -> AnyView {
    let words = &shown.context.words.call;
    view! {
        <span class="state going" aria-hidden="true">
            <span class="spinner"></span>
        </span>
        <h1 class="heading">{shown.with_recipient(words.sending)}</h1>
        <p class="lead">{if slow { words.slow } else { words.sending_help }}</p>
        {slow.then(|| shown.urgent_contact())}
        <div class="choices">{shown.cancel_button()}</div>
    }
    .into_any()
}

fn waiting(shown: &CallView) -> AnyView {
    let words = &shown.context.words.call;
    let kiosk = shown.context.kiosk;
    view! {
        <span class="state warn" aria-hidden="true">
            <Icon sign=Sign::CLOCK />
        </span>
        <h1 class="heading">{words.waiting}</h1>
        <p class="lead">{shown.with_recipient(words.waiting_help)}</p>
        {shown.urgent_contact()}
        <div class="choices">
            <button type="button" class="button big" data-state="retry" on:click=move |_| sync::flush_now(kiosk)>
                {words.retry_now}
            </button>
            {shown.cancel_button()}
        </div>
    }
    .into_any()
}

fn notified(shown: &CallView, at: Millis, told: &Notified) -> AnyView {
    let context = &shown.context;
    let words = &context.words.call;
    let time = clock::time_of_day(at, &context.settings.document().site().time_zone);
    // The host's own message is not for deputies, nor for the time of an absence.
    let is_host = matches!(told.whom, NotifiedParty::Host(_)) && told.alerted;
    let says = (is_host && !shown.host_message.is_empty()).then(|| {
        view! { <blockquote class="host-says">{shown.host_message.clone()}</blockquote> }
    });
    let (title, help) = notified_words(words, told);
    let absent = told.absent.as_ref();
    let absent = absent.map_or(String::new(), |host| {
        context.settings.host_name(host, words)
    });
    let who = match told.whom {
        NotifiedParty::Instead => shown.intended.clone(),
        _ => recipient_name(context, told, &shown.target),
    };
    let say = |sentence: &str| fill(sentence, &[("who", &who), ("absent", &absent)]);
    let stay = says
        .is_none()
        .then(|| waiting_hint(shown, told, &say(help)));
    let sign = if told.alerted {
        "state good"
    } else {
        "state warn"
    };
    view! {
        <span class=sign aria-hidden="true">
            <Icon sign=if told.alerted { Sign::DONE } else { Sign::CLOCK } />
        </span>
        <h1 class="heading">{say(title)}</h1>
        {says}
        {stay}
        <p class="proof">{fill(words.at, &[("time", &time)])}</p>
        <div class="choices">
            {shown.home_button()}
            {shown.cancel_button()}
        </div>
        {shown.return_countdown()}
    }
    .into_any()
}

/// The heading for those who were told, and what there is to explain.
fn notified_words(words: &Call, told: &Notified) -> (&'static str, &'static str) {
    match (&told.whom, &told.absent) {
        (NotifiedParty::Instead, _) => (words.notified_instead, words.notified_instead_help),
        (NotifiedParty::Host(_), Some(_)) => (words.notified_alone, words.notified_alone_help),
        (_, Some(_)) => (words.notified_absent, ""),
        (_, None) => (words.notified, ""),
    }
}

/// Next step for the visitor. Nobody has said that somebody comes.
fn waiting_hint(shown: &CallView, told: &Notified, help: &str) -> AnyView {
    let context = &shown.context;
    let words = &context.words.call;
    let here = match (told.alerted, help.is_empty()) {
        (false, true) => words.stay_unseen,
        _ => words.stay_here,
    };
    let staff_help = context.settings.staff_help(true);
    let is_staff = shown.target == Target::Staff || staff_help == StaffHelp::Nothing;
    let then = (!is_staff).then(|| {
        let label = context.words.frame.staff_label(staff_help);
        view! { <br /> {fill(words.stay_then, &[("staff", label)])} }
    });
    let phone = !shown.site_contact().phone.trim().is_empty();
    let contact = (phone && !told.alerted).then(|| shown.urgent_contact());
    let help = (!help.is_empty()).then(|| view! { <p class="lead">{help.to_owned()}</p> });
    view! {
        {help}
        <p class="lead">{here} {then}</p>
        {contact}
    }
    .into_any()
}

fn cancelling(shown: &CallView, waiting: bool) -> AnyView {
    let words = &shown.context.words.call;
    let (title, help) = if waiting {
        (words.cancel_waiting, words.cancel_waiting_help)
    } else {
        (words.cancelling, words.cancelling_help)
    };
    view! {
        <span class="state going" aria-hidden="true">
            <span class="spinner"></span>
        </span>
        <h1 class="heading">{title}</h1>
        <p class="lead">{help}</p>
    }
    .into_any()
}

/// Taken back, and nobody waits for the visitor.
fn cancelled(
    shown: &CallView,
    who: &str,
    says: fn(&Call) -> (&'static str, &'static str),
) -> AnyView {
    let (title, help) = says(&shown.context.words.call);
    view! {
        <span class="state good" aria-hidden="true">
            <Icon sign=Sign::DONE />
        </span>
        <h1 class="heading">{title}</h1>
        <p class="lead">{fill(help, &[("who", who)])}</p>
        <div class="choices">
            {shown.home_button()}
            {shown.again_button("button quiet big")}
        </div>
        {shown.return_countdown()}
    }
    .into_any()
}

fn failed(shown: &CallView, end: CallOutcome, told: Option<Notified>) -> AnyView {
    let words = &shown.context.words.call;
    let (title, why) = match end {
        CallOutcome::Expired => (words.expired, words.expired_help),
        CallOutcome::Unknown => (words.unsure, words.unsure_help),
        CallOutcome::Nowhere => (words.failed, words.why_nowhere),
        CallOutcome::WrongClock => (words.failed, words.why_clock),
        CallOutcome::Rejected(Some(RejectReason::NoSuchRoom)) => (words.failed, words.why_room),
        CallOutcome::Rejected(Some(RejectReason::NotAContact)) => (words.failed, words.why_contact),
        CallOutcome::Rejected(Some(RejectReason::BadMessage)) => (words.failed, words.why_message),
        CallOutcome::NotRetracted => (words.not_retracted, words.not_retracted_help),
        CallOutcome::Rejected(Some(RejectReason::ContactsUnreadable)) => {
            (words.failed, words.why_unreached)
        }
        CallOutcome::RetractionUnknown => (words.maybe_retracted, words.maybe_retracted_help),
        CallOutcome::Rejected(None)
        | CallOutcome::Refused
        | CallOutcome::Notified { .. }
        | CallOutcome::Withdrawn
        | CallOutcome::Retracted => (words.failed, words.why_refused),
    };
    let who = match end {
        // The recipients were never found out.
        CallOutcome::Nowhere => shown.requested_name(),
        _ => shown.reached_name(told),
    };
    // Whoever could not take a call back does not want another.
    let is_taken_back = matches!(
        end,
        CallOutcome::NotRetracted | CallOutcome::RetractionUnknown
    );
    let choice = if is_taken_back {
        shown.home_button()
    } else {
        shown.again_button("button big")
    };
    view! {
        <span class="state bad" aria-hidden="true">
            <Icon sign=Sign::WARNING />
        </span>
        <h1 class="heading">{title}</h1>
        <p class="lead">{fill(why, &[("who", &who)])}</p>
        {shown.contact()}
        <div class="choices">{choice}</div>
    }
    .into_any()
}
