//! The relay as a program of its own, to be started, stopped and killed. With `LEASE_SECONDS`, a
//! lease of a killed one ends sooner than it would in earnest. With `FAST_CLOCK=origin:speed` its time
//! passes that many times as fast, and it waits accordingly for messages that may still turn up.

use std::time::Duration;

use yobirin_relay::{Clock, OutboxTimings};

fn main() -> std::process::ExitCode {
    let seconds = std::env::var("LEASE_SECONDS").ok();
    let lease = seconds.and_then(|seconds| seconds.parse().ok());
    let mut patience = lease.map_or_else(OutboxTimings::default, |seconds| OutboxTimings {
        lease: Duration::from_secs(seconds),
        settle_window: Duration::from_secs(2),
        ..OutboxTimings::default()
    });
    let mut clock = Clock::system();
    if let Some((origin, speed)) = fast_clock() {
        clock = Clock::scaled(origin, speed.into());
        // Chatwork is as slow as ever.
        patience.settle_window = Duration::from_secs(2) * speed;
        patience.lease *= speed;
    }
    yobirin_relay::run_with(patience, &clock)
}

fn fast_clock() -> Option<(u64, u32)> {
    let words = std::env::var("FAST_CLOCK").ok()?;
    let (origin, speed) = words.split_once(':')?;
    Some((origin.parse().ok()?, speed.parse().ok()?))
}
