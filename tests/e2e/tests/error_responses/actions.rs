//! Buttons that send a request without a form.

use e2e_tests::admin::PASSWORD;
use e2e_tests::office::{TABLET, host_id, someone_of};
use e2e_tests::{Browser, TestEnv};

use super::{RESPONSES, intercept, reports, respond_with};
use crate::steps::admin::{open_setup, show};

/// Presses the buttons `press` in order for every response, which `part` must report.
async fn reports_every_response(
    setup: &Browser,
    part: &str,
    (method, path): (&str, &str),
    press: &[&str],
) {
    intercept(setup, method, path).await;
    for (_, status, body) in RESPONSES {
        // Of a success these requests read no body, so that they cannot distinguish a portal's page from it.
        if status == 200 {
            continue;
        }
        respond_with(setup, status, body).await;
        for button in press {
            setup.press(button).await;
        }
        reports(setup, part).await;
    }
}

/// Opens an entry of a list by its link.
async fn open_entry(setup: &Browser, list: &str, entry: &str) {
    show(setup, &format!("/setup/{list}")).await;
    let link = format!("a[href='/setup/{list}/{entry}']");
    setup.press(&link).await;
    setup.no_longer_sees(&link).await;
}

#[tokio::test]
async fn actions_of_the_chatwork_page_report_every_kind_of_response() {
    let (env, _admin, setup) = open_setup().await;
    show(&setup, "/setup/chatwork").await;
    reports_every_response(
        &setup,
        "[data-section=test]",
        ("POST", "/api/test-message"),
        &["[data-action=test]"],
    )
    .await;
    reports_every_response(
        &setup,
        "[data-section=requests]",
        ("GET", "/api/chatwork/contact-requests"),
        &["[data-action=requests-again]"],
    )
    .await;
    reports_every_response(
        &setup,
        "[data-section=connection]",
        ("DELETE", "/api/chatwork"),
        &[
            "[data-action=disconnect]",
            "[data-dialog=disconnect] [data-action=confirm]",
        ],
    )
    .await;
    env.close().await;
}

#[tokio::test]
async fn actions_on_a_tablet_report_every_kind_of_response() {
    let (env, admin, setup) = open_setup().await;
    open_entry(&setup, "devices", TABLET).await;
    reports_every_response(
        &setup,
        "[data-section=pairing]",
        ("POST", "/api/devices/"),
        &["[data-action=pair]"],
    )
    .await;
    let _tablet = env.paired(&admin).await;
    reports_every_response(
        &setup,
        "[data-section=pairing]",
        ("POST", "/api/devices/"),
        &["[data-action=reload-device]"],
    )
    .await;
    reports_every_response(
        &setup,
        "[data-section=pairing]",
        ("DELETE", "/api/devices/"),
        &[
            "[data-action=unpair]",
            "[data-dialog=unpair] [data-action=confirm]",
        ],
    )
    .await;
    env.close().await;
}

#[tokio::test]
async fn actions_on_a_personal_link_report_every_kind_of_response() {
    let (env, _admin, setup) = open_setup().await;
    let host = host_id(someone_of("総務")).to_string();
    open_entry(&setup, "hosts", &host).await;
    let part = "[data-section=personal-link]";
    reports_every_response(
        &setup,
        part,
        ("POST", "/api/hosts/"),
        &["[data-action=make-link]"],
    )
    .await;
    intercept(&setup, "POST", "/nowhere").await;
    setup.press("[data-action=make-link]").await;
    setup.sees("[data-personal-link]").await;
    reports_every_response(
        &setup,
        part,
        ("POST", "/api/hosts/"),
        &[
            "[data-action=send-link]",
            "[data-dialog=send-loopback] [data-action=confirm]",
        ],
    )
    .await;
    reports_every_response(
        &setup,
        part,
        ("DELETE", "/api/hosts/"),
        &[
            "[data-action=revoke-link]",
            "[data-dialog=revoke-link] [data-action=confirm]",
        ],
    )
    .await;
    env.close().await;
}

#[tokio::test]
async fn ending_sessions_reports_every_kind_of_response() {
    let (env, _admin, setup) = open_setup().await;
    show(&setup, "/setup/security").await;
    reports_every_response(
        &setup,
        "[data-section=sessions]",
        ("DELETE", "/api/sessions/"),
        &["[data-action=end-session]"],
    )
    .await;
    reports_every_response(
        &setup,
        "header",
        ("POST", "/api/logout"),
        &["[data-action=sign-out]"],
    )
    .await;
    env.close().await;
}

#[tokio::test]
async fn a_session_that_ends_while_editing_is_reported_and_the_draft_is_kept() {
    let (env, _admin, setup) = open_setup().await;
    show(&setup, "/setup/site").await;
    setup.type_into("[name=site-name]", "株式会社ためし").await;
    intercept(&setup, "PUT", "/api/settings").await;
    respond_with(&setup, 401, r#"{"code":"not_signed_in","message":""}"#).await;
    setup.press("[data-action=save]").await;
    setup
        .sees("[data-page=sign-in] [data-notice=session-over]")
        .await;
    setup.type_into("input[name=password]", PASSWORD).await;
    setup.press("[data-action=sign-in]").await;
    setup.sees("[name=site-name]").await;
    let keeps_name = "return document.querySelector('[name=site-name]').value === '株式会社ためし'";
    setup.until(keeps_name).await;
    env.close().await;
}

#[tokio::test]
async fn closing_the_self_service_page_reports_every_kind_of_response() {
    let (env, admin) = TestEnv::configured().await;
    let host = host_id(someone_of("総務")).to_string();
    let phone = env.setup_browser().await;
    phone.open(&admin.personal_link(&host).await).await;
    phone.sees("[data-me]").await;
    reports_every_response(
        &phone,
        "[data-form=me]",
        ("POST", "/api/me/close"),
        &["[data-action=close]"],
    )
    .await;
    env.close().await;
}
