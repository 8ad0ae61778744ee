//! Root of set-up: shows the page of the first run, the sign-in page, a host's own page, or the pages of an admin.

use leptos::prelude::*;

use crate::browser::{keep_focus, navigation, shortcuts, window_events};
use crate::components::ShowAllProblems;
use crate::router::{Page, SetupPage};

use super::nav::Nav;
use crate::api::admin::AdminClient;
use crate::setup::admin_app::AdminApp;
use crate::setup::auth::back_to_kiosk::BackToKiosk;
use crate::setup::auth::first_run::FirstRunPage;
use crate::setup::auth::pending_secrets::PendingSecrets;
use crate::setup::auth::sign_in::SignInPage;
use crate::setup::auth::sign_out::SignOut;
use crate::setup::auth::state::AuthState;
use crate::setup::draft_store::DraftStore;
use crate::setup::language::{InChosenLanguage, LanguageChoice};
use crate::setup::pages::import::{ImportSession, ReviewView};
use crate::setup::pages::self_service::{SelfServicePage, SelfServiceState};
use crate::setup::remote::Remote;
use crate::setup::shared::loading_view::loading_view;

/// Root component.
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
    provide_context(ShowAllProblems(store.show_all_problems()));
    store.start_autosave();
    shortcuts::on_undo(move |is_undo| store.undo_or_redo(is_undo));
    keep_focus::install();
    let own_page = SelfServiceState::new();
    let secrets = PendingSecrets::new();
    provide_context(own_page);
    provide_context(secrets);
    window_events::confirm_before_unload(move || {
        store.is_dirty_untracked() || own_page.is_dirty_untracked() || secrets.has_codes_untracked()
    });
    let sign_out = SignOut {
        auth,
        store,
        secrets,
        own_page,
    };
    sign_out.watch();
    provide_context(sign_out);
    provide_context(ImportSession::new());
    provide_context(ReviewView::new());
    // A link pasted into the address bar of an open page changes only the fragment.
    window_events::listen("hashchange", || {
        if navigation::fragment("link").is_some() {
            navigation::reload();
        }
    });
    let link = take_sign_in_link();
    auth.refresh_session();
    let is_own_page = Memo::new(move |_| nav.is_own_page());
    // A change of language renders every page again. Nothing is lost: what was typed is in the contexts above, what
    // was loaded in those of `AdminApp`.
    move || {
        if is_own_page.get() {
            return view! { <InChosenLanguage><SelfServicePage /></InChosenLanguage> }.into_any();
        }
        let link = link.clone();
        view! { <SessionGate link=link /> }.into_any()
    }
}

/// Takes the secret of a sign-in link out of the address; `None` for any other address.
fn take_sign_in_link() -> Option<String> {
    let page = navigation::current();
    let secret = navigation::fragment("link").filter(|_| page == Some(Page::SignIn));
    if secret.is_some() {
        navigation::replace(&Page::SignIn);
    }
    secret
}

/// View that the session of this browser allows.
#[derive(Clone, PartialEq)]
enum GateView {
    /// The session is not known yet, or could not be loaded.
    Loading,
    /// The relay has no password yet.
    FirstRun,
    SignedOut,
    Admin,
}

/// Shows what the session allows. `link` is the secret of a sign-in link.
#[component]
fn SessionGate(link: Option<String>) -> impl IntoView {
    let auth = expect_context::<AuthState>();
    let link = StoredValue::new(link);
    let gate = Memo::new(move |_| match auth.session.get() {
        Remote::Loaded(session) if session.admin => GateView::Admin,
        Remote::Loaded(session) if session.first_run => GateView::FirstRun,
        Remote::Loaded(_) => GateView::SignedOut,
        Remote::Loading | Remote::Slow | Remote::Failed(_) => GateView::Loading,
    });
    move || match gate.get() {
        GateView::Loading => {
            let content = move || loading_view(&auth.session.get(), move || auth.refresh_session());
            view! {
                <InChosenLanguage>
                    <main class="entry-page" data-page="loading">{content} <BackToKiosk /></main>
                </InChosenLanguage>
            }
            .into_any()
        }
        GateView::FirstRun => {
            auth.redirect_to(Page::FirstRun);
            view! { <InChosenLanguage><FirstRunPage /></InChosenLanguage> }.into_any()
        }
        GateView::SignedOut => {
            auth.redirect_to(Page::SignIn);
            let link = link.try_update_value(Option::take).flatten();
            view! { <InChosenLanguage><SignInPage link=link.clone() /></InChosenLanguage> }
                .into_any()
        }
        GateView::Admin => {
            if !matches!(auth.nav.page_untracked(), Some(Page::Setup(_)) | None) {
                auth.nav.replace(Page::Setup(SetupPage::Overview));
            }
            let session = auth
                .session
                .with_untracked(|remote| remote.loaded().cloned());
            let on_session_lost = Callback::new(move |()| auth.on_session_lost());
            session
                .and_then(|session| AdminClient::new(&session, on_session_lost))
                .map(|admin| view! { <AdminApp admin=admin /> })
                .into_any()
        }
    }
}
