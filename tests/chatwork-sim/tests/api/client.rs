//! HTTP client of the tests, with a simulator of its own.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use chatwork_sim::{Office, Options, Sim};
use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::Value;

pub(crate) const BOT: u64 = Office::SAMPLE_BOT;
pub(crate) const ROOM: u64 = Office::SAMPLE_SOUMU_ROOM;
pub(crate) const HANAKO: u64 = 3_128_407;
/// Account that is not in [`ROOM`].
pub(crate) const SALESMAN: u64 = 3_133_590;
/// Timeout of requests and waits; long, as the tests share a busy machine.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(60);

/// A simulator with the sample office, and an HTTP client with the bot's token.
pub(crate) struct TestClient {
    pub(crate) sim: Sim,
    pub(crate) http: Client,
}

/// A response.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) text: String,
}

impl Reply {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .get(name)
            .map(|value| value.to_str().expect("ASCII"))
    }

    /// Status, and the first error message or an empty string.
    pub(crate) fn refusal(&self) -> (u16, String) {
        let error = self.json()["errors"][0]
            .as_str()
            .unwrap_or_default()
            .to_owned();
        (self.status, error)
    }
}

impl TestClient {
    pub(crate) async fn start() -> Self {
        Self::start_with(Options::default()).await
    }

    pub(crate) async fn start_with(options: Options) -> Self {
        // Fails when another test has installed it already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let sim = Sim::start_with(Office::sample(), address, options)
            .await
            .expect("a free port");
        Self {
            sim,
            http: Client::builder()
                .timeout(TIMEOUT)
                .build()
                .expect("a client"),
        }
    }

    /// A request below `/v2` with the bot's token.
    pub(crate) fn call(&self, method: Method, path: &str) -> RequestBuilder {
        let url = format!("{}{path}", self.sim.api());
        self.http
            .request(method, url)
            .header("X-ChatWorkToken", Office::SAMPLE_TOKEN)
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        reply(self.call(Method::GET, path)).await
    }

    pub(crate) async fn send(&self, method: Method, path: &str, form: &[(&str, &str)]) -> Reply {
        reply(self.call(method, path).form(form)).await
    }

    pub(crate) async fn post(&self, room: u64, body: &str) -> Reply {
        self.send(
            Method::POST,
            &format!("/rooms/{room}/messages"),
            &[("body", body)],
        )
        .await
    }

    /// Waits until all deliveries so far are over.
    pub(crate) async fn wait_for_deliveries(&self) {
        for delivery in self.sim.deliveries() {
            let outcome = self.sim.wait_for_outcome(delivery.delivery_id, TIMEOUT);
            outcome.await.expect("the delivery ends within the timeout");
        }
    }

    /// A request of the control API.
    pub(crate) async fn control(&self, method: Method, path: &str, body: Value) -> Reply {
        let url = format!("{}/sim{path}", self.sim.url());
        reply(self.http.request(method, url).json(&body)).await
    }
}

pub(crate) async fn reply(request: RequestBuilder) -> Reply {
    let response = request.send().await.expect("the simulator responds");
    let status: StatusCode = response.status();
    let headers = response.headers().clone();
    Reply {
        status: status.as_u16(),
        headers,
        text: response.text().await.expect("a whole body"),
    }
}

/// The keys of a JSON object in order of appearance.
pub(crate) fn keys(text: &str) -> Vec<String> {
    let mut keys = Vec::new();
    let mut rest = text.trim_start_matches('[').trim_start_matches('{');
    // Sufficient for the flat objects of this API: a key ends at `":`.
    while let Some(end) = rest.find("\":") {
        let key = rest[..end].rsplit('"').next().unwrap_or_default();
        keys.push(key.to_owned());
        rest = &rest[end + 2..];
    }
    keys
}
