//! The system under test: a relay, a simulated Chatwork and an admin's browser.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::time::Duration;

use chatwork_sim::{Office, Sim};
use tempfile::TempDir;
use yobirin_api::call::CallPage;
use yobirin_api::chatwork::{Connect, Connection};
use yobirin_api::device::{Pair, Paired, PairingCode};
use yobirin_api::personal::PersonalLink;
use yobirin_api::session::{FirstRun, Login, Session};
use yobirin_domain::caller_limits::RateLimit;
use yobirin_domain::model::delivery::CallState;
use yobirin_domain::model::settings::SettingsDocument;
use yobirin_relay::{Clock, Options, OutboxTimings, RelayHandle, Timeouts};

use crate::browser::{Browser, json, status};
use crate::eventually::eventually;
use crate::office::settings;
use crate::postgres::{database_of, drop_database_of};
use crate::tablet::Tablet;

/// The admin's password.
pub const PASSWORD: &str = "正しい馬の電池とホチキス";

/// Loopback address with any free port.
pub(crate) const ANY_PORT: SocketAddr =
    SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

/// A relay and a simulated Chatwork in this process, on a clock that tests can move.
#[derive(Debug)]
pub struct TestApp {
    /// The simulated Chatwork.
    pub sim: Sim,
    /// The relay's clock.
    pub clock: Clock,
    /// The admin's browser.
    pub admin: Browser,
    options: Options,
    data: TempDir,
    relay: Option<RelayHandle>,
}

impl TestApp {
    /// Starts a relay without password, Chatwork connection or settings.
    pub async fn unconfigured() -> Self {
        Self::unconfigured_with(|_| {}).await
    }

    /// [`TestApp::unconfigured`] with changed options.
    pub async fn unconfigured_with(change: impl FnOnce(&mut Options)) -> Self {
        let clock = Clock::system();
        let sim = start_sim(&clock, ANY_PORT).await;
        assert!(
            sim.address().ip().is_loopback(),
            "tests talk to this machine only"
        );
        let data = tempfile::tempdir().unwrap();
        let api = sim.api().parse().unwrap();
        let mut options = Options::new(ANY_PORT, data.path().to_owned(), api);
        if let Some(database) = database_of(data.path()).await {
            options.database = database.parse().unwrap();
        }
        options.clock = clock;
        // The disk of the test machine must not raise an alarm.
        options.free_disk_percent = |_| Some(50);
        // Tests make more calls than the limit of a real tablet.
        options.tablet_calls = RateLimit::per_minute(1_000_000, 1_000_000);
        options.timeouts = Timeouts {
            connect: Duration::from_millis(500),
            total: Duration::from_millis(700),
        };
        options.outbox_timings = OutboxTimings {
            settle_window_ms: 1_000,
            ..OutboxTimings::default()
        };
        change(&mut options);
        let relay = yobirin_relay::start(options.clone()).await.unwrap();
        let admin = Browser::new(&format!("http://{}", relay.address));
        Self {
            sim,
            clock: options.clock.clone(),
            admin,
            options,
            data,
            relay: Some(relay),
        }
    }

    /// Starts a configured relay: password chosen, Chatwork connected, settings saved.
    pub async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    /// [`TestApp::start`] with changed options.
    pub async fn start_with(change: impl FnOnce(&mut Options)) -> Self {
        let app = Self::unconfigured_with(change).await;
        app.first_run().await;
        let _: Connection = json(app.connect_request(Office::SAMPLE_TOKEN)).await;
        app.save(&settings()).await;
        app
    }

    /// Secret of the first-run link.
    #[must_use]
    pub fn first_run_link(&self) -> String {
        let link = self.running().first_run.as_ref().expect("a first run");
        link.as_str().to_owned()
    }

    /// Chooses the password through the first-run link.
    pub async fn first_run(&self) -> Session {
        let first = FirstRun {
            link: self.first_run_link(),
            password: PASSWORD.to_owned(),
        };
        json(self.admin.post("/api/first-run").json(&first)).await
    }

    /// Request that signs in with the password.
    pub fn sign_in_request(&self, browser: &Browser, password: &str) -> reqwest::RequestBuilder {
        browser
            .post("/api/login")
            .json(&Login::Password(password.to_owned()))
    }

    /// Request that connects Chatwork.
    pub fn connect_request(&self, token: &str) -> reqwest::RequestBuilder {
        self.admin.put("/api/chatwork").json(&Connect {
            token: token.to_owned(),
        })
    }

    /// Saves settings over the current ones; returns the new ETag.
    pub async fn save(&self, document: &SettingsDocument) -> String {
        let etag = self.etag().await;
        let request = self
            .admin
            .put("/api/settings")
            .header("if-match", etag)
            .json(document);
        let response = request.send().await.unwrap();
        let new_etag = response
            .headers()
            .get("etag")
            .map(|tag| tag.to_str().unwrap().to_owned());
        assert_eq!(response.status(), 204, "{}", response.text().await.unwrap());
        new_etag.expect("an ETag")
    }

    /// ETag of the current settings.
    pub async fn etag(&self) -> String {
        let response = self.admin.get("/api/settings").send().await.unwrap();
        response.headers()["etag"].to_str().unwrap().to_owned()
    }

    /// A new pairing code.
    pub async fn pairing_code(&self, device: &str) -> PairingCode {
        json(
            self.admin
                .post(&format!("/api/devices/{device}/pairing-code")),
        )
        .await
    }

    /// A browser without cookies.
    #[must_use]
    pub fn new_browser(&self) -> Browser {
        Browser::new(&self.url())
    }

    /// Pairs a new browser as this device.
    pub async fn tablet(&self, device: &str) -> Tablet {
        let code = self.pairing_code(device).await.code;
        let browser = self.new_browser();
        let paired: Paired = json(browser.post("/api/pair").json(&Pair { code })).await;
        assert_eq!(paired.device.as_str(), device);
        Tablet { browser }
    }

    /// Makes a personal link for this host; returns its secret.
    pub async fn personal_link(&self, host: &str) -> String {
        let created: PersonalLink = json(self.admin.post(&format!("/api/hosts/{host}/link"))).await;
        let (page, secret) = created.link.split_once("#link=").expect("a secret");
        assert_eq!(page, format!("{}/setup/me", self.url()));
        secret.to_owned()
    }

    /// Request that opens a personal link.
    pub fn open_link_request(&self, browser: &Browser, link: &str) -> reqwest::RequestBuilder {
        let login = Login::Personal(link.to_owned());
        browser.post("/api/login").json(&login)
    }

    /// A browser signed in by a new personal link of this host.
    pub async fn own_page(&self, host: &str) -> Browser {
        let browser = self.new_browser();
        let link = self.personal_link(host).await;
        let session: Session = json(self.open_link_request(&browser, &link)).await;
        assert_eq!(session.host.expect("a host").as_str(), host);
        browser
    }

    /// Options with which the relay was started.
    #[must_use]
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Pairs this device without a browser; returns the cookie for the `cookie` header.
    pub async fn device_cookie(&self, device: &str) -> String {
        let code = self.pairing_code(device).await.code;
        let pair = self.new_browser().post("/api/pair").json(&Pair { code });
        let response = pair.send().await.unwrap();
        let cookie = response.headers()["set-cookie"].to_str().unwrap();
        cookie.split(';').next().unwrap_or_default().to_owned()
    }

    /// Base URL of the relay: `http://`, address and port, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.running().address)
    }

    /// The data folder.
    #[must_use]
    pub fn data(&self) -> &Path {
        self.data.path()
    }

    /// The newest page of the history.
    pub async fn history(&self) -> CallPage {
        json(self.admin.get("/api/calls?limit=200")).await
    }

    /// Stops the relay as SIGTERM does.
    pub async fn stop(&mut self) {
        self.relay.take().expect("a running relay").stop().await;
    }

    /// Starts the relay again on another port, which the admin's browser then uses.
    pub async fn restart(&mut self) {
        self.relay = Some(yobirin_relay::start(self.options.clone()).await.unwrap());
        self.admin = self.admin.moved_to(&self.url());
    }

    /// The tablet with the relay's new URL after [`TestApp::restart`].
    #[must_use]
    pub fn reconnected(&self, tablet: &Tablet) -> Tablet {
        Tablet {
            browser: tablet.browser.moved_to(&self.url()),
        }
    }

    /// Starts a second relay on the same PostgreSQL database, with its own data folder and the same key.
    pub async fn second_relay(&self) -> SecondRelay {
        let data = tempfile::tempdir().unwrap();
        std::fs::copy(self.data().join("key"), data.path().join("key")).unwrap();
        let mut options = self.options.clone();
        options.data = data.path().to_owned();
        let relay = yobirin_relay::start(options).await.unwrap();
        SecondRelay { relay, _data: data }
    }

    /// Awaits `work`, then sets the relay's clock back by the time it took, so that no quota refills meanwhile
    /// on a slow machine.
    pub async fn with_clock_held<T>(&self, work: impl Future<Output = T>) -> T {
        let began = self.clock.now();
        let output = work.await;
        let took = self.clock.now().saturating_sub(began);
        self.clock.set_back(Duration::from_millis(took));
        output
    }

    /// Stops everything. Fails when an accepted call has no final state.
    pub async fn close(mut self) {
        if status(self.admin.get("/api/calls")).await == 200 {
            for call in self.history().await.calls {
                assert_ne!(
                    call.state,
                    CallState::Sending,
                    "the call has no final state: {call:?}"
                );
            }
        }
        self.stop().await;
        self.sim.stop().await;
        drop_database_of(self.data.path()).await;
    }

    /// Starts a new simulated Chatwork on the address of the stopped one, as soon as it is free.
    pub async fn restart_chatwork(&mut self) {
        let address = self.sim.address();
        let clock = self.clock.clone();
        self.sim = eventually("the address is free", async || {
            try_start_sim(&clock, address).await.ok()
        })
        .await;
    }

    fn running(&self) -> &RelayHandle {
        self.relay.as_ref().expect("a running relay")
    }
}

/// A second relay of the same site.
#[derive(Debug)]
pub struct SecondRelay {
    relay: RelayHandle,
    _data: TempDir,
}

impl SecondRelay {
    /// Base URL of this relay: `http://`, address and port, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.relay.address)
    }

    /// The browser with this relay's URL.
    #[must_use]
    pub fn browser(&self, original: &Browser) -> Browser {
        original.moved_to(&self.url())
    }

    /// The tablet with this relay's URL.
    #[must_use]
    pub fn tablet(&self, original: &Tablet) -> Tablet {
        Tablet {
            browser: self.browser(&original.browser),
        }
    }

    /// Stops the relay as SIGTERM does.
    pub async fn stop(self) {
        self.relay.stop().await;
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        let is_closed = self.relay.is_none() || std::thread::panicking();
        assert!(
            is_closed,
            "call TestApp::close, which checks that every accepted call has its final state"
        );
    }
}

/// Starts a simulator with the sample office on the relay's clock, so that both count the same rate limits.
async fn start_sim(clock: &Clock, address: SocketAddr) -> Sim {
    try_start_sim(clock, address).await.unwrap()
}

async fn try_start_sim(clock: &Clock, address: SocketAddr) -> std::io::Result<Sim> {
    let clock = clock.clone();
    let clock = chatwork_sim::Clock::new(move || Duration::from_millis(clock.now()));
    let options = chatwork_sim::Options {
        clock,
        ..chatwork_sim::Options::default()
    };
    Sim::start_with(Office::sample(), address, options).await
}
