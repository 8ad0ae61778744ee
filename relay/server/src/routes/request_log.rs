//! Layers around every handler: the request log, and running changes to completion.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Instant;

use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use serde_json::Value;
use tracing::Instrument as _;
use yobirin_api::ErrorCode;

use crate::auth::client_ip;
use crate::error::ApiError;
use crate::metrics::method_label;
use crate::security_log::{self, RequestActor};
use crate::state::SharedState;

/// Runs a changing request to its end even when its client disconnects. Otherwise the handler would be dropped with the
/// connection, possibly after its commit and before it has published the events.
pub(crate) async fn run_to_completion(request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    let handling = tokio::spawn(next.run(request).in_current_span());
    handling
        .await
        .unwrap_or_else(|error| ApiError::internal(error).into_response())
}

/// Counts and logs a request once its response begins: caller, kind of caller, security event, method, route,
/// status, time. The level is warning when the request was refused or failed, info when it is a security event or a
/// change, else debug. Never logs a header, query, body or requested path: they hold secrets and people's names, and may
/// be of any length. A stream is logged when it begins.
pub(crate) async fn log(
    State(state): State<SharedState>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    mut request: Request,
    next: Next,
) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    let matched = request.extensions().get::<MatchedPath>();
    let path = matched.map_or("(app)", MatchedPath::as_str).to_owned();
    let address = client_ip(&state, peer, request.headers());
    let span = tracing::info_span!("http", caller = state.cipher.mark(address));
    let request_actor = Arc::new(RequestActor::default());
    request.extensions_mut().insert(Arc::clone(&request_actor));
    let response = next.run(request).instrument(span.clone()).await;
    let (actor, factor) = (request_actor.actor(), request_actor.factor());
    let status = response.status().as_u16();
    let duration_us = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
    state.metrics.count_request(&method, &path, status);
    let is_change = !method.is_safe() && matches!(actor, "admin" | "host");
    let method = method_label(&method);
    let event = security_log::event(&path, response.extensions());
    let code = response.extensions().get::<ErrorCode>();
    let code = code.and_then(|code| serde_json::to_value(code).ok());
    let code = code.as_ref().and_then(Value::as_str);
    let _entered = span.entered();
    macro_rules! record {
        ($level:ident) => {
            tracing::$level!(
                event,
                actor,
                factor,
                method,
                path,
                status,
                code,
                duration_us,
                "request"
            )
        };
    }
    if status >= 500 || event.is_some() && code.is_some() {
        record!(warn);
    } else if event.is_some() || is_change {
        record!(info);
    } else {
        record!(debug);
    }
    response
}
