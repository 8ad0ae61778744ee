//! An admin who uses the API directly, for set-up that is not under test.

use chatwork_sim::Office;
use reqwest::{Client, Method, RequestBuilder, Response};
use serde::de::DeserializeOwned;
use tokio::time::{Instant, sleep};
use yobirin_api::call::CallPage;
use yobirin_api::chatwork::Connect;
use yobirin_api::device::{DeviceStatus, PairingCode};
use yobirin_api::personal::PersonalLink;
use yobirin_api::session::FirstRun;
use yobirin_domain::model::settings::SettingsDocument;

use crate::relay::Relay;
use crate::{POLL_INTERVAL, WAIT_TIMEOUT};

/// The admin's password.
pub const PASSWORD: &str = "correct horse battery";

/// A signed-in admin's HTTP client.
pub struct Admin {
    client: Client,
    origin: String,
}

impl Admin {
    /// Opens the relay's first-run link and chooses a password.
    pub async fn at_first_run(relay: &Relay) -> Self {
        let client = Client::builder()
            .cookie_store(true)
            .no_proxy()
            .build()
            .expect("a client");
        let admin = Self {
            client,
            origin: relay.url(),
        };
        let link = relay
            .first_run
            .as_deref()
            .expect("the relay printed a first-run link");
        let (_, secret) = link
            .split_once("#link=")
            .expect("the link carries its secret");
        let first_run = FirstRun {
            link: secret.to_owned(),
            password: PASSWORD.to_owned(),
        };
        admin
            .send(
                admin
                    .request(Method::POST, "/api/first-run")
                    .json(&first_run),
            )
            .await;
        admin
    }

    /// Connects the sample office's bot.
    pub async fn connect(&self) {
        let token = Connect {
            token: Office::SAMPLE_TOKEN.to_owned(),
        };
        self.send(self.request(Method::PUT, "/api/chatwork").json(&token))
            .await;
    }

    /// The current settings document.
    pub async fn settings(&self) -> SettingsDocument {
        self.get("/api/settings").await
    }

    /// Saves a settings document over the current one.
    pub async fn save(&self, document: &SettingsDocument) {
        let present = self.send(self.request(Method::GET, "/api/settings")).await;
        let etag = present.headers()["etag"].clone();
        let save = self
            .request(Method::PUT, "/api/settings")
            .header("if-match", etag);
        self.send(save.json(document)).await;
    }

    /// A pairing code for a tablet.
    pub async fn pairing_code(&self, device: &str) -> PairingCode {
        let path = format!("/api/devices/{device}/pairing-code");
        let response = self.send(self.request(Method::POST, &path)).await;
        response.json().await.expect("a pairing code")
    }

    /// A new personal link for a host.
    pub async fn personal_link(&self, host: &str) -> String {
        let path = format!("/api/hosts/{host}/link");
        let response = self.send(self.request(Method::POST, &path)).await;
        let created: PersonalLink = response.json().await.expect("a personal link");
        created.link
    }

    /// Revokes a tablet's pairing.
    pub async fn unpair(&self, device: &str) {
        self.send(self.request(Method::DELETE, &format!("/api/devices/{device}/pairing")))
            .await;
    }

    /// Waits until the relay has an open event stream of a tablet.
    pub async fn until_online(&self, device: &str) {
        self.until_online_is(device, true).await;
    }

    /// Waits until the relay has no open event stream of a tablet.
    pub async fn until_offline(&self, device: &str) {
        self.until_online_is(device, false).await;
    }

    async fn until_online_is(&self, device: &str, expected: bool) {
        let deadline = Instant::now() + WAIT_TIMEOUT;
        loop {
            let all: Vec<DeviceStatus> = self.get("/api/devices").await;
            let status = all.iter().find(|status| status.id.as_str() == device);
            if status.expect("a device of the settings").online == expected {
                return;
            }
            assert!(Instant::now() < deadline, "never online={expected}");
            sleep(POLL_INTERVAL).await;
        }
    }

    /// The latest calls of the history.
    pub async fn calls(&self) -> CallPage {
        self.get("/api/calls").await
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> T {
        self.send(self.request(Method::GET, path))
            .await
            .json()
            .await
            .expect("the response has the type of the contract")
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, format!("{}{path}", self.origin))
    }

    async fn send(&self, request: RequestBuilder) -> Response {
        let response = request.send().await.expect("the relay answers");
        let (status, url) = (response.status(), response.url().clone());
        if status.is_success() {
            return response;
        }
        panic!(
            "{url} answered {status}: {}",
            response.text().await.unwrap_or_default()
        );
    }
}
