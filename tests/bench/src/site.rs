//! The measured relay: the release binary in a separate process with data on a real disk, configured through
//! its API, with a simulated Chatwork in this process that enforces Chatwork's limits.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use chatwork_sim::{Office, Sim};
use relay_tests::{Browser, PASSWORD, Program, Tablet, json, status};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use yobirin_api::chatwork::{Connect, Connection};
use yobirin_api::device::{Pair, PairingCode};
use yobirin_api::session::{FirstRun, Session};
use yobirin_domain::model::settings::SettingsDocument;

/// Maximum time until a restarted relay is ready.
const READY_TIMEOUT: Duration = Duration::from_secs(60);
/// Limit of calls per tablet, in place of the usual one: here a single tablet makes all calls, far above the usual
/// limit.
const TABLET_CALLS: &str = "1000000";

/// A running relay and simulated Chatwork.
#[derive(Debug)]
pub(crate) struct Site {
    pub(crate) sim: Sim,
    relay: Option<Program>,
    pub(crate) address: String,
    pub(crate) admin: Browser,
    data: TempDir,
}

impl Site {
    /// Starts a relay for the first time with these settings.
    pub(crate) async fn open(document: &SettingsDocument) -> Self {
        let anywhere = "127.0.0.1:0".parse().unwrap();
        let sim = Sim::start(Office::sample(), anywhere).await.unwrap();
        let data = tempfile::tempdir_in(folder()).unwrap();
        let mut relay = start(data.path(), &sim.api(), "127.0.0.1:0");
        let base = relay.line("listening on ").await;
        let link = relay.line("first-run link: ").await;
        let admin = Browser::new(&base);
        let first = FirstRun {
            link: link.split_once("#link=").unwrap().1.to_owned(),
            password: PASSWORD.to_owned(),
        };
        let _: Session = json(admin.post("/api/first-run").json(&first)).await;
        let token = Office::SAMPLE_TOKEN.to_owned();
        let _: Connection = json(admin.put("/api/chatwork").json(&Connect { token })).await;
        let address = base.trim_start_matches("http://").to_owned();
        let site = Self {
            sim,
            relay: Some(relay),
            address,
            admin,
            data,
        };
        site.save(document).await;
        site
    }

    /// Saves settings over the current ones.
    pub(crate) async fn save(&self, document: &SettingsDocument) {
        let current = self.admin.get("/api/settings").send().await.unwrap();
        let tag = current.headers()["etag"].clone();
        let put = self.admin.put("/api/settings").header("if-match", tag);
        assert_eq!(status(put.json(document)).await, 204, "settings are saved");
    }

    /// Pairs a tablet; returns the cookie for the `cookie` header.
    pub(crate) async fn pair(&self, device: &str) -> String {
        let (_, paired) = self.paired(device).await;
        let cookie = paired.headers()["set-cookie"].to_str().unwrap();
        cookie.split(';').next().unwrap().to_owned()
    }

    /// Pairs a tablet.
    pub(crate) async fn tablet(&self, device: &str) -> Tablet {
        let (browser, _) = self.paired(device).await;
        Tablet { browser }
    }

    /// Link that pairs a browser as this tablet.
    pub(crate) async fn pairing_link(&self, device: &str) -> String {
        let code = self.pairing_code(device).await;
        format!("http://{}/pair#code={code}", self.address)
    }

    async fn pairing_code(&self, device: &str) -> String {
        let path = format!("/api/devices/{device}/pairing-code");
        json::<PairingCode>(self.admin.post(&path)).await.code
    }

    /// Pairs a tablet with a new client; returns the client and the response.
    async fn paired(&self, device: &str) -> (Browser, reqwest::Response) {
        let code = self.pairing_code(device).await;
        // A new client, because the admin's would send its own cookie. Valid codes are not rate-limited.
        let new_browser = Browser::new(&format!("http://{}", self.address));
        let paired = new_browser.post("/api/pair").json(&Pair { code });
        let paired = paired.send().await.unwrap();
        assert_eq!(paired.status(), 200, "{device} is paired");
        (new_browser, paired)
    }

    /// Sum of the `/metrics` samples with this prefix.
    pub(crate) async fn figure(&self, prefix: &str) -> f64 {
        let text = self.admin.get("/metrics").send().await.unwrap();
        let text = text.text().await.unwrap();
        let lines = text.lines().filter(|line| line.starts_with(prefix));
        lines
            .filter_map(|line| line.rsplit(' ').next()?.parse::<f64>().ok())
            .sum()
    }

    /// Resident memory of the relay in bytes.
    pub(crate) fn resident(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.relay().id()));
        let status = status.expect("Linux reports the memory of a process");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kib = line.unwrap().trim().trim_end_matches(" kB");
        kib.parse::<f64>().unwrap() * 1024.0
    }

    /// Kills and restarts the relay; returns the time until it is ready.
    pub(crate) async fn kill_and_restart(&mut self) -> Duration {
        self.relay.take().expect("a running relay").kill().await;
        let began = Instant::now();
        self.relay = Some(start(self.data.path(), &self.sim.api(), &self.address));
        while !is_ready(&self.address).await {
            assert!(
                began.elapsed() < READY_TIMEOUT,
                "the relay is not ready within {READY_TIMEOUT:?}"
            );
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        began.elapsed()
    }

    /// Stops relay and simulator.
    pub(crate) async fn close(self) {
        self.relay.expect("a running relay").kill().await;
        self.sim.stop().await;
    }

    fn relay(&self) -> &Program {
        self.relay.as_ref().expect("a running relay")
    }
}

/// Folder for data, on a real disk, which a temporary folder may not be.
pub(crate) fn folder() -> PathBuf {
    PathBuf::from(std::env::var("BENCH_DATA").unwrap_or_else(|_| ".".to_owned()))
}

fn start(data: &Path, api: &str, listen: &str) -> Program {
    let program = std::env::var("BENCH_RELAY").expect("BENCH_RELAY names the relay's program");
    let data = data.to_str().unwrap();
    let options = ["--listen", listen, "--data", data, "--chatwork-api", api];
    let limit = ["--tablet-calls", TABLET_CALLS];
    Program::start(&program, &[&options[..], &limit].concat())
}

async fn is_ready(address: &str) -> bool {
    let Ok(mut stream) = TcpStream::connect(address).await else {
        return false;
    };
    let request = format!("GET /readyz HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    let mut response = [0; 12];
    stream.write_all(request.as_bytes()).await.is_ok()
        && stream.read_exact(&mut response).await.is_ok()
        && response.ends_with(b"200")
}
