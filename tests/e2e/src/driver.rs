//! A ChromeDriver with its Chromium; both end on drop, which fails the test if the page had an uncaught error.

use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

use tempfile::TempDir;
use thirtyfour::{ChromiumLikeCapabilities, DesiredCapabilities, LoggingPrefsLogLevel, WebDriver};
use tokio::io::{AsyncBufReadExt, BufReader};

use crate::console;

/// A browser with a new profile.
pub struct Driver {
    process: tokio::process::Child,
    profile: TempDir,
    port: u16,
    expects_errors: AtomicBool,
    /// The WebDriver session.
    pub session: WebDriver,
}

const FLAGS: [&str; 9] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
];

impl Driver {
    /// Starts ChromeDriver on a free port, and a browser whose language is `language`.
    pub async fn start(language: &str) -> Self {
        let (process, port) = listening().await;

        let profile = tempfile::tempdir().expect("a folder for the profile");
        let mut wishes = DesiredCapabilities::chrome();
        let profile_flag = format!("--user-data-dir={}", profile.path().display());
        let language_flag = format!("--lang={language}");
        for flag in FLAGS
            .into_iter()
            .chain([profile_flag.as_str(), language_flag.as_str()])
        {
            wishes.add_arg(flag).expect("a flag is a string");
        }
        wishes
            .add_experimental_option(
                "prefs",
                serde_json::json!({ "intl.accept_languages": language }),
            )
            .expect("preferences are an object");
        // ChromeDriver keeps no browser log without this capability.
        wishes
            .set_browser_log_level(LoggingPrefsLogLevel::Severe)
            .expect("a level is a string");
        let session = WebDriver::new(format!("http://127.0.0.1:{port}"), wishes)
            .await
            .expect("Chromium starts");
        Self {
            process,
            profile,
            port,
            expects_errors: AtomicBool::new(false),
            session,
        }
    }

    /// Allows errors of the page, for tests that cause them.
    pub fn expect_errors(&self) {
        self.expects_errors.store(true, Ordering::Relaxed);
    }

    /// Address of the session at ChromeDriver.
    pub(crate) fn address(&self) -> String {
        let id = self.session.session_id();
        format!("http://127.0.0.1:{}/session/{id}", self.port)
    }
}

/// Starts a ChromeDriver; returns it with its port. ChromeDriver exits when its IPv4 port is taken on IPv6, so
/// this retries.
async fn listening() -> (tokio::process::Child, u16) {
    for _ in 0..5 {
        let mut process = tokio::process::Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("chromedriver starts; `make test` installs it");
        let output = process.stdout.take().expect("its output is piped");
        if let Some(port) = port_of(BufReader::new(output)).await {
            return (process, port);
        }
    }
    panic!("chromedriver exited five times before it printed its port");
}

async fn port_of(mut output: BufReader<tokio::process::ChildStdout>) -> Option<u16> {
    let mut line = String::new();
    loop {
        line.clear();
        let read = output
            .read_line(&mut line)
            .await
            .expect("chromedriver's output is text");
        if read == 0 {
            return None;
        }
        if let Some((_, port)) = line.split_once("started successfully on port ") {
            let port = port
                .trim()
                .trim_end_matches('.')
                .parse()
                .expect("a port is a number");
            // Keep reading, so that ChromeDriver does not block on a full pipe.
            tokio::spawn(async move {
                let mut rest = Vec::new();
                let _ = tokio::io::AsyncReadExt::read_to_end(&mut output, &mut rest).await;
            });
            return Some(port);
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let looks = !std::thread::panicking() && !self.expects_errors.load(Ordering::Relaxed);
        let errors = if looks {
            console::take_errors_now(self.address())
        } else {
            Vec::new()
        };
        // Killing ChromeDriver does not end its browser, which is found by its profile folder.
        let _ = self.process.start_kill();
        let profile = format!("user-data-dir={}", self.profile.path().display());
        let _ = Command::new("pkill")
            .args(["-9", "-f", "--", &profile])
            .status();
        self.session.clone().leak().ok();
        assert!(errors.is_empty(), "the page had errors: {errors:#?}");
    }
}
