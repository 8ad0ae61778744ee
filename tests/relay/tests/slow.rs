//! Slow clients: none holds anything for long, and none holds a stop back.

use std::time::Duration;

use relay_tests::{Desk, LOBBY, RawClient, eventually, settings};
use tokio::time::timeout;
use yobirin_relay::HttpTimeouts;

/// As good as never, for the deadlines that a test is not about.
const NEVER: Duration = Duration::from_secs(3600);
const SOON: Duration = Duration::from_millis(200);
/// Longer than any request of these tests takes the relay.
const A_WHILE: Duration = Duration::from_secs(2);
/// When a test has failed.
const PATIENCE: Duration = Duration::from_secs(20);

const LAX: HttpTimeouts = HttpTimeouts {
    headers: NEVER,
    body: NEVER,
    idle: NEVER,
    shutdown_grace: SOON,
};

const HALF_A_HEAD: &str = "GET /healthz HTTP/1.1\r\nhost: localhost\r\nx-slow:";
const HALF_A_BODY: &str = "POST /api/login HTTP/1.1\r\nhost: localhost\r\n\
     content-type: application/json\r\ncontent-length: 100\r\n\r\n{\"pass";

async fn desk(limits: HttpTimeouts) -> Desk {
    Desk::bare_with(|options| options.http_timeouts = limits).await
}

#[tokio::test]
async fn headers_that_do_not_end_are_given_up() {
    let limits = HttpTimeouts {
        headers: SOON,
        ..LAX
    };
    let desk = desk(limits).await;
    for sent in ["", "G", HALF_A_HEAD] {
        let mut client = RawClient::connect(&desk.url()).await;
        client.send(sent).await;
        let end = timeout(PATIENCE, client.read_to_end()).await;
        assert!(end.is_ok(), "after {sent:?} the connection stays open");
    }
    desk.close().await;
}

#[tokio::test]
async fn a_connection_that_falls_silent_is_closed() {
    let limits = HttpTimeouts {
        idle: A_WHILE,
        ..LAX
    };
    let desk = desk(limits).await;
    // The beginning of HTTP/2, which has no deadline of its own for it; and an answered request.
    for sent in [
        "PRI * HTTP/2",
        "GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n",
    ] {
        let mut client = RawClient::connect(&desk.url()).await;
        client.send(sent).await;
        let end = timeout(PATIENCE, client.read_to_end()).await;
        assert!(end.is_ok(), "after {sent:?} the connection stays open");
    }
    desk.close().await;
}

#[tokio::test]
async fn a_body_that_does_not_end_is_refused_however_it_trickles() {
    let desk = desk(HttpTimeouts { body: SOON, ..LAX }).await;
    for trickles in [false, true] {
        let mut client = RawClient::connect(&desk.url()).await;
        client.send(HALF_A_BODY).await;
        let answer = timeout(PATIENCE, client.read_answer(trickles)).await;
        let answer = answer.expect("an answer in time");
        assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
        assert!(answer.contains("too_slow"), "{answer}");
    }
    desk.close().await;
}

#[tokio::test]
async fn a_client_that_stops_reading_is_cut() {
    let desk = Desk::open_with(|options| {
        options.http_timeouts = HttpTimeouts {
            idle: A_WHILE,
            ..LAX
        };
    })
    .await;
    let mut large = settings();
    large.site.logo = Some(format!(
        "data:image/png;base64,iVBORw0KGgoA{}",
        "A".repeat(60_000)
    ));
    desk.save(&large).await;
    let cookie = desk.device_cookie(LOBBY).await;
    let ask = format!("GET /api/settings HTTP/1.1\r\nhost: localhost\r\ncookie: {cookie}\r\n\r\n");
    let mut client = RawClient::connect(&desk.url()).await;
    // Asks on and on and takes nothing: first the buffers between us fill, then nothing moves.
    eventually("the connection is cut", async || {
        client.try_send(&ask).await.err()
    })
    .await;
    desk.close().await;
}

#[tokio::test]
async fn slow_clients_cannot_hold_a_stop_back() {
    let desk = Desk::open_with(|options| options.http_timeouts = LAX).await;
    let cookie = desk.device_cookie(LOBBY).await;
    let stream = format!("GET /api/events HTTP/1.1\r\nhost: localhost\r\ncookie: {cookie}\r\n\r\n");
    let mut clients = Vec::new();
    for sent in ["", "PRI * HTTP/2", HALF_A_HEAD, HALF_A_BODY, &stream] {
        let mut client = RawClient::connect(&desk.url()).await;
        client.send(sent).await;
        clients.push(client);
    }
    eventually("the stream is open", async || {
        let devices: Vec<yobirin_api::device::DeviceStatus> =
            relay_tests::json(desk.admin.get("/api/devices")).await;
        devices.iter().any(|device| device.online).then_some(())
    })
    .await;
    let closed = timeout(PATIENCE, desk.close()).await;
    assert!(closed.is_ok(), "slow clients hold the stop back");
    for mut client in clients {
        let end = timeout(PATIENCE, client.read_to_end()).await;
        assert!(end.is_ok(), "a connection outlives the relay");
    }
}
