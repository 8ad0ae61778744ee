//! The relay's binary for tests that start, stop and kill it. `LEASE_SECONDS` sets the outbox lease, which a killed
//! relay leaves behind, and shortens the settle window to two seconds. `FAST_CLOCK=origin:speed` starts the clock at
//! `origin`, in milliseconds since 1970, and scales it; the lease scales with it, and the settle window is two seconds
//! of real time.

use yobirin_relay::{Clock, OutboxTimings};

fn main() -> std::process::ExitCode {
    let seconds = std::env::var("LEASE_SECONDS").ok();
    let lease = seconds.and_then(|seconds| seconds.parse::<u64>().ok());
    let mut timings = lease.map_or_else(OutboxTimings::default, |seconds| OutboxTimings {
        lease_ms: seconds * 1000,
        settle_window_ms: 2_000,
    });
    let mut clock = Clock::system();
    if let Some((origin, speed)) = fast_clock() {
        clock = Clock::scaled(origin, speed);
        // Chatwork's latency is not scaled.
        timings.settle_window_ms = 2_000 * speed;
        timings.lease_ms *= speed;
    }
    yobirin_relay::run_with(timings, &clock)
}

fn fast_clock() -> Option<(u64, u64)> {
    let variable = std::env::var("FAST_CLOCK").ok()?;
    let (origin, speed) = variable.split_once(':')?;
    Some((origin.parse().ok()?, speed.parse().ok()?))
}
