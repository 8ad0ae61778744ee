//! Permissions: every route of the router, requested by every kind of caller.

use std::collections::BTreeSet;

use relay_tests::{Browser, CallDraft, LOBBY, PASSWORD, ROOM, SIDE_DOOR, TestApp, status};
use reqwest::Method;

/// Expected status for each of [`CALLERS`].
type Expected = [u16; 6];

const CALLERS: [&str; 6] = [
    "nobody",
    "a tablet",
    "a revoked tablet",
    "a host",
    "a host whose link was revoked",
    "an admin",
];

const ADMINS: fn(u16) -> Expected = |status| [401, 401, 401, 401, 401, status];
const TABLETS: fn(u16) -> Expected = |status| [401, status, 401, 401, 401, 401];
const HOSTS: fn(u16) -> Expected = |status| [401, 401, 401, status, 401, 401];
const ANYONE: fn(u16) -> Expected = |status| [status; 6];

/// Method, route, body and expected statuses. Bodies are invalid where possible, so that a row changes nothing
/// for the next: 400 and 422 mean that the caller was admitted.
type Row = (&'static str, &'static str, &'static str, Expected);

fn rows() -> Vec<Row> {
    vec![
        ("GET", "/api/session", "", ANYONE(200)),
        (
            "POST",
            "/api/first-run",
            r#"{"link":"x","password":"y"}"#,
            ANYONE(409),
        ),
        ("POST", "/api/login", r#"{"password":"wrong"}"#, ANYONE(401)),
        ("POST", "/api/logout", "", ANYONE(204)),
        ("POST", "/api/pair", r#"{"code":"BBBB-BBBB"}"#, ANYONE(410)),
        ("POST", "/api/pairing-requests", "", ANYONE(200)),
        ("GET", "/api/openapi.json", "", ANYONE(200)),
        ("GET", "/api/chatwork", "", ADMINS(200)),
        (
            "PUT",
            "/api/chatwork",
            r#"{"token":"no token"}"#,
            ADMINS(422),
        ),
        ("GET", "/api/chatwork/webhook", "", ADMINS(200)),
        (
            "PUT",
            "/api/chatwork/webhook",
            r#"{"token":"c0ffee"}"#,
            ADMINS(400),
        ),
        ("DELETE", "/api/chatwork/webhook", "", ADMINS(204)),
        // The request has no signature.
        ("POST", "/hook/chatwork", "{}", ANYONE(401)),
        ("GET", "/api/chatwork/rooms", "", ADMINS(200)),
        (
            "POST",
            "/api/chatwork/rooms",
            r#"{"name":"","people":[]}"#,
            ADMINS(400),
        ),
        ("GET", "/api/chatwork/contact-requests", "", ADMINS(200)),
        (
            "POST",
            "/api/chatwork/contact-requests/{id}",
            "",
            ADMINS(404),
        ),
        ("GET", "/api/chatwork/traffic", "", ADMINS(200)),
        ("GET", "/api/chatwork/rooms/{id}/members", "", ADMINS(200)),
        ("GET", "/api/chatwork/contacts", "", ADMINS(200)),
        (
            "POST",
            "/api/test-message",
            r#"{"to":{"room":1}}"#,
            ADMINS(422),
        ),
        ("GET", "/api/messages/{id}", "", ADMINS(404)),
        ("GET", "/api/alarms", "", ADMINS(200)),
        // Without a room for alarms.
        (
            "POST",
            "/api/alarms/test",
            r#"{"target":"room"}"#,
            ADMINS(422),
        ),
        ("GET", "/api/devices", "", ADMINS(200)),
        ("POST", "/api/devices/{id}/pairing-code", "", ADMINS(200)),
        ("GET", "/api/pairing-requests", "", ADMINS(200)),
        (
            "PUT",
            "/api/devices/{id}/pairing",
            r#"{"code":"BBBB-BBBB"}"#,
            ADMINS(404),
        ),
        ("DELETE", "/api/devices/{id}/pairing", "", ADMINS(204)),
        ("POST", "/api/devices/{id}/reload", "", ADMINS(204)),
        ("PUT", "/api/settings", "{}", ADMINS(428)),
        ("GET", "/api/settings", "", [401, 200, 401, 401, 401, 200]),
        ("GET", "/api/settings/versions", "", ADMINS(200)),
        ("GET", "/api/settings/versions/{number}", "", ADMINS(200)),
        ("GET", "/api/calls", "", ADMINS(200)),
        ("DELETE", "/api/calls/{id}/words", "", ADMINS(404)),
        ("GET", "/api/retention/preview", "", ADMINS(200)),
        ("GET", "/api/figures", "", ADMINS(200)),
        (
            "POST",
            "/api/password",
            r#"{"old":"wrong","new":"x"}"#,
            ANYONE(401),
        ),
        ("GET", "/api/hosts/links", "", ADMINS(200)),
        ("POST", "/api/hosts/{id}/link", "", ADMINS(200)),
        ("DELETE", "/api/hosts/{id}/link", "", ADMINS(204)),
        (
            "POST",
            "/api/hosts/{id}/link/message",
            r#"{"link":"x"}"#,
            ADMINS(404),
        ),
        ("GET", "/api/me", "", HOSTS(200)),
        ("PATCH", "/api/me", r#"{"name":"x"}"#, HOSTS(400)),
        ("POST", "/api/me/close", "", ANYONE(204)),
        (
            "POST",
            "/api/reauthenticate",
            r#"{"password":"wrong"}"#,
            ANYONE(401),
        ),
        ("GET", "/api/account", "", ADMINS(200)),
        ("POST", "/api/totp/enrolment", "{}", ADMINS(400)),
        ("PUT", "/api/totp", r#"{"code":"123456"}"#, ADMINS(409)),
        ("POST", "/api/totp/off", "{}", ADMINS(400)),
        ("POST", "/api/totp/recovery-codes", "{}", ADMINS(400)),
        ("GET", "/api/sessions", "", ADMINS(200)),
        // Requires reauthentication.
        ("DELETE", "/api/sessions/{id}", "", ADMINS(403)),
        ("PUT", "/api/calls/{id}", "{}", TABLETS(400)),
        ("GET", "/api/calls/{id}", "", TABLETS(404)),
        ("DELETE", "/api/calls/{id}", "", TABLETS(202)),
        ("GET", "/api/events", "", TABLETS(200)),
        ("POST", "/api/heartbeat", "{}", TABLETS(400)),
        ("GET", "/healthz", "", ANYONE(200)),
        ("GET", "/readyz", "", ANYONE(200)),
        ("GET", "/metrics", "", ANYONE(200)),
        // Last, because it disconnects Chatwork.
        ("DELETE", "/api/chatwork", "", ADMINS(204)),
    ]
}

#[test]
fn every_route_is_in_the_table() {
    let tried: BTreeSet<_> = rows()
        .into_iter()
        .map(|(method, route, ..)| (route, method))
        .collect();
    let routes = yobirin_relay::routes();
    let routed: BTreeSet<_> = routes
        .iter()
        .map(|route| (route.path, route.method))
        .collect();
    assert_eq!(
        tried, routed,
        "the table of this test has exactly the routes of the router"
    );
}

#[tokio::test]
async fn every_route_admits_only_the_callers_it_is_for() {
    let app = TestApp::start().await;
    for (method, route, body, expected) in rows() {
        let path = fill_in_ids(route);
        for (caller, expected_status) in CALLERS.into_iter().zip(expected) {
            let browser = browser_of(&app, caller).await;
            let request = browser.request(Method::from_bytes(method.as_bytes()).unwrap(), &path);
            let request = match body {
                "" => request,
                body => request
                    .header("content-type", "application/json")
                    .body(body),
            };
            assert_eq!(
                status(request).await,
                expected_status,
                "{caller}: {method} {path}"
            );
        }
    }
    app.close().await;
}

/// The route with ids filled in: existing ones, except for calls, messages and sessions.
fn fill_in_ids(route: &str) -> String {
    let id = if route.contains("requests") {
        "1".to_owned()
    } else if route.contains("rooms") {
        ROOM.to_string()
    } else if route.contains("devices") {
        SIDE_DOOR.to_owned()
    } else if route.contains("hosts") {
        "mao".to_owned()
    } else {
        CallDraft::now().id.to_string()
    };
    route.replace("{id}", &id).replace("{number}", "1")
}

/// A new browser of this kind; each request needs one, because some requests end or change the session.
async fn browser_of(app: &TestApp, caller: &str) -> Browser {
    match caller {
        "nobody" => app.new_browser(),
        "a tablet" => app.tablet(LOBBY).await.browser,
        "a revoked tablet" => {
            let browser = app.tablet(SIDE_DOOR).await.browser;
            let path = format!("/api/devices/{SIDE_DOOR}/pairing");
            assert_eq!(status(app.admin.delete(&path)).await, 204);
            browser
        }
        "a host" => app.own_page("hanako").await,
        "a host whose link was revoked" => {
            let browser = app.own_page("mao").await;
            assert_eq!(status(app.admin.delete("/api/hosts/mao/link")).await, 204);
            // A new link, for the row that revokes one.
            app.personal_link("mao").await;
            browser
        }
        _ => {
            let browser = app.new_browser();
            assert_eq!(status(app.sign_in_request(&browser, PASSWORD)).await, 200);
            browser
        }
    }
}
