//! Main function: parses the arguments, runs the command until shutdown, returns the exit code.

use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

use clap::Parser as _;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tracing_subscriber::EnvFilter;
use yobirin_domain::caller_limits::RateLimit;

use crate::boot::{Options, RelayHandle, StartError, start};
#[cfg(feature = "demo")]
use crate::cli::args::Demo;
use crate::cli::args::{
    Backup, Cli, Command, DatabaseArgs, LogFormat, ResetPassword, Restore, Serve, TlsInit,
};
use crate::cli::refusal::one_line;
#[cfg(feature = "demo")]
use crate::demo;
use crate::forward::outbox::OutboxTimings;
use crate::http::tls_init;
use crate::ops::{backup, reset_password, rotation};
use crate::security_log::{CERTIFICATE_READ, CERTIFICATE_REFUSED};
use yobirin_chatwork::Clock;

/// Exit code of invalid options: a value, or the file that it names.
const INVALID_OPTIONS_EXIT_CODE: u8 = 2;

/// Runs the program. Exit codes: 0 stopped, 1 failed to start, 2 invalid options.
#[must_use]
pub fn run() -> ExitCode {
    run_with(OutboxTimings::default(), &Clock::system())
}

/// Runs the program with other time limits and another clock, for tests.
#[must_use]
pub fn run_with(outbox_timings: OutboxTimings, clock: &Clock) -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return exit_with_usage(&error),
    };
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return exit_with_error(&error),
    };
    let result = match cli.command {
        None => runtime.block_on(serve(cli.serve, outbox_timings, clock)),
        Some(Command::Serve(options)) => runtime.block_on(serve(*options, outbox_timings, clock)),
        Some(Command::Backup(options)) => runtime.block_on(write_backup(options)),
        Some(Command::Restore(options)) => runtime.block_on(restore(options)),
        Some(Command::ResetPassword(options)) => runtime.block_on(reset_password(options)),
        Some(Command::TlsInit(options)) => make_certificate(&options),
        #[cfg(feature = "demo")]
        Some(Command::Demo(options)) => runtime.block_on(run_demo(options)),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => exit_with_error(error.as_ref()),
    }
}

/// Prints help and version to stdout, and any other refusal as one line to stderr.
fn exit_with_usage(error: &clap::Error) -> ExitCode {
    if error.use_stderr() {
        // Nothing can be reported when stderr is closed.
        let _ = writeln!(io::stderr(), "yobirin-relay: {}", one_line(error));
        return ExitCode::from(INVALID_OPTIONS_EXIT_CODE);
    }
    // Nothing can be reported when stdout is closed.
    let _ = error.print();
    ExitCode::SUCCESS
}

type CommandResult = Result<(), Box<dyn std::error::Error>>;

async fn serve(options: Serve, outbox_timings: OutboxTimings, clock: &Clock) -> CommandResult {
    log_to_stderr(options.log);
    let signals = Signals::listen()?;
    let is_exposed = options.is_exposed();
    if is_exposed && !options.plain_http {
        return Err(StartError::PlainHttp.into());
    }
    let (tls, alarm_webhook) = (options.tls(), options.alarm_webhook()?);
    let DatabaseArgs { data, database } = options.database;
    let folder = data.display().to_string();
    let relay = start(Options {
        tls,
        alarm_webhook,
        metrics_token: options.metrics_token,
        database,
        keep_history_days: options.keep_history_days,
        tablet_calls: RateLimit::per_minute(options.tablet_calls, 2 * options.tablet_calls),
        outbox_timings,
        clock: clock.clone(),
        public_url: options.public_url,
        trusted_proxies: options.trusted_proxy,
        ..Options::new(options.listen, data, options.chatwork_api)
    })
    .await?;
    log_start(&relay, &folder);
    if is_exposed {
        tracing::warn!(
            "other machines use plain http: anybody on the network can read and change everything"
        );
    }
    let mut lines = format!("listening on {}\n", relay.listening());
    if let Some(link) = &relay.first_run {
        lines += &format!(
            "first-run link: {}/setup/first-run#link={}\n(open it to choose the admin password; set-up then leads through the rest)\n",
            relay.url(),
            link.as_str()
        );
        if relay.is_url_local() {
            lines +=
                "(on another machine, replace localhost with this machine's name or address)\n";
        }
    }
    print(&lines)?;
    wait_for_shutdown(relay, signals).await
}

async fn write_backup(options: Backup) -> CommandResult {
    let DatabaseArgs { data, database } = options.database;
    let (now, file) = (Clock::system().now(), &options.file);
    let text = match options.rotate {
        None => backup::backup(&data, &database, file, now).await?,
        Some(keep) => rotation::rotate(&data, &database, file, keep.into(), now).await?,
    };
    print(&text)?;
    if let Err(error) = backup::record_backup(&data, now) {
        tracing::warn!(%error, "set-up will not show this backup: its time was not written to the data directory");
    }
    Ok(())
}

async fn restore(options: Restore) -> CommandResult {
    let DatabaseArgs { data, database } = options.database;
    let now = Clock::system().now();
    let text = backup::restore(&data, &database, &options.file, options.replace, now).await?;
    Ok(print(&text)?)
}

async fn reset_password(options: ResetPassword) -> CommandResult {
    let DatabaseArgs { data, database } = options.database;
    let (public_url, now) = (options.public_url.as_ref(), Clock::system().now());
    let two_factor = options.two_factor;
    let text = reset_password::reset_password(&data, &database, public_url, two_factor, now);
    Ok(print(&text.await?)?)
}

#[cfg(feature = "demo")]
async fn run_demo(options: Demo) -> CommandResult {
    log_to_stderr(options.log);
    let signals = Signals::listen()?;
    let demo = demo::start(options.listen, options.data).await?;
    log_start(&demo.relay, "the demo's");
    print(&demo.links())?;
    wait_for_shutdown(demo.relay, signals).await
}

fn make_certificate(options: &TlsInit) -> CommandResult {
    let folder = options.data.join("tls");
    let text = tls_init::init(&options.host, &folder, Clock::system().now())?;
    Ok(print(&text)?)
}

/// Signals that the program handles. Created before the program prints that it is ready, so that an early signal
/// ends it properly.
struct Signals {
    term: Signal,
    int: Signal,
    hup: Signal,
}

impl Signals {
    fn listen() -> io::Result<Self> {
        Ok(Self {
            term: signal(SignalKind::terminate())?,
            int: signal(SignalKind::interrupt())?,
            hup: signal(SignalKind::hangup())?,
        })
    }
}

/// Waits for SIGTERM or SIGINT, then stops the relay; SIGHUP makes it read its certificate again.
async fn wait_for_shutdown(relay: RelayHandle, mut signals: Signals) -> CommandResult {
    loop {
        tokio::select! {
            _ = signals.term.recv() => break,
            _ = signals.int.recv() => break,
            _ = signals.hup.recv() => reload_certificate(&relay),
        }
    }
    tracing::info!("stopping: finishing requests and deliveries in flight");
    relay.stop().await;
    tracing::info!("stopped");
    Ok(())
}

fn log_start(relay: &RelayHandle, data: &str) {
    let (version, listening) = (env!("CARGO_PKG_VERSION"), relay.listening());
    tracing::info!(version, listening, url = relay.url(), data, "started");
}

fn reload_certificate(relay: &RelayHandle) {
    match relay.reload_tls() {
        Ok(true) => tracing::info!(event = CERTIFICATE_READ, "certificate and key reloaded"),
        Ok(false) => tracing::info!("no certificate to reload"),
        Err(error) => {
            tracing::error!(event = CERTIFICATE_REFUSED, %error, "failed to reload certificate; the old one stays in use");
        }
    }
}

fn log_to_stderr(format: LogFormat) {
    // RUST_LOG can add targets. The statements of sqlx hold names and texts and stay out.
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let quiet = ["sqlx=warn", "hyper=warn", "reqwest=warn", "h2=warn"];
    let filter = quiet
        .iter()
        .filter_map(|rule| rule.parse().ok())
        .fold(filter, EnvFilter::add_directive);
    let log = tracing_subscriber::fmt()
        .with_ansi(io::stderr().is_terminal())
        .with_env_filter(filter)
        .with_writer(|| OneLineWriter(io::stderr().lock()));
    match format {
        LogFormat::Json => log.json().init(),
        LogFormat::Text => log.with_target(false).init(),
    }
}

/// Writer that replaces line breaks within a log record, so that each record is one line. A record is written at once
/// and ends with a line feed. Escapes are colours; `tracing_subscriber` removes them from values.
struct OneLineWriter<W>(W);

impl<W: io::Write> io::Write for OneLineWriter<W> {
    fn write(&mut self, record: &[u8]) -> io::Result<usize> {
        let text = record.strip_suffix(b"\n").unwrap_or(record);
        let line = text.iter().map(|byte| match byte {
            b'\x1b' | b' '.. => *byte,
            _ => b' ',
        });
        self.0
            .write_all(&line.chain([b'\n']).collect::<Vec<u8>>())?;
        Ok(record.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn print(lines: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(lines.as_bytes())?;
    out.flush()
}

fn exit_with_error(error: &(dyn std::error::Error + 'static)) -> ExitCode {
    // Nothing can be reported when stderr is closed.
    let _ = writeln!(io::stderr(), "yobirin-relay: {error}");
    match error.downcast_ref() {
        Some(StartError::Tls(_) | StartError::PlainHttp | StartError::AlarmWebhook(_)) => {
            ExitCode::from(INVALID_OPTIONS_EXIT_CODE)
        }
        _ => ExitCode::FAILURE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_of_the_log_is_one_line() {
        let mut out = Vec::new();
        let record = "error=first\r\nsecond\u{0}third お客様\n";
        OneLineWriter(&mut out)
            .write_all(record.as_bytes())
            .unwrap();
        let line = String::from_utf8(out).unwrap();
        assert_eq!(line, "error=first  second third お客様\n");
    }
}
