//! Harness of the end-to-end tests: a simulated Chatwork, the relay's binary, and a browser (see [`Engine`]).
//!
//! Tests find elements by their text or the app's `data-` attributes, act as a user, and check the messages in
//! Chatwork. All servers listen on loopback and end with their [`TestEnv`].

pub mod admin;
pub mod axe;
pub mod browser;
mod console;
pub mod driver;
pub mod engine;
pub mod faulty_proxy;
pub mod nginx;
pub mod office;
pub mod relay;
pub mod test_env;

use std::time::Duration;

pub use browser::{Browser, Scheme, Size};
pub use engine::Engine;
pub use faulty_proxy::{Behavior, FaultyProxy, ForeignResponse};
pub use test_env::TestEnv;

/// Timeout of waits, sufficient for a busy machine with two cores. No test waits for it in vain, so that it only delays
/// failures.
pub const WAIT_TIMEOUT: Duration = Duration::from_secs(45);

/// Interval at which waits look at the page again.
pub(crate) const POLL_INTERVAL: Duration = Duration::from_millis(30);

/// Folder for files that tests leave for inspection: `target/<folder>`.
#[must_use]
pub fn artifacts(folder: &str) -> std::path::PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| root().join("target"), std::path::PathBuf::from);
    let path = target.join(folder);
    std::fs::create_dir_all(&path).expect("the target folder can be written");
    path
}

/// A text as the driver reads it from a page: a space that breaks no line is an ordinary one.
#[must_use]
pub fn as_read(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

/// The workspace's root.
#[must_use]
pub fn root() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
