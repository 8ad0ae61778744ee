//! `/metrics`: samples and access.

use chatwork_sim::Effect;
use relay_tests::{
    Browser, CallDraft, LOBBY, ROOM, TestApp, eventually, fault_on_posts, refusal, status,
};
use yobirin_api::ErrorCode;

const TOKEN: &str = "a-long-enough-token";

/// Requests that Chatwork allows in five minutes.
const CHATWORK_LIMIT: f64 = 300.0;

pub(crate) async fn scrape(browser: &Browser) -> String {
    let response = browser.get("/metrics").send().await.unwrap();
    assert_eq!(response.status(), 200);
    let kind = response.headers()["content-type"].to_str().unwrap();
    assert!(kind.starts_with("text/plain; version=0.0.4"), "{kind}");
    response.text().await.unwrap()
}

/// Value of a sample, which must exist.
pub(crate) fn value(samples: &str, name: &str) -> f64 {
    let line = samples.lines().find_map(|line| line.strip_prefix(name));
    let line = line.unwrap_or_else(|| panic!("{name} is missing in {samples}"));
    line.trim().parse().unwrap()
}

#[tokio::test]
async fn metrics_cover_calls_queue_rate_limit_streams_and_requests() {
    let app = TestApp::start().await;
    let tablet = app.tablet(LOBBY).await;
    let stream = tablet.events().await;
    let before = scrape(&app.admin).await;
    assert_eq!(value(&before, "yobirin_streams_open"), 1.0);
    assert_eq!(value(&before, "yobirin_queue_deliveries"), 0.0);
    assert_eq!(value(&before, "yobirin_chatwork_connected"), 1.0);

    let fault = app
        .sim
        .inject(fault_on_posts(Effect::ServerError { status: 503 }));
    let draft = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&draft).await;
    // Handing over the same call again is not counted.
    tablet.hand_over(&draft).await;
    let metrics = scrape(&app.admin).await;
    assert_eq!(value(&metrics, "yobirin_queue_deliveries"), 1.0);
    app.sim.remove_fault(fault);
    app.final_state_with_fast_clock(&tablet, &draft).await;

    let delivered = "yobirin_deliveries_total{state=\"delivered\"}";
    let after = eventually("the delivery is counted", async || {
        let after = scrape(&app.admin).await;
        (value(&after, "yobirin_delivery_seconds_count") > 0.0).then_some(after)
    })
    .await;
    for (name, expected) in [
        (delivered, 1.0),
        ("yobirin_calls_accepted_total", 1.0),
        ("yobirin_delivery_seconds_count", 1.0),
        ("yobirin_delivery_seconds_bucket{le=\"+Inf\"}", 1.0),
        ("yobirin_queue_deliveries", 0.0),
        ("yobirin_queue_oldest_seconds", 0.0),
    ] {
        assert_eq!(value(&after, name), expected, "{name}");
    }
    let remaining = value(&after, "yobirin_chatwork_requests_left");
    assert!((1.0..CHATWORK_LIMIT).contains(&remaining), "{remaining}");
    let accepted =
        "yobirin_http_requests_total{method=\"PUT\",route=\"/api/calls/{id}\",status=\"202\"}";
    assert_eq!(value(&after, accepted), 2.0);
    drop(stream);
    app.close().await;
}

#[tokio::test]
async fn paths_without_a_route_and_unknown_methods_add_no_metric_series() {
    let app = TestApp::unconfigured().await;
    for path in ["/a", "/b", "/api/nothing", "/api/nothing/else"] {
        status(app.admin.get(path)).await;
    }
    let brew = reqwest::Method::from_bytes(b"BREW").unwrap();
    status(app.admin.request(brew, "/a")).await;
    let samples = scrape(&app.admin).await;
    for label in ["\"/a\"", "nothing", "BREW"] {
        assert!(!samples.contains(label), "{label} in {samples}");
    }
    assert!(samples.contains("method=\"other\""), "{samples}");
    app.close().await;
}

#[tokio::test]
async fn behind_a_proxy_metrics_require_the_token() {
    let url = "https://reception.example.jp".parse().unwrap();
    let app = TestApp::unconfigured_with(|options| {
        options.public_url = Some(url);
        options.metrics_token = Some(TOKEN.parse().unwrap());
    })
    .await;
    let metrics_request = || app.admin.get("/metrics");
    assert_eq!(refusal(metrics_request()).await, ErrorCode::NotSignedIn);
    let wrong = metrics_request().bearer_auth("another-long-token");
    assert_eq!(refusal(wrong).await, ErrorCode::NotSignedIn);
    assert_eq!(status(metrics_request().bearer_auth(TOKEN)).await, 200);
    app.close().await;
}

#[tokio::test]
async fn a_client_behind_a_proxy_is_not_treated_as_local() {
    let app = TestApp::unconfigured().await;
    for header in ["forwarded", "x-forwarded-for", "x-real-ip", "via"] {
        let request = app.admin.get("/metrics").header(header, "192.0.2.1");
        assert_eq!(refusal(request).await, ErrorCode::NotSignedIn, "{header}");
    }
    app.close().await;
}
