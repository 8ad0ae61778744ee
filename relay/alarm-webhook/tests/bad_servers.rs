//! The client against servers that misbehave.

// Tests report failures by panicking.
#![allow(clippy::unwrap_used)]

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use yobirin_alarm_webhook::{AlarmWebhook, AllowedAddresses};
use yobirin_api::alarm::WebhookFailure;
use yobirin_domain::alarm::{Notice, NoticeState};
use yobirin_domain::model::id::CallId;

/// Bytes of the long response.
const LONG_BODY_BYTES: usize = 10 * 1024 * 1024;

/// Client of a server on this machine.
fn webhook(url: &str) -> AlarmWebhook {
    // reqwest brings no cryptography of its own; a second call changes nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    AlarmWebhook::new(
        url.parse().unwrap(),
        "0123456789abcdef",
        AllowedAddresses::AlsoPrivate,
    )
    .unwrap()
}

fn test_notice() -> Notice {
    Notice {
        id: CallId::new(1, &[0; 10]),
        state: NoticeState::Test,
        condition: None,
        since: 1,
        ended: None,
        title: "テスト".to_owned(),
        sent_at: 1,
    }
}

/// Reads a request up to the end of its body, which ends with a closing brace.
async fn read_request(stream: &mut TcpStream) -> String {
    let (mut request, mut buffer) = (Vec::new(), [0; 4096]);
    while !request.ends_with(b"}") {
        let read = stream.read(&mut buffer).await.unwrap();
        assert!(read > 0, "the request ended early");
        request.extend_from_slice(&buffer[..read]);
    }
    String::from_utf8(request).unwrap()
}

/// Sends to a server that answers one request with these bytes; returns the result and the request.
async fn send_to(response: Vec<u8>) -> (Result<(), WebhookFailure>, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/alarms", listener.local_addr().unwrap());
    let (sender, request) = oneshot::channel();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        sender.send(read_request(&mut stream).await).unwrap();
        // The client may close the connection before it has read everything.
        let _ = stream.write_all(&response).await;
    });
    let webhook = webhook(&url);
    let sent = webhook.send(&test_notice()).await;
    (sent, request.await.unwrap())
}

fn status(code: u16, header: &str) -> Vec<u8> {
    format!("HTTP/1.1 {code} X\r\n{header}content-length: 0\r\n\r\n").into_bytes()
}

#[tokio::test]
async fn a_request_is_signed_json() {
    let (sent, request) = send_to(status(204, "")).await;
    assert_eq!(sent, Ok(()));
    assert!(
        request.starts_with("POST /alarms HTTP/1.1\r\n"),
        "{request}"
    );
    assert!(
        request.contains("\r\ncontent-type: application/json\r\n"),
        "{request}"
    );
    assert!(
        request.contains("\r\nyobirin-signature: sha256="),
        "{request}"
    );
    assert!(
        request.ends_with(
            "\r\n\r\n{\"id\":\"00000000-0001-7000-8000-000000000000\",\"state\":\"test\",\"since\":1,\
             \"title\":\"テスト\",\"sent_at\":1}"
        ),
        "{request}"
    );
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_an_error_is_a_failure() {
    for code in [301, 302, 307, 308, 404, 500, 503] {
        let (sent, _) = send_to(status(code, "location: http://127.0.0.1:1/other\r\n")).await;
        assert_eq!(sent, Err(WebhookFailure::Status { status: code }));
    }
}

#[tokio::test]
async fn a_long_response_is_not_read() {
    let mut response =
        format!("HTTP/1.1 200 OK\r\ncontent-length: {LONG_BODY_BYTES}\r\n\r\n").into_bytes();
    response.resize(response.len() + LONG_BODY_BYTES, b'x');
    let (sent, _) = send_to(response).await;
    assert_eq!(sent, Ok(()));
}

#[tokio::test]
async fn a_server_that_hangs_is_given_up() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let webhook = webhook(&url);
    let webhook = webhook.with_timeout(Duration::from_millis(200));
    assert_eq!(
        webhook.send(&test_notice()).await,
        Err(WebhookFailure::Unreachable)
    );
}

#[tokio::test]
async fn a_server_that_sends_no_http_or_closes_is_a_failure() {
    for response in [b"hello\r\n\r\n".to_vec(), Vec::new()] {
        let (sent, _) = send_to(response).await;
        assert_eq!(sent, Err(WebhookFailure::Unreachable));
    }
}
