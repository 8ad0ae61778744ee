//! The session of this browser as the pages of set-up see it.

use leptos::prelude::*;
use yobirin_api::session::Session;
use yobirin_domain::setup_progress::is_untouched;

use crate::api::client;
use crate::router::{Page, SetupPage};
use crate::setup::draft_store::DraftStore;
use crate::setup::nav::Nav;
use crate::setup::remote::{Remote, fetch_detached};

/// Session state, and the transitions between sessions.
#[derive(Clone, Copy)]
pub(crate) struct AuthState {
    /// The session of this browser, as the relay reports it.
    pub(crate) session: RwSignal<Remote<Session>>,
    /// True when the session ended while set-up was in use.
    pub(crate) has_session_ended: RwSignal<bool>,
    /// Page to show after sign-in.
    page_after_sign_in: RwSignal<SetupPage>,
    /// Secret of the first-run link, taken out of the address.
    first_run_link: StoredValue<Option<String>>,
    /// True from the first run until the settings are loaded.
    is_after_first_run: StoredValue<bool>,
    pub(crate) nav: Nav,
}

impl AuthState {
    /// Creates the state of a session that is not loaded yet.
    pub(crate) fn new(nav: Nav) -> Self {
        Self {
            session: RwSignal::new(Remote::Loading),
            has_session_ended: RwSignal::new(false),
            page_after_sign_in: RwSignal::new(SetupPage::Overview),
            first_run_link: StoredValue::new(None),
            is_after_first_run: StoredValue::new(false),
            nav,
        }
    }

    /// Loads the session.
    pub(crate) fn refresh_session(self) {
        fetch_detached(self.session, client::session());
    }

    /// True when this browser is paired as a tablet, also in the demo; `None` until the session is loaded.
    pub(crate) fn is_paired(self) -> Option<bool> {
        self.session
            .with(|remote| Some(remote.loaded()?.device.is_some()))
    }

    /// True while an admin is signed in, without tracking.
    pub(crate) fn is_admin_now(self) -> bool {
        self.session
            .with_untracked(|remote| remote.loaded().is_some_and(|session| session.admin))
    }

    /// True when this browser is a reception tablet. Always false in the demo, where one browser
    /// plays every role.
    pub(crate) fn is_tablet(self) -> bool {
        self.session.with(|remote| {
            remote
                .loaded()
                .is_some_and(|session| session.device.is_some() && !session.demo)
        })
    }

    /// As [`Self::is_tablet`], without tracking.
    pub(crate) fn is_tablet_now(self) -> bool {
        untrack(|| self.is_tablet())
    }

    /// Handles a sign-in.
    pub(crate) fn on_signed_in(self) {
        self.has_session_ended.set(false);
        self.nav
            .replace(Page::Setup(self.page_after_sign_in.get_untracked()));
        self.page_after_sign_in.set(SetupPage::Overview);
        self.refresh_session();
    }

    /// Handles the first run: the guided set-up follows.
    pub(crate) fn on_first_run(self) {
        self.page_after_sign_in.set(SetupPage::Guide);
        self.is_after_first_run.set_value(true);
        self.on_signed_in();
    }

    /// Leaves the guided set-up for the overview when the first run only gave an existing office a new password.
    pub(crate) fn leave_guide_of_existing_office(self, store: DraftStore) {
        let is_after_first_run = self.is_after_first_run.get_value();
        self.is_after_first_run.set_value(false);
        let is_untouched = untrack(|| store.with_saved(is_untouched));
        if is_after_first_run && !is_untouched {
            self.nav.replace(Page::Setup(SetupPage::Overview));
        }
    }

    /// Marks the admin as signed out.
    fn mark_signed_out(self) {
        self.session.update(|remote| {
            if let Remote::Loaded(session) = remote {
                session.admin = false;
            }
        });
    }

    /// Secret of the first-run link. The first call takes it out of the address with `read`, later calls remember it.
    pub(crate) fn first_run_link(self, read: impl FnOnce() -> Option<String>) -> Option<String> {
        if self.first_run_link.with_value(Option::is_none) {
            self.first_run_link.set_value(read());
        }
        self.first_run_link.get_value()
    }

    /// Handles a session that ended while set-up was in use.
    pub(crate) fn on_session_lost(self) {
        self.has_session_ended.set(true);
        self.mark_signed_out();
    }

    /// Goes to `to`, and remembers the page of the address as the page to show after sign-in.
    pub(crate) fn redirect_to(self, to: Page) {
        match self.nav.page_untracked() {
            Some(Page::Setup(page)) => {
                self.page_after_sign_in.set(page);
                self.nav.replace(to);
            }
            Some(page) if page == to => {}
            _ => self.nav.replace(to),
        }
    }
}
