//! Slow clients: timeouts, and no delay of a shutdown.

use std::time::Duration;

use relay_tests::{LOBBY, RawClient, TestApp, eventually, settings};
use tokio::time::timeout;
use yobirin_relay::HttpTimeouts;

/// Timeout that no test reaches, for the timeouts that a test is not about.
const LONGER_THAN_TESTS: Duration = Duration::from_secs(3600);
const SHORT_TIMEOUT: Duration = Duration::from_millis(200);
/// Longer than any request of these tests takes.
const REQUEST_TIME: Duration = Duration::from_secs(2);
/// Maximum wait until the relay closes the connection or responds.
const TIMEOUT: Duration = Duration::from_secs(20);

const LONG_TIMEOUTS: HttpTimeouts = HttpTimeouts {
    headers: LONGER_THAN_TESTS,
    body: LONGER_THAN_TESTS,
    idle: LONGER_THAN_TESTS,
    shutdown_grace: SHORT_TIMEOUT,
};

const UNFINISHED_HEAD: &str = "GET /healthz HTTP/1.1\r\nhost: localhost\r\nx-slow:";
const UNFINISHED_BODY: &str = "POST /api/login HTTP/1.1\r\nhost: localhost\r\n\
     content-type: application/json\r\ncontent-length: 100\r\n\r\n{\"pass";

async fn start_with_timeouts(timeouts: HttpTimeouts) -> TestApp {
    TestApp::unconfigured_with(|options| options.http_timeouts = timeouts).await
}

#[tokio::test]
async fn unfinished_headers_time_out() {
    let timeouts = HttpTimeouts {
        headers: SHORT_TIMEOUT,
        ..LONG_TIMEOUTS
    };
    let app = start_with_timeouts(timeouts).await;
    for sent in ["", "G", UNFINISHED_HEAD] {
        let mut client = RawClient::connect(&app.url()).await;
        client.send(sent).await;
        let closed = timeout(TIMEOUT, client.wait_for_close()).await;
        assert!(closed.is_ok(), "after {sent:?} the connection stays open");
    }
    app.close().await;
}

#[tokio::test]
async fn an_idle_connection_is_closed() {
    let timeouts = HttpTimeouts {
        idle: REQUEST_TIME,
        ..LONG_TIMEOUTS
    };
    let app = start_with_timeouts(timeouts).await;
    // The start of HTTP/2, for which HTTP/2 itself has no timeout; and a completed request.
    for sent in [
        "PRI * HTTP/2",
        "GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n",
    ] {
        let mut client = RawClient::connect(&app.url()).await;
        client.send(sent).await;
        let closed = timeout(TIMEOUT, client.wait_for_close()).await;
        assert!(closed.is_ok(), "after {sent:?} the connection stays open");
    }
    app.close().await;
}

#[tokio::test]
async fn an_unfinished_body_times_out_even_while_bytes_arrive() {
    let app = start_with_timeouts(HttpTimeouts {
        body: SHORT_TIMEOUT,
        ..LONG_TIMEOUTS
    })
    .await;
    for is_trickling in [false, true] {
        let mut client = RawClient::connect(&app.url()).await;
        client.send(UNFINISHED_BODY).await;
        let response = timeout(TIMEOUT, client.read_response(is_trickling)).await;
        let response = response.expect("a response in time");
        assert!(response.starts_with("HTTP/1.1 408 "), "{response}");
        assert!(response.contains("too_slow"), "{response}");
    }
    app.close().await;
}

#[tokio::test]
async fn a_client_that_stops_reading_is_disconnected() {
    let app = TestApp::start_with(|options| {
        options.http_timeouts = HttpTimeouts {
            idle: REQUEST_TIME,
            ..LONG_TIMEOUTS
        };
    })
    .await;
    let mut large = settings();
    large.site.logo = Some(format!(
        "data:image/png;base64,iVBORw0KGgoA{}",
        "A".repeat(60_000)
    ));
    app.save(&large).await;
    let cookie = app.device_cookie(LOBBY).await;
    let request =
        format!("GET /api/settings HTTP/1.1\r\nhost: localhost\r\ncookie: {cookie}\r\n\r\n");
    let mut client = RawClient::connect(&app.url()).await;
    // Sends requests without reading: first the socket buffers fill, then the connection stalls.
    eventually("the connection is closed", async || {
        client.try_send(&request).await.err()
    })
    .await;
    app.close().await;
}

#[tokio::test]
async fn slow_clients_cannot_delay_a_shutdown() {
    let app = TestApp::start_with(|options| options.http_timeouts = LONG_TIMEOUTS).await;
    let cookie = app.device_cookie(LOBBY).await;
    let stream = format!("GET /api/events HTTP/1.1\r\nhost: localhost\r\ncookie: {cookie}\r\n\r\n");
    let mut clients = Vec::new();
    for sent in [
        "",
        "PRI * HTTP/2",
        UNFINISHED_HEAD,
        UNFINISHED_BODY,
        &stream,
    ] {
        let mut client = RawClient::connect(&app.url()).await;
        client.send(sent).await;
        clients.push(client);
    }
    eventually("the stream is open", async || {
        let devices: Vec<yobirin_api::device::DeviceStatus> =
            relay_tests::json(app.admin.get("/api/devices")).await;
        devices.iter().any(|device| device.online).then_some(())
    })
    .await;
    let closed = timeout(TIMEOUT, app.close()).await;
    assert!(closed.is_ok(), "slow clients delay the shutdown");
    for mut client in clients {
        let closed = timeout(TIMEOUT, client.wait_for_close()).await;
        assert!(closed.is_ok(), "a connection outlives the relay");
    }
}
