//! Pairing requests of unpaired tablets: claimed by their own cookie, approved by an admin, limited in number.

use std::time::Duration;

use relay_tests::{Browser, LOBBY, SIDE_DOOR, TestApp, json, refusal, status};
use reqwest::RequestBuilder;
use yobirin_api::ErrorCode;
use yobirin_api::device::{Pair, PairingRequest, WaitingPairingRequest};
use yobirin_api::event::Event;
use yobirin_api::session::Session;
use yobirin_domain::caller_limits::ADDRESS_WAITING_TABLETS;
use yobirin_domain::tablet_presence::has_stopped_asking;

/// Time after which a pairing request ends.
const REQUEST_LIFE: Duration = Duration::from_secs(10 * 60);
/// New requests that an address may make at once; after that, one a minute.
const REQUESTS_AT_ONCE: usize = 10;

fn pairing_request(browser: &Browser) -> RequestBuilder {
    browser.post("/api/pairing-requests")
}

/// Code that a tablet shows while its pairing request waits.
async fn waiting_code(browser: &Browser) -> String {
    match json(pairing_request(browser)).await {
        PairingRequest::Waiting { code, .. } => code,
        PairingRequest::Approved(device) => panic!("paired as {device}"),
    }
}

fn approve_request(app: &TestApp, device: &str, code: &str) -> RequestBuilder {
    let code = code.to_owned();
    app.admin
        .put(&format!("/api/devices/{device}/pairing"))
        .json(&Pair { code })
}

async fn waiting_pairing_requests(app: &TestApp) -> Vec<WaitingPairingRequest> {
    json(app.admin.get("/api/pairing-requests")).await
}

#[tokio::test]
async fn a_waiting_tablet_is_paired_once_an_admin_approves_its_code() {
    let app = TestApp::start().await;
    let former = app.tablet(LOBBY).await;
    let mut events = former.events().await;
    let tablet = app.new_browser();
    let response = pairing_request(&tablet).send().await.unwrap();
    let cookie = response.headers()["set-cookie"]
        .to_str()
        .unwrap()
        .to_owned();
    for part in [
        "yobirin_waiting=",
        "HttpOnly",
        "SameSite=Strict",
        "Path=/",
        "Max-Age=600",
    ] {
        assert!(cookie.contains(part), "{part} in {cookie}");
    }
    let PairingRequest::Waiting { code, link, qr } = response.json().await.unwrap() else {
        panic!("paired without approval");
    };
    assert_eq!(link, format!("{}/setup/tablets/{code}", app.url()));
    assert!(qr.is_some());
    assert_eq!(
        waiting_code(&tablet).await,
        code,
        "asking again shows the same code"
    );
    let waiting = waiting_pairing_requests(&app).await;
    assert_eq!(waiting.len(), 1);
    assert_eq!(
        (waiting[0].code.as_str(), waiting[0].address.as_str()),
        (code.as_str(), "127.0.0.1")
    );
    assert_eq!(
        status(tablet.get("/api/settings")).await,
        401,
        "a tablet that waits is not paired"
    );

    assert_eq!(status(approve_request(&app, LOBBY, &code)).await, 204);
    assert_eq!(
        waiting_pairing_requests(&app).await,
        [],
        "an approved tablet waits no longer"
    );
    let PairingRequest::Approved(device) = json(pairing_request(&tablet)).await else {
        panic!("still waiting");
    };
    assert_eq!(device.as_str(), LOBBY);
    let session: Session = json(tablet.get("/api/session")).await;
    assert_eq!((session.admin, session.device), (false, Some(device)));
    assert_eq!(status(tablet.get("/api/settings")).await, 200);
    let revoked = events.next().await;
    assert!(
        matches!(revoked, Some((None, Event::Revoked))),
        "{revoked:?}"
    );
    assert_eq!(status(former.browser.get("/api/settings")).await, 401);
    app.close().await;
}

#[tokio::test]
async fn a_code_admits_nobody_but_the_browser_that_asked() {
    let app = TestApp::start().await;
    let (tablet, stranger) = (app.new_browser(), app.new_browser());
    let code = waiting_code(&tablet).await;
    let pair = |browser: &Browser| {
        let code = code.clone();
        browser.post("/api/pair").json(&Pair { code })
    };
    assert_eq!(refusal(pair(&tablet)).await, ErrorCode::BadPairingCode);
    assert_eq!(status(approve_request(&app, LOBBY, &code)).await, 204);
    assert_eq!(refusal(pair(&stranger)).await, ErrorCode::BadPairingCode);
    let forged = pairing_request(&stranger).header("cookie", format!("yobirin_waiting={code}"));
    assert!(
        matches!(json(forged).await, PairingRequest::Waiting { code: other, .. } if other != code)
    );
    assert!(matches!(
        json(pairing_request(&tablet)).await,
        PairingRequest::Approved(_)
    ));
    app.close().await;
}

#[tokio::test]
async fn an_approval_counts_once_and_for_a_code_that_waits() {
    let app = TestApp::start().await;
    assert_eq!(
        refusal(approve_request(&app, LOBBY, "BBBB-BBBB")).await,
        ErrorCode::NotFound
    );
    let tablet = app.new_browser();
    let code = waiting_code(&tablet).await;
    assert_eq!(
        refusal(approve_request(&app, "nobody", &code)).await,
        ErrorCode::NotFound
    );
    assert_eq!(status(approve_request(&app, LOBBY, &code)).await, 204);
    assert_eq!(
        refusal(approve_request(&app, SIDE_DOOR, &code)).await,
        ErrorCode::NotFound,
        "the request was approved before"
    );
    assert!(
        matches!(json(pairing_request(&tablet)).await, PairingRequest::Approved(device) if device.as_str() == LOBBY)
    );
    assert_eq!(
        refusal(approve_request(&app, LOBBY, &code)).await,
        ErrorCode::NotFound,
        "the tablet has used up the approval"
    );
    app.close().await;
}

#[tokio::test]
async fn a_request_ends_after_ten_minutes() {
    let app = TestApp::start().await;
    let tablet = app.new_browser();
    let code = waiting_code(&tablet).await;
    app.clock.advance(REQUEST_LIFE);
    assert_eq!(waiting_pairing_requests(&app).await, []);
    assert_eq!(
        refusal(approve_request(&app, LOBBY, &code)).await,
        ErrorCode::NotFound
    );
    let next = waiting_code(&tablet).await;
    assert_ne!(next, code, "a new request has a new code");
    assert_eq!(status(approve_request(&app, LOBBY, &next)).await, 204);
    app.clock.advance(REQUEST_LIFE);
    assert_ne!(
        waiting_code(&tablet).await,
        next,
        "an approval that the tablet does not fetch expires with its request"
    );
    app.close().await;
}

#[tokio::test]
async fn the_list_is_newest_first_and_tells_which_tablets_have_stopped_asking() {
    let app = TestApp::start().await;
    let (closed, open) = (app.new_browser(), app.new_browser());
    let closed_code = waiting_code(&closed).await;
    app.clock.advance(Duration::from_secs(30));
    let open_code = waiting_code(&open).await;
    app.clock.advance(Duration::from_secs(40));
    assert_eq!(waiting_code(&open).await, open_code);
    app.clock.advance(Duration::from_secs(30));
    let waiting = waiting_pairing_requests(&app).await.into_iter();
    let listed: Vec<(String, bool)> = waiting
        .map(|request| (request.code, has_stopped_asking(request.silent_for)))
        .collect();
    assert_eq!(listed, [(open_code, false), (closed_code, true)]);
    app.close().await;
}

#[tokio::test]
async fn one_address_cannot_flood_the_list() {
    let app = TestApp::start().await;
    let mut tablets = Vec::new();
    app.with_clock_held(async {
        for _ in 0..ADDRESS_WAITING_TABLETS {
            let tablet = app.new_browser();
            waiting_code(&tablet).await;
            tablets.push(tablet);
        }
        assert_eq!(
            refusal(pairing_request(&app.new_browser())).await,
            ErrorCode::TooManyTries,
            "the list is full for this address"
        );
        assert_eq!(
            waiting_pairing_requests(&app).await.len(),
            ADDRESS_WAITING_TABLETS
        );
        for tablet in &tablets {
            waiting_code(tablet).await;
        }
    })
    .await;
    app.clock.advance(REQUEST_LIFE + Duration::from_secs(60));
    waiting_code(&app.new_browser()).await;
    app.close().await;
}

#[tokio::test]
async fn new_requests_of_one_address_are_rate_limited_even_when_their_tablets_get_paired() {
    let app = TestApp::start().await;
    app.with_clock_held(async {
        for _ in 0..REQUESTS_AT_ONCE {
            let tablet = app.new_browser();
            let code = waiting_code(&tablet).await;
            assert_eq!(status(approve_request(&app, LOBBY, &code)).await, 204);
            assert!(matches!(
                json(pairing_request(&tablet)).await,
                PairingRequest::Approved(_)
            ));
        }
        assert_eq!(
            refusal(pairing_request(&app.new_browser())).await,
            ErrorCode::TooManyTries
        );
    })
    .await;
    app.close().await;
}

#[tokio::test]
async fn a_tablet_that_is_paired_with_a_code_does_not_wait_any_more() {
    let app = TestApp::start().await;
    let tablet = app.new_browser();
    waiting_code(&tablet).await;
    let code = app.pairing_code(LOBBY).await.code;
    assert_eq!(
        status(tablet.post("/api/pair").json(&Pair { code })).await,
        200
    );
    assert_eq!(waiting_pairing_requests(&app).await, []);
    app.close().await;
}
