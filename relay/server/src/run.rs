//! The program: options in, a relay that runs until it is told to stop, an exit code out.

use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

use clap::Parser as _;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tracing_subscriber::EnvFilter;

use crate::clock::Clock;
use crate::config::{Backup, Cli, Command, Demo, Kept, LogFormat, Restore, Serve};
use crate::outbox::Patience;
use crate::start::{Options, Running, start};
use crate::{backup, demo};

/// Runs the program. Exit codes: 0 stopped, 1 could not start, 2 wrong options.
#[must_use]
pub fn run() -> ExitCode {
    run_with(Patience::default())
}

/// The same with a patience of one's own; tests have less.
#[must_use]
pub fn run_with(patience: Patience) -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error),
    };
    let done = match cli.command {
        None => runtime.block_on(serve(cli.serve, patience)),
        Some(Command::Serve(options)) => runtime.block_on(serve(options, patience)),
        Some(Command::Backup(options)) => runtime.block_on(write_backup(options)),
        Some(Command::Restore(options)) => runtime.block_on(restore(options)),
        Some(Command::Demo(options)) => runtime.block_on(try_out(options)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(error.as_ref()),
    }
}

type Done = Result<(), Box<dyn std::error::Error>>;

async fn serve(options: Serve, patience: Patience) -> Done {
    log_to_stderr(options.log);
    let relay = start(Options {
        database: options.database,
        keep_history_days: options.keep_history_days,
        patience,
        public_url: options.public_url,
        ..Options::new(options.listen, options.data, options.chatwork_api)
    })
    .await?;
    let told = Told::listen()?;
    let mut lines = format!("listening on http://{}\n", relay.address);
    if let Some(link) = &relay.first_run {
        lines += &format!(
            "first-run link: {}/setup/first-run#link={}\n",
            relay.url(),
            link.as_str()
        );
    }
    say(&lines)?;
    until_told(relay, told).await
}

async fn write_backup(options: Backup) -> Done {
    let Kept { data, database } = options.kept;
    let now = Clock::system().now();
    say(&backup::backup(&data, &database, &options.file, now).await?)?;
    Ok(())
}

async fn restore(options: Restore) -> Done {
    let Kept { data, database } = options.kept;
    let now = Clock::system().now();
    say(&backup::restore(&data, &database, &options.file, options.replace, now).await?)?;
    Ok(())
}

async fn try_out(options: Demo) -> Done {
    log_to_stderr(options.log);
    let demo = demo::start(options.listen, options.data).await?;
    let told = Told::listen()?;
    say(&demo.links())?;
    until_told(demo.relay, told).await
}

/// SIGTERM or SIGINT end the program, politely. Heard from before the first line is printed: who
/// reads that may send one.
struct Told {
    term: Signal,
    int: Signal,
}

impl Told {
    fn listen() -> io::Result<Self> {
        let term = signal(SignalKind::terminate())?;
        let int = signal(SignalKind::interrupt())?;
        Ok(Self { term, int })
    }
}

async fn until_told(relay: Running, mut told: Told) -> Done {
    tokio::select! {
        _ = told.term.recv() => {}
        _ = told.int.recv() => {}
    }
    tracing::info!("stopping: streams end, what is in flight finishes");
    relay.stop().await;
    Ok(())
}

fn log_to_stderr(format: LogFormat) {
    // RUST_LOG can say more; the statements of sqlx hold names and texts and stay out.
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let quiet = ["sqlx=warn", "hyper=warn", "reqwest=warn", "h2=warn"];
    let filter = quiet
        .iter()
        .filter_map(|rule| rule.parse().ok())
        .fold(filter, EnvFilter::add_directive);
    let log = tracing_subscriber::fmt()
        .with_ansi(io::stderr().is_terminal())
        .with_env_filter(filter)
        .with_writer(io::stderr);
    match format {
        LogFormat::Json => log.json().init(),
        LogFormat::Text => log.with_target(false).init(),
    }
}

fn say(lines: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(lines.as_bytes())?;
    out.flush()
}

fn failed(error: &(impl std::fmt::Display + ?Sized)) -> ExitCode {
    // Nothing is left to tell when stderr is closed.
    let _ = writeln!(io::stderr(), "yobirin-relay: {error}");
    ExitCode::FAILURE
}
