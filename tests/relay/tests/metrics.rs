//! `/metrics`: what Prometheus is told, and whom else.

use chatwork_sim::Effect;
use relay_tests::{Browser, CallDraft, Desk, LOBBY, ROOM, eventually, posts, refusal, status};
use yobirin_api::ErrorCode;

const TOKEN: &str = "a-long-enough-token";

async fn samples(browser: &Browser) -> String {
    let response = browser.get("/metrics").send().await.unwrap();
    assert_eq!(response.status(), 200);
    let kind = response.headers()["content-type"].to_str().unwrap();
    assert!(kind.starts_with("text/plain; version=0.0.4"), "{kind}");
    response.text().await.unwrap()
}

/// The value of a sample, which must be there.
fn value(samples: &str, name: &str) -> f64 {
    let line = samples.lines().find_map(|line| line.strip_prefix(name));
    let line = line.unwrap_or_else(|| panic!("{name} is missing in {samples}"));
    line.trim().parse().unwrap()
}

#[tokio::test]
async fn calls_queue_limit_streams_and_requests_are_counted() {
    let desk = Desk::open().await;
    let tablet = desk.tablet(LOBBY).await;
    let stream = tablet.events().await;
    let before = samples(&desk.admin).await;
    assert_eq!(value(&before, "yobirin_streams_open"), 1.0);
    assert_eq!(value(&before, "yobirin_queue_deliveries"), 0.0);
    assert_eq!(value(&before, "yobirin_chatwork_connected"), 1.0);

    let fault = desk.sim.inject(posts(Effect::ServerError { status: 503 }));
    let draft = CallDraft::now().to_room(ROOM);
    tablet.hand_over(&draft).await;
    // The same again is no other call.
    tablet.hand_over(&draft).await;
    let waiting = samples(&desk.admin).await;
    assert_eq!(value(&waiting, "yobirin_queue_deliveries"), 1.0);
    desk.sim.remove_fault(fault);
    desk.settled_in_time(&tablet, &draft).await;

    let delivered = "yobirin_deliveries_total{state=\"delivered\"}";
    let after = eventually("the delivery is counted", async || {
        let after = samples(&desk.admin).await;
        (value(&after, "yobirin_delivery_seconds_count") > 0.0).then_some(after)
    })
    .await;
    for (name, wanted) in [
        (delivered, 1.0),
        ("yobirin_calls_accepted_total", 1.0),
        ("yobirin_delivery_seconds_count", 1.0),
        ("yobirin_delivery_seconds_bucket{le=\"+Inf\"}", 1.0),
        ("yobirin_queue_deliveries", 0.0),
        ("yobirin_queue_oldest_seconds", 0.0),
    ] {
        assert_eq!(value(&after, name), wanted, "{name}");
    }
    let left = value(&after, "yobirin_chatwork_requests_left");
    assert!((1.0..300.0).contains(&left), "{left}");
    let accepted =
        "yobirin_http_requests_total{method=\"PUT\",route=\"/api/calls/{id}\",status=\"202\"}";
    assert_eq!(value(&after, accepted), 2.0);
    drop(stream);
    desk.close().await;
}

#[tokio::test]
async fn the_app_s_paths_and_odd_methods_make_no_series_of_their_own() {
    let desk = Desk::bare().await;
    for path in ["/a", "/b", "/api/nothing", "/api/nothing/else"] {
        status(desk.admin.get(path)).await;
    }
    let brew = reqwest::Method::from_bytes(b"BREW").unwrap();
    status(desk.admin.request(brew, "/a")).await;
    let samples = samples(&desk.admin).await;
    for stranger in ["\"/a\"", "nothing", "BREW"] {
        assert!(!samples.contains(stranger), "{stranger} in {samples}");
    }
    assert!(samples.contains("method=\"other\""), "{samples}");
    desk.close().await;
}

#[tokio::test]
async fn behind_a_proxy_only_the_token_opens_them() {
    let url = "https://reception.example.jp".parse().unwrap();
    let desk = Desk::bare_with(|options| {
        options.public_url = Some(url);
        options.metrics_token = Some(TOKEN.parse().unwrap());
    })
    .await;
    let ask = || desk.admin.get("/metrics");
    assert_eq!(refusal(ask()).await, ErrorCode::NotSignedIn);
    let wrong = ask().bearer_auth("another-long-token");
    assert_eq!(refusal(wrong).await, ErrorCode::NotSignedIn);
    assert_eq!(status(ask().bearer_auth(TOKEN)).await, 200);
    desk.close().await;
}

#[tokio::test]
async fn who_comes_through_a_proxy_is_not_local() {
    let desk = Desk::bare().await;
    for header in ["forwarded", "x-forwarded-for", "x-real-ip", "via"] {
        let ask = desk.admin.get("/metrics").header(header, "192.0.2.1");
        assert_eq!(refusal(ask).await, ErrorCode::NotSignedIn, "{header}");
    }
    desk.close().await;
}
