//! Errors in the browser's console: uncaught errors, logged errors, blocked scripts.

use serde::Deserialize;
use serde_json::json;

/// An entry of ChromeDriver's browser log.
#[derive(Debug, Deserialize)]
struct Entry {
    level: String,
    message: String,
    #[serde(default)]
    source: String,
}

impl Entry {
    /// Whether this is an error of the page. Failed requests are not, because tests stop relays.
    fn is_error(&self) -> bool {
        self.level == "SEVERE" && self.source != "network"
            || self.message.contains("Content Security Policy")
    }
}

#[derive(Deserialize)]
struct Log {
    value: Vec<Entry>,
}

/// Takes the errors out of ChromeDriver's log.
pub(crate) async fn take_errors(session: &str) -> Vec<String> {
    // A separate client, because the session's may belong to a runtime that is blocked on this call.
    let client = reqwest::Client::builder().no_proxy().build();
    let request = client.expect("a client").post(format!("{session}/se/log"));
    let response = request.json(&json!({ "type": "browser" })).send().await;
    let response = response.and_then(reqwest::Response::error_for_status);
    let log: Log = response
        .expect("ChromeDriver keeps the browser's log")
        .json()
        .await
        .expect("the log is a list of entries");
    let errors = log.value.into_iter().filter(Entry::is_error);
    errors.map(|entry| entry.message).collect()
}

/// [`take_errors`] for code that cannot await.
pub(crate) fn take_errors_now(session: String) -> Vec<String> {
    let taking = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        runtime.expect("a runtime").block_on(take_errors(&session))
    });
    let taken = taking.join();
    taken.unwrap_or_else(|_| vec!["the browser's log could not be read".to_owned()])
}
