//! Chatwork's webhook: its signature, its token, and what an event may do.

mod listening;

use std::time::{Duration, Instant};

use chatwork_sim::{Delivery, DeliveryOutcome, Office, SignatureKind, WebhookId};
use relay_tests::{HOST, ROOM, TestApp, error, json, refusal, status};
use yobirin_api::ErrorCode;
use yobirin_api::webhook::{SetWebhook, WEBHOOK_PATH, Webhook};

use crate::metrics::{scrape, value};

const TOKEN: &str = chatwork_sim::Webhook::SAMPLE_TOKEN;
const SETTINGS_PATH: &str = "/api/chatwork/webhook";
/// Time within which the relay responds to every event of a test.
const RESPONSE_TIMEOUT: Duration = Duration::from_secs(30);
/// Number of events that come at once.
const MANY_EVENTS: u64 = 1_000;
/// Longest response that Chatwork accepts, in bytes.
const MAX_RESPONSE_BYTES: usize = 2_048;

fn set_request(app: &TestApp, token: &str) -> reqwest::RequestBuilder {
    let token = token.to_owned();
    app.admin.put(SETTINGS_PATH).json(&SetWebhook { token })
}

async fn settings(app: &TestApp) -> Webhook {
    json(app.admin.get(SETTINGS_PATH)).await
}

/// Number of events to which the relay responded with this status.
pub(crate) async fn event_count(app: &TestApp, status: u16) -> u64 {
    let labels = format!("{{method=\"POST\",route=\"{WEBHOOK_PATH}\",status=\"{status}\"}}");
    let name = format!("yobirin_http_requests_total{labels}");
    value(&scrape(&app.admin).await, &name) as u64
}

/// Makes a webhook of the bot in Chatwork, and sets its token in the relay.
pub(crate) async fn connect_webhook(app: &TestApp) -> WebhookId {
    connect_webhook_at(app, &app.url()).await
}

/// Makes a webhook of the bot in Chatwork, for the relay with this base URL, and sets its token.
async fn connect_webhook_at(app: &TestApp, base: &str) -> WebhookId {
    let url = format!("{base}{WEBHOOK_PATH}");
    let hook = chatwork_sim::Webhook::mentions(Office::SAMPLE_BOT, &url);
    let hook = app.sim.add_webhook(hook).unwrap();
    assert_eq!(status(set_request(app, TOKEN)).await, 200);
    hook
}

/// Sends a body to the webhook; returns the response's status.
async fn send(app: &TestApp, hook: WebhookId, body: &str, signature: SignatureKind) -> u16 {
    let delivery = app.sim.send_to_webhook(hook, body, signature).unwrap();
    response_status(
        app.sim
            .wait_for_outcome(delivery, RESPONSE_TIMEOUT)
            .await
            .unwrap(),
    )
}

/// Status of the relay's response to a delivery.
fn response_status(delivery: Delivery) -> u16 {
    match delivery.outcome {
        DeliveryOutcome::Responded { status, bytes } => {
            assert!(bytes <= MAX_RESPONSE_BYTES, "{bytes} bytes");
            status
        }
        other => panic!("no response: {other:?}"),
    }
}

fn mention(room: u64, words: &str) -> String {
    serde_json::json!({
        "webhook_setting_id": "1", "webhook_event_type": "mention_to_me", "webhook_event_time": 1,
        "webhook_event": { "from_account_id": HOST, "to_account_id": Office::SAMPLE_BOT, "room_id": room,
            "message_id": "1", "body": words, "send_time": 1, "update_time": 0 },
    })
    .to_string()
}

#[tokio::test]
async fn a_mention_in_chatwork_reaches_the_relay_with_its_signature() {
    let app = TestApp::start().await;
    let before = settings(&app).await;
    let url = format!("{}{WEBHOOK_PATH}", app.url());
    assert_eq!((before.url, before.since), (url, None));
    connect_webhook(&app).await;
    let set = settings(&app).await;
    assert!(set.since.is_some() && set.received.is_none(), "{set:?}");
    let bot = Office::SAMPLE_BOT;
    app.sim.mention_as(ROOM, HOST, bot, "行きます").unwrap();
    let is_over = |delivery: &Delivery| delivery.outcome.is_final();
    let sent = app
        .sim
        .wait_for_delivery(is_over, RESPONSE_TIMEOUT)
        .await
        .unwrap();
    assert_eq!(response_status(sent), 200);
    assert_eq!(event_count(&app, 200).await, 1);
    assert!(settings(&app).await.received.is_some());
    app.close().await;
}

#[tokio::test]
async fn an_event_without_a_right_signature_is_refused_without_detail() {
    let app = TestApp::start().await;
    let hook = connect_webhook(&app).await;
    let body = mention(ROOM, "行きます");
    for wrong in [SignatureKind::Wrong, SignatureKind::Missing] {
        assert_eq!(send(&app, hook, &body, wrong).await, 401, "{wrong:?}");
    }
    let request = || app.new_browser().post(WEBHOOK_PATH);
    let signed = |signature: &str| {
        let json = request().header("content-type", "application/json");
        let signed = json.header("x-chatworkwebhooksignature", signature.to_owned());
        signed.body(body.clone())
    };
    let mut refusals = Vec::new();
    for signature in ["", "AAAA", "no base64!", TOKEN] {
        refusals.push(error(signed(signature).send().await.unwrap()).await);
    }
    refusals.push(error(request().send().await.unwrap()).await);
    assert_eq!(status(app.admin.delete(SETTINGS_PATH)).await, 204);
    let right = chatwork_sim::webhook_signature(TOKEN, body.as_bytes()).unwrap();
    refusals.push(error(signed(&right).send().await.unwrap()).await);
    assert!(
        refusals.iter().all(|refusal| refusal == &refusals[0]),
        "the response does not show whether the signature is wrong or missing, or the relay has no token: {refusals:?}"
    );
    assert_eq!(refusals[0].code, ErrorCode::WrongSignature);
    assert_eq!(settings(&app).await.received, None);
    assert_eq!(event_count(&app, 401).await, 2 + refusals.len() as u64);
    app.close().await;
}

#[tokio::test]
async fn every_other_signed_event_gets_a_response_and_is_ignored() {
    let app = TestApp::start().await;
    let hook = connect_webhook(&app).await;
    let created = mention(ROOM, "行きます").replace("mention_to_me", "message_created");
    let nested = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
    let bodies = [
        created.as_str(),
        "{}",
        "[]",
        "",
        "not JSON",
        r#"{"webhook_event_type":"mention_to_me"}"#,
        &mention(0, "room 0"),
        &nested,
    ];
    for body in bodies {
        let status = send(&app, hook, body, SignatureKind::Valid).await;
        assert_eq!(status, 200, "{body:.80}");
    }
    assert_eq!(event_count(&app, 200).await, bodies.len() as u64);
    let long = mention(ROOM, &"長".repeat(40_000));
    assert_eq!(send(&app, hook, &long, SignatureKind::Valid).await, 200);
    let too_long = mention(ROOM, &"長".repeat(100_000));
    assert_eq!(send(&app, hook, &too_long, SignatureKind::Valid).await, 413);
    app.close().await;
}

#[tokio::test]
async fn the_webhook_token_is_stored_encrypted_and_survives_a_restart() {
    let mut app = TestApp::start().await;
    let hook = connect_webhook(&app).await;
    for bad in ["", "c0ffee", "no base64!", "AAAA"] {
        let refused = refusal(set_request(&app, bad)).await;
        assert_eq!(refused, ErrorCode::Malformed, "{bad:?}");
    }
    let shown = app.admin.get(SETTINGS_PATH).send().await.unwrap();
    assert!(!shown.text().await.unwrap().contains(TOKEN));
    let since = settings(&app).await.since;
    app.stop().await;
    for file in std::fs::read_dir(app.data()).unwrap() {
        let path = file.unwrap().path();
        let bytes = std::fs::read(&path).unwrap_or_default();
        let needle = TOKEN.as_bytes();
        let is_readable = bytes.windows(needle.len()).any(|window| window == needle);
        assert!(!is_readable, "readable in {}", path.display());
    }
    app.restart().await;
    assert_eq!(settings(&app).await.since, since);
    app.sim.remove_webhook(hook);
    let hook = connect_webhook(&app).await;
    let body = mention(ROOM, "行きます");
    assert_eq!(send(&app, hook, &body, SignatureKind::Valid).await, 200);
    app.close().await;
}

#[tokio::test]
async fn a_thousand_events_at_once_get_responses_and_store_nothing() {
    let app = TestApp::start().await;
    let hook = connect_webhook(&app).await;
    let requests_before = app.sim.request_count();
    app.sim.hold_deliveries();
    let bot = Office::SAMPLE_BOT;
    for number in 0..MANY_EVENTS {
        let words = format!("{number} 社内の話");
        app.sim.mention_as(ROOM, HOST, bot, &words).unwrap();
    }
    let began = Instant::now();
    app.sim
        .release_deliveries(chatwork_sim::ReleaseOrder::AtOnce);
    for delivery in app.sim.deliveries() {
        let outcome = app
            .sim
            .wait_for_outcome(delivery.delivery_id, RESPONSE_TIMEOUT)
            .await;
        assert_eq!(response_status(outcome.unwrap()), 200);
    }
    assert!(app.sim.is_webhook_on(hook));
    let took = began.elapsed();
    assert!(took < RESPONSE_TIMEOUT, "{took:?}");
    assert_eq!(event_count(&app, 200).await, MANY_EVENTS);
    assert_eq!(
        app.sim.request_count(),
        requests_before,
        "without an open call the relay polls no room"
    );
    app.close().await;
}
