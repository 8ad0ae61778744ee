//! For whoever watches over the program.

use axum::extract::State;
use axum::http::StatusCode;

use crate::state::SharedState;
use yobirin_store::Unavailable;

/// `GET /healthz`: the program runs.
pub(crate) async fn healthz() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: it can take calls. Chatwork is not part of that: calls wait for it on disk.
pub(crate) async fn readyz(State(relay): State<SharedState>) -> (StatusCode, &'static str) {
    if relay.stopping.is_cancelled() {
        (StatusCode::SERVICE_UNAVAILABLE, "stopping\n")
    } else {
        match relay.store.readiness().await {
            Ok(()) => (StatusCode::OK, "ready\n"),
            Err(Some(Unavailable::DiskFull)) => (
                StatusCode::INSUFFICIENT_STORAGE,
                "there is no room left to keep calls: free some space\n",
            ),
            Err(_) => (
                StatusCode::SERVICE_UNAVAILABLE,
                "the database does not answer\n",
            ),
        }
    }
}
