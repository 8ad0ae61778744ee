//! Measures the relay, each part a word on the command line:
//!
//! - `accept`: taking calls in, beside nginx and Node's http-proxy that pass the same requests on;
//! - `tap`: from a tap to the message that Chatwork has stored;
//! - `streams`: thousands of open tablets;
//! - `start`: a start with thousands of calls waiting, and what an idle relay takes;
//! - `upstream`: not a part: what the two proxies pass requests on to.
//!
//! A part writes its rows as JSON to the folder that `BENCH_OUT` names; `.make/bench.sh` runs all and
//! makes the table. The relay is the released program in a process of its own.

// A measurement that cannot be made ends loudly.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::print_stderr)]

mod accept;
mod load;
mod office;
mod part;
mod peers;
mod site;
mod spread;
mod start;
mod streams;
mod tap;
mod upstream;

// One thread makes the load, so that it leaves the rest of the machine to who is measured.
#[tokio::main(flavor = "current_thread")]
async fn main() -> std::process::ExitCode {
    match std::env::args().nth(1).as_deref() {
        Some("accept") => accept::measure().await,
        Some("tap") => tap::measure().await,
        Some("streams") => streams::measure().await,
        Some("start") => start::measure().await,
        Some("upstream") => upstream::serve().await,
        _ => {
            eprintln!("usage: bench accept|tap|streams|start");
            return std::process::ExitCode::from(2);
        }
    }
    std::process::ExitCode::SUCCESS
}
