//! Who is there, and what they see: the first run, signing in, or set-up itself.

use leptos::prelude::*;
use yobirin_api::session::Session;

use crate::api::client;
use crate::browser::{self, keep_focus, navigation, shortcuts, storage, window_events};
use crate::components::ShowAllProblems;
use crate::i18n::setup::SetupLang;
use crate::router::{Page, SetupPage};

use super::nav::Nav;
use crate::api::admin::AdminClient;
use crate::setup::admin_app::AdminApp;
use crate::setup::auth::first_run::FirstRunPage;
use crate::setup::auth::sign_in::SignInPage;
use crate::setup::auth::sign_out::SignOut;
use crate::setup::draft_store::DraftStore;
use crate::setup::pages::import::{ImportSession, Looking};
use crate::setup::pages::security::PendingSecrets;
use crate::setup::pages::self_service::{MePage, OwnPage};
use crate::setup::remote::{Remote, fetch_detached};
use crate::setup::shared::widgets::waiting;

/// Where the chosen language is kept.
const LANGUAGE: &str = "yobirin.setup.language";

/// Who is asking, and how pages tell that it has changed.
#[derive(Clone, Copy)]
pub(super) struct AuthState {
    session: RwSignal<Remote<Session>>,
    /// The session ended in the middle of something.
    pub(super) ended: RwSignal<bool>,
    /// Where to go after signing in.
    wanted: RwSignal<SetupPage>,
    /// Secret of the first-run link, once it has been taken out of the address.
    link: StoredValue<Option<String>>,
    nav: Nav,
}

impl AuthState {
    /// Asks who this browser is.
    pub(super) fn knock(self) {
        fetch_detached(self.session, client::session());
    }

    /// True when this browser is a reception tablet. In a demo one browser plays every part.
    pub(super) fn is_tablet(self) -> bool {
        self.session.with(|load| {
            load.loaded()
                .is_some_and(|session| session.device.is_some() && !session.demo)
        })
    }

    /// The same, without following it.
    pub(super) fn is_tablet_now(self) -> bool {
        untrack(|| self.is_tablet())
    }

    /// Somebody has just signed in.
    pub(super) fn signed_in(self) {
        self.ended.set(false);
        self.nav.replace(Page::Setup(self.wanted.get_untracked()));
        self.wanted.set(SetupPage::Overview);
        self.knock();
    }

    /// Nobody is signed in any more.
    fn signed_out(self) {
        self.session.update(|load| {
            if let Remote::Loaded(session) = load {
                session.admin = false;
            }
        });
    }

    /// Secret of the first-run link; `read` takes it out of the address.
    pub(super) fn first_link(self, read: impl FnOnce() -> Option<String>) -> Option<String> {
        if self.link.with_value(Option::is_none) {
            self.link.set_value(read());
        }
        self.link.get_value()
    }

    fn lost(self) {
        self.ended.set(true);
        self.signed_out();
    }

    /// Shows the sign-in page's address and remembers where the reader was.
    fn turn_away(self, to: Page) {
        match self.nav.page_now() {
            Some(Page::Setup(page)) => {
                self.wanted.set(page);
                self.nav.replace(to);
            }
            Some(page) if page == to => {}
            _ => self.nav.replace(to),
        }
    }
}

/// The language of set-up, kept across visits.
#[derive(Clone, Copy)]
pub(super) struct LanguageChoice(RwSignal<SetupLang>);

impl LanguageChoice {
    fn start() -> Self {
        let kept = storage::get(LANGUAGE);
        let preferred = || SetupLang::preferred(&browser::preferred_languages());
        Self(RwSignal::new(kept.unwrap_or_else(preferred)))
    }

    /// Changes the language, for this visit and the next.
    pub(super) fn choose(self, lang: SetupLang) {
        // When storage is blocked the choice holds for this visit.
        let _ = storage::set(LANGUAGE, &lang);
        self.0.set(lang);
    }
}

/// The whole of set-up.
#[component]
pub(super) fn SetupApp() -> impl IntoView {
    let language = LanguageChoice::start();
    let nav = Nav::start();
    provide_context(language);
    provide_context(nav);
    provide_context(language.0.get_untracked().words());
    let store = DraftStore::new();
    let auth = AuthState {
        session: RwSignal::new(Remote::Loading),
        ended: RwSignal::new(false),
        wanted: RwSignal::new(SetupPage::Overview),
        link: StoredValue::new(None),
        nav,
    };
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
        let lang = language.0.get();
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
                .and_then(|session| AdminClient::of(&session, lost))
                .map(|signed| view! { <AdminApp signed=signed /> })
                .into_any()
        }
    }
}
