//! Firefox through geckodriver.

use serde_json::json;
use thirtyfour::Capabilities;

use super::ListeningDriver;
use super::processes::{Processes, start_on_free_port};

/// Starts geckodriver for a browser in this language.
pub(super) async fn start_driver(language: &str) -> ListeningDriver {
    let profile = tempfile::tempdir().expect("a folder for the profile");
    let (driver, port) = start_on_free_port("geckodriver", |command, port| {
        command
            .arg(format!("--port={port}"))
            // Leaves the session's files where they end with it.
            .arg("--profile-root")
            .arg(profile.path())
            .env("HOME", profile.path());
    })
    .await;
    let mut capabilities = Capabilities::new();
    let options = json!({
        "args": ["-headless"],
        "prefs": {
            "intl.accept_languages": language,
            "intl.locale.requested": language,
            "datareporting.policy.dataSubmissionEnabled": false,
        },
    });
    for (name, value) in [
        ("browserName", json!("firefox")),
        ("moz:firefoxOptions", options),
    ] {
        capabilities.set(name, value).expect("a value is JSON");
    }
    ListeningDriver {
        processes: Processes {
            driver,
            display: None,
            profile,
        },
        port,
        capabilities,
    }
}
