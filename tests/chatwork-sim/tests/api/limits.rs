//! Both rate limits, with a manual clock.

use std::time::Duration;

use super::client::{ROOM, TestClient};
use chatwork_sim::{Limits, ManualClock, Office, Options};

const START: Duration = Duration::from_secs(1_800_000_000);

async fn start(limits: Limits) -> (TestClient, ManualClock) {
    let clock = ManualClock::at(START);
    let options = Options {
        limits,
        clock: clock.clock(),
        ..Options::default()
    };
    (TestClient::start_with(options).await, clock)
}

#[tokio::test]
async fn three_hundred_requests_are_admitted_in_five_minutes_and_headers_count_down() {
    let (client, clock) = start(Limits::default()).await;
    let reset = (START.as_secs() + 300).to_string();
    for remaining in (0..300).rev() {
        let response = client.get("/me").await;
        let remaining = remaining.to_string();
        assert_eq!(response.status, 200);
        assert_eq!(response.header("x-ratelimit-limit"), Some("300"));
        assert_eq!(
            response.header("x-ratelimit-remaining"),
            Some(remaining.as_str())
        );
        assert_eq!(response.header("x-ratelimit-reset"), Some(reset.as_str()));
    }
    clock.advance(Duration::from_secs(299));
    let refusal = client.get("/me").await;
    assert_eq!(refusal.status, 429);
    assert!(refusal.json()["errors"].is_array());
    assert_eq!(refusal.header("x-ratelimit-remaining"), Some("0"));
    assert_eq!(
        refusal.header("retry-after"),
        None,
        "Chatwork documents none"
    );
    clock.advance(Duration::from_secs(1));
    assert_eq!(
        client.get("/me").await.header("x-ratelimit-remaining"),
        Some("299")
    );
}

#[tokio::test]
async fn failed_requests_count_and_carry_rate_limit_headers_too() {
    let (client, _) = start(Limits {
        requests: 2,
        ..Limits::default()
    })
    .await;
    let forbidden = client.get("/rooms/1").await;
    assert_eq!(forbidden.header("x-ratelimit-remaining"), Some("1"));
    assert_eq!(
        client.post(ROOM, "").await.header("x-ratelimit-remaining"),
        Some("0")
    );
    assert_eq!(client.post(ROOM, "x").await.status, 429);
    assert!(client.sim.messages(ROOM).is_empty());
}

#[tokio::test]
async fn the_eleventh_post_in_ten_seconds_is_refused_and_not_stored() {
    let (client, clock) = start(Limits::default()).await;
    for _ in 0..10 {
        assert_eq!(client.post(ROOM, "x").await.status, 200);
    }
    let text = "Rate limit for message posting per room exceeded.".to_owned();
    for millis in [0, 5_000, 4_999] {
        clock.advance(Duration::from_millis(millis));
        assert_eq!(client.post(ROOM, "x").await.refusal(), (429, text.clone()));
    }
    assert_eq!(
        client.post(Office::SAMPLE_DEFAULT_ROOM, "x").await.status,
        200,
        "the limit is per room"
    );
    assert_eq!(client.sim.messages(ROOM).len(), 10);
    clock.advance(Duration::from_millis(1));
    assert_eq!(
        client.post(ROOM, "x").await.status,
        200,
        "refused posts did not count"
    );
}

#[tokio::test]
async fn limits_can_be_lifted() {
    let (client, _) = start(Limits::lifted()).await;
    const MORE_THAN_ALLOWED: u64 = 350;
    for _ in 0..MORE_THAN_ALLOWED {
        assert_eq!(client.post(ROOM, "x").await.status, 200);
    }
    assert_eq!(
        (client.sim.request_count(), client.sim.response_count(200)),
        (MORE_THAN_ALLOWED, MORE_THAN_ALLOWED)
    );
}
