//! HTTP exchange with Chatwork: no redirects, timeouts on everything, and no assumption about a response but
//! its status and bytes.

use std::iter::successors;
use std::time::Duration;

use http_body_util::{BodyExt as _, Limited};
use reqwest::header::HeaderMap;
use reqwest::redirect::Policy;
use reqwest::{Body, Method, Url};
use thiserror::Error;

use super::permit::{Permit, SentRequest, StatedQuota};
use super::token::Token;

/// Event name in the log: Chatwork cannot be reached.
pub const CHATWORK_UNREACHABLE: &str = "chatwork_unreachable";

/// Longest response that is read, in bytes. The largest contact lists are far below.
const MAX_REPLY_BYTES: usize = 16 * 1024 * 1024;
/// Longest logged cause of a failure: a server's certificate may list many names.
const MAX_CAUSE_CHARS: usize = 300;

/// Timeouts of requests to Chatwork.
#[derive(Clone, Copy, Debug)]
pub struct Timeouts {
    /// Timeout of connecting.
    pub connect: Duration,
    /// Timeout of a whole exchange.
    pub total: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(3),
            total: Duration::from_secs(10),
        }
    }
}

/// Response of any status.
#[derive(Clone, Debug)]
pub(super) struct HttpReply {
    pub status: u16,
    /// `x-ratelimit-reset`, in Unix seconds, when it is a number.
    pub reset: Option<u64>,
    /// `x-ratelimit-remaining`, when it is a number.
    pub remaining: Option<u64>,
    /// `chatwork-message-limitation: true`: the plan hides messages, so a 204 does not mean that there are
    /// none (Chatwork's change log, 2022-09-06).
    pub hides_messages: bool,
    pub body: Vec<u8>,
}

impl HttpReply {
    /// Returns Chatwork's own count, when the headers state it.
    pub(super) fn quota(&self) -> Option<StatedQuota> {
        Some(StatedQuota {
            remaining: self.remaining?.try_into().ok()?,
            reset: self.reset?,
        })
    }
}

/// Failure of an exchange.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum TransportError {
    /// No connection was made: Chatwork has seen nothing.
    #[error("Chatwork cannot be reached")]
    NotSent,
    /// The request was sent, and no complete response came.
    #[error("Chatwork did not answer")]
    NoResponse,
}

/// Base URL of Chatwork's API.
pub const API_URL: &str = "https://api.chatwork.com/v2";

/// The HTTP client cannot be built, because the TLS library or the proxy settings of the environment are unusable.
#[derive(Debug, Error)]
#[error(transparent)]
pub struct ClientBuildError(#[from] reqwest::Error);

/// HTTP client for one base address.
#[derive(Clone, Debug)]
pub struct Transport {
    http: reqwest::Client,
    base: Url,
}

impl Transport {
    /// Creates a client for the API at `base`, such as `https://api.chatwork.com/v2`.
    pub fn new(base: Url, timeouts: Timeouts) -> Result<Self, ClientBuildError> {
        let mut builder = reqwest::Client::builder()
            .redirect(Policy::none())
            .connect_timeout(timeouts.connect)
            .timeout(timeouts.total)
            .pool_idle_timeout(Duration::from_secs(30))
            .tcp_nodelay(true)
            .user_agent(concat!("yobirin/", env!("CARGO_PKG_VERSION")));
        if base.host_str().is_some_and(is_loopback) {
            builder = builder.no_proxy();
        }
        Ok(Self {
            http: builder.build()?,
            base,
        })
    }

    /// Sends a request that has a permit. The parameters are in the body: Chatwork ignores those of the query. A GET
    /// request has none.
    pub(super) async fn send(
        &self,
        permit: Permit,
        token: &Token,
        method: Method,
        path: &str,
        form: &[(&str, &str)],
    ) -> (SentRequest, Result<HttpReply, TransportError>) {
        let sent = permit.send();
        let reply = self.exchange(token, method, path, form).await;
        (sent, reply)
    }

    async fn exchange(
        &self,
        token: &Token,
        method: Method,
        path: &str,
        form: &[(&str, &str)],
    ) -> Result<HttpReply, TransportError> {
        let url = format!("{}{path}", self.base.as_str().trim_end_matches('/'));
        let mut request = self
            .http
            .request(method.clone(), url)
            .header("x-chatworktoken", token.header());
        if method != Method::GET {
            request = request.form(form);
        }
        let response = request.send().await.map_err(classify_error)?;
        let status = response.status().as_u16();
        let reset = reset_seconds(response.headers());
        let remaining = header_number(response.headers(), "x-ratelimit-remaining");
        let limitation = response.headers().get("chatwork-message-limitation");
        let hides_messages = limitation.is_some_and(|value| value == "true");
        let body = Limited::new(Body::from(response), MAX_REPLY_BYTES).collect();
        // Cut off, or too long. The caller logs the failure.
        let body = body.await.map_err(|_| TransportError::NoResponse)?;
        Ok(HttpReply {
            status,
            reset,
            remaining,
            hides_messages,
            body: body.to_bytes().into(),
        })
    }
}

fn classify_error(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    let causes = successors(Some(&error as &dyn std::error::Error), |error| {
        error.source()
    });
    let causes: Vec<String> = causes.map(ToString::to_string).collect();
    let cause: String = causes.join(": ").chars().take(MAX_CAUSE_CHARS).collect();
    tracing::warn!(
        event = CHATWORK_UNREACHABLE,
        error = cause,
        "request to Chatwork failed"
    );
    if error.is_connect() || error.is_builder() {
        TransportError::NotSent
    } else {
        TransportError::NoResponse
    }
}

pub(super) fn reset_seconds(headers: &HeaderMap) -> Option<u64> {
    header_number(headers, "x-ratelimit-reset")
}

fn header_number(headers: &HeaderMap, name: &str) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

/// True for hosts on this machine: no proxy is used for them, and they may be reached without TLS.
pub fn is_loopback(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|ip| ip.is_loopback())
}
