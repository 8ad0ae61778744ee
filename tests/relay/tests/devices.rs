//! Pairing tablets, seeing them, losing them.

use std::time::Duration;

use relay_tests::{CallDraft, Desk, LOBBY, ROOM, SIDE_DOOR, json, refusal, settings, status};
use yobirin_api::ErrorCode;
use yobirin_api::device::{DeviceStatus, Heartbeat, Pair, Paired};
use yobirin_api::event::Event;
use yobirin_api::session::Session;

async fn lobby(desk: &Desk) -> DeviceStatus {
    let devices: Vec<DeviceStatus> = json(desk.admin.get("/api/devices")).await;
    devices
        .into_iter()
        .find(|device| device.id.as_str() == LOBBY)
        .expect("the lobby's tablet")
}

#[tokio::test]
async fn a_code_pairs_one_tablet_once() {
    let desk = Desk::open().await;
    let code = desk.code_for(LOBBY).await;
    assert_eq!(code.link, format!("{}/pair#code={}", desk.url(), code.code));
    let typed = code.code.to_lowercase().replace('-', " ");
    let browser = desk.stranger();
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
    desk.close().await;
}

#[tokio::test]
async fn a_code_is_good_for_ten_minutes_and_the_newest_one_counts() {
    let desk = Desk::open().await;
    let pairing = |code: &str| {
        desk.stranger().post("/api/pair").json(&Pair {
            code: code.to_owned(),
        })
    };
    let old = desk.code_for(LOBBY).await.code;
    let new = desk.code_for(LOBBY).await.code;
    assert_eq!(
        refusal(pairing(&old)).await,
        ErrorCode::BadPairingCode,
        "replaced"
    );
    desk.clock.advance(Duration::from_secs(9 * 60 + 58));
    assert_eq!(status(pairing(&new)).await, 200, "just in time");
    let late = desk.code_for(LOBBY).await.code;
    desk.clock.advance(Duration::from_secs(10 * 60));
    assert_eq!(
        refusal(pairing(&late)).await,
        ErrorCode::BadPairingCode,
        "too old"
    );
    desk.close().await;
}

#[tokio::test]
async fn guessing_codes_is_slowed_down() {
    let desk = Desk::open().await;
    let code = desk.code_for(LOBBY).await.code;
    let pairing = |code: &str| {
        desk.stranger().post("/api/pair").json(&Pair {
            code: code.to_owned(),
        })
    };
    desk.in_no_time(async {
        for _ in 0..10 {
            assert_eq!(
                refusal(pairing("BBBB-BBBB")).await,
                ErrorCode::BadPairingCode
            );
        }
    })
    .await;
    assert_eq!(refusal(pairing(&code)).await, ErrorCode::TooManyTries);
    desk.clock.advance(Duration::from_secs(7));
    assert_eq!(status(pairing(&code)).await, 200);
    desk.close().await;
}

#[tokio::test]
async fn unknown_devices_and_ids_that_are_none_are_refused() {
    let desk = Desk::open().await;
    for (id, code) in [
        ("nobody", ErrorCode::NotFound),
        ("a%20b", ErrorCode::Malformed),
    ] {
        let base = format!("/api/devices/{id}");
        let requests = [
            desk.admin.post(&format!("{base}/pairing-code")),
            desk.admin.delete(&format!("{base}/pairing")),
            desk.admin.post(&format!("{base}/reload")),
        ];
        for request in requests {
            assert_eq!(refusal(request).await, code, "{id}");
        }
    }
    desk.close().await;
}

#[tokio::test]
async fn admins_see_how_each_tablet_is_doing() {
    let desk = Desk::open().await;
    let unpaired = lobby(&desk).await;
    assert_eq!(
        (unpaired.paired, unpaired.online, unpaired.heartbeat),
        (None, false, None)
    );
    let tablet = desk.tablet(LOBBY).await;
    assert!(lobby(&desk).await.paired.is_some());
    let _events = tablet.events().await;
    assert!(lobby(&desk).await.online);

    let beat = Heartbeat {
        version: "0.1.0".to_owned(),
        queued: 2,
        battery: Some(80),
        crash: None,
        stream: None,
    };
    let beating = |beat: &Heartbeat| tablet.browser.post("/api/heartbeat").json(beat);
    desk.clock.advance(Duration::from_secs(60));
    assert_eq!(status(beating(&beat)).await, 204);
    let seen = lobby(&desk).await;
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
    let stranger = desk.stranger().post("/api/heartbeat");
    assert_eq!(refusal(stranger).await, ErrorCode::NotSignedIn);
    desk.close().await;
}

#[tokio::test]
async fn revoking_ends_the_stream_and_the_tablet_is_nobody() {
    let desk = Desk::open().await;
    let (tablet, other) = (desk.tablet(LOBBY).await, desk.tablet(SIDE_DOOR).await);
    let (mut events, mut others) = (tablet.events().await, other.events().await);
    assert_eq!(
        status(desk.admin.delete("/api/devices/lobby/pairing")).await,
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
        refusal(tablet.handing_over(&call)).await,
        ErrorCode::NotSignedIn
    );
    assert!(lobby(&desk).await.paired.is_none());

    assert_eq!(
        status(desk.admin.post("/api/devices/side-door/reload")).await,
        204
    );
    assert_eq!(
        others.next().await,
        Some((None, Event::Reload)),
        "the other one goes on"
    );
    desk.close().await;
}

#[tokio::test]
async fn a_device_that_is_removed_from_the_settings_is_revoked() {
    let desk = Desk::open().await;
    let tablet = desk.tablet(LOBBY).await;
    let code = desk.code_for(LOBBY).await.code;
    let mut events = tablet.events().await;
    let mut fewer = settings();
    fewer.devices.retain(|device| device.id.as_str() != LOBBY);
    desk.save(&fewer).await;
    events.until(&Event::Revoked).await;
    assert_eq!(events.next().await, None);
    assert_eq!(
        refusal(tablet.browser.get("/api/settings")).await,
        ErrorCode::NotSignedIn
    );
    desk.save(&settings()).await;
    let back = tablet.browser.get("/api/settings");
    assert_eq!(
        refusal(back).await,
        ErrorCode::NotSignedIn,
        "not by bringing the device back"
    );
    let pairing = desk.stranger().post("/api/pair").json(&Pair { code });
    assert_eq!(refusal(pairing).await, ErrorCode::BadPairingCode);
    desk.close().await;
}

#[tokio::test]
async fn a_new_tablet_takes_the_place_of_the_old_one() {
    let desk = Desk::open().await;
    let old = desk.tablet(LOBBY).await;
    let mut events = old.events().await;
    let new = desk.tablet(LOBBY).await;
    assert_eq!(events.next().await, Some((None, Event::Revoked)));
    assert_eq!(
        refusal(old.browser.get("/api/settings")).await,
        ErrorCode::NotSignedIn
    );
    assert_eq!(status(new.browser.get("/api/settings")).await, 200);
    desk.close().await;
}

#[tokio::test]
async fn a_pairing_outlives_years() {
    let desk = Desk::open().await;
    let tablet = desk.tablet(LOBBY).await;
    desk.clock.advance(Duration::from_secs(5 * 365 * 24 * 3600));
    let response = tablet.browser.get("/api/settings").send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert!(
        response.headers().contains_key("set-cookie"),
        "browsers cap the age: renewed"
    );
    desk.close().await;
}
