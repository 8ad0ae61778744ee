//! Who is there, and what they see: the first run, signing in, or set-up itself.

use leptos::prelude::*;

use crate::browser::{self, keep_focus, navigation, shortcuts, window_events};
use crate::components::ShowAllProblems;
use crate::router::{Page, SetupPage};

use super::nav::Nav;
use crate::api::admin::AdminClient;
use crate::setup::admin_app::AdminApp;
use crate::setup::auth::first_run::FirstRunPage;
use crate::setup::auth::pending_secrets::PendingSecrets;
use crate::setup::auth::sign_in::SignInPage;
use crate::setup::auth::sign_out::SignOut;
use crate::setup::auth::state::AuthState;
use crate::setup::draft_store::DraftStore;
use crate::setup::language::LanguageChoice;
use crate::setup::pages::import::{ImportSession, Looking};
use crate::setup::pages::self_service::{MePage, OwnPage};
use crate::setup::remote::Remote;
use crate::setup::shared::widgets::waiting;

/// The whole of set-up.
#[component]
pub(super) fn SetupApp() -> impl IntoView {
    let language = LanguageChoice::start();
    let nav = Nav::start();
    provide_context(language);
    provide_context(nav);
    provide_context(untrack(|| language.current()).words());
    let store = DraftStore::new();
    let auth = AuthState::new(nav);
    provide_context(store);
    provide_context(auth);
    provide_context(ShowAllProblems(store.judging()));
    store.keep();
    shortcuts::on_undo(move |back| store.step(back));
    keep_focus::install();
    let (own_page, told_once) = (OwnPage::new(), PendingSecrets::new());
    provide_context(own_page);
    provide_context(told_once);
    window_events::confirm_before_unload(move || {
        store.is_dirty_now() || own_page.is_dirty_now() || told_once.holds_codes()
    });
    let leaving = SignOut {
        auth,
        store,
        told: told_once,
        own: own_page,
    };
    leaving.watch();
    provide_context(leaving);
    provide_context(ImportSession::new());
    provide_context(Looking::new());
    // A link pasted into the address bar of an open page changes only the fragment.
    window_events::listen("hashchange", || {
        if navigation::fragment("link").is_some() {
            navigation::reload();
        }
    });
    let link = sign_in_link();
    auth.knock();
    let own = Memo::new(move |_| nav.is_own_page());
    // A new language draws everything anew; what was typed is in the store.
    move || {
        let lang = language.current();
        browser::set_language(lang.lang().tag());
        provide_context(lang.words());
        if own.get() {
            return view! { <MePage /> }.into_any();
        }
        let link = link.clone();
        view! { <Who link=link /> }.into_any()
    }
}

/// The secret of a link that signs in; gone from the address at once.
fn sign_in_link() -> Option<String> {
    let page = navigation::current();
    let secret = navigation::fragment("link").filter(|_| page == Some(Page::SignIn));
    if secret.is_some() {
        navigation::replace(&Page::SignIn);
    }
    secret
}

#[derive(Clone, PartialEq)]
enum Seen {
    Waiting,
    FirstRun,
    Nobody,
    Admin,
}

#[component]
fn Who(link: Option<String>) -> impl IntoView {
    let auth = expect_context::<AuthState>();
    let link = StoredValue::new(link);
    let seen = Memo::new(move |_| match auth.session.get() {
        Remote::Loaded(session) if session.admin => Seen::Admin,
        Remote::Loaded(session) if session.first_run => Seen::FirstRun,
        Remote::Loaded(_) => Seen::Nobody,
        Remote::Loading | Remote::Slow | Remote::Failed(_) => Seen::Waiting,
    });
    move || match seen.get() {
        Seen::Waiting => {
            let load = move || waiting(&auth.session.get(), move || auth.knock());
            view! { <main class="gate" data-page="loading">{load}</main> }.into_any()
        }
        Seen::FirstRun => {
            auth.turn_away(Page::FirstRun);
            view! { <FirstRunPage /> }.into_any()
        }
        Seen::Nobody => {
            auth.turn_away(Page::SignIn);
            let link = link.try_update_value(Option::take).flatten();
            view! { <SignInPage link=link /> }.into_any()
        }
        Seen::Admin => {
            if !matches!(auth.nav.page_now(), Some(Page::Setup(_)) | None) {
                auth.nav.replace(Page::Setup(SetupPage::Overview));
            }
            let session = auth.session.with_untracked(|load| load.loaded().cloned());
            let lost = Callback::new(move |()| auth.lost());
            session
                .and_then(|session| AdminClient::new(&session, lost))
                .map(|admin| view! { <AdminApp admin=admin /> })
                .into_any()
        }
    }
}
