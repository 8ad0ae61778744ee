//! A whole reception desk: relay, simulated Chatwork and an admin.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::time::Duration;

use chatwork_sim::{Office, Sim};
use tempfile::TempDir;
use tokio::time::Instant;
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
use crate::office::settings;
use crate::postgres::{database_of, drop_database_of};
use crate::tablet::Tablet;

/// The admin's password.
pub const PASSWORD: &str = "正しい馬の電池とホチキス";

/// Any free port of this machine.
pub(crate) const ANYWHERE: SocketAddr =
    SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

/// A desk in this process, with a clock that can be set ahead.
#[derive(Debug)]
pub struct Desk {
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

impl Desk {
    /// A relay that has just been started for the first time.
    pub async fn bare() -> Self {
        Self::bare_with(|_| {}).await
    }

    /// The same, with options of one's own.
    pub async fn bare_with(change: impl FnOnce(&mut Options)) -> Self {
        let clock = Clock::system();
        let sim = start_sim(&clock, ANYWHERE).await;
        assert!(
            sim.address().ip().is_loopback(),
            "tests talk to this machine only"
        );
        let data = tempfile::tempdir().unwrap();
        let api = sim.api().parse().unwrap();
        let mut options = Options::new(ANYWHERE, data.path().to_owned(), api);
        if let Some(database) = database_of(data.path()).await {
            options.database = database.parse().unwrap();
        }
        options.clock = clock;
        // Tests make more calls than a lobby.
        options.tablet_calls = RateLimit::per_minute(1_000_000, 1_000_000);
        options.timeouts = Timeouts {
            connect: Duration::from_millis(500),
            total: Duration::from_millis(700),
        };
        options.outbox_timings = OutboxTimings {
            settle_window: Duration::from_secs(1),
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

    /// A relay that is set up: password chosen, Chatwork connected, settings saved.
    pub async fn open() -> Self {
        Self::open_with(|_| {}).await
    }

    /// The same, with options of one's own.
    pub async fn open_with(change: impl FnOnce(&mut Options)) -> Self {
        let desk = Self::bare_with(change).await;
        desk.first_run().await;
        let _: Connection = json(desk.connecting(Office::SAMPLE_TOKEN)).await;
        desk.save(&settings()).await;
        desk
    }

    /// The first-run link's secret.
    #[must_use]
    pub fn link(&self) -> String {
        let link = self.running().first_run.as_ref().expect("a first run");
        link.as_str().to_owned()
    }

    /// Chooses the password by the first-run link.
    pub async fn first_run(&self) -> Session {
        let first = FirstRun {
            link: self.link(),
            password: PASSWORD.to_owned(),
        };
        json(self.admin.post("/api/first-run").json(&first)).await
    }

    /// Signs in with the password.
    pub fn signing_in(&self, browser: &Browser, password: &str) -> reqwest::RequestBuilder {
        browser
            .post("/api/login")
            .json(&Login::Password(password.to_owned()))
    }

    /// Connects Chatwork.
    pub fn connecting(&self, token: &str) -> reqwest::RequestBuilder {
        self.admin.put("/api/chatwork").json(&Connect {
            token: token.to_owned(),
        })
    }

    /// Saves settings over whatever there is; returns their tag.
    pub async fn save(&self, document: &SettingsDocument) -> String {
        let tag = self.tag().await;
        let put = self
            .admin
            .put("/api/settings")
            .header("if-match", tag)
            .json(document);
        let response = put.send().await.unwrap();
        let tag = response
            .headers()
            .get("etag")
            .map(|tag| tag.to_str().unwrap().to_owned());
        assert_eq!(response.status(), 204, "{}", response.text().await.unwrap());
        tag.expect("a tag")
    }

    /// The tag of the settings in force.
    pub async fn tag(&self) -> String {
        let response = self.admin.get("/api/settings").send().await.unwrap();
        response.headers()["etag"].to_str().unwrap().to_owned()
    }

    /// A fresh pairing code.
    pub async fn code_for(&self, device: &str) -> PairingCode {
        json(
            self.admin
                .post(&format!("/api/devices/{device}/pairing-code")),
        )
        .await
    }

    /// A browser that has never been here.
    #[must_use]
    pub fn stranger(&self) -> Browser {
        Browser::new(&self.url())
    }

    /// Pairs a new browser as this device.
    pub async fn tablet(&self, device: &str) -> Tablet {
        let code = self.code_for(device).await.code;
        let browser = self.stranger();
        let paired: Paired = json(browser.post("/api/pair").json(&Pair { code })).await;
        assert_eq!(paired.device.as_str(), device);
        Tablet { browser }
    }

    /// A fresh personal link for this host; returns its secret.
    pub async fn personal_link(&self, host: &str) -> String {
        let made: PersonalLink = json(self.admin.post(&format!("/api/hosts/{host}/link"))).await;
        let (page, secret) = made.link.split_once("#link=").expect("a secret");
        assert_eq!(page, format!("{}/setup/me", self.url()));
        secret.to_owned()
    }

    /// Opens a personal link.
    pub fn opening(&self, browser: &Browser, link: &str) -> reqwest::RequestBuilder {
        let login = Login::Personal(link.to_owned());
        browser.post("/api/login").json(&login)
    }

    /// A browser in which a fresh personal link of this host was opened.
    pub async fn own_page(&self, host: &str) -> Browser {
        let browser = self.stranger();
        let link = self.personal_link(host).await;
        let session: Session = json(self.opening(&browser, &link)).await;
        assert_eq!(session.host.expect("a host").as_str(), host);
        browser
    }

    /// What its relay was started with.
    #[must_use]
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Pairs nobody's browser as this device: only the cookie, as a request carries it.
    pub async fn device_cookie(&self, device: &str) -> String {
        let code = self.code_for(device).await.code;
        let pair = self.stranger().post("/api/pair").json(&Pair { code });
        let response = pair.send().await.unwrap();
        let cookie = response.headers()["set-cookie"].to_str().unwrap();
        cookie.split(';').next().unwrap_or_default().to_owned()
    }

    /// Where the relay listens.
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

    /// Stops the relay as SIGTERM would.
    pub async fn stop(&mut self) {
        self.relay.take().expect("a running relay").stop().await;
    }

    /// Starts it again on another port; browsers follow.
    pub async fn start_again(&mut self) {
        self.relay = Some(yobirin_relay::start(self.options.clone()).await.unwrap());
        self.admin = self.admin.moved_to(&self.url());
    }

    /// The tablet's browser, after [`Desk::start_again`].
    #[must_use]
    pub fn follow(&self, tablet: &Tablet) -> Tablet {
        Tablet {
            browser: tablet.browser.moved_to(&self.url()),
        }
    }

    /// A second relay for the same site: a data folder of its own, with the same key. Only with
    /// PostgreSQL.
    pub async fn neighbour(&self) -> Neighbour {
        let data = tempfile::tempdir().unwrap();
        std::fs::copy(self.data().join("key"), data.path().join("key")).unwrap();
        let mut options = self.options.clone();
        options.data = data.path().to_owned();
        let relay = yobirin_relay::start(options).await.unwrap();
        Neighbour { relay, _data: data }
    }

    /// Does something and sets the relay's clock back to when it began: nothing that comes back with
    /// time has done so meanwhile, however slow the machine is.
    pub async fn in_no_time<T>(&self, doing: impl Future<Output = T>) -> T {
        let began = self.clock.now();
        let done = doing.await;
        let took = self.clock.now().saturating_sub(began);
        self.clock.set_back(Duration::from_millis(took));
        done
    }

    /// Closes the desk. Fails when accepted work is left undelivered.
    pub async fn close(mut self) {
        if status(self.admin.get("/api/calls")).await == 200 {
            for call in self.history().await.calls {
                assert_ne!(call.state, CallState::Sending, "work is left: {call:?}");
            }
        }
        self.stop().await;
        self.sim.stop().await;
        drop_database_of(self.data.path()).await;
    }

    /// Starts the simulated Chatwork anew, where it was before it was stopped.
    pub async fn revive_chatwork(&mut self) {
        self.sim = start_sim(&self.clock, self.sim.address()).await;
    }

    fn running(&self) -> &RelayHandle {
        self.relay.as_ref().expect("a running relay")
    }
}

/// Another relay of the same site.
#[derive(Debug)]
pub struct Neighbour {
    relay: RelayHandle,
    _data: TempDir,
}

impl Neighbour {
    /// A browser, as it is when it comes to this relay.
    #[must_use]
    pub fn browser(&self, of: &Browser) -> Browser {
        of.moved_to(&format!("http://{}", self.relay.address))
    }

    /// A tablet, as it is when it comes to this relay.
    #[must_use]
    pub fn tablet(&self, of: &Tablet) -> Tablet {
        Tablet {
            browser: self.browser(&of.browser),
        }
    }

    /// Stops it as SIGTERM would.
    pub async fn stop(self) {
        self.relay.stop().await;
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let is_closed = self.relay.is_none() || std::thread::panicking();
        assert!(
            is_closed,
            "close the desk, so that work left undelivered is noticed"
        );
    }
}

/// The sample office, going by the relay's clock: limits of both end at the same time.
async fn start_sim(clock: &Clock, address: SocketAddr) -> Sim {
    let clock = clock.clone();
    let clock = chatwork_sim::Clock::new(move || Duration::from_millis(clock.now()));
    let options = chatwork_sim::Options {
        clock,
        ..chatwork_sim::Options::default()
    };
    Sim::start_with(Office::sample(), address, options)
        .await
        .unwrap()
}

/// Asks again and again until there is an answer; fails after ninety seconds: a machine may be slow.
pub async fn eventually<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + Duration::from_secs(90);
    loop {
        if let Some(answer) = ask().await {
            return answer;
        }
        assert!(
            Instant::now() < deadline,
            "not within ninety seconds: {what}"
        );
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
