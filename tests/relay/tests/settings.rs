//! The settings document.

use relay_tests::{Desk, LOBBY, eventually, json, refusal, settings, status};
use reqwest::header::{CONTENT_TYPE, ETAG};
use yobirin_api::event::Event;
use yobirin_api::{ErrorBody, ErrorCode};
use yobirin_domain::model::settings::SettingsDocument;

#[tokio::test]
async fn settings_start_empty_and_every_save_is_a_new_version() {
    let mut desk = Desk::bare().await;
    desk.first_run().await;
    assert_eq!(desk.tag().await, "\"v0\"");
    assert_eq!(desk.save(&settings()).await, "\"v1\"");
    let kept: SettingsDocument = json(desk.admin.get("/api/settings")).await;
    assert_eq!(kept, settings());
    assert_eq!(desk.save(&settings()).await, "\"v2\"");
    desk.stop().await;
    desk.start_again().await;
    assert_eq!(desk.tag().await, "\"v2\"", "after a restart too");
    desk.close().await;
}

#[tokio::test]
async fn what_has_not_changed_is_not_sent_again() {
    let desk = Desk::open().await;
    let get = |tag: &str| desk.admin.get("/api/settings").header("if-none-match", tag);
    let tag = desk.tag().await;
    let response = get(&tag).send().await.unwrap();
    assert_eq!(response.status(), 304);
    assert_eq!(response.headers()[ETAG], *tag);
    for known in ["*", &format!("W/{tag}"), &format!("\"v0\", {tag}")] {
        assert_eq!(status(get(known)).await, 304, "{known}");
    }
    assert_eq!(status(get("\"v0\"")).await, 200);
    desk.close().await;
}

#[tokio::test]
async fn nobody_overwrites_what_they_have_not_seen() {
    let desk = Desk::open().await;
    let put = || desk.admin.put("/api/settings").json(&settings());
    let before = desk.tag().await;
    assert_eq!(refusal(put()).await, ErrorCode::IfMatchMissing);
    assert_eq!(
        refusal(put().header("if-match", "\"v0\"")).await,
        ErrorCode::SettingsChanged
    );
    let weak = format!("W/{before}");
    assert_eq!(
        refusal(put().header("if-match", weak)).await,
        ErrorCode::SettingsChanged
    );
    assert_eq!(desk.tag().await, before, "nothing was saved");

    let (one, other) = tokio::join!(
        status(put().header("if-match", &before)),
        status(put().header("if-match", &before)),
    );
    assert_eq!(one.min(other), 204, "one of two at the same time");
    assert_eq!(one.max(other), 412, "and not the other");
    desk.close().await;
}

#[tokio::test]
async fn a_wrong_document_is_refused_with_every_problem() {
    let desk = Desk::open().await;
    let mut document = settings();
    document.site.accent = "red".to_owned();
    document.site.default_room = None;
    document.groups[0].parent = Some("nowhere".parse().unwrap());
    let put = desk
        .admin
        .put("/api/settings")
        .header("if-match", desk.tag().await)
        .json(&document);
    let response = put.send().await.unwrap();
    assert_eq!(response.status(), 422);
    let error: ErrorBody = response.json().await.unwrap();
    assert_eq!(error.code, ErrorCode::InvalidSettings);
    let paths: Vec<_> = error
        .problems
        .iter()
        .map(|problem| problem.path.as_str())
        .collect();
    assert!(paths.len() >= 3, "{paths:?}");
    assert!(
        paths
            .iter()
            .any(|path| path.starts_with("groups[0].parent")),
        "{paths:?}"
    );
    desk.close().await;
}

#[tokio::test]
async fn a_body_that_is_no_document_is_refused_with_where() {
    let desk = Desk::open().await;
    let tag = desk.tag().await;
    let put = |body: String| {
        desk.admin
            .put("/api/settings")
            .header("if-match", &tag)
            .header(CONTENT_TYPE, "application/json")
            .body(body)
    };
    let surprise = settings()
        .to_json()
        .replacen("{\"version\"", "{\"surprise\":1,\"version\"", 1);
    for bad in [
        "",
        "{",
        "[]",
        "{}",
        r#"{"version":99}"#,
        "not json",
        &surprise,
    ] {
        assert_eq!(
            refusal(put(bad.to_owned())).await,
            ErrorCode::Malformed,
            "{bad:.40}"
        );
    }
    let error: ErrorBody = put("{\n  \"version\": 1,\n  oops".to_owned())
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert!(error.message.contains("line 3"), "{}", error.message);
    let huge = format!(
        "{{\"version\":1,\"x\":\"{}\"}}",
        "x".repeat(4 * 1024 * 1024)
    );
    assert_eq!(refusal(put(huge)).await, ErrorCode::TooLarge);
    let text = desk
        .admin
        .put("/api/settings")
        .header("if-match", &tag)
        .body(settings().to_json());
    assert_eq!(refusal(text).await, ErrorCode::NotJson);
    assert_eq!(desk.tag().await, tag, "nothing was saved");
    desk.close().await;
}

#[tokio::test]
async fn tablets_read_the_settings_and_hear_of_changes() {
    let desk = Desk::open().await;
    assert_eq!(
        refusal(desk.stranger().get("/api/settings")).await,
        ErrorCode::NotSignedIn
    );
    let tablet = desk.tablet(LOBBY).await;
    let mut events = tablet.events().await;
    let mut changed = settings();
    changed.site.name = "新しい名前".to_owned();
    desk.save(&changed).await;
    events.until(&Event::Settings).await;
    let seen: SettingsDocument = json(tablet.browser.get("/api/settings")).await;
    assert_eq!(seen.site.name, "新しい名前");
    desk.close().await;
}

#[tokio::test]
async fn settings_tell_a_tablet_which_device_it_is_and_nobody_else() {
    let desk = Desk::open().await;
    let tablet = desk.tablet(LOBBY).await;
    let tag = desk.tag().await;
    let told = async |ask: reqwest::RequestBuilder| {
        let answer = ask.send().await.unwrap();
        let device = answer.headers().get("yobirin-device").cloned();
        let status = answer.status().as_u16();
        (status, device.map(|id| id.to_str().unwrap().to_owned()))
    };
    let whole = tablet.browser.get("/api/settings");
    assert_eq!(told(whole).await, (200, Some(LOBBY.to_owned())));
    let unchanged = tablet.browser.get("/api/settings");
    let unchanged = unchanged.header("if-none-match", &tag);
    assert_eq!(told(unchanged).await, (304, Some(LOBBY.to_owned())));
    let admin = desk.admin.get("/api/settings");
    assert_eq!(told(admin).await, (200, Some("(none)".to_owned())));
    desk.close().await;
}

#[tokio::test]
async fn an_admin_who_goes_away_in_the_middle_of_saving_locks_nobody_out() {
    let desk = Desk::open().await;
    for microseconds in (0..8_000).step_by(800) {
        let put = desk
            .admin
            .put("/api/settings")
            .header("if-match", desk.tag().await)
            .json(&settings());
        let patience = std::time::Duration::from_micros(microseconds);
        let _ = tokio::time::timeout(patience, put.send()).await;
        // Whether it was saved or not, the tag that is shown is the one that counts.
        eventually("the next save", async || {
            let put = desk.admin.put("/api/settings").json(&settings());
            let tag = desk.tag().await;
            (status(put.header("if-match", tag)).await == 204).then_some(())
        })
        .await;
    }
    desk.close().await;
}
