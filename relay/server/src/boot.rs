//! Starts and stops a relay, for the program and the tests.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Once};

use ipnet::IpNet;
use parking_lot::RwLock;
use thiserror::Error;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use url::Url;
use yobirin_domain::caller_limits::{RateLimit, TABLET_CALLS};
use yobirin_domain::model::retention::MAX_RETENTION_DAYS;
use zeroize::Zeroizing;

use crate::alarm;
use crate::auth::{CallerRateLimiter, DemoCredentials, FirstRunLink, PasswordHasher};
use crate::crypto::token;
use crate::event_bus::EventBus;
use crate::forward::connection::{ChatworkConnection, ConnectionError, load_account};
use crate::forward::forwarder::Forwarder;
use crate::forward::listener_handle::ListenerHandle;
use crate::forward::outbox::{self, Outbox, OutboxTimings};
use crate::forward::{listener, post_edits};
use crate::http::body_quota::BodyQuota;
use crate::http::connection_limit::ConnectionLimits;
use crate::http::server::{self, Server};
use crate::http::timeouts::HttpTimeouts;
use crate::http::tls::{Tls, TlsError, TlsFiles};
use crate::metrics::MetricsToken;
use crate::ops::data_dir::{DataDir, DataDirError};
use crate::ops::{replication, retention};
use crate::routes::router::router;
use crate::settings::{CurrentSettings, SettingsError};
use crate::state::AppState;

use yobirin_alarm_webhook::AlarmWebhook;
use yobirin_chatwork::{ChatworkGateway, ClientBuildError, Clock, Timeouts, Transport};
use yobirin_store::{Database, Store, StoreError};

/// Default of the ceiling of retention, in days: the longest retention that the settings offer.
pub(crate) const DEFAULT_HISTORY_DAYS: u32 = MAX_RETENTION_DAYS as u32;

/// Options of a relay.
#[derive(Clone, Debug)]
pub struct Options {
    /// Address to listen on.
    pub listen: SocketAddr,
    /// Data directory.
    pub data: PathBuf,
    /// Database.
    pub database: Database,
    /// Ceiling of retention, in days: a longer retention in the settings is cut to it.
    pub keep_history_days: u32,
    /// Origin under which browsers reach the relay, when it differs from the listening address.
    pub public_url: Option<Url>,
    /// Proxies that are trusted to state the caller's address.
    pub trusted_proxies: Vec<IpNet>,
    /// Certificate and key, for TLS without a proxy.
    pub tls: Option<TlsFiles>,
    /// Base URL of Chatwork's API.
    pub chatwork_api: Url,
    /// Timeouts of requests to Chatwork.
    pub timeouts: Timeouts,
    /// Time limits of the outbox.
    pub outbox_timings: OutboxTimings,
    /// Timeouts for HTTP clients.
    pub http_timeouts: HttpTimeouts,
    /// Token that allows reading `/metrics` from other machines.
    pub metrics_token: Option<MetricsToken>,
    /// Rate limit of a tablet's new calls.
    pub tablet_calls: RateLimit,
    /// Webhook for incidents that Chatwork cannot show.
    pub alarm_webhook: Option<AlarmWebhook>,
    /// Returns the free share of a folder's disk, in percent.
    pub free_disk_percent: fn(&Path) -> Option<u8>,
    /// Clock of the relay.
    pub clock: Clock,
}

impl Options {
    /// Returns the default options for a data directory.
    #[must_use]
    pub fn new(listen: SocketAddr, data: PathBuf, chatwork_api: Url) -> Self {
        let (timeouts, outbox_timings) = (Timeouts::default(), OutboxTimings::default());
        let clock = Clock::system();
        Self {
            listen,
            data,
            database: Database::Sqlite,
            keep_history_days: DEFAULT_HISTORY_DAYS,
            public_url: None,
            trusted_proxies: Vec::new(),
            tls: None,
            chatwork_api,
            timeouts,
            outbox_timings,
            http_timeouts: HttpTimeouts::default(),
            metrics_token: None,
            tablet_calls: TABLET_CALLS,
            alarm_webhook: None,
            free_disk_percent: alarm::free_disk_percent,
            clock,
        }
    }
}

/// Error of starting a relay.
#[derive(Debug, Error)]
pub enum StartError {
    /// The data directory cannot be used.
    #[error(transparent)]
    DataDir(#[from] DataDirError),
    /// The database cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The stored settings cannot be used.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The stored connection cannot be used.
    #[error(transparent)]
    Connection(#[from] ConnectionError),
    /// The certificate or its key cannot be used.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// Other machines would use plain HTTP, which was not allowed.
    #[error(
        "other machines would use plain http, which anybody on the network can read and change, and with which \
         tablets' screens do not stay awake: use --tls-cert and --tls-key (see `yobirin-relay tls-init --help`), or a \
         proxy with --public-url https://…; to use plain http all the same, add --plain-http"
    )]
    PlainHttp,
    /// The address cannot be listened on.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, std::io::Error),
    /// The alarm webhook cannot be used.
    #[error("--alarm-webhook: {0}")]
    AlarmWebhook(String),
    /// The HTTP client cannot be built.
    #[error("failed to build the client for Chatwork: {0}")]
    Client(#[from] ClientBuildError),
}

/// A running relay, until [`RelayHandle::stop`].
#[derive(Debug)]
pub struct RelayHandle {
    /// Address that it listens on.
    pub address: SocketAddr,
    /// Secret of the first-run link; `None` when a password is set.
    pub first_run: Option<Zeroizing<String>>,
    pub(crate) state: Arc<AppState>,
    tasks: Vec<JoinHandle<()>>,
    data_dir: DataDir,
}

impl RelayHandle {
    /// Returns the origin for browsers, without a trailing slash.
    #[must_use]
    pub fn url(&self) -> String {
        match &self.state.public_url {
            Some(url) => url.as_str().trim_end_matches('/').to_owned(),
            None => format!("{}://{}", self.own_scheme(), browsable(self.address)),
        }
    }

    /// Returns the listening address as a URL.
    #[must_use]
    pub fn listening(&self) -> String {
        format!("{}://{}", self.own_scheme(), self.address)
    }

    fn own_scheme(&self) -> &'static str {
        match self.state.tls.is_some() {
            true => "https",
            false => "http",
        }
    }

    /// Reads certificate and key again; invalid ones leave the old ones in use. False without TLS.
    pub fn reload_tls(&self) -> Result<bool, TlsError> {
        match &self.state.tls {
            Some(tls) => tls.reload().map(|()| true),
            None => Ok(false),
        }
    }

    /// True when `url` works on this machine only: the relay listens on all addresses, and no public URL is
    /// set.
    #[must_use]
    pub fn is_url_local(&self) -> bool {
        self.state.public_url.is_none() && self.address.ip().is_unspecified()
    }

    /// Ends the streams, finishes requests and deliveries in flight, closes the database.
    pub async fn stop(self) {
        self.state.stopping.cancel();
        for task in self.tasks {
            // A panic of a task is in the log already.
            let _ = task.await;
        }
        self.state.store.close().await;
    }
}

/// Starts a relay.
pub async fn start(options: Options) -> Result<RelayHandle, StartError> {
    start_with_demo(options, None).await
}

pub(crate) async fn start_with_demo(
    options: Options,
    demo: Option<DemoCredentials>,
) -> Result<RelayHandle, StartError> {
    install_crypto_provider();
    let tls = options.tls.map(Tls::load).transpose()?.map(Arc::new);
    let data_dir = DataDir::lock(&options.data)?;
    let cipher = data_dir.cipher()?;
    let events = EventBus::default();
    let store = open_store(&options.database, &data_dir, events.clone()).await?;
    // Read before any state is loaded, so that no later change of another relay is missed.
    let seen = store.last_number().await?;
    let clock = options.clock;
    let gateway = Arc::new(ChatworkGateway::new(
        Transport::new(options.chatwork_api, options.timeouts)?,
        clock.clone(),
    ));
    gateway.set_account(load_account(&store, &cipher).await?);
    recover(&store, &gateway, &clock).await?;
    let forwarder = Forwarder {
        connection: ChatworkConnection::new(
            gateway.clone(),
            store.clone(),
            cipher.clone(),
            clock.clone(),
            events.clone(),
        ),
        settings: CurrentSettings::load(store.clone(), events.clone()).await?,
        store,
        gateway,
        clock,
        metrics: Arc::default(),
        listener: ListenerHandle::default(),
        stopping: CancellationToken::new(),
    };

    let is_first_run = demo.is_none() && forwarder.store.password().await?.is_none();
    let first_run = is_first_run.then(token::generate);
    let state = Arc::new(AppState {
        settings: forwarder.settings.clone(),
        store: forwarder.store.clone(),
        clock: forwarder.clock.clone(),
        events,
        gateway: forwarder.gateway.clone(),
        connection: forwarder.connection.clone(),
        cipher,
        rate_limiter: CallerRateLimiter::new(options.tablet_calls, forwarder.clock.clone()),
        body_quota: BodyQuota::default(),
        passwords: PasswordHasher::default(),
        first_run: first_run
            .as_ref()
            .map(|link| FirstRunLink::new(link))
            .unwrap_or_default(),
        public_url: options.public_url,
        trusted_proxies: options.trusted_proxies,
        tls,
        demo,
        timeouts: options.http_timeouts,
        metrics: forwarder.metrics.clone(),
        metrics_token: options.metrics_token,
        listener: forwarder.listener.clone(),
        retention_ceiling_days: u16::try_from(options.keep_history_days).unwrap_or(u16::MAX),
        retention_wakeup: Notify::new(),
        alarms: RwLock::default(),
        alarm_webhook: options.alarm_webhook,
        data: options.data,
        free_disk_percent: options.free_disk_percent,
        stopping: forwarder.stopping.clone(),
    });
    let listen_error = |error| StartError::Listen(options.listen, error);
    let listener = TcpListener::bind(options.listen)
        .await
        .map_err(listen_error)?;
    let address = listener.local_addr().map_err(listen_error)?;
    let outbox = Outbox::new(forwarder, options.outbox_timings);
    let mut tasks = vec![
        tokio::spawn(outbox::run(outbox.clone())),
        tokio::spawn(outbox::probe(outbox.clone())),
        tokio::spawn(listener::run(outbox.clone())),
        tokio::spawn(post_edits::run(outbox.clone())),
        tokio::spawn(alarm::run(state.clone(), outbox)),
        tokio::spawn(retention::run(state.clone())),
        tokio::spawn(server::run(
            listener,
            Server {
                router: router(&state),
                tls: state.tls.clone(),
                timeouts: state.timeouts,
                stopping: state.stopping.clone(),
            },
            ConnectionLimits::new(state.trusted_proxies.clone(), state.cipher.clone()),
        )),
    ];
    if let Some(change_listener) = state.store.change_listener() {
        tasks.push(tokio::spawn(replication::run(
            state.clone(),
            change_listener,
            seen,
        )));
    }
    let relay = RelayHandle {
        address,
        first_run,
        state,
        tasks,
        data_dir,
    };
    if let Err(error) = relay.data_dir.record_url(&relay.url()) {
        tracing::warn!(%error, "failed to record the relay's address for reset-password");
    }
    Ok(relay)
}

async fn open_store(
    database: &Database,
    data_dir: &DataDir,
    events: EventBus,
) -> Result<Store, StartError> {
    let name = data_dir.name()?;
    Ok(match database {
        Database::Sqlite => {
            Store::open_file(&data_dir.database()?, &name, events.commit_listener()).await?
        }
        Database::Postgres(url) => {
            Store::open_postgres(url, &name, events.commit_listener()).await?
        }
    })
}

/// Recovers from the previous run: releases its leases, and counts its posts under Chatwork's limits.
async fn recover(
    store: &Store,
    gateway: &ChatworkGateway,
    clock: &Clock,
) -> Result<(), StoreError> {
    let mut transaction = store.begin().await?;
    transaction.release_own_leases().await?;
    // The clock may have been set back while the relay was stopped.
    transaction.repair_clock_step(clock.now()).await?;
    transaction.commit().await?;
    outbox::count_recent_attempts(store, gateway, clock.now()).await
}

/// Installs the TLS library's cryptography, which reqwest lacks; a second call changes nothing.
fn install_crypto_provider() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Fails only when a provider is installed already.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}

/// Returns host and port for a browser on this machine. The unspecified address cannot be opened.
fn browsable(address: SocketAddr) -> String {
    match address.ip().is_unspecified() {
        true => format!("localhost:{}", address.port()),
        false => address.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_never_has_the_unspecified_address() {
        let link = |address: &str| browsable(address.parse().unwrap());
        assert_eq!(link("0.0.0.0:8080"), "localhost:8080");
        assert_eq!(link("[::]:443"), "localhost:443");
        assert_eq!(link("192.0.2.7:8080"), "192.0.2.7:8080");
        assert_eq!(link("[2001:db8::7]:8080"), "[2001:db8::7]:8080");
    }
}
