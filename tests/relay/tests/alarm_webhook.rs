//! Alarm webhook: it gets signed notices of incidents that Chatwork cannot deliver, and set-up can test it. The crate of the
//! HTTP client has the tests against servers that misbehave.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use chatwork_sim::Office;
use relay_tests::{CallDraft, LOBBY, ROOM, TestApp, eventually, json, refusal};
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use yobirin_api::ErrorCode;
use yobirin_api::alarm::{AlarmTestResult, WebhookFailure};
use yobirin_api::event::Event;
use yobirin_domain::model::delivery::CallState;
use yobirin_relay::{AlarmWebhook, AllowedAddresses};

use crate::alarms::{check, report, settings_with_alarms};

/// Receiver of the webhook: an HTTP server that responds to every request with the same status.
struct Receiver {
    url: String,
    received: Arc<Mutex<Vec<String>>>,
}

impl Receiver {
    async fn start(status: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/alarms/s3cr3t", listener.local_addr().unwrap());
        let received = Arc::new(Mutex::new(Vec::new()));
        let requests = received.clone();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let (mut request, mut buffer) = (Vec::new(), [0; 4096]);
                while !request.ends_with(b"}") {
                    let read = stream.read(&mut buffer).await.unwrap();
                    request.extend_from_slice(&buffer[..read]);
                }
                let text = String::from_utf8(request).unwrap();
                requests.lock().unwrap().push(text);
                let response = format!(
                    "HTTP/1.1 {status} X\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
                );
                let _ = stream.write_all(response.as_bytes()).await;
            }
        });
        Self { url, received }
    }

    fn webhook(&self) -> AlarmWebhook {
        AlarmWebhook::new(
            self.url.parse().unwrap(),
            "0123456789abcdef",
            AllowedAddresses::AlsoPrivate,
        )
        .unwrap()
    }

    /// Bodies of the requests, each of which was signed.
    fn notices(&self) -> Vec<Value> {
        let received = self.received.lock().unwrap();
        let body = |request: &String| {
            let (head, body) = request.split_once("\r\n\r\n").unwrap();
            assert!(head.contains("yobirin-signature: sha256="), "{head}");
            serde_json::from_str(body).unwrap()
        };
        received.iter().map(body).collect()
    }
}

#[tokio::test]
async fn the_webhook_is_notified_when_a_token_is_refused_and_accepted_again() {
    let receiver = Receiver::start(204).await;
    let webhook = receiver.webhook();
    let app = TestApp::start_with(|options| options.alarm_webhook = Some(webhook)).await;
    app.save(&settings_with_alarms()).await;
    let shown = report(&app.admin).await;
    assert_eq!(
        shown.webhook.as_deref(),
        Some("127.0.0.1"),
        "only the host of the webhook's URL is shown"
    );
    let tablet = app.tablet(LOBBY).await;
    let mut events = tablet.events().await;
    app.sim.revoke_token(Office::SAMPLE_TOKEN);
    let draft = CallDraft::at(app.clock.now()).to_room(ROOM);
    tablet.hand_over(&draft).await;
    events.until(&Event::Chatwork { delivering: false }).await;
    check(&app).await;
    eventually("the webhook is notified of the beginning", async || {
        (!receiver.notices().is_empty()).then_some(())
    })
    .await;
    check(&app).await;
    let [begun] = &receiver.notices()[..] else {
        panic!("{:?}", receiver.notices())
    };
    assert_eq!(
        (&begun["state"], &begun["condition"]["kind"]),
        (&"open".into(), &"token_refused".into())
    );
    assert_eq!(begun["title"], "ChatworkがAPIトークンを受け付けません");
    let ready = app.admin.get("/readyz").send().await.unwrap();
    assert_eq!(ready.text().await.unwrap(), "ready\nalarm: token_refused\n");

    app.sim.restore_token(Office::SAMPLE_TOKEN);
    eventually("the webhook is notified of the end", async || {
        check(&app).await;
        (receiver.notices().len() == 2).then_some(())
    })
    .await;
    let ended = &receiver.notices()[1];
    assert_eq!(
        (&ended["state"], &ended["id"]),
        (&"ended".into(), &begun["id"])
    );
    tablet.final_status(&draft).await;
    app.close().await;
}

#[tokio::test]
async fn a_webhook_that_fails_is_tried_again_later_and_a_test_says_how_it_fails() {
    let receiver = Receiver::start(500).await;
    let webhook = receiver.webhook();
    let app = TestApp::start_with(|options| {
        options.alarm_webhook = Some(webhook);
        options.free_disk_percent = |_| Some(3);
    })
    .await;
    let test = || {
        app.admin
            .post("/api/alarms/test")
            .json(&serde_json::json!({ "target": "webhook" }))
    };
    let result: AlarmTestResult = json(test()).await;
    assert_eq!(
        result.webhook_failure,
        Some(WebhookFailure::Status { status: 500 })
    );
    let notices = receiver.notices();
    assert!(
        notices.iter().any(|notice| notice["state"] == "test"),
        "{notices:?}"
    );
    let disk = || {
        let notices = receiver.notices();
        notices
            .iter()
            .filter(|notice| notice["condition"]["kind"] == "disk_low")
            .count()
    };
    for _ in 0..3 {
        check(&app).await;
    }
    eventually("the webhook is notified", async || {
        (disk() > 0).then_some(())
    })
    .await;
    assert_eq!(
        disk(),
        1,
        "without a room for alarms the webhook is notified, and the next attempt comes after a minute"
    );
    for _ in 0..4 {
        check(&app).await;
    }
    eventually("the webhook is notified again", async || {
        (disk() > 1).then_some(())
    })
    .await;
    assert_eq!(disk(), 2);
    app.close().await;
}

#[tokio::test]
async fn a_webhook_that_hangs_holds_up_neither_calls_nor_the_end_of_the_relay() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let webhook = AlarmWebhook::new(
        url.parse().unwrap(),
        "0123456789abcdef",
        AllowedAddresses::AlsoPrivate,
    )
    .unwrap();
    let app = TestApp::start_with(|options| {
        options.alarm_webhook = Some(webhook);
        options.free_disk_percent = |_| Some(3);
    })
    .await;
    let tablet = app.tablet(LOBBY).await;
    let (_connection, _) = listener.accept().await.unwrap();
    let draft = CallDraft::at(app.clock.now()).to_room(ROOM);
    tablet.hand_over(&draft).await;
    assert_eq!(tablet.final_status(&draft).await.state, CallState::Notified);
    let timeout = Duration::from_secs(8);
    let ended = tokio::time::timeout(timeout, app.close()).await;
    assert!(ended.is_ok(), "the webhook's own timeout is 10 seconds");
}

#[tokio::test]
async fn without_a_webhook_there_is_nothing_to_test() {
    let app = TestApp::start().await;
    let test = app
        .admin
        .post("/api/alarms/test")
        .json(&serde_json::json!({ "target": "webhook" }));
    assert_eq!(refusal(test).await, ErrorCode::NotFound);
    assert_eq!(report(&app.admin).await.webhook, None);
    app.close().await;
}
