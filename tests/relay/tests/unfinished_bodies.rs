//! Requests whose body arrives late: they are refused when the caller loses the permission meanwhile, and their
//! total size is limited.

use chatwork_sim::Office;
use relay_tests::{
    Browser, CallDraft, LOBBY, PASSWORD, ROOM, RawClient, SIDE_DOOR, TestApp, eventually, json,
    settings, status,
};
use serde::Serialize;
use yobirin_api::chatwork::{Connect, Connection};
use yobirin_api::session::ChangePassword;
use yobirin_domain::caller_limits::CALL_BYTES;
use yobirin_domain::model::delivery::CallState;

/// Id of a host in the settings.
const HOST: &str = "hanako";

/// A request whose headers and first byte of the body are sent.
struct UnfinishedRequest {
    client: RawClient,
    rest: String,
}

impl UnfinishedRequest {
    /// `head` is the request line with additional headers.
    async fn begin(app: &TestApp, head: &str, cookie: &str, body: &impl Serialize) -> Self {
        let body = serde_json::to_string(body).unwrap();
        let mut client = RawClient::connect(&app.url()).await;
        let headers = format!(
            "{head}\r\nhost: localhost\r\ncookie: {cookie}\r\ncontent-type: application/json\r\n\
             expect: 100-continue\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        client.send(&headers).await;
        let response = client.read_until("\r\n\r\n").await;
        assert!(
            response.contains("100 Continue"),
            "the relay waits for the body: {response}"
        );
        let (first_byte, rest) = body.split_at(1);
        client.send(first_byte).await;
        let rest = rest.to_owned();
        Self { client, rest }
    }

    /// Sends the rest of the body; returns the status.
    async fn end(mut self) -> u16 {
        self.client.send(&self.rest).await;
        let response = self.client.read_whole().await;
        let status = response.split(' ').nth(1);
        status
            .and_then(|status| status.parse().ok())
            .unwrap_or_else(|| panic!("{response}"))
    }
}

async fn cookie_of(request: reqwest::RequestBuilder) -> String {
    let response = request.send().await.unwrap();
    let cookie = response.headers()["set-cookie"].to_str().unwrap();
    cookie.split(';').next().unwrap_or_default().to_owned()
}

/// Cookie of another admin session.
async fn admin_cookie(app: &TestApp) -> String {
    cookie_of(app.sign_in_request(&app.new_browser(), PASSWORD)).await
}

async fn change_password(browser: &Browser) {
    let change = ChangePassword {
        old: PASSWORD.to_owned(),
        new: "別の正しい馬の電池とホチキス".to_owned(),
        code: String::new(),
    };
    assert_eq!(
        status(browser.post("/api/password").json(&change)).await,
        204
    );
}

#[tokio::test]
async fn a_call_of_a_tablet_that_is_revoked_or_removed_meanwhile_is_refused() {
    for is_removed in [false, true] {
        let app = TestApp::start().await;
        let cookie = app.device_cookie(LOBBY).await;
        let draft = CallDraft::now().to_room(ROOM);
        let head = format!("PUT {} HTTP/1.1", draft.path());
        let call = UnfinishedRequest::begin(&app, &head, &cookie, &draft.call).await;
        if is_removed {
            let mut fewer = settings();
            fewer.devices.retain(|device| device.id.as_str() != LOBBY);
            app.save(&fewer).await;
        } else {
            let revoke = app.admin.delete("/api/devices/lobby/pairing");
            assert_eq!(status(revoke).await, 204);
        }
        assert_eq!(call.end().await, 401);
        assert!(app.history().await.calls.is_empty(), "nothing was stored");
        app.close().await;
    }
}

#[tokio::test]
async fn settings_from_an_admin_session_that_ends_meanwhile_are_not_saved() {
    let app = TestApp::start().await;
    let (cookie, tag) = (admin_cookie(&app).await, app.etag().await);
    let mut document = settings();
    document.site.name = "盗まれた名前".to_owned();
    let head = format!("PUT /api/settings HTTP/1.1\r\nif-match: {tag}");
    let save = UnfinishedRequest::begin(&app, &head, &cookie, &document).await;
    change_password(&app.admin).await;
    assert_eq!(save.end().await, 401);
    assert_eq!(app.etag().await, tag, "the version is the same");
    app.close().await;
}

#[tokio::test]
async fn a_token_from_an_admin_session_that_ends_meanwhile_is_not_connected() {
    let app = TestApp::start().await;
    assert_eq!(status(app.admin.delete("/api/chatwork")).await, 204);
    let cookie = admin_cookie(&app).await;
    let token = Office::SAMPLE_TOKEN.to_owned();
    let head = "PUT /api/chatwork HTTP/1.1";
    let connect = UnfinishedRequest::begin(&app, head, &cookie, &Connect { token }).await;
    change_password(&app.admin).await;
    assert_eq!(connect.end().await, 401);
    let connection: Connection = json(app.admin.get("/api/chatwork")).await;
    assert!(
        matches!(connection, Connection::Disconnected),
        "{connection:?}"
    );
    app.close().await;
}

#[tokio::test]
async fn a_change_by_a_host_whose_link_is_revoked_meanwhile_is_not_saved() {
    let app = TestApp::start().await;
    let link = app.personal_link(HOST).await;
    let cookie = cookie_of(app.open_link_request(&app.new_browser(), &link)).await;
    let tag = app.etag().await;
    let edit = serde_json::json!({ "visitor_message": "盗まれた言葉" });
    let change = UnfinishedRequest::begin(&app, "PATCH /api/me HTTP/1.1", &cookie, &edit).await;
    let revoke = app.admin.delete(&format!("/api/hosts/{HOST}/link"));
    assert_eq!(status(revoke).await, 204);
    assert_eq!(change.end().await, 401);
    assert_eq!(app.etag().await, tag, "the version is the same");
    app.close().await;
}

#[tokio::test]
async fn unfinished_bodies_are_limited_per_tablet() {
    let app = TestApp::start().await;
    let (cookie, other_tablet) = (app.device_cookie(LOBBY).await, app.tablet(SIDE_DOOR).await);
    let large = "x".repeat(CALL_BYTES - 2);
    let mut unfinished = Vec::new();
    for _ in 0..2 {
        let head = format!("PUT {} HTTP/1.1", CallDraft::now().path());
        unfinished.push(UnfinishedRequest::begin(&app, &head, &cookie, &large).await);
    }
    let draft = CallDraft::now().to_room(ROOM);
    let one_more = app
        .new_browser()
        .put(&draft.path())
        .header("cookie", &cookie)
        .json(&draft.call);
    let response = one_more.send().await.unwrap();
    assert_eq!(response.status().as_u16(), 429);
    assert!(response.headers().contains_key("retry-after"));
    let other_call = CallDraft::now().to_room(ROOM);
    other_tablet.hand_over(&other_call).await;
    assert_eq!(
        other_tablet.final_status(&other_call).await.state,
        CallState::Notified
    );
    for request in unfinished {
        assert_eq!(
            request.end().await,
            400,
            "the whole body arrived and is no valid call"
        );
    }
    let again = app
        .new_browser()
        .put(&draft.path())
        .header("cookie", &cookie)
        .json(&draft.call);
    assert_eq!(status(again).await, 202);
    eventually("the call has arrived", async || {
        let calls = app.history().await.calls;
        calls
            .iter()
            .all(|call| call.state == CallState::Notified)
            .then_some(())
    })
    .await;
    app.close().await;
}
