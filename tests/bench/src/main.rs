//! Measures the relay. The command line names the part:
//!
//! - `accept`: accepting calls, beside nginx and Node's http-proxy as forwarding proxies;
//! - `tap`: latency from a tap to the stored message;
//! - `streams`: thousands of open event streams;
//! - `answers`: latency from a host's reply to the tablet, and the requests that listening takes;
//! - `start`: startup with thousands of waiting calls, and memory of an idle relay;
//! - `upstream`: not a measurement but the upstream of the two proxies.
//!
//! A part writes its rows as JSON to the folder `BENCH_OUT`; `.make/bench.sh` runs all parts and makes the table.
//! The relay is the release binary in a separate process.

// A failed measurement panics.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr)]

mod accept;
mod answers;
mod load;
mod office;
mod part_result;
mod peers;
mod quantiles;
mod site;
mod start;
mod streams;
mod tap;
mod upstream;

// The load comes from one thread, which leaves the other processors to the measured program.
#[tokio::main(flavor = "current_thread")]
async fn main() -> std::process::ExitCode {
    match std::env::args().nth(1).as_deref() {
        Some("accept") => accept::measure().await,
        Some("answers") => answers::measure().await,
        Some("tap") => tap::measure().await,
        Some("streams") => streams::measure().await,
        Some("start") => start::measure().await,
        Some("upstream") => upstream::serve().await,
        _ => {
            eprintln!("usage: bench accept|answers|tap|streams|start");
            return std::process::ExitCode::from(2);
        }
    }
    std::process::ExitCode::SUCCESS
}
