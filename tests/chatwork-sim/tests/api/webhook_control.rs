//! Scripted deliveries: signatures, repetitions, losses, order and bursts.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;

use super::client::{BOT, HANAKO, ROOM, TIMEOUT, TestClient};
use super::receiver::{Received, Receiver};
use chatwork_sim::{
    DeliveryOutcome, DeliveryScript, ReleaseOrder, SignatureKind, StateError, Webhook, WebhookId,
    webhook_signature,
};

const TOKEN: &str = "iY/hmitgwCBlc5DnjAZ8pyRG1HF0zFflfmKmtCDg1wk=";

/// A simulator with a receiver and a webhook for messages of a room.
async fn start() -> (TestClient, Receiver, WebhookId) {
    let client = TestClient::start().await;
    let receiver = Receiver::start().await;
    let webhook = Webhook::messages(BOT, ROOM, &receiver.url).token(TOKEN);
    let webhook = client.sim.add_webhook(webhook).expect("a valid webhook");
    (client, receiver, webhook)
}

fn post(client: &TestClient, body: &str) {
    client.sim.post_as(ROOM, HANAKO, body).expect("a member");
}

#[tokio::test]
async fn scripted_steps_apply_to_one_event_each() {
    let (client, receiver, _) = start().await;
    client.sim.script_deliveries([
        DeliveryScript::WrongSignature,
        DeliveryScript::NoSignature,
        DeliveryScript::Lost,
        DeliveryScript::Twice,
        DeliveryScript::Usual,
    ]);
    for body in ["wrong", "none", "lost", "twice", "usual", "later"] {
        post(&client, body);
    }
    client.wait_for_deliveries().await;
    let received = receiver.received();
    let seen: Vec<_> = received
        .iter()
        .map(|request| {
            let sent = request.header("x-chatworkwebhooksignature");
            let valid = webhook_signature(TOKEN, request.body.as_bytes());
            let kind = match sent {
                None => SignatureKind::Missing,
                sent if sent == valid.as_deref() => SignatureKind::Valid,
                Some(_) => SignatureKind::Wrong,
            };
            (request.words(), kind, request.query.len())
        })
        .collect();
    let expected = [
        ("wrong", SignatureKind::Wrong, 1),
        ("none", SignatureKind::Missing, 0),
        ("twice", SignatureKind::Valid, 1),
        ("twice", SignatureKind::Valid, 1),
        ("usual", SignatureKind::Valid, 1),
        ("later", SignatureKind::Valid, 1),
    ];
    assert_eq!(
        seen,
        expected.map(|(body, kind, query)| (body.to_owned(), kind, query))
    );
    assert_eq!(
        received[2].body, received[3].body,
        "a repeated delivery has the same bytes"
    );
    let deliveries = client.sim.deliveries();
    assert_eq!(deliveries[2].outcome, DeliveryOutcome::Lost);
    assert_eq!(deliveries[4].replay_of, Some(deliveries[3].delivery_id));
}

#[tokio::test]
async fn held_events_are_sent_in_the_order_of_their_release() {
    for (order, expected) in [
        (ReleaseOrder::Posted, ["1", "2", "3"]),
        (ReleaseOrder::Reversed, ["3", "2", "1"]),
    ] {
        let (client, receiver, _) = start().await;
        post(&client, "before");
        client.sim.hold_deliveries();
        for body in ["1", "2", "3"] {
            post(&client, body);
        }
        let before = client.sim.deliveries()[0].delivery_id;
        client.sim.wait_for_outcome(before, TIMEOUT).await.unwrap();
        let waiting = client.sim.deliveries();
        let waiting = waiting
            .iter()
            .filter(|delivery| !delivery.outcome.is_final());
        assert_eq!(waiting.count(), 3, "held");
        client.sim.release_deliveries(order);
        post(&client, "after");
        client.wait_for_deliveries().await;
        assert_eq!(receiver.words()[1..4], expected);
        assert_eq!(
            receiver.words()[4],
            "after",
            "deliveries after the release are not held"
        );
    }
}

#[tokio::test]
async fn a_burst_sends_all_held_events() {
    let (client, receiver, _) = start().await;
    client.sim.hold_deliveries();
    const BURST: u32 = 40;
    for number in 0..BURST {
        post(&client, &number.to_string());
    }
    client.sim.release_deliveries(ReleaseOrder::AtOnce);
    client.wait_for_deliveries().await;
    let mut numbers: Vec<u32> = receiver
        .words()
        .iter()
        .map(|words| words.parse().unwrap())
        .collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (0..BURST).collect::<Vec<_>>());
    let deliveries = client.sim.deliveries();
    assert!(
        deliveries
            .iter()
            .all(|delivery| delivery.outcome.is_success())
    );
}

#[tokio::test]
async fn a_delivery_can_be_repeated_later_with_the_same_bytes() {
    let (client, receiver, _) = start().await;
    post(&client, "1");
    post(&client, "2");
    client.wait_for_deliveries().await;
    let first = client.sim.deliveries()[0].delivery_id;
    let repeated = client.sim.repeat_delivery(first).unwrap();
    let repeated = client
        .sim
        .wait_for_outcome(repeated, TIMEOUT)
        .await
        .unwrap();
    assert_eq!(repeated.replay_of, Some(first));
    let received = receiver.received();
    assert_eq!(receiver.words(), ["1", "2", "1"]);
    assert_eq!(received[0].body, received[2].body);
    let signature = "x-chatworkwebhooksignature";
    assert_eq!(received[0].header(signature), received[2].header(signature));
    assert_eq!(client.sim.repeat_delivery(99), None);
}

#[tokio::test]
async fn any_body_can_be_sent_with_any_signature() {
    let (client, receiver, webhook) = start().await;
    for (body, kind) in [
        ("not JSON", SignatureKind::Valid),
        ("{}", SignatureKind::Wrong),
        ("", SignatureKind::Missing),
    ] {
        let sent = client.sim.send_to_webhook(webhook, body, kind).unwrap();
        let outcome = client.sim.wait_for_outcome(sent, TIMEOUT).await.unwrap();
        assert_eq!((outcome.event, outcome.outcome.is_success()), (None, true));
        let request = receiver.received().pop().unwrap();
        let valid = webhook_signature(TOKEN, body.as_bytes());
        assert_eq!(request.body, body);
        assert_eq!(
            request.header("x-chatworkwebhooksignature") == valid.as_deref(),
            kind == SignatureKind::Valid
        );
    }
    let unknown = client.sim.send_to_webhook(1, "", SignatureKind::Valid);
    assert_eq!(unknown, Err(StateError::NoSuchWebhook(1)));
}

#[tokio::test]
async fn webhooks_are_set_up_scripted_and_inspected_over_http() {
    let client = TestClient::start().await;
    let receiver = Receiver::start().await;
    let webhook = json!({ "owner": BOT, "url": receiver.url, "events": "mentions" });
    let made = client.control(Method::POST, "/webhooks", webhook).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let mentions = made.json()["webhook_id"].as_u64().unwrap();
    let room = json!({ "room": { "room": ROOM, "updated": false } });
    let webhook = json!({ "owner": BOT, "url": receiver.url, "token": TOKEN, "events": room });
    assert_eq!(
        client
            .control(Method::POST, "/webhooks", webhook)
            .await
            .status,
        201
    );
    let list = client
        .control(Method::GET, "/webhooks", json!(null))
        .await
        .json();
    assert_eq!(list[0]["token"], Webhook::SAMPLE_TOKEN);
    assert_eq!(list[1]["events"]["room"]["created"], true);
    assert_eq!(
        (&list[0]["is_on"], &list[1]["is_on"]),
        (&true.into(), &true.into())
    );

    let made_up = json!({ "body": "{}", "signature": "wrong" });
    let of_mentions = format!("/webhooks/{mentions}");
    let send = format!("{of_mentions}/deliveries");
    let switch_on = format!("{of_mentions}/switch_on");
    let reversed = json!({ "order": "reversed" });
    for (method, path, body, status) in [
        (
            Method::POST,
            "/deliveries/script",
            json!(["usual", "twice"]),
            204,
        ),
        (Method::POST, "/deliveries/script", json!(["sideways"]), 422),
        (Method::POST, "/deliveries/hold", json!(null), 204),
        (Method::POST, send.as_str(), made_up.clone(), 201),
        (Method::POST, "/webhooks/1/deliveries", made_up, 404),
        (Method::POST, switch_on.as_str(), json!(null), 204),
        (Method::POST, "/webhooks/1/switch_on", json!(null), 404),
        (Method::DELETE, of_mentions.as_str(), json!(null), 204),
        (Method::DELETE, of_mentions.as_str(), json!(null), 404),
    ] {
        let response = client.control(method, path, body).await;
        assert_eq!(response.status, status, "{path}: {}", response.text);
    }
    post(&client, "1");
    post(&client, "2");
    let released = client
        .control(Method::POST, "/deliveries/release", reversed)
        .await;
    assert_eq!(released.status, 204);
    let repeated = client
        .control(Method::POST, "/deliveries/2/repeat", json!(null))
        .await;
    assert_eq!(repeated.status, 201, "{}", repeated.text);
    client.wait_for_deliveries().await;
    let bodies: Vec<_> = receiver.received()[1..]
        .iter()
        .map(Received::words)
        .collect();
    assert_eq!(bodies, ["2", "2", "1", "1"]);
    let list = client
        .control(Method::GET, "/deliveries", json!(null))
        .await
        .json();
    assert_eq!(list[0]["outcome"]["responded"]["status"], 200);
    assert_eq!(list[0]["event"], json!(null));
    assert_eq!(list[1]["event"], "message_created");
}

#[tokio::test]
async fn nothing_is_sent_after_the_simulator_has_stopped() {
    let (client, receiver, _) = start().await;
    client.sim.hold_deliveries();
    post(&client, "x");
    let stopped = tokio::time::timeout(TIMEOUT, client.sim.stop()).await;
    stopped.expect("the sending of deliveries ends too");
    client.sim.release_deliveries(ReleaseOrder::Posted);
    // Time in which a running simulator would send it.
    let delivery = client.sim.deliveries()[0].delivery_id;
    let sent = client
        .sim
        .wait_for_outcome(delivery, Duration::from_millis(300));
    assert!(sent.await.is_err());
    let deliveries = client.sim.deliveries();
    assert_eq!(deliveries[0].outcome, DeliveryOutcome::Waiting);
    assert!(receiver.received().is_empty());
}
