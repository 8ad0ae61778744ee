//! Command-line arguments, which `YOBIRIN_…` variables can also set.

use std::fmt::Display;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use ipnet::IpNet;
use url::Url;
use yobirin_domain::caller_limits::TABLET_CALLS;

use crate::boot::{DEFAULT_HISTORY_DAYS, StartError};
use crate::cli::values::{parse_api_url, parse_host, parse_listen, parse_network, parse_origin};
use crate::http::tls::TlsFiles;
use crate::metrics::MetricsToken;
use yobirin_alarm_webhook::{AlarmWebhook, AllowedAddresses};
use yobirin_chatwork::API_URL;
use yobirin_store::Database;
use zeroize::Zeroizing;

/// End of the help: proxies, log levels and exit codes.
const ENVIRONMENT_AND_EXIT_CODES: &str = "\
Environment:
  HTTPS_PROXY  Proxy for requests to Chatwork, such as http://proxy.example:3128
  NO_PROXY     Hosts reached without that proxy, separated by commas
  RUST_LOG     Log level: warn, info (the default) or debug, which adds every request
  YOBIRIN_KEY  Encryption key, 32 random bytes in base64, instead of the file `key` in the data folder

Exit codes:
  0  stopped by a signal, or done
  1  failed: the message says why
  2  invalid options or an invalid certificate: starting again does not help";

/// A self-hosted reception desk that notifies people in Chatwork.
#[derive(Debug, Parser)]
#[command(
    name = "yobirin-relay",
    version,
    after_help = ENVIRONMENT_AND_EXIT_CODES,
    args_conflicts_with_subcommands = true
)]
pub(crate) struct Cli {
    /// Command; `serve` by default.
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub serve: Serve,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Run the reception desk (the default)
    #[command(after_help = ENVIRONMENT_AND_EXIT_CODES)]
    Serve(Box<Serve>),
    /// Write the database and the key file into one file; the relay may be running
    Backup(Backup),
    /// Restore a backup; the relay must not be running
    Restore(Restore),
    /// Let a locked-out admin choose a new password: prints a link; the relay may be running
    ResetPassword(ResetPassword),
    /// Make a certificate authority and a certificate for names or addresses of the local network
    TlsInit(TlsInit),
    #[cfg(feature = "demo")]
    /// Try it out with a sample office and a simulated Chatwork; nothing leaves this machine
    Demo(Demo),
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// Address and port to listen on; port 0 takes a free one
    #[arg(
        long,
        env = "YOBIRIN_LISTEN",
        default_value = "127.0.0.1:8080",
        value_name = "ADDR:PORT",
        value_parser = parse_listen
    )]
    pub listen: SocketAddr,
    #[command(flatten)]
    pub database: DatabaseArgs,
    /// Address at which browsers reach the relay, such as https://reception.example.jp; needed behind a TLS proxy
    #[arg(long, env = "YOBIRIN_PUBLIC_URL", value_name = "URL", value_parser = parse_origin)]
    pub public_url: Option<Url>,
    /// Address or network (10.0.0.0/8) of the proxy in front, whose X-Forwarded-For or Forwarded header is
    /// trusted, so that limits count for each caller; several separated by commas
    #[arg(
        long,
        env = "YOBIRIN_TRUSTED_PROXY",
        value_name = "ADDR",
        value_delimiter = ',',
        value_parser = parse_network
    )]
    pub trusted_proxy: Vec<IpNet>,
    /// Maximum number of days to keep visitors' details, messages and answers, whatever set-up says
    #[arg(
        long,
        env = "YOBIRIN_KEEP_HISTORY_DAYS",
        default_value_t = DEFAULT_HISTORY_DAYS,
        value_name = "DAYS",
        value_parser = clap::value_parser!(u32).range(1..=36_500)
    )]
    pub keep_history_days: u32,
    /// New calls accepted from one tablet per minute; twice as many at once
    #[arg(
        long,
        env = "YOBIRIN_TABLET_CALLS",
        default_value_t = TABLET_CALLS.burst / 2,
        value_name = "CALLS",
        value_parser = clap::value_parser!(u64).range(1..=1_000_000)
    )]
    pub tablet_calls: u64,
    /// Certificate chain (PEM), for https without a proxy; reloaded on SIGHUP
    #[arg(
        long,
        env = "YOBIRIN_TLS_CERT",
        value_name = "FILE",
        requires = "tls_key"
    )]
    pub tls_cert: Option<PathBuf>,
    /// Private key of the certificate (PEM)
    #[arg(
        long,
        env = "YOBIRIN_TLS_KEY",
        value_name = "FILE",
        requires = "tls_cert"
    )]
    pub tls_key: Option<PathBuf>,
    /// Serve other machines over plain http: anybody on the network can read and change everything
    #[arg(long, env = "YOBIRIN_PLAIN_HTTP")]
    pub plain_http: bool,
    /// Bearer token, at least 16 characters, with which Prometheus may read /metrics from another machine
    #[arg(
        long,
        env = "YOBIRIN_METRICS_TOKEN",
        hide_env_values = true,
        value_name = "TOKEN"
    )]
    pub metrics_token: Option<MetricsToken>,
    /// URL outside Chatwork that receives alarms which cannot be sent to Chatwork, as signed JSON by POST; never
    /// through HTTPS_PROXY
    #[arg(
        long,
        env = "YOBIRIN_ALARM_WEBHOOK",
        hide_env_values = true,
        value_name = "URL",
        requires = "alarm_webhook_secret"
    )]
    pub alarm_webhook: Option<Url>,
    /// File with the secret that signs requests to the alarm webhook, at least 16 characters
    #[arg(
        long,
        env = "YOBIRIN_ALARM_WEBHOOK_SECRET",
        value_name = "FILE",
        requires = "alarm_webhook"
    )]
    pub alarm_webhook_secret: Option<PathBuf>,
    /// Allow an alarm webhook on a private network, and over http
    #[arg(long, env = "YOBIRIN_ALARM_WEBHOOK_PRIVATE")]
    pub alarm_webhook_private: bool,
    /// Base URL of Chatwork's API
    #[arg(
        long,
        env = "YOBIRIN_CHATWORK_API",
        default_value = API_URL,
        value_name = "URL",
        value_parser = parse_api_url
    )]
    pub chatwork_api: Url,
    /// Format of the log on stderr
    #[arg(long, env = "YOBIRIN_LOG", default_value = "text", value_enum)]
    pub log: LogFormat,
}

impl Serve {
    /// True when browsers on other machines would use plain HTTP.
    pub(crate) fn is_exposed(&self) -> bool {
        let public = self.public_url.as_ref();
        let is_https = self.tls_cert.is_some() || public.is_some_and(|url| url.scheme() == "https");
        !is_https && !self.listen.ip().is_loopback()
    }

    /// Returns the client of the alarm webhook; clap requires address and secret together.
    pub(crate) fn alarm_webhook(&self) -> Result<Option<AlarmWebhook>, StartError> {
        let configured = self
            .alarm_webhook
            .clone()
            .zip(self.alarm_webhook_secret.as_ref());
        let Some((url, file)) = configured else {
            return Ok(None);
        };
        let refuse = |error: &dyn Display| StartError::AlarmWebhook(error.to_string());
        let secret = fs_err::read_to_string(file).map_err(|error| refuse(&error))?;
        let secret = Zeroizing::new(secret);
        let allowed = match self.alarm_webhook_private {
            true => AllowedAddresses::AlsoPrivate,
            false => AllowedAddresses::Public,
        };
        let webhook = AlarmWebhook::new(url, &secret, allowed);
        webhook.map(Some).map_err(|error| refuse(&error))
    }

    /// Returns certificate and key; clap requires both.
    pub(crate) fn tls(&self) -> Option<TlsFiles> {
        let (cert, key) = self.tls_cert.clone().zip(self.tls_key.clone())?;
        Some(TlsFiles { cert, key })
    }
}

#[derive(Debug, Args)]
pub(crate) struct TlsInit {
    /// Names and addresses under which tablets reach the relay, such as reception.local 192.168.1.5
    #[arg(required = true, value_parser = parse_host)]
    pub host: Vec<String>,
    /// Data folder of the relay; the files go into its subfolder tls
    #[arg(
        long,
        env = "YOBIRIN_DATA",
        default_value = "yobirin-data",
        value_name = "DIR"
    )]
    pub data: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct DatabaseArgs {
    /// Folder for the database and the key file; created when missing, closed to other users
    #[arg(
        long,
        env = "YOBIRIN_DATA",
        default_value = "yobirin-data",
        value_name = "DIR"
    )]
    pub data: PathBuf,
    /// Database: sqlite (in the data folder), or postgres://user:password@host/name, which several relays may
    /// share; use the variable for it, because other users of the machine can see options
    #[arg(
        long,
        env = "YOBIRIN_DATABASE",
        default_value = "sqlite",
        value_name = "DATABASE",
        hide_env_values = true
    )]
    pub database: Database,
}

#[derive(Debug, Args)]
pub(crate) struct Backup {
    /// File to write, which must not exist; with --rotate, the folder
    #[arg(value_name = "FILE|DIR")]
    pub file: PathBuf,
    /// Write a file named by date into the folder, check it by restoring it, and delete all but the newest N
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub rotate: Option<u16>,
    #[command(flatten)]
    pub database: DatabaseArgs,
}

#[derive(Debug, Args)]
pub(crate) struct Restore {
    /// File that `backup` wrote
    pub file: PathBuf,
    /// Replace existing data, which is moved aside with the ending .replaced (then .replaced-2 and so on)
    #[arg(long)]
    pub replace: bool,
    #[command(flatten)]
    pub database: DatabaseArgs,
}

#[derive(Debug, Args)]
#[command(
    long_about = "Let a locked-out admin choose a new password. Takes the password and every admin's \
                  session away, and prints a link that works once within a day; two-factor \
                  authentication, settings, tablets, the API token and the history stay. The relay may be running. \
                  Run it as the relay's own user."
)]
pub(crate) struct ResetPassword {
    /// Also turn off two-factor authentication, for an admin without phone and recovery codes
    #[arg(long)]
    pub two_factor: bool,
    /// Address at which browsers reach the relay, as for `serve`; the link begins with it
    #[arg(long, env = "YOBIRIN_PUBLIC_URL", value_name = "URL", value_parser = parse_origin)]
    pub public_url: Option<Url>,
    #[command(flatten)]
    pub database: DatabaseArgs,
}

#[cfg(feature = "demo")]
#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Address and port to listen on; the next free port when it is taken [default: 127.0.0.1:8080]
    #[arg(long, env = "YOBIRIN_LISTEN", value_name = "ADDR:PORT", value_parser = parse_listen)]
    pub listen: Option<SocketAddr>,
    /// Folder of the demo; a temporary one by default
    #[arg(long, env = "YOBIRIN_DATA", value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// Format of the log on stderr
    #[arg(long, env = "YOBIRIN_LOG", default_value = "text", value_enum)]
    pub log: LogFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum LogFormat {
    /// One JSON record per line
    Json,
    /// Plain lines of text
    Text,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_readme_names_only_options_that_exist() {
        let mut program = Cli::command();
        program.build();
        let commands = std::iter::once(&program).chain(program.get_subcommands());
        let arguments = commands.flat_map(clap::Command::get_arguments);
        let known: Vec<&str> = arguments.filter_map(clap::Arg::get_long).collect();
        let of_chromium = ["kiosk", "app"];
        let readme = include_str!("../../../../README.md");
        let words = readme.split(|c: char| c != '-' && !c.is_ascii_alphanumeric());
        let options = words.filter_map(|word| word.strip_prefix("--"));
        for option in options.filter(|option| option.starts_with(|c: char| c.is_ascii_lowercase()))
        {
            let exists = known.contains(&option) || of_chromium.contains(&option);
            assert!(exists, "--{option}");
        }
    }

    #[test]
    fn serve_is_the_default_command() {
        let cli = Cli::try_parse_from(["yobirin-relay", "--listen", "127.0.0.1:0"]).unwrap();
        assert!(cli.command.is_none());
        assert_eq!(cli.serve.listen.port(), 0);
    }

    #[test]
    fn the_files_for_systemd_and_containers_run_commands_that_exist() {
        let units = [
            include_str!("../../../deploy/yobirin-relay.service"),
            include_str!("../../../deploy/yobirin-backup.service"),
        ];
        for unit in units {
            let start = unit
                .lines()
                .find_map(|line| line.strip_prefix("ExecStart="));
            let parsed = Cli::try_parse_from(start.unwrap().split_whitespace());
            assert!(parsed.is_ok(), "{start:?}: {parsed:?}");
        }
        let image = include_str!("../../../deploy/Containerfile");
        let listen = image.split("YOBIRIN_LISTEN=").nth(1).unwrap();
        let listen = listen.split_whitespace().next().unwrap();
        let port = parse_listen(listen).unwrap().port();
        let check = image.split("HEALTHCHECK").nth(1).unwrap();
        assert!(check.contains(&format!(":{port}/healthz")), "{check}");
    }

    #[test]
    fn proxies_are_trusted_by_address_or_network() {
        let proxies = "127.0.0.1,10.0.0.0/8,2001:db8::/32";
        let cli = Cli::try_parse_from(["yobirin-relay", "--trusted-proxy", proxies]).unwrap();
        let read: Vec<String> = cli
            .serve
            .trusted_proxy
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(read, ["127.0.0.1/32", "10.0.0.0/8", "2001:db8::/32"]);
    }
}
