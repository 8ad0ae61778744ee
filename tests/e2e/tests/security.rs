//! The second step of signing in and the list of sessions, as an office manager meets them.

use std::time::{SystemTime, UNIX_EPOCH};

use e2e_tests::admin::PASSWORD;
use e2e_tests::{Browser, Stage};
use totp_rs::Totp;

use crate::steps::admin::{at_the_desk, show, sign_in};

/// Length of a time step, in seconds.
const STEP: u64 = 30;

/// An authenticator app that never shows a code twice.
pub(crate) struct App {
    totp: Totp,
    last: u64,
}

impl App {
    /// Scans what the page shows.
    pub(crate) async fn scanning(desk: &Browser) -> Self {
        let link = desk.find("a[data-otpauth]").await;
        let uri = link.attr("href").await.expect("an attribute");
        let totp = Totp::from_url(uri.expect("an address")).expect("an otpauth address");
        Self { totp, last: 0 }
    }

    /// The code of this half minute, or of the next when this one's was used.
    pub(crate) fn code(&mut self) -> String {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let step = now.expect("after 1970").as_secs() / STEP;
        self.last = step.max(self.last + 1);
        self.totp.generate(self.last * STEP).to_string()
    }
}

/// Switches the second step on by clicking; returns the app and the first recovery code.
async fn switch_on(desk: &Browser) -> (App, String) {
    show(desk, "/setup/security").await;
    desk.sees("[data-second-step=off]").await;
    desk.press("[data-action=begin-second-step]").await;
    desk.type_into("input[name=enrol-password]", PASSWORD).await;
    desk.press("[data-action=enrol]").await;
    desk.sees("[data-qr]").await;
    let mut app = App::scanning(desk).await;
    desk.type_into("input[name=first-code]", &app.code()).await;
    desk.press("[data-action=switch-on]").await;
    desk.sees("[data-recovery-code]").await;
    let codes = desk.all_now("[data-recovery-code]").await;
    assert_eq!(codes.len(), 10);
    let first = codes[0].text().await.expect("a code is text");
    (app, first)
}

async fn sign_out(desk: &Browser) {
    desk.press("[data-action=sign-out]").await;
    desk.sees("[data-page=sign-in] input[name=password]").await;
    desk.type_into("input[name=password]", PASSWORD).await;
    desk.press("[data-action=sign-in]").await;
    desk.sees("input[name=code]").await;
}

async fn enter_code(desk: &Browser, code: &str) {
    desk.type_into("input[name=code]", code).await;
    desk.press("[data-action=sign-in]").await;
}

#[tokio::test]
async fn signing_in_takes_a_code_once_that_is_switched_on_and_a_recovery_code_does_too() {
    let (stage, _admin, desk) = at_the_desk().await;
    let (mut app, recovery) = switch_on(&desk).await;
    // A look at another page loses nothing.
    show(&desk, "/setup/site").await;
    show(&desk, "/setup/security").await;
    desk.says(&recovery).await;
    desk.press("[data-action=kept]").await;
    desk.loses("[data-recovery-code]").await;
    desk.sees("[data-second-step=on]").await;

    sign_out(&desk).await;
    enter_code(&desk, "000000").await;
    desk.sees("input[name=code][aria-invalid=true]").await;
    enter_code(&desk, &app.code()).await;
    desk.sees("[data-page=security] [data-second-step=on]")
        .await;

    sign_out(&desk).await;
    enter_code(&desk, &recovery.to_lowercase()).await;
    desk.sees("[data-page=security] [data-second-step=on]")
        .await;
    desk.says("残り 9 個").await;

    desk.press("[data-action=new-codes]").await;
    desk.type_into("input[name=proof-password]", PASSWORD).await;
    desk.type_into("input[name=proof-code]", &recovery).await;
    desk.press("[data-action=prove]").await;
    desk.sees("input[name=proof-code][aria-invalid=true]").await;
    desk.press("[data-form=proof] [data-action=cancel]").await;
    desk.console_is_clean().await;
    stage.close().await;
}

#[tokio::test]
async fn switching_the_second_step_off_takes_password_and_code() {
    let (stage, _admin, desk) = at_the_desk().await;
    let (_, recovery) = switch_on(&desk).await;
    desk.press("[data-action=kept]").await;
    desk.press("[data-action=switch-off]").await;
    desk.type_into("input[name=proof-password]", "wrong password")
        .await;
    desk.type_into("input[name=proof-code]", &recovery).await;
    desk.press("[data-action=prove]").await;
    desk.sees("input[name=proof-password][aria-invalid=true]")
        .await;
    desk.type_into("input[name=proof-password]", PASSWORD).await;
    desk.press("[data-action=prove]").await;
    desk.sees("[data-second-step=off]").await;
    stage.close().await;
}

#[tokio::test]
async fn another_browser_is_signed_out_from_the_list_and_by_a_new_password() {
    const NEW: &str = "another correct horse";
    let (stage, _admin) = Stage::furnished().await;
    let (desk, other) = (stage.desk().await, stage.desk().await);
    for browser in [&desk, &other] {
        browser.open("/setup").await;
        sign_in(browser).await;
    }
    show(&desk, "/setup/security").await;
    desk.sees("[data-session=own]").await;
    assert_eq!(
        desk.all_now("[data-session=other]").await.len(),
        2,
        "the other desk, and whoever set the office up"
    );
    desk.press("[data-action=end-others]").await;
    // A wrong password leaves the form as it is, and a right one goes on with what was wanted.
    desk.type_into("input[name=proof-password]", "wrong password")
        .await;
    desk.press("[data-action=prove]").await;
    desk.sees("input[name=proof-password][aria-invalid=true]")
        .await;
    desk.type_into("input[name=proof-password]", PASSWORD).await;
    desk.press("[data-action=prove]").await;
    desk.loses("[data-session=other]").await;
    other.reload().await;
    other.sees("[data-page=sign-in]").await;
    sign_in(&other).await;

    desk.type_into("input[name=old-password]", PASSWORD).await;
    desk.type_into("input[name=new-password]", "password1234")
        .await;
    desk.type_into("input[name=new-password-again]", "password1234")
        .await;
    desk.press("[data-action=change-password]").await;
    desk.says("推測されやすい").await;
    desk.type_into("input[name=new-password]", NEW).await;
    desk.type_into("input[name=new-password-again]", "another correct house")
        .await;
    desk.press("[data-action=change-password]").await;
    desk.sees("input[name=new-password-again][aria-invalid=true]")
        .await;
    desk.type_into("input[name=new-password-again]", NEW).await;
    desk.press("[data-action=change-password]").await;
    desk.sees("[data-notice=password-changed]").await;
    other.reload().await;
    other.sees("[data-page=sign-in]").await;
    other.type_into("input[name=password]", NEW).await;
    other.press("[data-action=sign-in]").await;
    other.sees("[data-page=overview] [data-step]").await;
    stage.close().await;
}

#[tokio::test]
async fn the_second_step_is_asked_for_again_and_a_wrong_code_leaves_the_form_as_it_is() {
    const NEW: &str = "another correct horse";
    let (stage, _admin, desk) = at_the_desk().await;
    let (_, recovery) = switch_on(&desk).await;
    desk.press("[data-action=kept]").await;
    desk.type_into("input[name=old-password]", PASSWORD).await;
    desk.type_into("input[name=new-password]", NEW).await;
    desk.type_into("input[name=new-password-again]", NEW).await;
    desk.type_into("input[name=password-code]", "000000").await;
    desk.press("[data-action=change-password]").await;
    desk.sees("input[name=password-code][aria-invalid=true]")
        .await;
    let kept = "return document.querySelector('input[name=new-password]').value";
    assert_eq!(desk.script(kept).await.as_str(), Some(NEW));

    show(&desk, "/setup/chatwork").await;
    desk.press("[data-action=disconnect]").await;
    desk.press("[data-dialog=disconnect] [data-action=confirm]")
        .await;
    desk.type_into("input[name=proof-password]", PASSWORD).await;
    desk.press("[data-action=prove]").await;
    desk.type_into("input[name=proof-code]", "000000").await;
    desk.press("[data-action=prove]").await;
    desk.sees("input[name=proof-code][aria-invalid=true]").await;
    desk.type_into("input[name=proof-code]", &recovery).await;
    desk.press("[data-action=prove]").await;
    desk.sees("input[name=token]").await;
    desk.console_is_clean().await;
    stage.close().await;
}

/// Opens set-up on the tablet, signs in and changes something that is not saved.
async fn typing_on_a_tablet(tablet: &Browser) {
    tablet.open("/setup").await;
    tablet
        .sees("[data-page=sign-in] [data-notice=on-tablet]")
        .await;
    sign_in(tablet).await;
    tablet.sees("[data-notice=on-tablet]").await;
    show(tablet, "/setup/site").await;
    tablet.type_into("input[name=contact-phone]", SECRET).await;
    tablet.sees("[data-action=save]").await;
}

/// Typed on the tablet and not saved.
const SECRET: &str = "内線 987654";

/// Everything that the browser keeps for the relay's pages, in one text.
const KEPT: &str = "const done = arguments[arguments.length - 1];
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

/// The kiosk is back and nothing of the admin's visit is left.
async fn forgets(tablet: &Browser) {
    tablet.sees("[data-screen=menu]").await;
    let kept = tablet.script_async(KEPT).await;
    let kept = kept.as_str().expect("a text");
    assert!(!kept.contains("987654"), "{kept}");
    assert!(!kept.contains("yobirin.setup.draft"), "{kept}");
    tablet.script("history.back()").await;
    tablet.sees("[data-page=sign-in]").await;
    sign_in_again(tablet).await;
    assert!(tablet.all_now("[data-notice=kept]").await.is_empty());
    assert!(!tablet.words().await.contains("987654"));
}

#[tokio::test]
async fn a_tablet_forgets_the_admin_who_signs_out() {
    let (stage, admin) = Stage::furnished().await;
    let tablet = stage.paired(&admin).await;
    typing_on_a_tablet(&tablet).await;
    tablet.press("[data-action=sign-out]").await;
    tablet
        .press("[data-dialog=sign-out] [data-action=confirm]")
        .await;
    forgets(&tablet).await;
    stage.close().await;
}

#[tokio::test]
async fn a_tablet_that_is_left_in_set_up_for_15_minutes_becomes_the_kiosk_again() {
    let (stage, admin) = Stage::furnished().await;
    let tablet = stage.paired(&admin).await;
    typing_on_a_tablet(&tablet).await;
    tablet
        .script("const now = Date.now; Date.now = () => now() + 16 * 60000")
        .await;
    forgets(&tablet).await;
    stage.close().await;
}

#[tokio::test]
async fn signing_out_forgets_what_other_visits_left_and_signs_the_other_tab_out() {
    let (stage, _admin, desk) = at_the_desk().await;
    show(&desk, "/setup/site").await;
    desk.type_into("input[name=contact-phone]", SECRET).await;
    desk.until("return JSON.stringify(localStorage).includes('987654')")
        .await;
    desk.press("[data-action=sign-out]").await;
    desk.press("[data-dialog=sign-out] [data-action=confirm]")
        .await;
    desk.sees("[data-page=sign-in]").await;
    let kept = desk.script("return JSON.stringify(localStorage)").await;
    assert!(!kept.to_string().contains("987654"), "{kept}");
    sign_in_again(&desk).await;
    assert!(desk.all_now("[data-notice=kept]").await.is_empty());
    stage.close().await;
}

async fn sign_in_again(desk: &Browser) {
    desk.type_into("input[name=password]", PASSWORD).await;
    desk.press("[data-action=sign-in]").await;
    desk.sees("[data-page=site]").await;
}
