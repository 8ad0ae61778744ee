//! A WebDriver with its browser; both end on drop, which fails the test if the page had an uncaught error.

mod chromium;
mod firefox;
mod processes;
mod webkit;

use std::sync::atomic::{AtomicBool, Ordering};

use thirtyfour::{Capabilities, WebDriver};

use crate::WAIT_TIMEOUT;
use crate::console;
use crate::engine::Engine;
use processes::Processes;

/// Width and height of the screens that WebKit's windows are on: larger than every window of the tests.
pub(crate) const SCREEN: (u32, u32) = (2600, 1900);

/// A browser with a new profile.
pub struct Driver {
    processes: Processes,
    port: u16,
    expects_errors: AtomicBool,
    /// The engine of the browser.
    pub engine: Engine,
    /// The WebDriver session.
    pub session: WebDriver,
}

/// A driver that listens on `port`, and the capabilities of the browser that it is to start.
struct ListeningDriver {
    processes: Processes,
    port: u16,
    capabilities: Capabilities,
}

impl Driver {
    /// Starts the driver of this run's engine on a free port, and a browser whose language is `language`.
    pub async fn start(language: &str) -> Self {
        let engine = Engine::of_this_run();
        let ListeningDriver {
            processes,
            port,
            capabilities,
        } = match engine {
            Engine::Chromium => chromium::start_driver(language).await,
            Engine::WebKit => webkit::start_driver(language).await,
            Engine::Firefox => firefox::start_driver(language).await,
        };
        let session = WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities)
            .await
            .unwrap_or_else(|error| panic!("{engine:?} does not start: {error}"));
        session
            .set_script_timeout(WAIT_TIMEOUT)
            .await
            .expect("a driver takes a timeout");
        Self {
            processes,
            port,
            expects_errors: AtomicBool::new(false),
            engine,
            session,
        }
    }

    /// Allows errors of the page, for tests that cause them.
    pub fn expect_errors(&self) {
        self.expects_errors.store(true, Ordering::Relaxed);
    }

    /// Takes the errors of the page that occurred since the last call.
    pub(crate) async fn take_errors(&self) -> Vec<String> {
        console::take_errors(self.engine, &self.address()).await
    }

    /// Address of the session at the driver.
    fn address(&self) -> String {
        let id = self.session.session_id();
        format!("http://127.0.0.1:{}/session/{id}", self.port)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let reports_errors =
            !std::thread::panicking() && !self.expects_errors.load(Ordering::Relaxed);
        let errors = if reports_errors {
            console::take_errors_now(self.engine, self.address())
        } else {
            Vec::new()
        };
        self.processes.kill();
        self.session.clone().leak().ok();
        assert!(errors.is_empty(), "the page had errors: {errors:#?}");
    }
}
