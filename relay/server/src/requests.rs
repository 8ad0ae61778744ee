//! One log line per request: method, path, status, time. Never a header, query or body: those hold
//! secrets and people's names.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;

/// Logs a request once it is answered. A stream is answered when it begins.
pub(crate) async fn log(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = request.method().clone();
    let path = request
        .extensions()
        .get::<MatchedPath>()
        .map(|path| path.as_str().to_owned());
    let path = path.unwrap_or_else(|| "(app)".to_owned());
    let response = next.run(request).await;
    let (status, micros) = (response.status().as_u16(), begun.elapsed().as_micros());
    if path.starts_with("/api") {
        tracing::info!(%method, path, status, micros, "request");
    } else {
        tracing::debug!(%method, path, status, micros, "request");
    }
    response
}
