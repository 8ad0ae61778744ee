//! Link back to the kiosk on the pages before the sign-in. A tablet in full screen has no back button of the browser.

use leptos::prelude::*;

use crate::browser::storage::KIOSK_SETTINGS_KEY;
use crate::browser::{self, storage};
use crate::router::Page;
use crate::setup::auth::state::AuthState;
use crate::setup::nav::words;

/// The link, in a browser that is paired as a tablet and in an installed app. While the relay cannot be asked, the
/// settings that the kiosk keeps in this browser tell whether it is paired.
#[component]
pub(crate) fn BackToKiosk() -> impl IntoView {
    let auth = expect_context::<AuthState>();
    let texts = &words().sign_in;
    let is_shown = Memo::new(move |_| {
        let is_paired = auth.is_paired();
        is_paired.unwrap_or_else(|| storage::has(KIOSK_SETTINGS_KEY)) || browser::is_app_window()
    });
    move || {
        is_shown.get().then(|| {
            view! {
                <a class="button" href=Page::Kiosk.path() data-action="back-to-kiosk">
                    {texts.back_to_kiosk}
                </a>
            }
        })
    }
}
