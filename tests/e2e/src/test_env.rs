//! Everything one test needs, on ports and folders of its own.

use std::sync::Once;

use chatwork_sim::{Office, Sim};
use tempfile::TempDir;

use crate::admin::Admin;
use crate::browser::{Browser, Size};
use crate::faulty_proxy::FaultyProxy;
use crate::office;
use crate::relay::Relay;

/// A simulated Chatwork with the sample office, and a relay that knows nothing yet.
pub struct TestEnv {
    /// The simulated Chatwork.
    pub chatwork: Sim,
    /// The relay.
    pub relay: Relay,
    _data: TempDir,
}

impl TestEnv {
    /// Sets it up.
    pub async fn open() -> Self {
        crypto();
        let address = ([127, 0, 0, 1], 0).into();
        let chatwork = Sim::start(Office::sample(), address)
            .await
            .expect("the simulator starts");
        let data = tempfile::tempdir().expect("a folder for the relay's data");
        let relay = Relay::start(&data.path().join("data"), &chatwork.api()).await;
        Self {
            chatwork,
            relay,
            _data: data,
        }
    }

    /// Sets it up with the sample office in it: an admin, a connected bot, groups, hosts, a tablet.
    pub async fn configured() -> (Self, Admin) {
        let env = Self::open().await;
        let admin = Admin::first(&env.relay).await;
        admin.connect().await;
        admin.save(&office::sample()).await;
        (env, admin)
    }

    /// A browser that is the sample office's tablet, showing its menu.
    pub async fn paired(&self, admin: &Admin) -> Browser {
        self.paired_at(admin, self.relay.url()).await
    }

    /// The same, with a proxy at `origin` between it and the relay. What a proxy answers in the relay's
    /// place the browser reports as errors, which are no fault of the page.
    pub async fn paired_at(&self, admin: &Admin, origin: String) -> Browser {
        let code = admin.pairing_code(office::TABLET).await.code;
        let is_direct = origin == self.relay.url();
        let tablet = Browser::start(origin, "ja", Size::TABLET).await;
        if !is_direct {
            tablet.expect_errors();
        }
        tablet.open(&format!("/pair#code={code}")).await;
        tablet.sees("[data-screen=menu]").await;
        tablet
    }

    /// A gateway to the relay, which passes everything on until it is told otherwise.
    pub async fn proxy(&self) -> FaultyProxy {
        FaultyProxy::start(&self.relay.url()).await
    }

    /// Ends the story the way a service manager would: the relay must stop in order.
    pub async fn close(mut self) {
        self.relay.stop().await;
        self.chatwork.stop().await;
    }

    /// A browser with a fresh profile, in Japanese, on a desk.
    pub async fn setup_browser(&self) -> Browser {
        Browser::start(self.relay.url(), "ja", Size::DESKTOP).await
    }

    /// A browser with a fresh profile, in Japanese, on a wall.
    pub async fn tablet_browser(&self) -> Browser {
        Browser::start(self.relay.url(), "ja", Size::TABLET).await
    }
}

/// rustls wants to be told once whose cryptography to use.
pub fn crypto() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}
