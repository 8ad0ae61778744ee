//! Security: password, second factor of sign-in, sessions.

mod codes;
mod credentials_form;
mod enrolment;
mod password;
mod reauthenticate;
mod sessions;
mod two_factor;

use leptos::prelude::*;
use yobirin_api::account::Account;

use crate::components::Alert;

use crate::api::admin::AdminClient;
use crate::setup::nav::words;
use crate::setup::remote::{Remote, fetch};
use crate::setup::shared::loading_view::loading_view;
use crate::setup::shared::page_frame::PageFrame;

use password::ChangePasswordSection;
pub(crate) use reauthenticate::{GuardedRequest, Reauthenticate};
use sessions::SessionsSection;
use two_factor::TwoFactorSection;

#[component]
pub(crate) fn SecurityPage() -> impl IntoView {
    let texts = &words().security;
    let admin = expect_context::<AdminClient>();
    let account = RwSignal::new(Remote::Loading);
    let load = move || fetch(account, admin.account());
    load();
    let content = move || match account.get() {
        Remote::Loaded(loaded_account) => sections(loaded_account, account),
        other => loading_view(&other, load),
    };
    // The sessions are not shown before the sections above them have their height, so that they do not move.
    let is_known =
        Memo::new(move |was_known| was_known == Some(&true) || account.with(Remote::is_settled));
    let sessions = move || is_known.get().then(|| view! { <SessionsSection /> });
    view! {
        <PageFrame name="security" title=texts.title lead=texts.lead>
            {content}
            {sessions}
        </PageFrame>
    }
}

/// Sections about the account. `account` is the signal to set when the account has changed.
fn sections(loaded_account: Account, account: RwSignal<Remote<Account>>) -> AnyView {
    let texts = &words().security;
    if !loaded_account.password {
        return view! { <Alert kind="demo">{texts.demo_has_no_password}</Alert> }.into_any();
    }
    // Not with `fetch`, which would replace the sections by a placeholder.
    let admin = expect_context::<AdminClient>();
    let refresh = Callback::new(move |()| {
        leptos::task::spawn_local(async move {
            if let Ok(changed) = admin.account().await {
                let _ = account.try_set(Remote::Loaded(changed));
            }
        });
    });
    let needs_code = loaded_account.two_factor.is_some();
    view! {
        <TwoFactorSection two_factor=loaded_account.two_factor on_change=refresh />
        <ChangePasswordSection needs_code=needs_code />
    }
    .into_any()
}
