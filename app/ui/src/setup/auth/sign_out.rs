//! Leaving set-up: what signing out forgets, and set-up on a reception tablet, which visitors use too. There
//! nothing unsaved is kept, and after a while without use the kiosk comes back.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use yobirin_domain::caller_limits::TABLET_SESSION;

use crate::api::client;
use crate::browser::{clock, navigation, storage, window_events};
use crate::router::Page;

use crate::setup::auth::pending_secrets::PendingSecrets;
use crate::setup::auth::state::AuthState;
use crate::setup::draft_store::DraftStore;
use crate::setup::pages::self_service::OwnPage;

/// When somebody signed out last: other tabs follow.
const SIGNED_OUT_AT_KEY: &str = "yobirin.setup.left";
/// Seconds between two looks at how long a tablet was not used.
const IDLE_CHECK_INTERVAL_SECONDS: u64 = 5;

/// Minutes without use after which a tablet is signed out, as texts say them.
pub(crate) fn tablet_idle_minutes() -> String {
    (TABLET_SESSION.idle / 60_000).to_string()
}

/// What holds something of the admin's or of a host's.
#[derive(Clone, Copy)]
pub(crate) struct SignOut {
    pub(crate) auth: AuthState,
    pub(crate) store: DraftStore,
    pub(crate) secrets: PendingSecrets,
    pub(crate) own_page: OwnPage,
}

impl SignOut {
    /// Watches over other tabs and over a tablet that nobody uses, for the life of the page.
    pub(crate) fn watch(self) {
        let left = storage::get::<u64>(SIGNED_OUT_AT_KEY);
        window_events::listen("storage", move || {
            if storage::get::<u64>(SIGNED_OUT_AT_KEY) != left && !self.own_page.is_open_now() {
                self.clear();
                navigation::reload();
            }
        });
        // A page that the browser had put aside still shows what it showed.
        window_events::on_page_restored(navigation::reload);
        Effect::new(move |_| {
            if self.auth.is_tablet() {
                self.store.delete_autosaved();
            }
        });
        let used = StoredValue::new(clock::now());
        window_events::on_any_input(move || used.set_value(clock::now()));
        let look = move || {
            let unused = clock::now().saturating_sub(used.get_value());
            if unused >= TABLET_SESSION.idle && self.auth.is_tablet_now() {
                used.set_value(clock::now());
                spawn_local(async move {
                    // Without an answer the sessions end by themselves: nobody uses them any more.
                    let _ = client::logout().await;
                    let _ = client::close_me().await;
                    self.leave();
                });
            }
        };
        set_interval(look, Duration::from_secs(IDLE_CHECK_INTERVAL_SECONDS));
    }

    /// Signed out: nothing of the office stays here. A fresh page also forgets what is only in memory.
    pub(crate) fn leave(self) {
        self.clear();
        let _ = storage::set(SIGNED_OUT_AT_KEY, &clock::now()); // blocked storage has kept nothing either
        if self.auth.is_tablet_now() {
            navigation::load(&Page::Kiosk);
            return;
        }
        spawn_local(async {
            storage::forget_cached_settings().await;
            navigation::reload();
        });
    }

    fn clear(self) {
        self.store.discard();
        self.store.delete_autosaved();
        self.secrets.clear();
        self.own_page.clear();
    }
}
