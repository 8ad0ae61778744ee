//! Sessions of admins and hosts on a lobby tablet, which are short.

use std::time::Duration;

use relay_tests::{Browser, LOBBY, PASSWORD, TestApp, json, status};
use yobirin_api::device::{Pair, Paired};
use yobirin_api::session::{OpenSession, Session};

const MINUTE: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(24 * 3600);
const HOST: &str = "hanako";

async fn session(browser: &Browser) -> Session {
    json(browser.get("/api/session")).await
}

async fn become_tablet(app: &TestApp, browser: &Browser) {
    let code = app.pairing_code(LOBBY).await.code;
    let _: Paired = json(browser.post("/api/pair").json(&Pair { code })).await;
}

#[tokio::test]
async fn an_admin_session_on_a_tablet_ends_after_15_idle_minutes_or_an_hour() {
    let app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await.browser;
    let response = app.sign_in_request(&tablet, PASSWORD).send().await.unwrap();
    let cookie = response.headers()["set-cookie"].to_str().unwrap();
    assert!(cookie.contains("Max-Age=3600"), "{cookie}");
    let sessions: Vec<OpenSession> = json(tablet.get("/api/sessions")).await;
    assert_eq!(
        sessions.iter().filter(|session| session.on_tablet).count(),
        1
    );
    app.clock.advance(14 * MINUTE);
    assert!(
        session(&tablet).await.admin,
        "a session is open after 14 minutes without use"
    );
    app.clock.advance(16 * MINUTE);
    assert!(
        !session(&tablet).await.admin,
        "a session ends after 16 minutes without use"
    );
    assert!(
        session(&app.admin).await.admin,
        "sessions in other browsers stay open"
    );

    let _: Session = json(app.sign_in_request(&tablet, PASSWORD)).await;
    for _ in 0..5 {
        app.clock.advance(11 * MINUTE);
        assert!(
            session(&tablet).await.admin,
            "a session that is used every 11 minutes stays open"
        );
    }
    let sessions: Vec<OpenSession> = json(tablet.get("/api/sessions")).await;
    assert_eq!(sessions.len(), 2);
    app.clock.advance(6 * MINUTE);
    let ended = session(&tablet).await;
    assert!(
        !ended.admin && ended.device.is_some(),
        "a session ends after an hour: it is 61 minutes old"
    );
    let sessions: Vec<OpenSession> = json(app.admin.get("/api/sessions")).await;
    assert_eq!(sessions.len(), 1);
    app.close().await;
}

#[tokio::test]
async fn a_session_becomes_short_when_its_browser_becomes_a_tablet() {
    let app = TestApp::start().await;
    let browser = app.own_page(HOST).await;
    let _: Session = json(app.sign_in_request(&browser, PASSWORD)).await;
    become_tablet(&app, &browser).await;
    app.clock.advance(14 * MINUTE);
    let current = session(&browser).await;
    assert!(current.admin && current.host.is_some(), "{current:?}");
    app.clock.advance(16 * MINUTE);
    let current = session(&browser).await;
    assert!(
        !current.admin && current.host.is_none() && current.device.is_some(),
        "{current:?}"
    );
    app.close().await;
}

#[tokio::test]
async fn a_host_session_is_short_on_a_tablet_and_lasts_a_year_elsewhere() {
    let app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await.browser;
    let link = app.personal_link(HOST).await;
    let phone = app.new_browser();
    for browser in [&tablet, &phone] {
        assert_eq!(status(app.open_link_request(browser, &link)).await, 200);
    }
    app.clock.advance(16 * MINUTE);
    assert_eq!(status(tablet.get("/api/me")).await, 401);
    for _ in 0..6 {
        app.clock.advance(60 * DAY);
        assert_eq!(
            status(phone.get("/api/me")).await,
            200,
            "a host's session in use does not end"
        );
    }
    app.clock.advance(6 * DAY);
    assert_eq!(
        status(phone.get("/api/me")).await,
        401,
        "a session ends after a year: it is 366 days old"
    );
    app.close().await;
}
