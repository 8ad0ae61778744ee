//! Waiting for a condition with a deadline, in real time.

use std::time::Duration;

use tokio::time::Instant;

/// Polls until there is a value. Fails after 90 seconds, which allows for slow machines.
pub async fn eventually<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + Duration::from_secs(90);
    loop {
        if let Some(value) = ask().await {
            return value;
        }
        assert!(Instant::now() < deadline, "not within 90 seconds: {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
