//! Sign-out: clears the browser's state. On a reception tablet, which visitors use too, nothing
//! unsaved is stored, and after some idle time the kiosk is shown again.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use yobirin_domain::caller_limits::SESSION_ON_TABLET;

use crate::api::client;
use crate::browser::{clock, navigation, storage, window_events};
use crate::router::Page;

use crate::setup::auth::pending_secrets::PendingSecrets;
use crate::setup::auth::state::AuthState;
use crate::setup::draft_store::DraftStore;
use crate::setup::pages::self_service::SelfServiceState;

/// Storage key of the last sign-out; other tabs follow it.
const SIGNED_OUT_AT_KEY: &str = "yobirin.setup.left";
/// Interval of the idle check, in seconds.
const IDLE_CHECK_INTERVAL_SECONDS: u64 = 5;

/// Idle minutes after which a tablet is signed out, as texts say it.
pub(crate) fn tablet_idle_minutes() -> String {
    (SESSION_ON_TABLET.idle / 60_000).to_string()
}

/// All state that belongs to an admin or a host.
#[derive(Clone, Copy)]
pub(crate) struct SignOut {
    pub(crate) auth: AuthState,
    pub(crate) store: DraftStore,
    pub(crate) secrets: PendingSecrets,
    pub(crate) own_page: SelfServiceState,
}

impl SignOut {
    /// Follows sign-outs in other tabs, and signs an idle tablet out, for the life of the page.
    pub(crate) fn watch(self) {
        let left = storage::get::<u64>(SIGNED_OUT_AT_KEY);
        window_events::listen("storage", move || {
            if storage::get::<u64>(SIGNED_OUT_AT_KEY) != left && !self.own_page.is_open_now() {
                self.clear();
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
        let used = StoredValue::new(clock::now());
        window_events::on_any_input(move || used.set_value(clock::now()));
        let look = move || {
            let unused = clock::now().saturating_sub(used.get_value());
            if unused >= SESSION_ON_TABLET.idle && self.auth.is_tablet_now() {
                used.set_value(clock::now());
                spawn_local(async move {
                    // Sessions expire by themselves when the relay does not answer.
                    let _ = client::logout().await;
                    let _ = client::close_me().await;
                    self.leave();
                });
            }
        };
        set_interval(look, Duration::from_secs(IDLE_CHECK_INTERVAL_SECONDS));
    }

    /// Clears everything after sign-out. The reload also clears memory.
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
