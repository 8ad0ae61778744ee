//! Injected faults.

use std::time::{Duration, Instant};

use reqwest::Method;
use serde_json::json;

use super::client::{ROOM, TIMEOUT, TestClient, reply};
use chatwork_sim::{
    Effect, Fault, MALFORMED_AFTER, MALFORMED_BEFORE, ManualClock, Office, Options,
    RateLimitResetHeader, RequestFilter,
};

/// Path that reads all messages of the room; without `force`, only those not read yet.
fn all_messages_path() -> String {
    format!("/rooms/{ROOM}/messages?force=1")
}

#[tokio::test]
async fn error_faults_apply_to_matching_requests_the_given_number_of_times() {
    let client = TestClient::start().await;
    let room_limit = "Rate limit for message posting per room exceeded.";
    let effects = [
        (Effect::GeneralLimit, 429, "Rate limit exceeded."),
        (Effect::RoomLimit, 429, room_limit),
        (Effect::Unauthorized, 401, "Invalid API token"),
    ];
    let effect_count = effects.len();
    for (effect, status, text) in effects {
        client.sim.inject(
            Fault::new(effect)
                .on(RequestFilter::posts_to(ROOM))
                .times(2),
        );
        assert_eq!(
            client.get("/me").await.status,
            200,
            "a read does not match the filter"
        );
        assert_eq!(
            client.post(Office::SAMPLE_DEFAULT_ROOM, "x").await.status,
            200,
            "a post to another room does not match the filter"
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
        effect_count,
        "a refused message is not stored, and the one after each fault is"
    );
}

#[tokio::test]
async fn a_room_can_accept_posts_while_reads_are_refused() {
    let client = TestClient::start().await;
    let path = all_messages_path();
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
    let messages = all_messages_path();
    for path in ["/contacts", "/rooms", &members, &messages] {
        let valid = client.get(path).await.json();
        client
            .sim
            .inject(Fault::new(Effect::MalformedEntries).once());
        let mixed = client.get(path).await.json();
        let (valid, mixed) = (valid.as_array().unwrap(), mixed.as_array().unwrap());
        let expected_len = MALFORMED_BEFORE + valid.len() + MALFORMED_AFTER;
        assert_eq!(mixed.len(), expected_len, "{path}");
        let ids = |entry: &serde_json::Value| {
            ["message_id", "room_id", "account_id"].map(|field| entry[field].clone())
        };
        let between = mixed[MALFORMED_BEFORE..].iter().take(valid.len());
        assert!(between.map(ids).eq(valid.iter().map(ids)), "{path}");
    }
    client
        .sim
        .inject(Fault::new(Effect::MalformedEntries).once());
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
    let response = client.get(&all_messages_path()).await;
    assert_eq!(response.status, 204);
    assert_eq!(response.header("chatwork-message-limitation"), Some("true"));
}

#[tokio::test]
async fn the_reset_header_can_be_absent_bad_or_past() {
    const NOW_SECONDS: u64 = 1_800_000_000;
    let clock = ManualClock::at(Duration::from_secs(NOW_SECONDS));
    let an_hour_ago = (NOW_SECONDS - 3_600).to_string();
    let client = TestClient::start_with(Options {
        clock: clock.clock(),
        ..Options::default()
    })
    .await;
    for (kind, value) in [
        (RateLimitResetHeader::Absent, None),
        (RateLimitResetHeader::Bad, Some("soon")),
        (RateLimitResetHeader::Past, Some(an_hour_ago.as_str())),
    ] {
        client.sim.inject(Fault::new(Effect::GeneralLimit).once());
        client
            .sim
            .inject(Fault::new(Effect::RateLimitResetHeader(kind)).times(2));
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
async fn a_hang_never_responds_and_stores_only_if_asked() {
    let client = TestClient::start().await;
    for (effect, stored) in [(Effect::Hang, 0), (Effect::HangAfterStoring, 1)] {
        client
            .sim
            .inject(Fault::new(effect).on(RequestFilter::posts()).once());
        let path = format!("/rooms/{ROOM}/messages");
        let request = client.call(Method::POST, &path).form(&[("body", "x")]);
        let earlier = client.sim.request_count();
        let response = tokio::spawn(request.send());
        let arrived = async {
            while client.sim.request_count() == earlier {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        let arrived = tokio::time::timeout(TIMEOUT, arrived).await;
        arrived.expect("the request arrives within the timeout");
        if stored > 0 {
            let message = client.sim.wait_for_message(ROOM, |_| true, TIMEOUT);
            message.await.expect("the message is stored");
        }
        let response = tokio::time::timeout(Duration::from_millis(300), response).await;
        assert!(response.is_err(), "{response:?}");
        assert_eq!(client.sim.messages(ROOM).len(), stored);
    }
}

#[tokio::test]
async fn a_reset_closes_the_connection_before_or_after_storing() {
    let client = TestClient::start().await;
    for (effect, stored) in [
        (Effect::ConnectionReset, 0),
        (Effect::ConnectionResetAfterStoring, 1),
    ] {
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
async fn a_delay_postpones_the_response() {
    const DELAY_MS: u64 = 120;
    let client = TestClient::start().await;
    client
        .sim
        .inject(Fault::new(Effect::Delay { ms: DELAY_MS }).once());
    let begun = Instant::now();
    assert_eq!(client.post(ROOM, "x").await.status, 200);
    assert!(begun.elapsed() >= Duration::from_millis(DELAY_MS));
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
        json!("connection_reset"),
        json!("connection_reset_after_storing"),
        json!({ "rate_limit_reset_header": "past" }),
        json!({ "intermediary": { "status": 403, "body": "<html>" } }),
        json!("malformed_entries"),
        json!("hidden_messages"),
    ];
    for effect in &effects {
        let filter = json!({ "method": "POST", "path": "/rooms", "room": ROOM });
        let fault = json!({ "effect": effect, "on": filter, "times": 3 });
        let made = client.control(Method::POST, "/faults", fault).await;
        assert_eq!(made.status, 201, "{}", made.text);
    }
    assert_eq!(client.sim.faults().len(), effects.len());
    let list = reply(client.http.get(format!("{}/sim/faults", client.sim.url())))
        .await
        .json();
    let mut listed = list.as_array().unwrap().iter();
    let server_error = json!({ "server_error": { "status": 503 } });
    let fault = listed.find(|fault| fault["effect"] == server_error);
    let fault = fault.expect("the fault is listed");
    assert_eq!(fault["times"], 3);
    let path = format!("/faults/{}", fault["fault_id"]);
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
