//! Client of the alarm webhook: an address outside Chatwork that receives the incidents which Chatwork cannot show, such
//! as an outage of Chatwork. A request is signed, has a timeout, follows no redirect and uses no proxy. Its body is JSON;
//! only the status of the response is read.
//!
//! The client resolves the host name and connects to an address that it has checked, so that a name cannot lead into the
//! relay's own network, unless private addresses are allowed.

use std::net::SocketAddr;
use std::time::Duration;

use hmac::{Hmac, KeyInit as _, Mac as _};
use reqwest::redirect::Policy;
use sha2::Sha256;
use thiserror::Error;
use tokio::net::lookup_host;
use tokio::time::timeout;
use url::{Host, Url};
use yobirin_api::alarm::WebhookFailure;
use yobirin_domain::alarm::{Notice, is_public};

/// Request header with the signature: `sha256=` and the HMAC-SHA256 of the body under the secret, in hexadecimal digits.
pub const SIGNATURE_HEADER: &str = "yobirin-signature";

/// Timeout of a whole request, the lookup of the name included.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(10);
/// Minimum length of the secret, in bytes.
const MIN_SECRET_BYTES: usize = 16;

/// Address and key of the webhook. Neither is printed: the path of the address is often a secret too.
#[derive(Clone)]
pub struct AlarmWebhook {
    url: Url,
    /// Signature of nothing yet, with the secret as its key.
    mac: Hmac<Sha256>,
    allows_private: bool,
    timeout: Duration,
}

/// The webhook cannot be used as configured.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum InvalidWebhook {
    /// The address is not `https://`.
    #[error("use https; http is only for a private address, with --alarm-webhook-private")]
    NotHttps,
    /// The address is on a private network, which was not allowed.
    #[error("this address is on a private network: to allow that, add --alarm-webhook-private")]
    PrivateAddress,
    /// The secret is too short.
    #[error("the secret needs at least {MIN_SECRET_BYTES} characters")]
    ShortSecret,
}

/// Addresses to which an alarm webhook may lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AllowedAddresses {
    /// Public addresses, by https.
    Public,
    /// Addresses of private networks too, also by http.
    AlsoPrivate,
}

impl std::fmt::Debug for AlarmWebhook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "AlarmWebhook({})", self.host())
    }
}

impl AlarmWebhook {
    /// Creates a client for these addresses.
    pub fn new(url: Url, secret: &str, allowed: AllowedAddresses) -> Result<Self, InvalidWebhook> {
        let allows_private = allowed == AllowedAddresses::AlsoPrivate;
        let is_http = url.scheme() == "http" && allows_private;
        if url.scheme() != "https" && !is_http {
            return Err(InvalidWebhook::NotHttps);
        }
        // The addresses of a name are checked before every request: they may change.
        if !allows_private && url.host().is_some_and(|host| is_private(&host)) {
            return Err(InvalidWebhook::PrivateAddress);
        }
        let secret = secret.trim();
        if secret.len() < MIN_SECRET_BYTES {
            return Err(InvalidWebhook::ShortSecret);
        }
        // Cannot fail: a key may have any length.
        let mac = Hmac::new_from_slice(secret.as_bytes());
        Ok(Self {
            url,
            mac: mac.map_err(|_| InvalidWebhook::ShortSecret)?,
            allows_private,
            timeout: REQUEST_TIMEOUT,
        })
    }

    /// Replaces the timeout of a request, for tests.
    #[must_use]
    pub fn with_timeout(self, timeout: Duration) -> Self {
        Self { timeout, ..self }
    }

    /// Returns the host of the address, which every address with `http` or `https` has.
    #[must_use]
    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// Sends a notice once.
    pub async fn send(&self, notice: &Notice) -> Result<(), WebhookFailure> {
        // Cannot fail: a notice is a plain record.
        let body = serde_json::to_vec(notice).unwrap_or_default();
        let sent = timeout(self.timeout, self.exchange(body)).await;
        sent.unwrap_or(Err(WebhookFailure::Unreachable))
    }

    async fn exchange(&self, body: Vec<u8>) -> Result<(), WebhookFailure> {
        let addresses = self.resolve().await?;
        let client = reqwest::Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .resolve_to_addrs(self.host(), &addresses)
            .user_agent(concat!("yobirin/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(unreachable)?;
        let request = client
            .post(self.url.clone())
            .header("content-type", "application/json")
            .header(SIGNATURE_HEADER, self.sign(&body))
            .body(body);
        // Only the status is used: the body is not read, however long it is.
        let response = request.send().await.map_err(unreachable)?;
        match response.status() {
            status if status.is_success() => Ok(()),
            status => Err(WebhookFailure::Status {
                status: status.as_u16(),
            }),
        }
    }

    /// Returns the addresses of the host that a request may go to.
    async fn resolve(&self) -> Result<Vec<SocketAddr>, WebhookFailure> {
        let port = self.url.port_or_known_default().unwrap_or(443);
        let host = self.host();
        // An address in place of the name is returned as it is.
        let found = lookup_host(format!("{host}:{port}")).await;
        let mut allowed: Vec<SocketAddr> = found.map_err(|error| unresolved(&error))?.collect();
        if allowed.is_empty() {
            return Err(WebhookFailure::Unreachable);
        }
        allowed.retain(|address| self.allows_private || is_public(address.ip()));
        if allowed.is_empty() {
            tracing::warn!(
                host,
                "alarm webhook is on a private network, so nothing was sent: to allow that, add --alarm-webhook-private"
            );
            return Err(WebhookFailure::PrivateAddress);
        }
        Ok(allowed)
    }

    /// Returns the value of [`SIGNATURE_HEADER`] for a body.
    fn sign(&self, body: &[u8]) -> String {
        let tag = self.mac.clone().chain_update(body).finalize();
        format!("sha256={}", hex::encode(tag.into_bytes()))
    }
}

/// True when a host is an address that is not public, or a name of this machine (RFC 6761).
fn is_private(host: &Host<&str>) -> bool {
    match host {
        Host::Ipv4(address) => !is_public((*address).into()),
        Host::Ipv6(address) => !is_public((*address).into()),
        Host::Domain(name) => {
            let name = name.trim_end_matches('.');
            name == "localhost" || name.ends_with(".localhost")
        }
    }
}

fn unresolved(error: &std::io::Error) -> WebhookFailure {
    tracing::warn!(%error, "failed to resolve the name of the alarm webhook");
    WebhookFailure::Unreachable
}

fn unreachable(error: reqwest::Error) -> WebhookFailure {
    // The URL holds secrets.
    let error = error.without_url();
    tracing::warn!(%error, "request to the alarm webhook failed");
    WebhookFailure::Unreachable
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use yobirin_domain::alarm::NoticeState;
    use yobirin_domain::model::id::CallId;

    use super::AllowedAddresses::{AlsoPrivate, Public};
    use super::*;

    const SECRET: &str = "0123456789abcdef";

    fn webhook(url: &str, allowed: AllowedAddresses) -> Result<AlarmWebhook, InvalidWebhook> {
        AlarmWebhook::new(url.parse().unwrap(), SECRET, allowed)
    }

    #[test]
    fn only_a_safe_address_and_a_long_secret_are_accepted() {
        assert!(webhook("https://monitoring.example.jp/a", Public).is_ok());
        assert!(webhook("http://10.0.0.5/a", AlsoPrivate).is_ok());
        for (url, error) in [
            ("http://monitoring.example.jp/a", InvalidWebhook::NotHttps),
            ("file:///etc/passwd", InvalidWebhook::NotHttps),
        ] {
            assert_eq!(webhook(url, Public).unwrap_err(), error, "{url}");
        }
        let url: Url = "https://monitoring.example.jp".parse().unwrap();
        let short = AlarmWebhook::new(url, " 0123456789 \n", Public).unwrap_err();
        assert_eq!(short, InvalidWebhook::ShortSecret);
    }

    #[test]
    fn path_and_secret_are_never_printed() {
        let shown = format!("{:?}", webhook("https://a.example/T0K3N", Public).unwrap());
        assert_eq!(shown, "AlarmWebhook(a.example)");
    }

    /// Computed with `openssl dgst -sha256 -hmac 0123456789abcdef`.
    #[test]
    fn the_signature_is_that_of_openssl() {
        let webhook = webhook("https://a.example", Public).unwrap();
        assert_eq!(
            webhook.sign(b"{\"a\":1}"),
            "sha256=1c76fbb930d3aa8b1633728fae212c68ca68a6752bb319b98be6fe17e86cf5b8"
        );
    }

    const PRIVATE: [&str; 6] = [
        "https://127.0.0.1:1/",
        "https://[::1]:1/",
        "https://[::ffff:10.0.0.1]/",
        "https://169.254.169.254/latest",
        "https://localhost:1/",
        "https://hooks.localhost./",
    ];

    #[test]
    fn a_private_address_is_refused_at_the_start_unless_it_is_allowed() {
        for url in PRIVATE {
            let refused = webhook(url, Public).unwrap_err();
            assert_eq!(refused, InvalidWebhook::PrivateAddress, "{url}");
            assert!(refused.to_string().contains("--alarm-webhook-private"));
            assert!(webhook(url, AlsoPrivate).is_ok(), "{url}");
        }
        assert!(webhook("https://203.0.114.1/a", Public).is_ok());
    }

    /// Log of one test.
    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);

    impl Write for Log {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    /// The clients are made with private addresses allowed, as if their names had led to public addresses at first.
    #[tokio::test]
    async fn a_private_address_is_refused_before_anything_is_sent_and_the_log_says_how_to_allow_it()
    {
        let log = Log::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt().with_writer(move || writer.clone());
        let _guard = tracing::subscriber::set_default(subscriber.finish());
        let notice = Notice {
            id: CallId::new(1, &[0; 10]),
            state: NoticeState::Test,
            condition: None,
            since: 1,
            ended: None,
            title: String::new(),
            sent_at: 1,
        };
        // Not every machine resolves the last one.
        for url in &PRIVATE[..PRIVATE.len() - 1] {
            let webhook = AlarmWebhook {
                allows_private: false,
                ..webhook(url, AlsoPrivate).unwrap()
            };
            let refused = webhook.send(&notice).await;
            assert_eq!(refused, Err(WebhookFailure::PrivateAddress), "{url}");
        }
        let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
        assert!(
            text.contains("localhost") && text.contains("--alarm-webhook-private"),
            "{text}"
        );
        assert!(!text.contains("latest"), "the path is secret: {text}");
    }
}
