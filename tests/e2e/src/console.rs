//! Errors in the browser's console: uncaught errors, logged errors, blocked scripts.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::engine::Engine;

/// Script that collects the page's errors, for drivers without a log of the browser. Leaves out the warning that a
/// resize observer waits for the next frame, as Chromium's console does.
pub(crate) const COLLECT_ERRORS: &str = r"
    if (!window.errorsOfTheTest) {
        const errors = window.errorsOfTheTest = [];
        addEventListener('error', event => {
            if (event instanceof ErrorEvent && !event.message.startsWith('ResizeObserver loop')) errors.push(`${event.message} (${event.filename}:${event.lineno})`);
        });
        addEventListener('unhandledrejection', event => errors.push(`unhandled: ${event.reason}`));
        addEventListener('securitypolicyviolation', event =>
            errors.push(`Content Security Policy: ${event.violatedDirective} ${event.blockedURI}`));
        const log = console.error;
        console.error = (...all) => { errors.push(all.join(' ')); log.apply(console, all); };
    }";
const TAKE_COLLECTED: &str = "return (window.errorsOfTheTest ?? []).splice(0)";

/// An entry of ChromeDriver's browser log.
#[derive(Debug, Deserialize)]
struct Entry {
    level: String,
    message: String,
    #[serde(default)]
    source: String,
}

impl Entry {
    /// True for an error of the page. Failed requests are not errors, because tests stop relays.
    fn is_error(&self) -> bool {
        self.level == "SEVERE" && self.source != "network"
            || self.message.contains("Content Security Policy")
    }
}

/// A response of the driver.
#[derive(Deserialize)]
struct DriverResponse<T> {
    value: T,
}

/// Takes the errors out of ChromeDriver's log; with other drivers, out of the list that the page has collected.
pub(crate) async fn take_errors(engine: Engine, session: &str) -> Vec<String> {
    if engine != Engine::Chromium {
        let script = json!({ "script": TAKE_COLLECTED, "args": [] });
        return post(&format!("{session}/execute/sync"), &script).await;
    }
    let url = format!("{session}/se/log");
    let log: Vec<Entry> = post(&url, &json!({ "type": "browser" })).await;
    let errors = log.into_iter().filter(Entry::is_error);
    errors.map(|entry| entry.message).collect()
}

async fn post<T: for<'a> Deserialize<'a>>(url: &str, body: &Value) -> T {
    // A separate client, because the session's may belong to a runtime that is blocked on this call.
    let client = reqwest::Client::builder().no_proxy().build();
    let request = client.expect("a client").post(url).json(body);
    let response = request.send().await;
    let response = response.and_then(reqwest::Response::error_for_status);
    let response: DriverResponse<T> = response
        .expect("the driver knows the browser's errors")
        .json()
        .await
        .expect("the errors are a list");
    response.value
}

/// [`take_errors`] for code that cannot await.
pub(crate) fn take_errors_now(engine: Engine, session: String) -> Vec<String> {
    let taking = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        runtime
            .expect("a runtime")
            .block_on(take_errors(engine, &session))
    });
    let taken = taking.join();
    taken.unwrap_or_else(|_| vec!["the browser's errors could not be read".to_owned()])
}
