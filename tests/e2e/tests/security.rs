//! Two-factor authentication and sessions in set-up, and the erasure of an admin's data on a tablet.

use std::time::{SystemTime, UNIX_EPOCH};

use e2e_tests::admin::PASSWORD;
use e2e_tests::{Browser, TestEnv};
use totp_rs::Totp;

use crate::steps::admin::{open_setup, show, sign_in};

/// TOTP time step in seconds.
const TIME_STEP_SECONDS: u64 = 30;

/// An authenticator app that waits for an unused code.
pub(crate) struct Authenticator {
    totp: Totp,
    last: u64,
}

impl Authenticator {
    /// Reads the secret that the page shows.
    pub(crate) async fn from_page(setup: &Browser) -> Self {
        let link = setup.find("a[data-otpauth]").await;
        let uri = link.attr("href").await.expect("an attribute");
        let totp = Totp::from_url(uri.expect("an address")).expect("an otpauth address");
        Self { totp, last: 0 }
    }

    /// The code of the current time step, or of the next one if it is used.
    pub(crate) fn code(&mut self) -> String {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let step = now.expect("after 1970").as_secs() / TIME_STEP_SECONDS;
        self.last = step.max(self.last + 1);
        self.totp
            .generate(self.last * TIME_STEP_SECONDS)
            .to_string()
    }
}

/// Enables two-factor authentication in set-up; returns the authenticator and the first recovery code.
async fn enable_two_factor(setup: &Browser) -> (Authenticator, String) {
    show(setup, "/setup/security").await;
    setup.sees("[data-two-factor=off]").await;
    setup.press("[data-action=begin-two-factor]").await;
    setup
        .type_into("input[name=enrol-password]", PASSWORD)
        .await;
    setup.press("[data-action=enrol]").await;
    setup.sees("[data-qr]").await;
    let mut authenticator = Authenticator::from_page(setup).await;
    setup
        .type_into("input[name=first-code]", &authenticator.code())
        .await;
    setup.press("[data-action=switch-on]").await;
    setup.sees("[data-recovery-code]").await;
    let codes = setup.all_now("[data-recovery-code]").await;
    assert_eq!(codes.len(), 10);
    let first = codes[0].text().await.expect("a code is text");
    (authenticator, first)
}

async fn sign_out(setup: &Browser) {
    setup.press("[data-action=sign-out]").await;
    setup.sees("[data-page=sign-in] input[name=password]").await;
    setup.type_into("input[name=password]", PASSWORD).await;
    setup.press("[data-action=sign-in]").await;
    setup.sees("input[name=code]").await;
}

async fn enter_code(setup: &Browser, code: &str) {
    setup.type_into("input[name=code]", code).await;
    setup.press("[data-action=sign-in]").await;
}

#[tokio::test]
async fn with_two_factor_enabled_sign_in_requires_a_code_or_a_recovery_code() {
    let (env, _admin, setup) = open_setup().await;
    let (mut authenticator, recovery) = enable_two_factor(&setup).await;
    // Visiting another page loses nothing.
    show(&setup, "/setup/site").await;
    show(&setup, "/setup/security").await;
    setup.says(&recovery).await;
    setup.press("[data-action=kept]").await;
    setup.no_longer_sees("[data-recovery-code]").await;
    setup.sees("[data-two-factor=on]").await;

    sign_out(&setup).await;
    enter_code(&setup, "000000").await;
    setup.sees("input[name=code][aria-invalid=true]").await;
    enter_code(&setup, &authenticator.code()).await;
    setup
        .sees("[data-page=security] [data-two-factor=on]")
        .await;

    sign_out(&setup).await;
    enter_code(&setup, &recovery.to_lowercase()).await;
    setup
        .sees("[data-page=security] [data-two-factor=on]")
        .await;
    setup.says("残り 9 個").await;

    setup.press("[data-action=new-codes]").await;
    setup
        .type_into("input[name=identity-password]", PASSWORD)
        .await;
    setup
        .type_into("input[name=identity-code]", &recovery)
        .await;
    setup.press("[data-action=prove]").await;
    setup
        .sees("input[name=identity-code][aria-invalid=true]")
        .await;
    setup
        .press("[data-form=identity] [data-action=cancel]")
        .await;
    setup.assert_clean_console().await;
    env.close().await;
}

#[tokio::test]
async fn disabling_two_factor_requires_password_and_code() {
    let (env, _admin, setup) = open_setup().await;
    let (_, recovery) = enable_two_factor(&setup).await;
    setup.press("[data-action=kept]").await;
    setup.press("[data-action=switch-off]").await;
    setup
        .type_into("input[name=identity-password]", "wrong password")
        .await;
    setup
        .type_into("input[name=identity-code]", &recovery)
        .await;
    setup.press("[data-action=prove]").await;
    setup
        .sees("input[name=identity-password][aria-invalid=true]")
        .await;
    setup
        .type_into("input[name=identity-password]", PASSWORD)
        .await;
    setup.press("[data-action=prove]").await;
    setup.sees("[data-two-factor=off]").await;
    env.close().await;
}

#[tokio::test]
async fn other_sessions_end_from_the_list_and_by_a_password_change() {
    const NEW_PASSWORD: &str = "another correct horse";
    let (env, _admin) = TestEnv::configured().await;
    let setup = env.setup_browser().await;
    let other = env.setup_browser().await;
    for browser in [&setup, &other] {
        browser.open("/setup").await;
        sign_in(browser).await;
    }
    show(&setup, "/setup/security").await;
    setup.sees("[data-session=own]").await;
    assert_eq!(
        setup.all_now("[data-session=other]").await.len(),
        2,
        "the other browser, and the API client that configured the office"
    );
    setup.press("[data-action=end-others]").await;
    // A wrong password keeps the form, and the right one continues the action.
    setup
        .type_into("input[name=identity-password]", "wrong password")
        .await;
    setup.press("[data-action=prove]").await;
    setup
        .sees("input[name=identity-password][aria-invalid=true]")
        .await;
    setup
        .type_into("input[name=identity-password]", PASSWORD)
        .await;
    setup.press("[data-action=prove]").await;
    setup.no_longer_sees("[data-session=other]").await;
    other.reload().await;
    other.sees("[data-page=sign-in]").await;
    sign_in(&other).await;

    setup.type_into("input[name=old-password]", PASSWORD).await;
    setup
        .type_into("input[name=new-password]", "password1234")
        .await;
    setup
        .type_into("input[name=new-password-again]", "password1234")
        .await;
    setup.press("[data-action=change-password]").await;
    setup.says("推測されやすい").await;
    setup
        .type_into("input[name=new-password]", NEW_PASSWORD)
        .await;
    setup
        .type_into("input[name=new-password-again]", "another correct house")
        .await;
    setup.press("[data-action=change-password]").await;
    setup
        .sees("input[name=new-password-again][aria-invalid=true]")
        .await;
    setup
        .type_into("input[name=new-password-again]", NEW_PASSWORD)
        .await;
    setup.press("[data-action=change-password]").await;
    setup.sees("[data-notice=password-changed]").await;
    other.reload().await;
    other.sees("[data-page=sign-in]").await;
    other.type_into("input[name=password]", NEW_PASSWORD).await;
    other.press("[data-action=sign-in]").await;
    other.sees("[data-page=overview] [data-step]").await;
    env.close().await;
}

#[tokio::test]
async fn reauthentication_requires_a_code_and_a_wrong_one_keeps_the_form() {
    const NEW_PASSWORD: &str = "another correct horse";
    let (env, _admin, setup) = open_setup().await;
    let (_, recovery) = enable_two_factor(&setup).await;
    setup.press("[data-action=kept]").await;
    setup.type_into("input[name=old-password]", PASSWORD).await;
    setup
        .type_into("input[name=new-password]", NEW_PASSWORD)
        .await;
    setup
        .type_into("input[name=new-password-again]", NEW_PASSWORD)
        .await;
    setup.type_into("input[name=password-code]", "000000").await;
    setup.press("[data-action=change-password]").await;
    setup
        .sees("input[name=password-code][aria-invalid=true]")
        .await;
    let field_value = "return document.querySelector('input[name=new-password]').value";
    assert_eq!(setup.script(field_value).await.as_str(), Some(NEW_PASSWORD));

    show(&setup, "/setup/chatwork").await;
    setup.press("[data-action=disconnect]").await;
    setup
        .press("[data-dialog=disconnect] [data-action=confirm]")
        .await;
    setup
        .type_into("input[name=identity-password]", PASSWORD)
        .await;
    setup.press("[data-action=prove]").await;
    setup.type_into("input[name=identity-code]", "000000").await;
    setup.press("[data-action=prove]").await;
    setup
        .sees("input[name=identity-code][aria-invalid=true]")
        .await;
    setup
        .type_into("input[name=identity-code]", &recovery)
        .await;
    setup.press("[data-action=prove]").await;
    setup.sees("input[name=token]").await;
    setup.assert_clean_console().await;
    env.close().await;
}

/// Opens set-up on the tablet, signs in and makes an unsaved change.
async fn make_unsaved_change(tablet: &Browser) {
    tablet.open("/setup").await;
    tablet
        .sees("[data-page=sign-in] [data-notice=on-tablet]")
        .await;
    sign_in(tablet).await;
    tablet.sees("[data-notice=on-tablet]").await;
    show(tablet, "/setup/site").await;
    tablet
        .type_into("input[name=contact-phone]", UNSAVED_TEXT)
        .await;
    tablet.sees("[data-action=save]").await;
}

/// Text of the unsaved change.
const UNSAVED_TEXT: &str = "内線 987654";

/// JavaScript that returns all data that the browser stores for the relay's pages.
const STORED_DATA: &str = "const done = arguments[arguments.length - 1];
    (async () => {
        let all = JSON.stringify(localStorage) + JSON.stringify(sessionStorage);
        for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const request of await cache.keys()) {
                if (request.url.includes('/api/')) all += await (await cache.match(request)).text();
            }
        }
        for (const { name } of await indexedDB.databases()) all += name;
        done(all);
    })()";

/// Waits for the kiosk, and asserts that the admin's data is erased.
async fn await_erased_data(tablet: &Browser) {
    tablet.sees("[data-screen=menu]").await;
    let stored_data = tablet.script_async(STORED_DATA).await;
    let stored_data = stored_data.as_str().expect("a text");
    assert!(!stored_data.contains("987654"), "{stored_data}");
    assert!(
        !stored_data.contains("yobirin.setup.draft"),
        "{stored_data}"
    );
    tablet.script("history.back()").await;
    tablet.sees("[data-page=sign-in]").await;
    sign_in_again(tablet).await;
    assert!(tablet.all_now("[data-notice=kept]").await.is_empty());
    assert!(!tablet.text().await.contains("987654"));
}

#[tokio::test]
async fn signing_out_on_a_tablet_erases_the_admins_data() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    make_unsaved_change(&tablet).await;
    tablet.press("[data-action=sign-out]").await;
    tablet
        .press("[data-dialog=sign-out] [data-action=confirm]")
        .await;
    await_erased_data(&tablet).await;
    env.close().await;
}

#[tokio::test]
async fn set_up_on_a_tablet_returns_to_the_kiosk_after_15_idle_minutes() {
    let (env, admin) = TestEnv::configured().await;
    let tablet = env.paired(&admin).await;
    make_unsaved_change(&tablet).await;
    tablet
        .script("const now = Date.now; Date.now = () => now() + 16 * 60000")
        .await;
    await_erased_data(&tablet).await;
    env.close().await;
}

#[tokio::test]
async fn signing_out_erases_stored_drafts_and_signs_other_tabs_out() {
    let (env, _admin, setup) = open_setup().await;
    show(&setup, "/setup/site").await;
    setup
        .type_into("input[name=contact-phone]", UNSAVED_TEXT)
        .await;
    setup
        .until("return JSON.stringify(localStorage).includes('987654')")
        .await;
    setup.press("[data-action=sign-out]").await;
    setup
        .press("[data-dialog=sign-out] [data-action=confirm]")
        .await;
    setup.sees("[data-page=sign-in]").await;
    let stored_data = setup.script("return JSON.stringify(localStorage)").await;
    assert!(!stored_data.to_string().contains("987654"), "{stored_data}");
    sign_in_again(&setup).await;
    assert!(setup.all_now("[data-notice=kept]").await.is_empty());
    env.close().await;
}

async fn sign_in_again(setup: &Browser) {
    setup.type_into("input[name=password]", PASSWORD).await;
    setup.press("[data-action=sign-in]").await;
    setup.sees("[data-page=site]").await;
}
