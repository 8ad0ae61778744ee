//! Throughput of accepting calls: the relay, which responds after a durable commit, beside two proxies that
//! forward the same request without storing it. Rounds alternate, so that other load on the machine affects all
//! of them.

use std::fs::File;
use std::io::Write as _;
use std::time::{Duration, Instant};

use relay_tests::LOBBY;

use crate::load::{LoadResult, Target, Until, drive};
use crate::office::sample;
use crate::part_result::{Part, size};
use crate::peers::Peers;
use crate::quantiles::Quantiles;
use crate::site::{Site, folder};

/// Numbers of requests in flight, measured one after the other.
const LEVELS: [usize; 3] = [1, 8, 64];
/// Number of requests in flight of the warm-up.
const WARM_UP_IN_FLIGHT: usize = 8;
/// Budget: a thousand times what Chatwork admits.
const MIN_ACCEPTS_PER_SECOND: f64 = 1_000.0;
/// Names of the measured programs, in the order of the targets.
const NAMES: [&str; 3] = ["relay", "nginx", "http-proxy"];

pub(crate) async fn measure() {
    let rounds = size("BENCH_ROUNDS", 5);
    let time = Duration::from_millis(size("BENCH_ROUND_MILLIS", 2_000) as u64);
    let mut part = Part::new("accept");
    let site = Site::open(&sample()).await;
    let cookie = site.pair(LOBBY).await;
    let peers = Peers::start().await;
    let addresses = [site.address.parse().unwrap(), peers.nginx, peers.node];
    let targets = addresses.map(|address| Target {
        address,
        cookie: cookie.clone(),
    });

    part.add_details(&format!(
        "PUT /api/calls/{{id}} with a new call each, from one load generator over persistent \
         connections with one request in flight each; {rounds} alternating rounds of {} s after a \
         warm-up; the load generator (one thread) shares the machine. The relay responds when the \
         call is on disk. Meanwhile it is connected to a simulated Chatwork and sends within Chatwork's \
         rate limit (300 requests in 5 minutes); the other calls wait. nginx (a worker per processor, \
         no log) and http-proxy (one process) get the same requests, add the token header and forward \
         them to a plain hyper server that stores nothing and responds at once, which is the best case \
         for them. This disk makes {:.0} sequential synchronous writes of 4 kB per second.",
        time.as_secs_f64(),
        syncs_per_second(),
    ));
    part.add_details("\n| in flight | program | calls/s, median (least–most) | p50 ms | p99 ms |");
    part.add_details("|---|---|---|---|---|");
    for target in &targets {
        drive(target, WARM_UP_IN_FLIGHT, Until::Over(time / 2)).await;
    }
    for in_flight in LEVELS {
        let mut results: [Vec<LoadResult>; NAMES.len()] = Default::default();
        for round in 0..rounds {
            for turn in 0..targets.len() {
                let target = (round + turn) % targets.len();
                results[target].push(drive(&targets[target], in_flight, Until::Over(time)).await);
            }
        }
        let rates = results.each_ref().map(|loads| rates(loads));
        for (index, loads) in results.iter().enumerate() {
            let latency = |share| {
                Quantiles::of(loads.iter().map(|load| load.millis.quantile(share))).median()
            };
            part.add_details(&format!(
                "| {in_flight} | {} | {:.0} ({:.0}–{:.0}) | {:.2} | {:.2} |",
                NAMES[index],
                rates[index].median(),
                rates[index].min(),
                rates[index].max(),
                latency(0.5),
                latency(0.99),
            ));
        }
        let [relay, nginx, node] = rates.map(|rate| rate.median());
        // The budget is for concurrent tablets; one alone is in the details.
        if in_flight > 1 {
            part.add_row(
                &format!("accept with commit on disk, {in_flight} in flight"),
                format!(
                    "{relay:.0}/s; {:.2} × nginx, {:.2} × http-proxy",
                    relay / nginx,
                    relay / node
                ),
                "≥ 1,000/s",
                relay >= MIN_ACCEPTS_PER_SECOND,
            );
        }
    }
    assert_eq!(
        site.sim.response_count(429),
        0,
        "Chatwork's limits are kept"
    );
    part.add_details(&format!(
        "\nAt the end {:.0} calls were waiting. No response was an error.",
        site.figure("yobirin_queue_deliveries").await
    ));
    peers.stop().await;
    site.close().await;
    part.write();
}

/// Calls per second of each round.
fn rates(loads: &[LoadResult]) -> Quantiles {
    Quantiles::of(loads.iter().map(|load| load.rate))
}

/// Synchronous writes per second of the disk, one at a time.
#[allow(clippy::cast_precision_loss)]
fn syncs_per_second() -> f64 {
    let path = folder().join("syncs");
    let mut file = File::create(&path).unwrap();
    let (began, mut syncs) = (Instant::now(), 0_u32);
    while began.elapsed() < Duration::from_secs(1) {
        file.write_all(&[7; 4096]).unwrap();
        file.sync_data().unwrap();
        syncs += 1;
    }
    let rate = f64::from(syncs) / began.elapsed().as_secs_f64();
    std::fs::remove_file(path).unwrap();
    rate
}
