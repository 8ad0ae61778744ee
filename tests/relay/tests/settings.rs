//! The settings document.

use relay_tests::{LOBBY, TestApp, eventually, json, refusal, settings, status};
use reqwest::header::{CONTENT_TYPE, ETAG};
use yobirin_api::event::Event;
use yobirin_api::{ErrorBody, ErrorCode};
use yobirin_domain::model::settings::SettingsDocument;

#[tokio::test]
async fn settings_start_empty_and_every_save_makes_a_version() {
    let mut app = TestApp::unconfigured().await;
    app.first_run().await;
    assert_eq!(app.etag().await, "\"v0\"");
    assert_eq!(app.save(&settings()).await, "\"v1\"");
    let saved: SettingsDocument = json(app.admin.get("/api/settings")).await;
    assert_eq!(saved, settings());
    assert_eq!(app.save(&settings()).await, "\"v2\"");
    app.stop().await;
    app.restart().await;
    assert_eq!(app.etag().await, "\"v2\"", "a restart keeps the ETag");
    app.close().await;
}

#[tokio::test]
async fn unchanged_settings_have_the_response_304() {
    let app = TestApp::start().await;
    let get = |tag: &str| app.admin.get("/api/settings").header("if-none-match", tag);
    let tag = app.etag().await;
    let response = get(&tag).send().await.unwrap();
    assert_eq!(response.status(), 304);
    assert_eq!(response.headers()[ETAG], *tag);
    for known in ["*", &format!("W/{tag}"), &format!("\"v0\", {tag}")] {
        assert_eq!(status(get(known)).await, 304, "{known}");
    }
    assert_eq!(status(get("\"v0\"")).await, 200);
    app.close().await;
}

#[tokio::test]
async fn a_save_based_on_an_old_version_is_refused() {
    let app = TestApp::start().await;
    let put = || app.admin.put("/api/settings").json(&settings());
    let before = app.etag().await;
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
    assert_eq!(app.etag().await, before, "nothing was saved");

    let (one, other) = tokio::join!(
        status(put().header("if-match", &before)),
        status(put().header("if-match", &before)),
    );
    assert_eq!(
        one.min(other),
        204,
        "one of two saves at the same time succeeds"
    );
    assert_eq!(one.max(other), 412, "the other save is refused");
    app.close().await;
}

#[tokio::test]
async fn an_invalid_document_is_refused_with_every_problem() {
    let app = TestApp::start().await;
    let mut document = settings();
    document.site.accent = "red".to_owned();
    document.site.default_room = None;
    document.groups[0].parent = Some("nowhere".parse().unwrap());
    let put = app
        .admin
        .put("/api/settings")
        .header("if-match", app.etag().await)
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
    app.close().await;
}

#[tokio::test]
async fn a_time_zone_that_does_not_exist_is_refused() {
    let app = TestApp::start().await;
    let mut document = settings();
    document.site.time_zone = "Asia/Tokio".to_owned();
    let put = app.admin.put("/api/settings");
    let put = put.header("if-match", app.etag().await).json(&document);
    let response = put.send().await.unwrap();
    assert_eq!(response.status(), 422);
    let error: ErrorBody = response.json().await.unwrap();
    let problem = error.problems.first().map(ToString::to_string);
    let message = "site.time_zone: there is no such time zone; write one like Asia/Tokyo";
    assert_eq!(problem.as_deref(), Some(message));
    document.site.time_zone = "America/Argentina/Buenos_Aires".to_owned();
    app.save(&document).await;
    app.close().await;
}

#[tokio::test]
async fn a_malformed_document_is_refused_with_the_position() {
    let app = TestApp::start().await;
    let tag = app.etag().await;
    let put = |body: String| {
        app.admin
            .put("/api/settings")
            .header("if-match", &tag)
            .header(CONTENT_TYPE, "application/json")
            .body(body)
    };
    let unknown_field =
        settings()
            .to_json()
            .replacen("{\"version\"", "{\"surprise\":1,\"version\"", 1);
    for bad in [
        "",
        "{",
        "[]",
        "{}",
        r#"{"version":99}"#,
        "not json",
        &unknown_field,
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
    let text = app
        .admin
        .put("/api/settings")
        .header("if-match", &tag)
        .body(settings().to_json());
    assert_eq!(refusal(text).await, ErrorCode::NotJson);
    assert_eq!(app.etag().await, tag, "nothing was saved");
    app.close().await;
}

#[tokio::test]
async fn tablets_read_the_settings_and_are_notified_of_changes() {
    let app = TestApp::start().await;
    assert_eq!(
        refusal(app.new_browser().get("/api/settings")).await,
        ErrorCode::NotSignedIn
    );
    let tablet = app.tablet(LOBBY).await;
    let mut events = tablet.events().await;
    let mut changed = settings();
    changed.site.name = "新しい名前".to_owned();
    app.save(&changed).await;
    events.until(&Event::Settings).await;
    let document: SettingsDocument = json(tablet.browser.get("/api/settings")).await;
    assert_eq!(document.site.name, "新しい名前");
    app.close().await;
}

#[tokio::test]
async fn settings_carry_the_device_id_for_tablets_only() {
    let app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await;
    let tag = app.etag().await;
    let status_and_device = async |request: reqwest::RequestBuilder| {
        let response = request.send().await.unwrap();
        let device = response.headers().get("yobirin-device").cloned();
        let status = response.status().as_u16();
        (status, device.map(|id| id.to_str().unwrap().to_owned()))
    };
    let whole = tablet.browser.get("/api/settings");
    assert_eq!(
        status_and_device(whole).await,
        (200, Some(LOBBY.to_owned()))
    );
    let unchanged = tablet.browser.get("/api/settings");
    let unchanged = unchanged.header("if-none-match", &tag);
    assert_eq!(
        status_and_device(unchanged).await,
        (304, Some(LOBBY.to_owned()))
    );
    let admin = app.admin.get("/api/settings");
    assert_eq!(
        status_and_device(admin).await,
        (200, Some("(none)".to_owned()))
    );
    app.close().await;
}

#[tokio::test]
async fn disconnecting_while_saving_does_not_block_later_saves() {
    let app = TestApp::start().await;
    for microseconds in (0..8_000).step_by(800) {
        let put = app
            .admin
            .put("/api/settings")
            .header("if-match", app.etag().await)
            .json(&settings());
        let timeout = std::time::Duration::from_micros(microseconds);
        // The request may end or be dropped: both are tested.
        let _ = tokio::time::timeout(timeout, put.send()).await;
        // Whether the settings were saved or not, the current ETag must be accepted.
        eventually("the next save", async || {
            let put = app.admin.put("/api/settings").json(&settings());
            let tag = app.etag().await;
            (status(put.header("if-match", tag)).await == 204).then_some(())
        })
        .await;
    }
    app.close().await;
}
