//! Health checks.

use axum::extract::State;
use axum::http::StatusCode;

use crate::state::{AppState, SharedState};
use yobirin_store::Unavailable;

/// `GET /healthz`: the process runs.
pub(crate) async fn healthz() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: the relay can accept calls. Chatwork does not matter, because calls wait for it on disk. Open incidents
/// follow by name, one a line.
pub(crate) async fn readyz(State(state): State<SharedState>) -> (StatusCode, String) {
    let (status, mut text) = readiness(&state).await;
    for alarm in &state.alarms.read().open {
        text = text + "alarm: " + alarm.condition.key() + "\n";
    }
    (status, text)
}

async fn readiness(state: &AppState) -> (StatusCode, String) {
    let (status, text) = if state.stopping.is_cancelled() {
        (StatusCode::SERVICE_UNAVAILABLE, "stopping\n")
    } else {
        match state.store.readiness().await {
            Ok(()) => (StatusCode::OK, "ready\n"),
            Err(Some(Unavailable::DiskFull)) => (
                StatusCode::INSUFFICIENT_STORAGE,
                "disk full: free some space\n",
            ),
            Err(_) => (
                StatusCode::SERVICE_UNAVAILABLE,
                "the database does not answer\n",
            ),
        }
    };
    (status, text.to_owned())
}
