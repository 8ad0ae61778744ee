//! Pairing, status and revocation of tablets.
//!
//! A device is an entry of the settings; a tablet is a browser that is paired as a device.

use std::time::Duration;

use relay_tests::{CallDraft, LOBBY, ROOM, SIDE_DOOR, TestApp, json, refusal, settings, status};
use yobirin_api::ErrorCode;
use yobirin_api::device::{DeviceStatus, Heartbeat, Pair, Paired};
use yobirin_api::event::Event;
use yobirin_api::session::Session;
use yobirin_domain::engine_feature::EngineFeature;
use yobirin_domain::tablet_presence::TabletPresence;

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
    let typed_code = code.code.to_lowercase().replace('-', " ");
    let browser = app.new_browser();
    let pair_request = || {
        browser.post("/api/pair").json(&Pair {
            code: typed_code.clone(),
        })
    };
    let response = pair_request().send().await.unwrap();
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
        refusal(pair_request()).await,
        ErrorCode::BadPairingCode,
        "a pairing code works once"
    );
    app.close().await;
}

#[tokio::test]
async fn a_pairing_code_is_valid_for_ten_minutes_or_until_the_next_one() {
    let app = TestApp::start().await;
    let pair_request = |code: &str| {
        app.new_browser().post("/api/pair").json(&Pair {
            code: code.to_owned(),
        })
    };
    let old = app.pairing_code(LOBBY).await.code;
    let new = app.pairing_code(LOBBY).await.code;
    assert_eq!(
        refusal(pair_request(&old)).await,
        ErrorCode::BadPairingCode,
        "replaced"
    );
    // The clock runs on meanwhile: the rest of the ten minutes is for the request.
    app.clock.advance(Duration::from_secs(9 * 60 + 45));
    assert_eq!(
        status(pair_request(&new)).await,
        200,
        "the code is still valid"
    );
    let late = app.pairing_code(LOBBY).await.code;
    app.clock.advance(Duration::from_secs(10 * 60));
    assert_eq!(
        refusal(pair_request(&late)).await,
        ErrorCode::BadPairingCode,
        "the code has expired"
    );
    app.close().await;
}

#[tokio::test]
async fn guesses_of_pairing_codes_are_rate_limited() {
    let app = TestApp::start().await;
    let code = app.pairing_code(LOBBY).await.code;
    let pair_request = |code: &str| {
        app.new_browser().post("/api/pair").json(&Pair {
            code: code.to_owned(),
        })
    };
    app.with_clock_held(async {
        for _ in 0..10 {
            assert_eq!(
                refusal(pair_request("BBBB-BBBB")).await,
                ErrorCode::BadPairingCode
            );
        }
    })
    .await;
    assert_eq!(refusal(pair_request(&code)).await, ErrorCode::TooManyTries);
    app.clock.advance(Duration::from_secs(7));
    assert_eq!(status(pair_request(&code)).await, 200);
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
        (unpaired.paired_at, unpaired.online, unpaired.heartbeat),
        (None, false, None)
    );
    let tablet = app.tablet(LOBBY).await;
    assert!(lobby_status(&app).await.paired_at.is_some());
    let _events = tablet.events().await;
    assert!(lobby_status(&app).await.online);

    let heartbeat = Heartbeat {
        version: "0.1.0".to_owned(),
        queued: 2,
        battery: Some(80),
        lacks: vec![EngineFeature::WakeLock],
        crash: None,
        stream: None,
        checks: None,
    };
    let heartbeat_request =
        |heartbeat: &Heartbeat| tablet.browser.post("/api/heartbeat").json(heartbeat);
    app.clock.advance(Duration::from_secs(60));
    assert_eq!(status(heartbeat_request(&heartbeat)).await, 204);
    let updated = lobby_status(&app).await;
    assert_eq!(updated.heartbeat, Some(heartbeat.clone()));
    assert!(updated.last_seen > updated.paired_at);
    let long_version = Heartbeat {
        version: "x".repeat(Heartbeat::MAX_VERSION + 1),
        ..heartbeat.clone()
    };
    assert_eq!(
        refusal(heartbeat_request(&long_version)).await,
        ErrorCode::Malformed
    );
    let impossible_battery = Heartbeat {
        battery: Some(101),
        ..heartbeat
    };
    assert_eq!(
        refusal(heartbeat_request(&impossible_battery)).await,
        ErrorCode::Malformed
    );
    let unpaired_request = app.new_browser().post("/api/heartbeat");
    assert_eq!(refusal(unpaired_request).await, ErrorCode::NotSignedIn);
    app.close().await;
}

#[tokio::test]
async fn a_tablet_is_silent_after_three_minutes_without_a_heartbeat_by_the_relays_clock() {
    let app = TestApp::start().await;
    let presence = async || lobby_status(&app).await.presence();
    assert_eq!(presence().await, TabletPresence::Unpaired);
    let tablet = app.tablet(LOBBY).await;
    // A relay does not know the streams at other relays of the same database, so a tablet with a recent request counts as
    // connected without a stream.
    let without_stream = match std::env::var_os("YOBIRIN_TEST_POSTGRES") {
        Some(_) => TabletPresence::Connected,
        None => TabletPresence::Away,
    };
    assert_eq!(presence().await, without_stream, "no stream yet");
    let heartbeat = || {
        tablet
            .browser
            .post("/api/heartbeat")
            .json(&Heartbeat::default())
    };
    let _events = tablet.events().await;
    assert_eq!(status(heartbeat()).await, 204);
    let silent_for = lobby_status(&app).await.silent_for;
    assert!(
        silent_for.is_some_and(|ms| ms < 60_000),
        "{silent_for:?} ms"
    );
    app.clock.advance(Duration::from_secs(170));
    assert_eq!(presence().await, TabletPresence::Connected);
    app.clock.advance(Duration::from_secs(10));
    assert_eq!(
        presence().await,
        TabletPresence::Silent,
        "without heartbeats the tablet is silent although its stream is open"
    );
    assert_eq!(status(heartbeat()).await, 204);
    assert_eq!(presence().await, TabletPresence::Connected);
    app.clock.advance(Duration::from_secs(600));
    assert_eq!(
        status(app.admin.delete("/api/devices/lobby/pairing")).await,
        204
    );
    let unpaired = lobby_status(&app).await;
    assert_eq!(unpaired.presence(), TabletPresence::Unpaired);
    assert_eq!(unpaired.silent_for, None);
    app.close().await;
}

#[tokio::test]
async fn revoking_a_tablet_ends_its_stream_and_its_access() {
    let app = TestApp::start().await;
    let (tablet, other) = (app.tablet(LOBBY).await, app.tablet(SIDE_DOOR).await);
    let (mut events, mut other_events) = (tablet.events().await, other.events().await);
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
    assert!(lobby_status(&app).await.paired_at.is_none());

    assert_eq!(
        status(app.admin.post("/api/devices/side-door/reload")).await,
        204
    );
    assert_eq!(
        other_events.next().await,
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
    let mut without_lobby = settings();
    without_lobby
        .devices
        .retain(|device| device.id.as_str() != LOBBY);
    app.save(&without_lobby).await;
    events.until(&Event::Revoked).await;
    assert_eq!(events.next().await, None);
    assert_eq!(
        refusal(tablet.browser.get("/api/settings")).await,
        ErrorCode::NotSignedIn
    );
    app.save(&settings()).await;
    let settings_request = tablet.browser.get("/api/settings");
    assert_eq!(
        refusal(settings_request).await,
        ErrorCode::NotSignedIn,
        "adding the device again does not restore the pairing"
    );
    let pair_request = app.new_browser().post("/api/pair").json(&Pair { code });
    assert_eq!(refusal(pair_request).await, ErrorCode::BadPairingCode);
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
