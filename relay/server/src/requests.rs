//! What every request passes through beside its handler: a log line, and seeing changes through.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::error::Failure;
use crate::relay::App;

/// Lets a request that changes something run to its end even when its client is gone: handlers are
/// dropped with their connection, and one that has committed must still tell everybody.
pub(crate) async fn see_through(request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    let handled = tokio::spawn(next.run(request)).await;
    handled.unwrap_or_else(|error| Failure::internal(error).into_response())
}

/// Counts and logs a request once it is answered: method, path, status, time. Never a header, query or body:
/// those hold secrets and people's names. A stream is answered when it begins.
pub(crate) async fn log(State(relay): State<App>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = request.method().clone();
    let path = request
        .extensions()
        .get::<MatchedPath>()
        .map(|path| path.as_str().to_owned());
    let path = path.unwrap_or_else(|| "(app)".to_owned());
    let response = next.run(request).await;
    let (status, micros) = (response.status().as_u16(), begun.elapsed().as_micros());
    relay.metrics.answered(&method, &path, status);
    if path.starts_with("/api") {
        tracing::info!(%method, path, status, micros, "request");
    } else {
        tracing::debug!(%method, path, status, micros, "request");
    }
    response
}
