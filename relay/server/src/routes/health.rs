//! For whoever watches over the program.

use axum::extract::State;
use axum::http::StatusCode;

use crate::relay::App;

/// `GET /healthz`: the program runs.
pub(crate) async fn healthz() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: it can take calls. Chatwork is not part of that: calls wait for it on disk.
pub(crate) async fn readyz(State(relay): State<App>) -> (StatusCode, &'static str) {
    if relay.stopping.is_cancelled() {
        (StatusCode::SERVICE_UNAVAILABLE, "stopping\n")
    } else if relay.store.is_ready().await {
        (StatusCode::OK, "ready\n")
    } else {
        (
            StatusCode::SERVICE_UNAVAILABLE,
            "the database does not answer\n",
        )
    }
}
