//! State that all handlers share.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::http::uri::Authority;
use axum::http::{HeaderMap, Uri};
use ipnet::IpNet;
use parking_lot::RwLock;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use url::Url;
use yobirin_api::alarm::AlarmReport;

use crate::auth::{CallerRateLimiter, DemoCredentials, FirstRunLink, PasswordHasher};
use crate::crypto::encryption::Cipher;
use crate::event_bus::EventBus;
use crate::forward::connection::ChatworkConnection;
use crate::forward::listener_handle::ListenerHandle;
use crate::http::body_quota::BodyQuota;
use crate::http::timeouts::HttpTimeouts;
use crate::http::tls::Tls;
use crate::metrics::{Metrics, MetricsToken};
use crate::settings::CurrentSettings;
use yobirin_alarm_webhook::AlarmWebhook;
use yobirin_chatwork::{ChatworkGateway, Clock};
use yobirin_store::Store;

/// State of a running relay.
#[derive(Debug)]
pub(crate) struct AppState {
    /// Durable storage.
    pub store: Store,
    /// Clock of the relay.
    pub clock: Clock,
    /// Event streams of the tablets.
    pub events: EventBus,
    /// Client of Chatwork's API.
    pub gateway: Arc<ChatworkGateway>,
    /// Lifecycle of the connection to Chatwork.
    pub connection: ChatworkConnection,
    /// Settings in force.
    pub settings: CurrentSettings,
    /// Encrypts the Chatwork token and other secrets.
    pub cipher: Cipher,
    /// Rate limits by action and caller.
    pub rate_limiter: CallerRateLimiter,
    /// Quota of request bodies in flight.
    pub body_quota: BodyQuota,
    /// Worker threads for argon2.
    pub passwords: PasswordHasher,
    /// First-run link, until it is used.
    pub first_run: FirstRunLink,
    /// Configured origin under which browsers reach the relay.
    pub public_url: Option<Url>,
    /// Proxies that are trusted to state the caller's address.
    pub trusted_proxies: Vec<IpNet>,
    /// TLS without a proxy.
    pub tls: Option<Arc<Tls>>,
    /// Reusable links of the demo.
    pub demo: Option<DemoCredentials>,
    /// Timeouts for HTTP clients.
    pub timeouts: HttpTimeouts,
    /// Counters for Prometheus.
    pub metrics: Arc<Metrics>,
    /// Token that allows reading `/metrics` from other machines.
    pub metrics_token: Option<MetricsToken>,
    /// Handle of the listener, which reads rooms for answers.
    pub listener: ListenerHandle,
    /// Ceiling of retention in days, which no setting exceeds.
    pub retention_ceiling_days: u16,
    /// Notified to start a run of retention.
    pub retention_wakeup: Notify,
    /// Incidents that were open at the last check, for handlers. In memory, because the database may have failed.
    pub alarms: RwLock<AlarmReport>,
    /// Webhook for incidents that Chatwork cannot show.
    pub alarm_webhook: Option<AlarmWebhook>,
    /// Data directory.
    pub data: PathBuf,
    /// Returns the free share of a folder's disk, in percent.
    pub free_disk_percent: fn(&Path) -> Option<u8>,
    /// Cancelled when the relay stops.
    pub stopping: CancellationToken,
}

/// State as extractors and handlers take it.
pub(crate) type SharedState = Arc<AppState>;

impl AppState {
    /// True when browsers use https.
    pub(crate) fn is_https(&self) -> bool {
        match &self.public_url {
            Some(url) => url.scheme() == "https",
            None => self.tls.is_some(),
        }
    }

    /// Returns the scheme that browsers use.
    fn scheme(&self) -> &'static str {
        if self.is_https() { "https" } else { "http" }
    }

    /// Returns the origin under which browsers reach the relay: the configured one, else that of this
    /// request, which HTTP/2 has in the URI and HTTP/1 in a header.
    pub(crate) fn origin(&self, uri: &Uri, headers: &HeaderMap) -> String {
        let requested = || {
            let host = headers.get("host").and_then(|host| host.to_str().ok());
            let authority = uri.authority().map(Authority::as_str);
            authority.or(host).unwrap_or("localhost")
        };
        match &self.public_url {
            Some(url) => url.as_str().trim_end_matches('/').to_owned(),
            None => format!("{}://{}", self.scheme(), requested()),
        }
    }
}
