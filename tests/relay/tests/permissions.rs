//! Who may do what: every route of the router, asked by everybody there is.

use std::collections::BTreeSet;

use relay_tests::{Browser, CallDraft, Desk, LOBBY, PASSWORD, ROOM, SIDE_DOOR, status};
use reqwest::Method;

/// What they are answered, in the order of [`WHO`].
type Expected = [u16; 6];

const WHO: [&str; 6] = [
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

/// A route, what is sent to it, and the answers. What is sent is wrong wherever it can be, so that
/// one row does not change what the next one finds: who gets 400 or 422 was let in.
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
        ("GET", "/api/openapi.json", "", ANYONE(200)),
        ("GET", "/api/chatwork", "", ADMINS(200)),
        (
            "PUT",
            "/api/chatwork",
            r#"{"token":"no token"}"#,
            ADMINS(422),
        ),
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
        ("GET", "/api/devices", "", ADMINS(200)),
        ("POST", "/api/devices/{id}/pairing-code", "", ADMINS(200)),
        ("DELETE", "/api/devices/{id}/pairing", "", ADMINS(204)),
        ("POST", "/api/devices/{id}/reload", "", ADMINS(204)),
        ("PUT", "/api/settings", "{}", ADMINS(428)),
        ("GET", "/api/settings", "", [401, 200, 401, 401, 401, 200]),
        ("GET", "/api/settings/versions", "", ADMINS(200)),
        ("GET", "/api/settings/versions/{number}", "", ADMINS(200)),
        ("GET", "/api/calls", "", ADMINS(200)),
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
        // The password is asked for again.
        ("DELETE", "/api/sessions/{id}", "", ADMINS(403)),
        ("PUT", "/api/calls/{id}", "{}", TABLETS(400)),
        ("GET", "/api/calls/{id}", "", TABLETS(404)),
        ("DELETE", "/api/calls/{id}", "", TABLETS(202)),
        ("GET", "/api/events", "", TABLETS(200)),
        ("POST", "/api/heartbeat", "{}", TABLETS(400)),
        ("GET", "/healthz", "", ANYONE(200)),
        ("GET", "/readyz", "", ANYONE(200)),
        ("GET", "/metrics", "", ANYONE(200)),
        // Last: nothing can be read from Chatwork after it.
        ("DELETE", "/api/chatwork", "", ADMINS(204)),
    ]
}

#[test]
fn every_route_is_in_the_table() {
    let tried: BTreeSet<_> = rows().iter().map(|row| (row.1, row.0)).collect();
    let routes = yobirin_relay::routes();
    let there: BTreeSet<_> = routes
        .iter()
        .map(|route| (route.path, route.method))
        .collect();
    assert_eq!(tried, there, "the table of this test and the router differ");
}

#[tokio::test]
async fn everybody_may_do_what_is_theirs_and_nothing_else() {
    let desk = Desk::open().await;
    for (method, route, body, expected) in rows() {
        let path = filled_in(route);
        for (who, wanted) in WHO.into_iter().zip(expected) {
            let browser = become_one(&desk, who).await;
            let request = browser.request(Method::from_bytes(method.as_bytes()).unwrap(), &path);
            let request = match body {
                "" => request,
                body => request
                    .header("content-type", "application/json")
                    .body(body),
            };
            assert_eq!(status(request).await, wanted, "{who}: {method} {path}");
        }
    }
    desk.close().await;
}

fn filled_in(route: &str) -> String {
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

/// A browser of its own for each request: some of them change who one is.
async fn become_one(desk: &Desk, who: &str) -> Browser {
    match who {
        "nobody" => desk.stranger(),
        "a tablet" => desk.tablet(LOBBY).await.browser,
        "a revoked tablet" => {
            let browser = desk.tablet(SIDE_DOOR).await.browser;
            let path = format!("/api/devices/{SIDE_DOOR}/pairing");
            assert_eq!(status(desk.admin.delete(&path)).await, 204);
            browser
        }
        "a host" => desk.own_page("hanako").await,
        "a host whose link was revoked" => {
            let browser = desk.own_page("mao").await;
            assert_eq!(status(desk.admin.delete("/api/hosts/mao/link")).await, 204);
            // So that the row that revokes a link finds one.
            desk.personal_link("mao").await;
            browser
        }
        _ => {
            let browser = desk.stranger();
            assert_eq!(status(desk.signing_in(&browser, PASSWORD)).await, 200);
            browser
        }
    }
}
