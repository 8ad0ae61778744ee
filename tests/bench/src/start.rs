//! Startup time with thousands of waiting calls after a kill, and memory of an idle relay.

use std::time::Duration;

use relay_tests::LOBBY;

use crate::load::{Target, Until, drive};
use crate::office::sample;
use crate::part_result::{Part, size};
use crate::quantiles::Quantiles;
use crate::site::Site;

/// Calls that are sent at once within Chatwork's limits and therefore do not wait.
const SENT_AT_ONCE: usize = 300;
/// Measured starts.
const STARTS: usize = 5;
/// Calls that are handed over at a time.
const CONCURRENT_CALLS: usize = 32;
/// Budget of an idle relay's resident memory.
const MAX_IDLE_MB: f64 = 30.0;
/// Budget of the time until a relay with waiting calls is ready.
const MAX_START_MILLIS: f64 = 1_000.0;
const MB: f64 = 1_000_000.0;

pub(crate) async fn measure() {
    let waiting = size("BENCH_WAITING", 10_000);
    let mut part = Part::new("start");
    let mut site = Site::open(&sample()).await;
    let cookie = site.pair(LOBBY).await;
    site.kill_and_restart().await;
    // The work of the startup ends within this time.
    tokio::time::sleep(Duration::from_secs(3)).await;
    let idle = site.resident() / MB;
    part.add_row(
        "idle memory, sample office",
        format!("{idle:.1} MB resident"),
        "≤ 30 MB",
        idle <= MAX_IDLE_MB,
    );

    let target = Target {
        address: site.address.parse().unwrap(),
        cookie,
    };
    let calls = Until::Sent(waiting + SENT_AT_ONCE);
    drive(&target, CONCURRENT_CALLS, calls).await;
    let with_calls = site.resident() / MB;
    let mut starts = Vec::new();
    for _ in 0..STARTS {
        starts.push(site.kill_and_restart().await.as_secs_f64() * 1000.0);
    }
    let waiting_at_end = site.figure("yobirin_queue_deliveries").await;
    let starts = Quantiles::of(starts);
    part.add_row(
        &format!("start with {waiting} calls waiting, after kill -9"),
        format!("ready in {:.0} ms", starts.median()),
        "≤ 1 s",
        starts.median() <= MAX_START_MILLIS,
    );
    part.add_details(&format!(
        "Idle: configured with {} hosts, 3 s after startup. After accepting {} calls: {with_calls:.1} MB. \
         Startup after kill -9, from starting the process to 200 on /readyz, {STARTS} times: median \
         {:.0} ms, max {:.0} ms; {waiting_at_end:.0} calls were waiting after the last.",
        sample().hosts.len(),
        waiting + SENT_AT_ONCE,
        starts.median(),
        starts.max(),
    ));
    site.close().await;
    part.write();
}
