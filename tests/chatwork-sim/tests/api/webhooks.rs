//! Events that are sent to webhooks.

use std::time::Duration;

use axum::http::StatusCode;
use serde_json::json;

use super::client::{BOT, HANAKO, ROOM, TestClient};
use super::receiver::Receiver;
use chatwork_sim::{
    DeliveryOutcome, ManualClock, Office, Options, StateError, Webhook, WebhookEvent, WebhookId,
    webhook_signature,
};

const START: u64 = 1_800_000_000;

/// A simulator with a receiver and a webhook for mentions of the bot.
async fn start(options: Options) -> (TestClient, Receiver, WebhookId) {
    let clock = ManualClock::at(Duration::from_secs(START));
    let client = TestClient::start_with(Options {
        clock: clock.clock(),
        ..options
    })
    .await;
    let receiver = Receiver::start().await;
    let webhook = Webhook::mentions(BOT, &receiver.url);
    let webhook = client.sim.add_webhook(webhook).expect("a valid webhook");
    (client, receiver, webhook)
}

#[tokio::test]
async fn a_mention_is_sent_with_the_fields_and_the_signature_that_chatwork_sends() {
    let (client, receiver, webhook) = start(Options::default()).await;
    let message = client
        .sim
        .mention_as(ROOM, HANAKO, BOT, "いま行きます")
        .unwrap();
    client.wait_for_deliveries().await;
    let received = receiver.received();
    assert_eq!(received.len(), 1);
    let request = &received[0];
    let expected = json!({
        "webhook_setting_id": webhook.to_string(),
        "webhook_event_type": "mention_to_me",
        "webhook_event_time": START,
        "webhook_event": {
            "from_account_id": HANAKO,
            "to_account_id": BOT,
            "room_id": ROOM,
            "message_id": message.message_id.to_string(),
            "body": message.body,
            "send_time": START,
            "update_time": 0,
        },
    });
    assert_eq!(request.json(), expected);
    assert_eq!(request.header("content-type"), Some("application/json"));
    assert!(
        request
            .header("user-agent")
            .unwrap()
            .starts_with("ChatWork-Webhook/")
    );
    let signature = webhook_signature(Webhook::SAMPLE_TOKEN, request.body.as_bytes());
    assert_eq!(
        request.header("x-chatworkwebhooksignature"),
        signature.as_deref()
    );
    let query = request.query.get("chatwork_webhook_signature");
    assert_eq!(
        query,
        signature.as_ref(),
        "the signature is in the query too"
    );
}

#[tokio::test]
async fn to_reply_and_toall_mention_while_plain_words_and_own_posts_do_not() {
    let (client, receiver, _) = start(Options::default()).await;
    client.post(ROOM, &format!("[To:{BOT}]own")).await;
    let call = client.sim.messages(ROOM)[0].message_id;
    client.sim.post_as(ROOM, HANAKO, "plain").unwrap();
    let direct = client.sim.direct_room(BOT, HANAKO).unwrap();
    client
        .sim
        .post_as(direct, HANAKO, "plain in private")
        .unwrap();
    client
        .sim
        .mention_as(ROOM, HANAKO, HANAKO, "herself")
        .unwrap();
    client.sim.mention_as(ROOM, HANAKO, BOT, "to").unwrap();
    client.sim.reply_as(ROOM, HANAKO, call, "reply").unwrap();
    client.sim.post_as(ROOM, HANAKO, "[toall]all").unwrap();
    client
        .sim
        .mention_as(direct, HANAKO, BOT, "private")
        .unwrap();
    client.wait_for_deliveries().await;
    let words = receiver.words();
    let ends: Vec<_> = words
        .iter()
        .map(|words| words.rsplit(['\n', ']']).next().unwrap())
        .collect();
    assert_eq!(ends, ["to", "reply", "all", "private"]);
}

#[tokio::test]
async fn a_room_webhook_is_called_for_new_and_edited_messages_of_its_room() {
    let (client, _, _) = start(Options::default()).await;
    let receiver = Receiver::start().await;
    let webhook = Webhook::messages(BOT, ROOM, &receiver.url);
    client.sim.add_webhook(webhook).unwrap();
    let id = client.sim.post_as(ROOM, HANAKO, "一").unwrap().message_id;
    client
        .sim
        .post_as(Office::SAMPLE_DEFAULT_ROOM, HANAKO, "他所")
        .unwrap();
    client.sim.edit_as(ROOM, HANAKO, id, "二").unwrap();
    client.sim.delete_as(ROOM, HANAKO, id).unwrap();
    client.wait_for_deliveries().await;
    let received = receiver.received();
    let types: Vec<_> = received
        .iter()
        .map(|request| request.json()["webhook_event_type"].clone())
        .collect();
    assert_eq!(types, ["message_created", "message_updated"]);
    let expected = json!({
        "message_id": id.to_string(),
        "room_id": ROOM,
        "account_id": HANAKO,
        "body": "二",
        "send_time": START,
        "update_time": START,
    });
    assert_eq!(received[1].json()["webhook_event"], expected);
}

#[tokio::test]
async fn a_failed_delivery_is_recorded_and_never_tried_again() {
    let (client, receiver, _) = start(Options::default()).await;
    for (status, bytes, success) in [
        (StatusCode::OK, 2_048, true),
        (StatusCode::OK, 2_049, false),
        (StatusCode::NO_CONTENT, 0, false),
        (StatusCode::SERVICE_UNAVAILABLE, 0, false),
        (StatusCode::TEMPORARY_REDIRECT, 0, false),
    ] {
        receiver.respond_with(status, bytes);
        client.sim.mention_as(ROOM, HANAKO, BOT, "x").unwrap();
        client.wait_for_deliveries().await;
        let last = client.sim.deliveries().pop().unwrap();
        let responded = DeliveryOutcome::Responded {
            status: status.as_u16(),
            bytes,
        };
        assert_eq!(last.outcome, responded);
        assert_eq!(
            last.outcome.is_success(),
            success,
            "{status} with {bytes} bytes"
        );
        assert_eq!(last.event, Some(WebhookEvent::MentionToMe));
    }
    assert_eq!(receiver.received().len(), 5, "each event is delivered once");
}

#[tokio::test]
async fn a_delivery_to_a_closed_port_is_a_failure() {
    let (client, _, _) = start(Options::default()).await;
    // Bound and not listening: the port stays closed, and nobody else can take it.
    let closed = tokio::net::TcpSocket::new_v4().unwrap();
    closed.bind(([127, 0, 0, 1], 0).into()).unwrap();
    let url = format!("http://{}/", closed.local_addr().unwrap());
    client
        .sim
        .add_webhook(Webhook::messages(BOT, ROOM, &url))
        .unwrap();
    client.sim.post_as(ROOM, HANAKO, "x").unwrap();
    client.wait_for_deliveries().await;
    let outcome = client.sim.deliveries().pop().unwrap().outcome;
    assert!(
        matches!(outcome, DeliveryOutcome::Failed { .. }),
        "{outcome:?}"
    );
}

#[tokio::test]
async fn failures_in_a_row_switch_a_webhook_off_until_it_is_switched_on() {
    let (client, receiver, webhook) = start(Options {
        max_webhook_failures: 2,
        ..Options::default()
    })
    .await;
    let mention = async |status| {
        receiver.respond_with(status, 0);
        client.sim.mention_as(ROOM, HANAKO, BOT, "x").unwrap();
        client.wait_for_deliveries().await;
    };
    let broken = StatusCode::INTERNAL_SERVER_ERROR;
    for status in [broken, StatusCode::OK, broken] {
        mention(status).await;
        assert!(
            client.sim.is_webhook_on(webhook),
            "a webhook stays on without two failures in a row"
        );
    }
    mention(broken).await;
    assert!(!client.sim.is_webhook_on(webhook));
    mention(StatusCode::OK).await;
    assert_eq!(
        receiver.received().len(),
        4,
        "a webhook that is switched off gets no delivery"
    );
    assert!(client.sim.switch_on_webhook(webhook));
    mention(StatusCode::OK).await;
    assert_eq!(receiver.received().len(), 5);
}

#[tokio::test]
async fn a_webhook_needs_a_member_a_url_of_this_machine_and_a_token_and_five_are_allowed() {
    let (client, receiver, first) = start(Options::default()).await;
    let url = receiver.url.as_str();
    let elsewhere = client.sim.create_room("別室", vec![]).unwrap();
    let not_in_room = StateError::NotInRoom {
        account: BOT,
        room: elsewhere,
    };
    for (webhook, error) in [
        (Webhook::mentions(1, url), StateError::NoSuchAccount(1)),
        (Webhook::messages(BOT, 1, url), StateError::NoSuchRoom(1)),
        (Webhook::messages(BOT, elsewhere, url), not_in_room),
        (
            Webhook::mentions(BOT, "https://example.com/hook"),
            StateError::WebhookUrl,
        ),
        (
            Webhook::mentions(BOT, url).token("no base64!"),
            StateError::WebhookToken,
        ),
    ] {
        assert_eq!(client.sim.add_webhook(webhook), Err(error));
    }
    for _ in 1..5 {
        client.sim.add_webhook(Webhook::mentions(BOT, url)).unwrap();
    }
    let sixth = client.sim.add_webhook(Webhook::mentions(BOT, url));
    assert_eq!(sixth, Err(StateError::TooManyWebhooks));
    assert!(client.sim.remove_webhook(first) && !client.sim.remove_webhook(first));
    client.sim.mention_as(ROOM, HANAKO, BOT, "x").unwrap();
    client.wait_for_deliveries().await;
    assert_eq!(
        receiver.received().len(),
        4,
        "each of the remaining webhooks gets a delivery"
    );
}
