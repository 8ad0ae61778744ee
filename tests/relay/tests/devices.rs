//! Pairing, status and revocation of tablets.

use std::time::Duration;

use relay_tests::{CallDraft, LOBBY, ROOM, SIDE_DOOR, TestApp, json, refusal, settings, status};
use yobirin_api::ErrorCode;
use yobirin_api::device::{DeviceStatus, Heartbeat, Pair, Paired};
use yobirin_api::event::Event;
use yobirin_api::session::Session;

async fn lobby_status(app: &TestApp) -> DeviceStatus {
    let devices: Vec<DeviceStatus> = json(app.admin.get("/api/devices")).await;
    devices
        .into_iter()
        .find(|device| device.id.as_str() == LOBBY)
        .expect("the lobby's tablet")
}

#[tokio::test]
async fn a_pairing_code_works_once() {
    let app = TestApp::start().await;
    let code = app.pairing_code(LOBBY).await;
    assert_eq!(code.link, format!("{}/pair#code={}", app.url(), code.code));
    let typed = code.code.to_lowercase().replace('-', " ");
    let browser = app.new_browser();
    let pairing = || {
        browser.post("/api/pair").json(&Pair {
            code: typed.clone(),
        })
    };
    let response = pairing().send().await.unwrap();
    let cookie = response.headers()["set-cookie"]
        .to_str()
        .unwrap()
        .to_owned();
    for part in [
        "yobirin_device=",
        "HttpOnly",
        "SameSite=Strict",
        "Path=/",
        "Max-Age=315360000",
    ] {
        assert!(cookie.contains(part), "{part} in {cookie}");
    }
    let paired: Paired = response.json().await.unwrap();
    assert_eq!(paired.device.as_str(), LOBBY);
    let session: Session = json(browser.get("/api/session")).await;
    assert_eq!(
        (session.admin, session.device),
        (false, Some(paired.device))
    );
    assert_eq!(
        refusal(pairing()).await,
        ErrorCode::BadPairingCode,
        "used up"
    );
    app.close().await;
}

#[tokio::test]
async fn a_pairing_code_is_valid_for_ten_minutes_or_until_the_next_one() {
    let app = TestApp::start().await;
    let pairing = |code: &str| {
        app.new_browser().post("/api/pair").json(&Pair {
            code: code.to_owned(),
        })
    };
    let old = app.pairing_code(LOBBY).await.code;
    let new = app.pairing_code(LOBBY).await.code;
    assert_eq!(
        refusal(pairing(&old)).await,
        ErrorCode::BadPairingCode,
        "replaced"
    );
    app.clock.advance(Duration::from_secs(9 * 60 + 58));
    assert_eq!(status(pairing(&new)).await, 200, "just in time");
    let late = app.pairing_code(LOBBY).await.code;
    app.clock.advance(Duration::from_secs(10 * 60));
    assert_eq!(
        refusal(pairing(&late)).await,
        ErrorCode::BadPairingCode,
        "too old"
    );
    app.close().await;
}

#[tokio::test]
async fn guesses_of_pairing_codes_are_rate_limited() {
    let app = TestApp::start().await;
    let code = app.pairing_code(LOBBY).await.code;
    let pairing = |code: &str| {
        app.new_browser().post("/api/pair").json(&Pair {
            code: code.to_owned(),
        })
    };
    app.with_clock_held(async {
        for _ in 0..10 {
            assert_eq!(
                refusal(pairing("BBBB-BBBB")).await,
                ErrorCode::BadPairingCode
            );
        }
    })
    .await;
    assert_eq!(refusal(pairing(&code)).await, ErrorCode::TooManyTries);
    app.clock.advance(Duration::from_secs(7));
    assert_eq!(status(pairing(&code)).await, 200);
    app.close().await;
}

#[tokio::test]
async fn unknown_and_invalid_device_ids_are_refused() {
    let app = TestApp::start().await;
    for (id, code) in [
        ("nobody", ErrorCode::NotFound),
        ("a%20b", ErrorCode::Malformed),
    ] {
        let base = format!("/api/devices/{id}");
        let requests = [
            app.admin.post(&format!("{base}/pairing-code")),
            app.admin.delete(&format!("{base}/pairing")),
            app.admin.post(&format!("{base}/reload")),
        ];
        for request in requests {
            assert_eq!(refusal(request).await, code, "{id}");
        }
    }
    app.close().await;
}

#[tokio::test]
async fn admins_see_the_status_of_each_tablet() {
    let app = TestApp::start().await;
    let unpaired = lobby_status(&app).await;
    assert_eq!(
        (unpaired.paired, unpaired.online, unpaired.heartbeat),
        (None, false, None)
    );
    let tablet = app.tablet(LOBBY).await;
    assert!(lobby_status(&app).await.paired.is_some());
    let _events = tablet.events().await;
    assert!(lobby_status(&app).await.online);

    let beat = Heartbeat {
        version: "0.1.0".to_owned(),
        queued: 2,
        battery: Some(80),
        crash: None,
        stream: None,
    };
    let beating = |beat: &Heartbeat| tablet.browser.post("/api/heartbeat").json(beat);
    app.clock.advance(Duration::from_secs(60));
    assert_eq!(status(beating(&beat)).await, 204);
    let seen = lobby_status(&app).await;
    assert_eq!(seen.heartbeat, Some(beat.clone()));
    assert!(seen.last_seen > seen.paired);
    let long = Heartbeat {
        version: "x".repeat(41),
        ..beat.clone()
    };
    assert_eq!(refusal(beating(&long)).await, ErrorCode::Malformed);
    let odd = Heartbeat {
        battery: Some(101),
        ..beat
    };
    assert_eq!(refusal(beating(&odd)).await, ErrorCode::Malformed);
    let new_browser = app.new_browser().post("/api/heartbeat");
    assert_eq!(refusal(new_browser).await, ErrorCode::NotSignedIn);
    app.close().await;
}

#[tokio::test]
async fn revoking_a_tablet_ends_its_stream_and_its_access() {
    let app = TestApp::start().await;
    let (tablet, other) = (app.tablet(LOBBY).await, app.tablet(SIDE_DOOR).await);
    let (mut events, mut others) = (tablet.events().await, other.events().await);
    assert_eq!(
        status(app.admin.delete("/api/devices/lobby/pairing")).await,
        204
    );
    assert_eq!(events.next().await, Some((None, Event::Revoked)));
    assert_eq!(events.next().await, None, "the stream ends");
    assert_eq!(
        refusal(tablet.browser.get("/api/events")).await,
        ErrorCode::NotSignedIn
    );
    let call = CallDraft::now().to_room(ROOM);
    assert_eq!(
        refusal(tablet.hand_over_request(&call)).await,
        ErrorCode::NotSignedIn
    );
    assert!(lobby_status(&app).await.paired.is_none());

    assert_eq!(
        status(app.admin.post("/api/devices/side-door/reload")).await,
        204
    );
    assert_eq!(
        others.next().await,
        Some((None, Event::Reload)),
        "the other stream stays open"
    );
    app.close().await;
}

#[tokio::test]
async fn a_device_that_is_removed_from_the_settings_is_revoked() {
    let app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await;
    let code = app.pairing_code(LOBBY).await.code;
    let mut events = tablet.events().await;
    let mut fewer = settings();
    fewer.devices.retain(|device| device.id.as_str() != LOBBY);
    app.save(&fewer).await;
    events.until(&Event::Revoked).await;
    assert_eq!(events.next().await, None);
    assert_eq!(
        refusal(tablet.browser.get("/api/settings")).await,
        ErrorCode::NotSignedIn
    );
    app.save(&settings()).await;
    let back = tablet.browser.get("/api/settings");
    assert_eq!(
        refusal(back).await,
        ErrorCode::NotSignedIn,
        "adding the device again does not restore the pairing"
    );
    let pairing = app.new_browser().post("/api/pair").json(&Pair { code });
    assert_eq!(refusal(pairing).await, ErrorCode::BadPairingCode);
    app.close().await;
}

#[tokio::test]
async fn pairing_a_second_tablet_as_a_device_unpairs_the_first() {
    let app = TestApp::start().await;
    let old = app.tablet(LOBBY).await;
    let mut events = old.events().await;
    let new = app.tablet(LOBBY).await;
    assert_eq!(events.next().await, Some((None, Event::Revoked)));
    assert_eq!(
        refusal(old.browser.get("/api/settings")).await,
        ErrorCode::NotSignedIn
    );
    assert_eq!(status(new.browser.get("/api/settings")).await, 200);
    app.close().await;
}

#[tokio::test]
async fn a_pairing_does_not_expire() {
    let app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await;
    app.clock.advance(Duration::from_secs(5 * 365 * 24 * 3600));
    let response = tablet.browser.get("/api/settings").send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert!(
        response.headers().contains_key("set-cookie"),
        "browsers cap the cookie's age, so it is renewed"
    );
    app.close().await;
}
