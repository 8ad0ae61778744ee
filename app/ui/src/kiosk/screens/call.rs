//! A call under way and how it ended. The screen says "notified" only with Chatwork's proof in hand.

use leptos::prelude::*;
use yobirin_api::Millis;
use yobirin_domain::delivery::Reason;
use yobirin_domain::id::CallId;
use yobirin_domain::route::Target;
use yobirin_domain::settings::Contact;

use crate::components::{Picture, Sign};
use crate::kiosk::courier;
use crate::kiosk::flow::Intent;
use crate::kiosk::idle::Countdown;
use crate::kiosk::parts::{self, once, part, press, renewed};
use crate::kiosk::queue::{End, Standing};
use crate::kiosk::shell::Scene;
use crate::locale::fill;
use crate::locale::kiosk::Call;
use crate::platform::clock;

/// The call that is shown.
#[derive(Clone)]
struct Shown {
    scene: Scene,
    id: CallId,
    who: String,
    host_says: String,
}

pub(super) fn view(scene: &Scene, id: CallId) -> AnyView {
    let desk = scene.desk;
    let target = desk
        .queue
        .with_untracked(|queue| queue.call(id).map(|call| call.target.clone()));
    let shown = Shown {
        scene: scene.clone(),
        id,
        who: target.as_ref().map_or(String::new(), |target| {
            scene.office.name(target, scene.lang)
        }),
        host_says: target.map_or(String::new(), |target| host_says(scene, &target)),
    };
    let standing = Memo::new(move |_| {
        let now = desk.now.get();
        desk.queue.with(|queue| queue.standing(id, now))
    });
    let told = move |standing: Option<Standing>| match standing {
        None => ().into_any(),
        Some(Standing::Sending { slow }) => sending(&shown, slow),
        Some(Standing::Waiting) => waiting(&shown),
        Some(Standing::Cancelling { waiting }) => cancelling(&shown, waiting),
        Some(Standing::Over(End::Notified { at, instead })) => notified(&shown, at, instead),
        Some(Standing::Over(End::Withdrawn)) => {
            cancelled(&shown, |words| (words.withdrawn, words.withdrawn_help))
        }
        Some(Standing::Over(End::Retracted)) => {
            cancelled(&shown, |words| (words.retracted, words.retracted_help))
        }
        Some(Standing::Over(end)) => sorry(&shown, end),
    };
    let inside = move || {
        let standing = standing.get();
        (standing, told(standing))
    };
    view! { <section class="call" aria-live="assertive" tabindex="-1" data-focus="">{renewed(inside)}</section> }
        .into_any()
}

fn host_says(scene: &Scene, target: &Target) -> String {
    let Target::Host(id) = target else {
        return String::new();
    };
    let host = scene.office.settings().host(id);
    host.map_or(String::new(), |host| host.visitor_message.trim().to_owned())
}

impl Shown {
    fn say(&self, sentence: &str) -> String {
        fill(sentence, &[("who", &self.who)])
    }

    /// The way out, as long as there is something to take back.
    fn cancel(&self) -> AnyView {
        let (desk, id) = (self.scene.desk, self.id);
        view! {
            <button
                type="button"
                class="button quiet big cancel"
                data-state="cancel"
                on:click=once(move || courier::cancel(desk, id))
            >
                {self.scene.words.call.cancel}
            </button>
        }
        .into_any()
    }

    /// The way on, when all is done.
    fn home(&self) -> AnyView {
        view! {
            <button
                type="button"
                class="button main big"
                data-state="done"
                on:click=press(self.scene.desk, Intent::Home)
            >
                {self.scene.words.frame.home}
            </button>
        }
        .into_any()
    }

    /// The call once more, when there is none (any more).
    fn again(&self, class: &'static str) -> AnyView {
        let (desk, id) = (self.scene.desk, self.id);
        view! {
            <button
                type="button"
                class=class
                data-state="again"
                on:click=once(move || courier::call_again(desk, id))
            >
                {self.scene.words.call.again}
            </button>
        }
        .into_any()
    }

    /// When the screen goes home by itself.
    fn returning(&self) -> AnyView {
        let (desk, words) = (self.scene.desk, &self.scene.words.call);
        let left = move || match desk.countdown.get() {
            Countdown::Seconds(left) => fill(words.returning, &[("n", &left.to_string())]),
            Countdown::Long | Countdown::Over => String::new(),
        };
        view! { <p class="returning" aria-live="off">{part(left)}</p> }.into_any()
    }

    /// Whom to ask instead.
    fn contact(&self) -> AnyView {
        let words = &self.scene.words.call;
        parts::contact(self.whom(), words.contact, words.contact_say)
    }

    /// The same while the call may still get through: nobody has to phone who can wait.
    fn contact_in_a_hurry(&self) -> AnyView {
        let words = &self.scene.words.call;
        parts::contact(self.whom(), words.hurry, words.hurry_say)
    }

    fn whom(&self) -> &Contact {
        &self.scene.office.settings().site().contact
    }
}

fn sending(shown: &Shown, slow: bool) -> AnyView {
    let words = &shown.scene.words.call;
    view! {
        <span class="state going" aria-hidden="true">
            <span class="spinner"></span>
        </span>
        <h1 class="heading">{shown.say(words.sending)}</h1>
        <p class="lead">{if slow { words.slow } else { words.sending_help }}</p>
        {slow.then(|| shown.contact_in_a_hurry())}
        <div class="choices">{shown.cancel()}</div>
    }
    .into_any()
}

fn waiting(shown: &Shown) -> AnyView {
    let words = &shown.scene.words.call;
    let desk = shown.scene.desk;
    view! {
        <span class="state warn" aria-hidden="true">
            <Picture sign=Sign::CLOCK />
        </span>
        <h1 class="heading">{words.waiting}</h1>
        <p class="lead">{shown.say(words.waiting_help)}</p>
        {shown.contact_in_a_hurry()}
        <div class="choices">
            <button type="button" class="button big" data-state="retry" on:click=move |_| courier::hurry(desk)>
                {words.retry_now}
            </button>
            {shown.cancel()}
        </div>
    }
    .into_any()
}

fn notified(shown: &Shown, at: Millis, instead: bool) -> AnyView {
    let scene = &shown.scene;
    let words = &scene.words.call;
    let time = clock::time_of_day(at, &scene.office.settings().site().time_zone);
    // What the host says is not for those who come in their stead.
    let says = (!instead && !shown.host_says.is_empty()).then(|| {
        view! { <blockquote class="host-says">{shown.host_says.clone()}</blockquote> }
    });
    let (title, help) = if instead {
        (
            words.notified_instead,
            shown.say(words.notified_instead_help),
        )
    } else {
        (words.notified, words.stay_here.to_owned())
    };
    let stay = says.is_none().then(|| view! { <p class="lead">{help}</p> });
    view! {
        <span class="state good" aria-hidden="true">
            <Picture sign=Sign::DONE />
        </span>
        <h1 class="heading">{shown.say(title)}</h1>
        {says}
        {stay}
        <p class="proof">{fill(words.at, &[("time", &time)])}</p>
        <div class="choices">
            {shown.home()}
            {shown.cancel()}
        </div>
        {shown.returning()}
    }
    .into_any()
}

fn cancelling(shown: &Shown, waiting: bool) -> AnyView {
    let words = &shown.scene.words.call;
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
fn cancelled(shown: &Shown, says: fn(&Call) -> (&'static str, &'static str)) -> AnyView {
    let (title, help) = says(&shown.scene.words.call);
    view! {
        <span class="state good" aria-hidden="true">
            <Picture sign=Sign::DONE />
        </span>
        <h1 class="heading">{title}</h1>
        <p class="lead">{shown.say(help)}</p>
        <div class="choices">
            {shown.home()}
            {shown.again("button quiet big")}
        </div>
        {shown.returning()}
    }
    .into_any()
}

fn sorry(shown: &Shown, end: End) -> AnyView {
    let words = &shown.scene.words.call;
    let (title, why) = match end {
        End::Expired => (words.expired, words.expired_help),
        End::Unsure => (words.unsure, words.unsure_help),
        End::Nowhere => (words.failed, words.why_nowhere),
        End::WrongClock => (words.failed, words.why_clock),
        End::Rejected(Some(Reason::NoSuchRoom)) => (words.failed, words.why_room),
        End::Rejected(Some(Reason::NotAContact)) => (words.failed, words.why_contact),
        End::Rejected(Some(Reason::BadMessage)) => (words.failed, words.why_message),
        End::NotRetracted => (words.not_retracted, words.not_retracted_help),
        End::Rejected(Some(Reason::ContactsUnreadable)) => (words.failed, words.why_unreached),
        End::Rejected(None)
        | End::Refused
        | End::Notified { .. }
        | End::Withdrawn
        | End::Retracted => (words.failed, words.why_refused),
    };
    // Whoever could not take a call back does not want another.
    let choice = if end == End::NotRetracted {
        shown.home()
    } else {
        shown.again("button big")
    };
    view! {
        <span class="state bad" aria-hidden="true">
            <Picture sign=Sign::WARNING />
        </span>
        <h1 class="heading">{title}</h1>
        <p class="lead">{shown.say(why)}</p>
        {shown.contact()}
        <div class="choices">{choice}</div>
    }
    .into_any()
}
