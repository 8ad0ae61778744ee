//! The relay as a program of its own, to be started, stopped and killed. With `LEASE_SECONDS`, a
//! lease of a killed one ends sooner than it would in earnest.

use std::time::Duration;

use yobirin_relay::Patience;

fn main() -> std::process::ExitCode {
    let seconds = std::env::var("LEASE_SECONDS").ok();
    let lease = seconds.and_then(|seconds| seconds.parse().ok());
    yobirin_relay::run_with(lease.map_or_else(Patience::default, |seconds| Patience {
        lease: Duration::from_secs(seconds),
        quiet: Duration::from_secs(2),
        ..Patience::default()
    }))
}
