//! What goes wrong on demand.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::json;

use super::client::{Desk, PATIENCE, ROOM, reply};
use chatwork_sim::{Calls, Effect, Fault, ManualClock, Office, Options, ResetHeader};

#[tokio::test]
async fn refusals_strike_the_calls_they_name_as_often_as_they_say() {
    let desk = Desk::open().await;
    let room_limit = "Rate limit for message posting per room exceeded.";
    for (effect, status, text) in [
        (Effect::GeneralLimit, 429, "Rate limit exceeded."),
        (Effect::RoomLimit, 429, room_limit),
        (Effect::Unauthorized, 401, "Invalid API token"),
    ] {
        desk.sim
            .inject(Fault::new(effect).on(Calls::posts_to(ROOM)).times(2));
        assert_eq!(desk.get("/me").await.status, 200, "another call");
        assert_eq!(
            desk.post(Office::SAMPLE_ACALL_ROOM, "x").await.status,
            200,
            "another room"
        );
        for _ in 0..2 {
            assert_eq!(
                desk.post(ROOM, "x").await.refusal(),
                (status, text.to_owned())
            );
        }
        assert_eq!(desk.post(ROOM, "x").await.status, 200, "used up");
    }
    assert_eq!(
        desk.sim.messages(ROOM).len(),
        3,
        "what was refused is not stored"
    );
}

#[tokio::test]
async fn a_room_can_be_open_to_posts_and_closed_to_readers() {
    let desk = Desk::open().await;
    let path = format!("/rooms/{ROOM}/messages?force=1");
    let fault = Fault::new(Effect::RoomRefused).on(Calls::reads_of(ROOM));
    let fault = desk.sim.inject(fault);
    assert_eq!(desk.post(ROOM, "x").await.status, 200);
    let (status, error) = desk.get(&path).await.refusal();
    assert_eq!(status, 403);
    assert!(!error.is_empty(), "in Chatwork's own words");
    let members = desk.get(&format!("/rooms/{ROOM}/members")).await;
    assert_eq!(members.status, 200, "nothing else is closed");
    desk.sim.withdraw(fault);
    assert_eq!(desk.get(&path).await.json()[0]["body"], "x");
}

#[tokio::test]
async fn a_server_error_is_a_page_of_html() {
    let desk = Desk::open().await;
    for status in [500, 502, 503, 504] {
        desk.sim
            .inject(Fault::new(Effect::ServerError { status }).once());
        let answer = desk.get("/me").await;
        assert_eq!(answer.status, status);
        assert!(
            answer
                .header("content-type")
                .unwrap()
                .starts_with("text/html")
        );
        assert!(answer.text.starts_with("<html>"), "{}", answer.text);
    }
}

#[tokio::test]
async fn an_intermediary_answers_in_chatworks_place_and_nothing_is_stored() {
    let desk = Desk::open().await;
    for (body, kind) in [
        ("<html>Sign in to the Wi-Fi</html>", "text/html"),
        (r#"{"error":"blocked"}"#, "application/json"),
    ] {
        let effect = Effect::Intermediary {
            status: 403,
            body: body.to_owned(),
        };
        desk.sim
            .inject(Fault::new(effect).on(Calls::posts()).once());
        let answer = desk.post(ROOM, "x").await;
        assert_eq!((answer.status, answer.text.as_str()), (403, body));
        assert!(answer.header("content-type").unwrap().starts_with(kind));
    }
    assert!(desk.sim.messages(ROOM).is_empty());
}

#[tokio::test]
async fn odd_entries_stand_beside_the_sound_ones() {
    let desk = Desk::open().await;
    desk.post(ROOM, "x").await;
    let members = format!("/rooms/{ROOM}/members");
    let messages = format!("/rooms/{ROOM}/messages?force=1");
    for path in ["/contacts", "/rooms", &members, &messages] {
        let sound = desk.get(path).await.json();
        desk.sim.inject(Fault::new(Effect::OddEntries).once());
        let odd = desk.get(path).await.json();
        let (sound, odd) = (sound.as_array().unwrap(), odd.as_array().unwrap());
        assert_eq!(odd.len(), sound.len() + 5, "{path}");
        let ids = |entry: &serde_json::Value| {
            let field = ["message_id", "room_id", "account_id"];
            field.map(|field| entry[field].clone())
        };
        let (kept, sound): (Vec<_>, Vec<_>) = (
            odd[2..].iter().map(ids).collect(),
            sound.iter().map(ids).collect(),
        );
        assert_eq!(kept[..sound.len()], sound, "{path}");
    }
    desk.sim.inject(Fault::new(Effect::OddEntries).once());
    assert_eq!(desk.get("/me").await.status, 200, "no list, no change");
}

#[tokio::test]
async fn messages_that_the_plan_hides_are_a_marked_204() {
    let desk = Desk::open().await;
    desk.post(ROOM, "x").await;
    desk.sim.inject(Fault::new(Effect::HiddenMessages).once());
    let answer = desk.get(&format!("/rooms/{ROOM}/messages?force=1")).await;
    assert_eq!(answer.status, 204);
    assert_eq!(answer.header("chatwork-message-limitation"), Some("true"));
}

#[tokio::test]
async fn the_reset_header_can_be_absent_bad_or_past() {
    let clock = ManualClock::at(Duration::from_secs(1_800_000_000));
    let desk = Desk::with(Options {
        clock: clock.clock(),
        ..Options::default()
    })
    .await;
    for (kind, value) in [
        (ResetHeader::Absent, None),
        (ResetHeader::Bad, Some("soon")),
        (ResetHeader::Past, Some("1799996400")),
    ] {
        desk.sim.inject(Fault::new(Effect::GeneralLimit).once());
        desk.sim
            .inject(Fault::new(Effect::ResetHeader(kind)).times(2));
        for status in [429, 200] {
            let answer = desk.get("/me").await;
            assert_eq!(
                (answer.status, answer.header("x-ratelimit-reset")),
                (status, value)
            );
        }
    }
}

#[tokio::test]
async fn a_hang_after_storing_stores_and_never_answers() {
    let desk = Desk::open().await;
    for (effect, stored) in [(Effect::Hang, 0), (Effect::HangAfterStoring, 1)] {
        desk.sim
            .inject(Fault::new(effect).on(Calls::posts()).once());
        let path = format!("/rooms/{ROOM}/messages");
        let request = desk.call(Method::POST, &path).form(&[("body", "x")]);
        let error = request
            .timeout(Duration::from_millis(300))
            .send()
            .await
            .unwrap_err();
        assert!(error.is_timeout(), "{error:?}");
        assert_eq!(desk.sim.messages(ROOM).len(), stored);
    }
}

#[tokio::test]
async fn a_reset_cuts_the_connection_before_or_after_storing() {
    let desk = Desk::open().await;
    for (effect, stored) in [(Effect::Reset, 0), (Effect::ResetAfterStoring, 1)] {
        desk.sim
            .inject(Fault::new(effect).on(Calls::posts()).once());
        let path = format!("/rooms/{ROOM}/messages");
        let request = desk.call(Method::POST, &path).form(&[("body", "x")]);
        let error = request.send().await.unwrap_err();
        assert!(
            format!("{error:?}").contains("ConnectionReset"),
            "{error:?}"
        );
        assert_eq!(desk.sim.messages(ROOM).len(), stored);
        assert_eq!(desk.get("/me").await.status, 200, "only that connection");
    }
}

#[tokio::test]
async fn a_delay_is_waited_out_and_the_call_goes_on() {
    let desk = Desk::open().await;
    desk.sim
        .inject(Fault::new(Duration::from_millis(120).into()).once());
    let begun = Instant::now();
    assert_eq!(desk.post(ROOM, "x").await.status, 200);
    assert!(begun.elapsed() >= Duration::from_millis(120));
}

#[tokio::test]
async fn faults_can_be_injected_listed_and_withdrawn_over_http() {
    let desk = Desk::open().await;
    let effects = [
        json!({ "delay": { "ms": 1 } }),
        json!("general_limit"),
        json!("room_limit"),
        json!({ "server_error": { "status": 503 } }),
        json!("unauthorized"),
        json!("room_refused"),
        json!("hang"),
        json!("hang_after_storing"),
        json!("reset"),
        json!("reset_after_storing"),
        json!({ "reset_header": "past" }),
        json!({ "intermediary": { "status": 403, "body": "<html>" } }),
        json!("odd_entries"),
        json!("hidden_messages"),
    ];
    for effect in effects {
        let on = json!({ "method": "POST", "path": "/rooms", "room": ROOM });
        let fault = json!({ "effect": effect, "on": on, "times": 3 });
        let made = desk.control(Method::POST, "/faults", fault).await;
        assert_eq!(made.status, 201, "{}", made.text);
    }
    assert_eq!(desk.sim.faults().len(), 14);
    let list = reply(desk.http.get(format!("{}/sim/faults", desk.sim.url())))
        .await
        .json();
    assert_eq!(list[3]["effect"]["server_error"]["status"], 503);
    assert_eq!(list[3]["times"], 3);
    let path = format!("/faults/{}", list[3]["fault_id"]);
    assert_eq!(
        desk.control(Method::DELETE, &path, json!(null))
            .await
            .status,
        204
    );
    assert_eq!(
        desk.control(Method::DELETE, &path, json!(null))
            .await
            .status,
        404
    );
    assert_eq!(
        desk.control(Method::DELETE, "/faults", json!(null))
            .await
            .status,
        204
    );
    assert!(desk.sim.faults().is_empty());
    let wrong = desk
        .control(Method::POST, "/faults", json!({ "effect": "explode" }))
        .await;
    assert_eq!(wrong.status, 422);
}

#[tokio::test]
async fn stopping_ends_even_calls_that_hang() {
    let desk = Desk::open().await;
    desk.sim.inject(Fault::new(Effect::HangAfterStoring));
    let hanging = desk
        .call(Method::POST, &format!("/rooms/{ROOM}/messages"))
        .form(&[("body", "x")]);
    let hanging = tokio::spawn(hanging.send());
    desk.sim
        .wait_for(ROOM, |message| message.body == "x", PATIENCE)
        .await
        .unwrap();
    tokio::time::timeout(PATIENCE, desk.sim.stop())
        .await
        .expect("it stops at once");
    assert!(hanging.await.unwrap().is_err());
    assert!(
        desk.call(Method::GET, "/me").send().await.is_err(),
        "nobody listens any more"
    );
}
