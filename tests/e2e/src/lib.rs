//! The stage for end-to-end tests: a simulated Chatwork, the real relay binary, and Chromium.
//!
//! A test finds things by what the page says or by the app's `data-` hooks, acts as a person would,
//! and checks what Chatwork got. Everything listens on loopback and ends with its `Stage`.

pub mod admin;
pub mod axe;
pub mod browser;
mod console;
pub mod driver;
pub mod faulty_proxy;
pub mod nginx;
pub mod office;
pub mod relay;
pub mod test_env;

use std::time::Duration;

pub use browser::{Browser, Scheme, Size};
pub use faulty_proxy::{Behaviour, FaultyProxy, ForeignResponse};
pub use test_env::TestEnv;

/// How long a test waits for something that should happen soon, on a machine with two busy cores.
pub const WAIT_TIMEOUT: Duration = Duration::from_secs(20);

/// Where a test may leave things for people to look at: `target/<folder>`.
#[must_use]
pub fn artefacts(folder: &str) -> std::path::PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| root().join("target"), std::path::PathBuf::from);
    let path = target.join(folder);
    std::fs::create_dir_all(&path).expect("the target folder can be written");
    path
}

/// The workspace's root.
#[must_use]
pub fn root() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
