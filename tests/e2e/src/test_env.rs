//! Environment of one test, with its own ports and folders.

use std::path::PathBuf;
use std::sync::Once;
use std::time::{Duration, SystemTime};

use chatwork_sim::{Office, Sim};
use tempfile::TempDir;
use yobirin_api::device::Heartbeat;
use yobirin_store::{CommitListener, Store};

use crate::admin::Admin;
use crate::browser::{Browser, Size};
use crate::faulty_proxy::FaultyProxy;
use crate::office;
use crate::relay::Relay;

/// A simulated Chatwork, with the sample office unless a test has its own, and a relay.
pub struct TestEnv {
    /// The simulated Chatwork.
    pub chatwork: Sim,
    /// The relay.
    pub relay: Relay,
    data: TempDir,
}

impl TestEnv {
    /// Starts an environment whose relay is not configured.
    pub async fn open() -> Self {
        Self::open_with(Office::sample()).await
    }

    /// Starts an environment whose relay is not configured, with another office in the simulated Chatwork.
    pub async fn open_with(office: Office) -> Self {
        install_crypto_provider();
        let address = ([127, 0, 0, 1], 0).into();
        let chatwork = Sim::start(office, address)
            .await
            .expect("the simulator starts");
        let data = tempfile::tempdir().expect("a folder for the relay's data");
        let relay = Relay::start(&data.path().join("data"), &chatwork.api()).await;
        Self {
            chatwork,
            relay,
            data,
        }
    }

    /// Starts an environment with the sample office configured: admin, connected bot, groups, hosts, tablet.
    pub async fn configured() -> (Self, Admin) {
        let env = Self::open().await;
        let admin = Admin::at_first_run(&env.relay).await;
        admin.connect().await;
        admin.save(&office::sample()).await;
        (env, admin)
    }

    /// A browser paired as the sample office's tablet, showing its menu.
    pub async fn paired(&self, admin: &Admin) -> Browser {
        self.paired_at(admin, self.relay.url()).await
    }

    /// A browser paired as the tablet through the proxy at `origin`. Errors in its console are allowed, because
    /// the browser logs a proxy's error responses.
    pub async fn paired_at(&self, admin: &Admin, origin: String) -> Browser {
        let code = admin.pairing_code(office::TABLET).await.code;
        let is_direct = origin == self.relay.url();
        let tablet = Browser::start(origin, "ja", Size::TABLET).await;
        if !is_direct {
            tablet.expect_errors();
        }
        tablet.open(&format!("/pair#code={code}")).await;
        tablet.sees("[data-screen=menu]").await;
        tablet.close_checklist().await;
        tablet
    }

    /// Records a heartbeat of a tablet at an earlier time, in place of its last one.
    pub async fn record_old_heartbeat(&self, device: &str, heartbeat: &Heartbeat, age: Duration) {
        let file = self.data.path().join("data/yobirin.db");
        let store = Store::open_file(&file, "test", CommitListener::default()).await;
        let store = store.expect("the relay's database opens");
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        let at = now.expect("a time after 1970") - age;
        let at = u64::try_from(at.as_millis()).expect("milliseconds");
        let mut transaction = store.begin().await.expect("a transaction");
        let device = device.parse().expect("a device id");
        let recorded = transaction.record_heartbeat(&device, heartbeat, at).await;
        recorded.expect("the heartbeat is recorded");
        transaction.commit().await.expect("a commit");
        store.close().await;
    }

    /// Writes a backup into a folder of its own, as the timer does.
    pub async fn back_up(&self) {
        self.relay.back_up(&self.data.path().join("backups")).await;
    }

    /// Starts a proxy in front of the relay, initially without faults.
    pub async fn proxy(&self) -> FaultyProxy {
        FaultyProxy::start(&self.relay.url()).await
    }

    /// Stops the relay with SIGTERM, which must shut down gracefully, then the simulator.
    pub async fn close(mut self) {
        self.relay.stop().await;
        self.chatwork.stop().await;
    }

    /// A new Japanese browser with a desktop's size, for set-up.
    pub async fn setup_browser(&self) -> Browser {
        Browser::start(self.relay.url(), "ja", Size::DESKTOP).await
    }

    /// A new Japanese browser with a tablet's size, for the kiosk.
    pub async fn tablet_browser(&self) -> Browser {
        Browser::start(self.relay.url(), "ja", Size::TABLET).await
    }
}

/// Folder of the tools that `.make/tools.sh` installs.
pub(crate) fn tools() -> PathBuf {
    if let Some(tools) = std::env::var_os("YOBIRIN_TOOLS") {
        return tools.into();
    }
    let home = std::env::var_os("HOME").unwrap_or_default();
    PathBuf::from(home).join(".cache/yobirin/tools")
}

/// Installs rustls' cryptography provider once.
pub fn install_crypto_provider() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}
