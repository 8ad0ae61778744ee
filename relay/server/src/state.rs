//! What every handler and the outbox share.

use std::sync::Arc;

use axum::http::uri::Authority;
use axum::http::{HeaderMap, Uri};
use ipnet::IpNet;
use reqwest::Url;
use tokio_util::sync::CancellationToken;

use crate::auth::{DemoCredentials, FirstRunLink, PasswordHasher, RateLimiter};
use crate::crypto::encryption::Cipher;
use crate::events::EventBus;
use crate::forward::connection::ChatworkConnection;
use crate::http::body_quota::BodyQuota;
use crate::http::timeouts::HttpTimeouts;
use crate::http::tls::Tls;
use crate::metrics::{Metrics, MetricsToken};
use crate::settings::CurrentSettings;
use yobirin_chatwork::{ChatworkGateway, Clock};
use yobirin_store::Store;

/// The state of a running relay.
#[derive(Debug)]
pub(crate) struct AppState {
    /// Everything durable.
    pub store: Store,
    /// The time.
    pub clock: Clock,
    /// Event streams of the tablets.
    pub events: EventBus,
    /// Client of Chatwork's API.
    pub chatwork: Arc<ChatworkGateway>,
    /// Lifecycle of the connection to Chatwork.
    pub connection: ChatworkConnection,
    /// The settings in force.
    pub settings: CurrentSettings,
    /// Encrypts the Chatwork token and other secrets.
    pub cipher: Cipher,
    /// Rate limits by action and caller.
    pub rate_limiter: RateLimiter,
    /// Request bodies that are arriving.
    pub bodies: BodyQuota,
    /// Argon2, a few at a time.
    pub passwords: PasswordHasher,
    /// The first-run link that was printed, until it is used.
    pub first_run: FirstRunLink,
    /// Where browsers see the relay, when that was said.
    pub public_url: Option<Url>,
    /// Proxies that are believed when they say who calls.
    pub trusted_proxies: Vec<IpNet>,
    /// Https of our own, without a proxy.
    pub tls: Option<Arc<Tls>>,
    /// The links of a demo, which work again and again.
    pub demo: Option<DemoCredentials>,
    /// Timeouts for clients.
    pub timeouts: HttpTimeouts,
    /// What is counted for those who watch.
    pub metrics: Arc<Metrics>,
    /// What opens `/metrics` from elsewhere.
    pub metrics_token: Option<MetricsToken>,
    /// Cancelled when the program stops: streams end.
    pub stopping: CancellationToken,
}

/// The state as handlers ask for it.
pub(crate) type SharedState = Arc<AppState>;

impl AppState {
    /// True when browsers come by https.
    pub(crate) fn is_https(&self) -> bool {
        match &self.public_url {
            Some(url) => url.scheme() == "https",
            None => self.tls.is_some(),
        }
    }

    /// `https` or `http`, as browsers come.
    fn scheme(&self) -> &'static str {
        if self.is_https() { "https" } else { "http" }
    }

    /// Where browsers see the relay: as configured, else as this request asked for it. HTTP/2 says that in
    /// the address, HTTP/1 in a header.
    pub(crate) fn origin(&self, uri: &Uri, headers: &HeaderMap) -> String {
        let asked = || {
            let host = headers.get("host").and_then(|host| host.to_str().ok());
            let authority = uri.authority().map(Authority::as_str);
            authority.or(host).unwrap_or("localhost")
        };
        match &self.public_url {
            Some(url) => url.as_str().trim_end_matches('/').to_owned(),
            None => format!("{}://{}", self.scheme(), asked()),
        }
    }
}
