//! Chromium through ChromeDriver.

use std::process::Stdio;

use thirtyfour::{ChromiumLikeCapabilities, DesiredCapabilities, LoggingPrefsLogLevel};
use tokio::io::{AsyncBufReadExt, BufReader};

use super::ListeningDriver;
use super::processes::Processes;

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

/// Starts ChromeDriver for a browser in this language.
pub(super) async fn start_driver(language: &str) -> ListeningDriver {
    let (driver, port) = start_process().await;
    let profile = tempfile::tempdir().expect("a folder for the profile");
    let mut capabilities = DesiredCapabilities::chrome();
    let profile_flag = format!("--user-data-dir={}", profile.path().display());
    let language_flag = format!("--lang={language}");
    for flag in FLAGS
        .into_iter()
        .chain([profile_flag.as_str(), language_flag.as_str()])
    {
        capabilities.add_arg(flag).expect("a flag is a string");
    }
    capabilities
        .add_experimental_option(
            "prefs",
            serde_json::json!({ "intl.accept_languages": language }),
        )
        .expect("preferences are an object");
    // ChromeDriver keeps no browser log without this capability.
    capabilities
        .set_browser_log_level(LoggingPrefsLogLevel::Severe)
        .expect("a level is a string");
    ListeningDriver {
        processes: Processes {
            driver,
            display: None,
            profile,
        },
        port,
        capabilities: capabilities.into(),
    }
}

/// Starts a ChromeDriver; returns it with its port. ChromeDriver exits when its IPv4 port is taken on IPv6, so
/// this retries.
async fn start_process() -> (tokio::process::Child, u16) {
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
