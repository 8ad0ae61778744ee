//! Runs a simulated Chatwork with the sample office until it is interrupted.

use std::io::{self, Write};
use std::net::SocketAddr;

use chatwork_sim::{Limits, Office, Options, Sim};
use clap::Parser;

/// A simulated Chatwork with a sample office. Nothing leaves this machine.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// Loopback address to listen on; port 0 takes any free port
    #[arg(long, default_value = "127.0.0.1:8090")]
    listen: SocketAddr,
    /// Lift Chatwork's rate limits
    #[arg(long)]
    no_limits: bool,
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let arguments = Arguments::parse();
    let limits = if arguments.no_limits {
        Limits::lifted()
    } else {
        Limits::default()
    };
    let options = Options {
        limits,
        ..Options::default()
    };
    let sim = Sim::start_with(Office::sample(), arguments.listen, options).await?;
    let mut out = io::stdout().lock();
    writeln!(out, "Chatwork (simulated): {}/", sim.url())?;
    writeln!(out, "API:                  {}", sim.api())?;
    writeln!(out, "Token of the bot:     {}", Office::SAMPLE_TOKEN)?;
    drop(out);
    tokio::signal::ctrl_c().await?;
    sim.stop().await;
    Ok(())
}
