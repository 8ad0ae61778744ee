//! Security: the password, the second step of signing in, and who is signed in.

mod codes;
mod enrolment;
mod password;
mod proof;
mod reauthenticate;
mod second_step;
mod sessions;

use leptos::prelude::*;
use yobirin_api::account::{Account, Enrolment};

use crate::components::Notice;

use super::load::{Load, fetch};
use super::nav::words;
use super::parts::{PageFrame, waiting};
use super::session::Signed;

use password::ChangePasswordSection;
pub(super) use reauthenticate::Reauthenticate;
use second_step::SecondStepSection;
use sessions::SessionsSection;

/// What the relay told once and will not tell again. It outlives the page, so that a change of
/// language or a look at another page loses nothing.
#[derive(Clone, Copy)]
pub(super) struct ToldOnce {
    /// A second step that waits for its first code.
    enrolment: RwSignal<Option<Enrolment>>,
    /// Recovery codes that were not put away yet.
    codes: RwSignal<Option<Vec<String>>>,
}

impl ToldOnce {
    /// Nothing yet.
    pub(super) fn new() -> Self {
        Self {
            enrolment: RwSignal::new(None),
            codes: RwSignal::new(None),
        }
    }

    /// Forgets all of it: whoever comes next is somebody else.
    pub(super) fn forget(self) {
        self.enrolment.set(None);
        self.codes.set(None);
    }

    /// True while recovery codes are shown.
    pub(super) fn shows_codes(self) -> bool {
        self.codes.with(Option::is_some)
    }

    /// True while recovery codes would be lost by leaving.
    pub(super) fn holds_codes(self) -> bool {
        self.codes.with_untracked(Option::is_some)
    }
}

/// The page.
#[component]
pub(super) fn SecurityPage() -> impl IntoView {
    let w = &words().security;
    let signed = expect_context::<Signed>();
    let account = RwSignal::new(Load::Loading);
    let ask = move || fetch(account, signed.account());
    ask();
    let content = move || match account.get() {
        Load::Loaded(known) => loaded(known, account),
        load => waiting(&load, ask),
    };
    view! {
        <PageFrame name="security" title=w.title lead=w.lead>
            {content}
            <SessionsSection />
        </PageFrame>
    }
}

fn loaded(known: Account, account: RwSignal<Load<Account>>) -> AnyView {
    let w = &words().security;
    if !known.password {
        return view! { <Notice kind="demo">{w.demo}</Notice> }.into_any();
    }
    // Asking anew keeps what is shown until the answer is in.
    let signed = expect_context::<Signed>();
    let refresh = Callback::new(move |()| {
        leptos::task::spawn_local(async move {
            if let Ok(fresh) = signed.account().await {
                let _ = account.try_set(Load::Loaded(fresh));
            }
        });
    });
    let with_code = known.second_step.is_some();
    view! {
        <SecondStepSection second_step=known.second_step on_change=refresh />
        <ChangePasswordSection with_code=with_code />
    }
    .into_any()
}
