//! WebKitGTK's MiniBrowser through WebKitWebDriver, on an X server of its own (Xvfb), because windows that share
//! one take the focus from each other.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::json;
use tempfile::TempDir;
use thirtyfour::Capabilities;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use super::processes::{Processes, start_on_free_port};
use super::{ListeningDriver, SCREEN};
use crate::test_env::tools;

/// Style sheet that shrinks the browser's toolbar, which is otherwise wider than a phone.
const TOOLBAR_STYLE: &str =
    "* { min-width: 0; min-height: 0; padding: 0; margin: 0; border-width: 0; font-size: 1px; }";

/// Starts a display and WebKitWebDriver for a browser in this language.
pub(super) async fn start_driver(language: &str) -> ListeningDriver {
    let profile = tempfile::tempdir().expect("a folder for the profile");
    let (display, number) = start_display().await;
    let home = prepare_home(&profile);
    let (driver, port) = start_on_free_port("WebKitWebDriver", |command, port| {
        command
            .arg(format!("--port={port}"))
            .env("DISPLAY", format!(":{number}"))
            .env("HOME", &home)
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_CACHE_HOME", home.join("cache"))
            .env("XDG_DATA_HOME", home.join("data"))
            // The browser takes its language from the locale; `.make/tools.sh` installs the locales.
            .env("LOCPATH", tools().join("locales"))
            .env("LC_ALL", locale(language))
            .env("NO_AT_BRIDGE", "1");
    })
    .await;
    let mut capabilities = Capabilities::new();
    // The class only carries the path of the profile, by which the browser is found and killed.
    let class = format!("--class={}", home.display());
    let options = json!({ "binary": mini_browser(), "args": ["--automation", class] });
    for (name, value) in [
        ("browserName", json!("MiniBrowser")),
        ("webkitgtk:browserOptions", options),
    ] {
        capabilities.set(name, value).expect("a value is JSON");
    }
    ListeningDriver {
        processes: Processes {
            driver,
            display: Some(display),
            profile,
        },
        port,
        capabilities,
    }
}

/// Starts an X server on a free display; returns its process and the display's number.
async fn start_display() -> (Child, String) {
    let screen = format!("{}x{}x24", SCREEN.0, SCREEN.1);
    let mut process = Command::new("Xvfb")
        .args(["-displayfd", "1", "-screen", "0", &screen])
        .args(["-nolisten", "tcp"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .expect("Xvfb starts; `make test` installs it");
    let output = process.stdout.take().expect("its output is piped");
    let mut number = String::new();
    let result = BufReader::new(output).read_line(&mut number).await;
    result.expect("Xvfb prints the number of its display");
    (process, number.trim().to_owned())
}

/// Writes the style into the browser's home folder; returns the folder.
fn prepare_home(profile: &TempDir) -> PathBuf {
    let home = profile.path().to_owned();
    let style = home.join("config/gtk-3.0");
    std::fs::create_dir_all(&style).expect("the folder can be made");
    std::fs::write(style.join("gtk.css"), TOOLBAR_STYLE).expect("the file can be written");
    home
}

/// Locale of a language.
fn locale(language: &str) -> String {
    let country = match language {
        "ja" => "JP",
        "zh" => "CN",
        "ko" => "KR",
        "vi" => "VN",
        _ => return "en_US.UTF-8".to_owned(),
    };
    format!("{language}_{country}.UTF-8")
}

/// Path of the MiniBrowser, which is not in `PATH`.
fn mini_browser() -> PathBuf {
    let folders = |parent: &Path| -> Vec<PathBuf> {
        let entries = std::fs::read_dir(parent).into_iter().flatten();
        entries.flatten().map(|entry| entry.path()).collect()
    };
    let mut parents = folders(Path::new("/usr/lib"));
    parents.extend([
        "/usr/lib".into(),
        "/usr/lib64".into(),
        "/usr/libexec".into(),
    ]);
    let candidates = parents.iter().flat_map(|parent| folders(parent));
    let mut programs = candidates
        .filter(|folder| folder.to_string_lossy().contains("webkit2gtk-4."))
        .map(|folder| folder.join("MiniBrowser"));
    let found = programs.find(|program| program.exists());
    found.expect("the MiniBrowser of WebKitGTK is there; `make test` installs it")
}
