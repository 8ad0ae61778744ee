//! Injected faults.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::json;

use super::client::{ROOM, TIMEOUT, TestClient, reply};
use chatwork_sim::{Effect, Fault, ManualClock, Office, Options, RequestFilter, ResetHeader};

#[tokio::test]
async fn error_faults_apply_to_matching_requests_the_given_number_of_times() {
    let client = TestClient::start().await;
    let room_limit = "Rate limit for message posting per room exceeded.";
    for (effect, status, text) in [
        (Effect::GeneralLimit, 429, "Rate limit exceeded."),
        (Effect::RoomLimit, 429, room_limit),
        (Effect::Unauthorized, 401, "Invalid API token"),
    ] {
        client.sim.inject(
            Fault::new(effect)
                .on(RequestFilter::posts_to(ROOM))
                .times(2),
        );
        assert_eq!(
            client.get("/me").await.status,
            200,
            "the fault applies to one request only"
        );
        assert_eq!(
            client.post(Office::SAMPLE_DEFAULT_ROOM, "x").await.status,
            200,
            "the fault applies to one room only"
        );
        for _ in 0..2 {
            assert_eq!(
                client.post(ROOM, "x").await.refusal(),
                (status, text.to_owned())
            );
        }
        assert_eq!(
            client.post(ROOM, "x").await.status,
            200,
            "the fault ends after its requests"
        );
    }
    assert_eq!(
        client.sim.messages(ROOM).len(),
        3,
        "a refused message is not stored"
    );
}

#[tokio::test]
async fn a_room_can_accept_posts_while_reads_are_refused() {
    let client = TestClient::start().await;
    let path = format!("/rooms/{ROOM}/messages?force=1");
    let fault = Fault::new(Effect::RoomRefused).on(RequestFilter::reads_of(ROOM));
    let fault = client.sim.inject(fault);
    assert_eq!(client.post(ROOM, "x").await.status, 200);
    let (status, error) = client.get(&path).await.refusal();
    assert_eq!(status, 403);
    assert!(!error.is_empty(), "the error has a text");
    let members = client.get(&format!("/rooms/{ROOM}/members")).await;
    assert_eq!(members.status, 200, "other requests are accepted");
    client.sim.remove_fault(fault);
    assert_eq!(client.get(&path).await.json()[0]["body"], "x");
}

#[tokio::test]
async fn a_server_error_has_an_html_body() {
    let client = TestClient::start().await;
    for status in [500, 502, 503, 504] {
        client
            .sim
            .inject(Fault::new(Effect::ServerError { status }).once());
        let response = client.get("/me").await;
        assert_eq!(response.status, status);
        assert!(
            response
                .header("content-type")
                .unwrap()
                .starts_with("text/html")
        );
        assert!(response.text.starts_with("<html>"), "{}", response.text);
    }
}

#[tokio::test]
async fn an_intermediary_responds_instead_of_chatwork_and_nothing_is_stored() {
    let client = TestClient::start().await;
    for (body, kind) in [
        ("<html>Sign in to the Wi-Fi</html>", "text/html"),
        (r#"{"error":"blocked"}"#, "application/json"),
    ] {
        let effect = Effect::Intermediary {
            status: 403,
            body: body.to_owned(),
        };
        client
            .sim
            .inject(Fault::new(effect).on(RequestFilter::posts()).once());
        let response = client.post(ROOM, "x").await;
        assert_eq!((response.status, response.text.as_str()), (403, body));
        assert!(response.header("content-type").unwrap().starts_with(kind));
    }
    assert!(client.sim.messages(ROOM).is_empty());
}

#[tokio::test]
async fn malformed_entries_are_added_beside_the_valid_ones() {
    let client = TestClient::start().await;
    client.post(ROOM, "x").await;
    let members = format!("/rooms/{ROOM}/members");
    let messages = format!("/rooms/{ROOM}/messages?force=1");
    for path in ["/contacts", "/rooms", &members, &messages] {
        let sound = client.get(path).await.json();
        client.sim.inject(Fault::new(Effect::OddEntries).once());
        let odd = client.get(path).await.json();
        let (sound, odd) = (sound.as_array().unwrap(), odd.as_array().unwrap());
        assert_eq!(odd.len(), sound.len() + 5, "{path}");
        let ids = |entry: &serde_json::Value| {
            let field = ["message_id", "room_id", "account_id"];
            field.map(|field| entry[field].clone())
        };
        let (odd_ids, sound_ids): (Vec<_>, Vec<_>) = (
            odd[2..].iter().map(ids).collect(),
            sound.iter().map(ids).collect(),
        );
        assert_eq!(odd_ids[..sound_ids.len()], sound_ids, "{path}");
    }
    client.sim.inject(Fault::new(Effect::OddEntries).once());
    assert_eq!(
        client.get("/me").await.status,
        200,
        "a body that is not a list is unchanged"
    );
}

#[tokio::test]
async fn hidden_messages_are_a_204_with_the_limitation_header() {
    let client = TestClient::start().await;
    client.post(ROOM, "x").await;
    client.sim.inject(Fault::new(Effect::HiddenMessages).once());
    let response = client.get(&format!("/rooms/{ROOM}/messages?force=1")).await;
    assert_eq!(response.status, 204);
    assert_eq!(response.header("chatwork-message-limitation"), Some("true"));
}

#[tokio::test]
async fn the_reset_header_can_be_absent_bad_or_past() {
    let clock = ManualClock::at(Duration::from_secs(1_800_000_000));
    let client = TestClient::start_with(Options {
        clock: clock.clock(),
        ..Options::default()
    })
    .await;
    for (kind, value) in [
        (ResetHeader::Absent, None),
        (ResetHeader::Bad, Some("soon")),
        (ResetHeader::Past, Some("1799996400")),
    ] {
        client.sim.inject(Fault::new(Effect::GeneralLimit).once());
        client
            .sim
            .inject(Fault::new(Effect::ResetHeader(kind)).times(2));
        for status in [429, 200] {
            let response = client.get("/me").await;
            assert_eq!(
                (response.status, response.header("x-ratelimit-reset")),
                (status, value)
            );
        }
    }
}

#[tokio::test]
async fn a_hang_after_storing_stores_and_never_responds() {
    let client = TestClient::start().await;
    for (effect, stored) in [(Effect::Hang, 0), (Effect::HangAfterStoring, 1)] {
        client
            .sim
            .inject(Fault::new(effect).on(RequestFilter::posts()).once());
        let path = format!("/rooms/{ROOM}/messages");
        let request = client.call(Method::POST, &path).form(&[("body", "x")]);
        let error = request
            .timeout(Duration::from_millis(300))
            .send()
            .await
            .unwrap_err();
        assert!(error.is_timeout(), "{error:?}");
        assert_eq!(client.sim.messages(ROOM).len(), stored);
    }
}

#[tokio::test]
async fn a_reset_closes_the_connection_before_or_after_storing() {
    let client = TestClient::start().await;
    for (effect, stored) in [(Effect::Reset, 0), (Effect::ResetAfterStoring, 1)] {
        client
            .sim
            .inject(Fault::new(effect).on(RequestFilter::posts()).once());
        let path = format!("/rooms/{ROOM}/messages");
        let request = client.call(Method::POST, &path).form(&[("body", "x")]);
        let error = request.send().await.unwrap_err();
        assert!(
            format!("{error:?}").contains("ConnectionReset"),
            "{error:?}"
        );
        assert_eq!(client.sim.messages(ROOM).len(), stored);
        assert_eq!(
            client.get("/me").await.status,
            200,
            "only that connection is reset"
        );
    }
}

#[tokio::test]
async fn a_delay_postpones_the_response_only() {
    let client = TestClient::start().await;
    client
        .sim
        .inject(Fault::new(Duration::from_millis(120).into()).once());
    let begun = Instant::now();
    assert_eq!(client.post(ROOM, "x").await.status, 200);
    assert!(begun.elapsed() >= Duration::from_millis(120));
}

#[tokio::test]
async fn faults_can_be_injected_listed_and_removed_over_http() {
    let client = TestClient::start().await;
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
        let filter = json!({ "method": "POST", "path": "/rooms", "room": ROOM });
        let fault = json!({ "effect": effect, "on": filter, "times": 3 });
        let made = client.control(Method::POST, "/faults", fault).await;
        assert_eq!(made.status, 201, "{}", made.text);
    }
    assert_eq!(client.sim.faults().len(), 14);
    let list = reply(client.http.get(format!("{}/sim/faults", client.sim.url())))
        .await
        .json();
    assert_eq!(list[3]["effect"]["server_error"]["status"], 503);
    assert_eq!(list[3]["times"], 3);
    let path = format!("/faults/{}", list[3]["fault_id"]);
    assert_eq!(
        client
            .control(Method::DELETE, &path, json!(null))
            .await
            .status,
        204
    );
    assert_eq!(
        client
            .control(Method::DELETE, &path, json!(null))
            .await
            .status,
        404
    );
    assert_eq!(
        client
            .control(Method::DELETE, "/faults", json!(null))
            .await
            .status,
        204
    );
    assert!(client.sim.faults().is_empty());
    let wrong = client
        .control(Method::POST, "/faults", json!({ "effect": "explode" }))
        .await;
    assert_eq!(wrong.status, 422);
}

#[tokio::test]
async fn stopping_ends_hanging_requests_too() {
    let client = TestClient::start().await;
    client.sim.inject(Fault::new(Effect::HangAfterStoring));
    let request = client
        .call(Method::POST, &format!("/rooms/{ROOM}/messages"))
        .form(&[("body", "x")]);
    let response = tokio::spawn(request.send());
    client
        .sim
        .wait_for_message(ROOM, |message| message.body == "x", TIMEOUT)
        .await
        .unwrap();
    tokio::time::timeout(TIMEOUT, client.sim.stop())
        .await
        .expect("the simulator stops although a request hangs");
    assert!(response.await.unwrap().is_err());
    assert!(
        client.call(Method::GET, "/me").send().await.is_err(),
        "the listener is closed"
    );
}
