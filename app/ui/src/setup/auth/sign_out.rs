//! Sign-out, which clears the browser's state. On a reception tablet, which visitors use too, no unsaved changes are
//! stored, and after some idle time the admin is signed out and the kiosk is shown. It is also shown when nobody
//! signs in.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use yobirin_domain::caller_limits::{SESSION_ON_TABLET, SIGN_IN_PAGE_ON_TABLET_MILLIS};

use crate::api::client;
use crate::browser::{clock, navigation, storage, window_events};
use crate::router::Page;

use crate::setup::auth::pending_secrets::PendingSecrets;
use crate::setup::auth::state::AuthState;
use crate::setup::draft_store::DraftStore;
use crate::setup::pages::self_service::SelfServiceState;

/// Storage key of the time of the last sign-out, by which other tabs notice it.
const SIGNED_OUT_AT_KEY: &str = "yobirin.setup.left";
/// Interval of the idle check, in seconds.
const IDLE_CHECK_INTERVAL_SECONDS: u64 = 5;

/// Idle minutes after which a tablet is signed out, as texts say it.
pub(crate) fn tablet_idle_minutes() -> String {
    (SESSION_ON_TABLET.idle / clock::MINUTE_MS).to_string()
}

/// The state of the page that belongs to the signed-in admin or host, which a sign-out clears.
#[derive(Clone, Copy)]
pub(crate) struct SignOut {
    /// Finds out whether the browser is a reception tablet.
    pub(crate) auth: AuthState,
    /// Unsaved changes of the settings.
    pub(crate) store: DraftStore,
    /// Secrets that are shown only once.
    pub(crate) secrets: PendingSecrets,
    /// Host's own page.
    pub(crate) own_page: SelfServiceState,
}

impl SignOut {
    /// Reacts to sign-outs in other tabs, and signs an idle tablet out, for the life of the page.
    pub(crate) fn watch(self) {
        let last_sign_out = storage::get::<u64>(SIGNED_OUT_AT_KEY);
        window_events::listen("storage", move || {
            // A host's own page stays: its session is not the admin's, which ended in the other tab.
            let is_signed_out = storage::get::<u64>(SIGNED_OUT_AT_KEY) != last_sign_out;
            if is_signed_out && !self.own_page.is_open_now() {
                self.clear_page_state();
                navigation::reload();
            }
        });
        // A page restored from the back/forward cache shows old content.
        window_events::on_page_restored(navigation::reload);
        Effect::new(move |_| {
            if self.auth.is_tablet() {
                self.store.delete_autosaved();
            }
        });
        let last_input_at = StoredValue::new(clock::now());
        window_events::on_any_input(move || last_input_at.set_value(clock::now()));
        let leave_if_idle = move || {
            let idle_millis = clock::now().saturating_sub(last_input_at.get_value());
            if !self.auth.is_tablet_now() {
                return;
            }
            let is_signed_in = self.auth.is_admin_now() || self.own_page.is_open_now();
            if !is_signed_in && idle_millis >= SIGN_IN_PAGE_ON_TABLET_MILLIS {
                self.clear_page_state();
                navigation::load(&Page::Kiosk);
            } else if idle_millis >= SESSION_ON_TABLET.idle {
                last_input_at.set_value(clock::now());
                spawn_local(async move {
                    // Errors are dropped: sessions expire by themselves when the relay does not answer.
                    let _ = client::logout().await;
                    let _ = client::close_me().await;
                    self.finish();
                });
            }
        };
        set_interval(
            leave_if_idle,
            Duration::from_secs(IDLE_CHECK_INTERVAL_SECONDS),
        );
    }

    /// Finishes a sign-out after the request to the relay: clears this page and notifies the other tabs. Then a tablet
    /// shows the kiosk, and another browser reloads, which also clears memory.
    pub(crate) fn finish(self) {
        self.clear_page_state();
        // Blocked storage is ignored: then no tab stored anything either.
        let _ = storage::set(SIGNED_OUT_AT_KEY, &clock::now());
        if self.auth.is_tablet_now() {
            navigation::load(&Page::Kiosk);
            return;
        }
        spawn_local(async {
            storage::forget_cached_settings().await;
            navigation::reload();
        });
    }

    /// Clears everything that belongs to the signed-in person.
    fn clear_page_state(self) {
        self.store.discard();
        self.store.delete_autosaved();
        self.secrets.clear();
        self.own_page.clear();
    }
}
