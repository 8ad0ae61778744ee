//! Signed in on a lobby tablet: as admin or host, for a short time only.

use std::time::Duration;

use relay_tests::{Browser, Desk, LOBBY, PASSWORD, json, status};
use yobirin_api::device::{Pair, Paired};
use yobirin_api::session::{OpenSession, Session};

const MINUTE: Duration = Duration::from_secs(60);
const HOST: &str = "hanako";

async fn session(browser: &Browser) -> Session {
    json(browser.get("/api/session")).await
}

async fn become_tablet(desk: &Desk, browser: &Browser) {
    let code = desk.code_for(LOBBY).await.code;
    let _: Paired = json(browser.post("/api/pair").json(&Pair { code })).await;
}

#[tokio::test]
async fn an_admins_session_on_a_tablet_ends_after_15_minutes_without_use_and_after_an_hour() {
    let desk = Desk::open().await;
    let tablet = desk.tablet(LOBBY).await.browser;
    let answer = desk.signing_in(&tablet, PASSWORD).send().await.unwrap();
    let cookie = answer.headers()["set-cookie"].to_str().unwrap();
    assert!(cookie.contains("Max-Age=3600"), "{cookie}");
    let listed: Vec<OpenSession> = json(tablet.get("/api/sessions")).await;
    assert_eq!(listed.iter().filter(|one| one.on_tablet).count(), 1);
    desk.clock.advance(14 * MINUTE);
    assert!(session(&tablet).await.admin, "used after 14 minutes");
    desk.clock.advance(16 * MINUTE);
    assert!(!session(&tablet).await.admin, "idle for 16 minutes");
    assert!(session(&desk.admin).await.admin, "another browser stays");

    let _: Session = json(desk.signing_in(&tablet, PASSWORD)).await;
    for _ in 0..5 {
        desk.clock.advance(11 * MINUTE);
        assert!(session(&tablet).await.admin, "used every 11 minutes");
    }
    let listed: Vec<OpenSession> = json(tablet.get("/api/sessions")).await;
    assert_eq!(listed.len(), 2);
    desk.clock.advance(6 * MINUTE);
    let ended = session(&tablet).await;
    assert!(!ended.admin && ended.device.is_some(), "61 minutes old");
    let listed: Vec<OpenSession> = json(desk.admin.get("/api/sessions")).await;
    assert_eq!(listed.len(), 1);
    desk.close().await;
}

#[tokio::test]
async fn a_session_becomes_short_when_its_browser_becomes_a_tablet() {
    let desk = Desk::open().await;
    let browser = desk.own_page(HOST).await;
    let _: Session = json(desk.signing_in(&browser, PASSWORD)).await;
    become_tablet(&desk, &browser).await;
    desk.clock.advance(14 * MINUTE);
    let now = session(&browser).await;
    assert!(now.admin && now.host.is_some(), "{now:?}");
    desk.clock.advance(16 * MINUTE);
    let now = session(&browser).await;
    assert!(
        !now.admin && now.host.is_none() && now.device.is_some(),
        "{now:?}"
    );
    desk.close().await;
}

#[tokio::test]
async fn a_hosts_page_opened_on_a_tablet_closes_soon_and_elsewhere_after_a_year() {
    let desk = Desk::open().await;
    let tablet = desk.tablet(LOBBY).await.browser;
    let link = desk.personal_link(HOST).await;
    let phone = desk.stranger();
    for browser in [&tablet, &phone] {
        assert_eq!(status(desk.opening(browser, &link)).await, 200);
    }
    desk.clock.advance(16 * MINUTE);
    assert_eq!(status(tablet.get("/api/me")).await, 401);
    for _ in 0..6 {
        desk.clock.advance(60 * 24 * 60 * MINUTE);
        assert_eq!(status(phone.get("/api/me")).await, 200, "used now and then");
    }
    desk.clock.advance(6 * 24 * 60 * MINUTE);
    assert_eq!(status(phone.get("/api/me")).await, 401, "366 days old");
    desk.close().await;
}
