//! Buttons that ask the relay for something without a form.

use e2e_tests::admin::PASSWORD;
use e2e_tests::office::{TABLET, host_id, someone_of};
use e2e_tests::{Browser, Stage};

use super::{ANSWERS, answer_with, intercept, tells};
use crate::steps::admin::{at_the_desk, show};

/// Presses these once for every answer; `part` tells it.
async fn tells_every_answer(
    desk: &Browser,
    part: &str,
    (method, path): (&str, &str),
    press: &[&str],
) {
    intercept(desk, method, path).await;
    for (_, status, body) in ANSWERS {
        // A request that only has to succeed takes a portal's page for the relay's.
        if status == 200 {
            continue;
        }
        answer_with(desk, status, body).await;
        for button in press {
            desk.press(button).await;
        }
        tells(desk, part).await;
    }
}

/// Opens an entry of a list by its link.
async fn open_entry(desk: &Browser, list: &str, entry: &str) {
    show(desk, &format!("/setup/{list}")).await;
    let link = format!("a[href='/setup/{list}/{entry}']");
    desk.press(&link).await;
    desk.loses(&link).await;
}

#[tokio::test]
async fn acts_of_the_chatwork_page_tell_every_answer() {
    let (stage, _admin, desk) = at_the_desk().await;
    show(&desk, "/setup/chatwork").await;
    tells_every_answer(
        &desk,
        "[data-section=test]",
        ("POST", "/api/test-message"),
        &["[data-action=test]"],
    )
    .await;
    tells_every_answer(
        &desk,
        "[data-section=requests]",
        ("GET", "/api/chatwork/contact-requests"),
        &["[data-action=requests-again]"],
    )
    .await;
    tells_every_answer(
        &desk,
        "[data-section=connection]",
        ("DELETE", "/api/chatwork"),
        &[
            "[data-action=disconnect]",
            "[data-dialog=disconnect] [data-action=confirm]",
        ],
    )
    .await;
    stage.close().await;
}

#[tokio::test]
async fn acts_on_a_tablet_tell_every_answer() {
    let (stage, admin, desk) = at_the_desk().await;
    open_entry(&desk, "devices", TABLET).await;
    tells_every_answer(
        &desk,
        "[data-section=pairing]",
        ("POST", "/api/devices/"),
        &["[data-action=pair]"],
    )
    .await;
    let _tablet = stage.paired(&admin).await;
    tells_every_answer(
        &desk,
        "[data-section=pairing]",
        ("POST", "/api/devices/"),
        &["[data-action=reload-device]"],
    )
    .await;
    tells_every_answer(
        &desk,
        "[data-section=pairing]",
        ("DELETE", "/api/devices/"),
        &[
            "[data-action=unpair]",
            "[data-dialog=unpair] [data-action=confirm]",
        ],
    )
    .await;
    stage.close().await;
}

#[tokio::test]
async fn acts_on_a_personal_link_tell_every_answer() {
    let (stage, _admin, desk) = at_the_desk().await;
    let host = host_id(someone_of("総務")).to_string();
    open_entry(&desk, "hosts", &host).await;
    let part = "[data-section=personal-link]";
    tells_every_answer(
        &desk,
        part,
        ("POST", "/api/hosts/"),
        &["[data-action=make-link]"],
    )
    .await;
    intercept(&desk, "POST", "/nowhere").await;
    desk.press("[data-action=make-link]").await;
    desk.sees("[data-personal-link]").await;
    tells_every_answer(
        &desk,
        part,
        ("POST", "/api/hosts/"),
        &["[data-action=send-link]"],
    )
    .await;
    tells_every_answer(
        &desk,
        part,
        ("DELETE", "/api/hosts/"),
        &[
            "[data-action=revoke-link]",
            "[data-dialog=revoke-link] [data-action=confirm]",
        ],
    )
    .await;
    stage.close().await;
}

#[tokio::test]
async fn ending_sessions_tells_every_answer() {
    let (stage, _admin, desk) = at_the_desk().await;
    show(&desk, "/setup/security").await;
    tells_every_answer(
        &desk,
        "[data-section=sessions]",
        ("DELETE", "/api/sessions/"),
        &["[data-action=end-session]"],
    )
    .await;
    tells_every_answer(
        &desk,
        "header",
        ("POST", "/api/logout"),
        &["[data-action=sign-out]"],
    )
    .await;
    stage.close().await;
}

#[tokio::test]
async fn a_session_that_ends_meanwhile_is_said_and_the_draft_is_kept() {
    let (stage, _admin, desk) = at_the_desk().await;
    show(&desk, "/setup/site").await;
    desk.type_into("[name=site-name]", "株式会社ためし").await;
    intercept(&desk, "PUT", "/api/settings").await;
    answer_with(&desk, 401, r#"{"code":"not_signed_in","message":""}"#).await;
    desk.press("[data-action=save]").await;
    desk.sees("[data-page=sign-in] [data-notice=session-over]")
        .await;
    desk.type_into("input[name=password]", PASSWORD).await;
    desk.press("[data-action=sign-in]").await;
    desk.sees("[name=site-name]").await;
    let kept = "return document.querySelector('[name=site-name]').value";
    assert_eq!(desk.script(kept).await, "株式会社ためし");
    stage.close().await;
}

#[tokio::test]
async fn a_page_s_closing_tells_every_answer() {
    let (stage, admin) = Stage::furnished().await;
    let host = host_id(someone_of("総務")).to_string();
    let phone = stage.desk().await;
    phone.open(&admin.personal_link(&host).await).await;
    phone.sees("[data-me]").await;
    tells_every_answer(
        &phone,
        "[data-form=me]",
        ("POST", "/api/me/close"),
        &["[data-action=close]"],
    )
    .await;
    stage.close().await;
}
