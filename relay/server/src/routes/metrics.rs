//! `GET /metrics`, for Prometheus.

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, State};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderMap, Uri};
use axum::response::IntoResponse;
use prometheus::TEXT_FORMAT;
use yobirin_api::ErrorCode;

use crate::error::{ApiError, ApiResult};
use crate::state::{AppState, SharedState};

/// Headers that proxies add. A request with such a header comes from a proxy, so its peer is not the caller.
const PROXY_HEADERS: [&str; 4] = ["forwarded", "via", "x-forwarded-for", "x-real-ip"];

/// Returns the counters, and gauges of the queue and of Chatwork's limit; for callers on this machine, or
/// with the token.
pub(crate) async fn show(
    State(state): State<SharedState>,
    ConnectInfo(caller): ConnectInfo<SocketAddr>,
    uri: Uri,
    headers: HeaderMap,
) -> ApiResult<impl IntoResponse> {
    let is_local = is_local(&state, caller, &headers) && state.is_own_host(&uri, &headers);
    if !is_local && !has_token(&state, &headers) {
        let message = "metrics are available on this machine, or with the --metrics-token";
        return Err(ApiError::named(ErrorCode::NotSignedIn, message));
    }
    set_gauges(&state).await?;
    let text = state.metrics.to_text().map_err(ApiError::internal)?;
    Ok(([(CONTENT_TYPE, TEXT_FORMAT)], text))
}

/// Sets the gauges that are not kept up to date: queue, limit and connection.
async fn set_gauges(state: &AppState) -> ApiResult<()> {
    let (now, stats) = (state.clock.now(), state.store.queue_stats().await?);
    let age = stats
        .oldest
        .map_or(0, |accepted| now.saturating_sub(accepted) / 1_000);
    let metrics = &state.metrics;
    metrics.queue_deliveries.set(gauge(stats.deliveries));
    metrics.queue_oldest.set(gauge(age));
    let left = state.gateway.limits().remaining();
    metrics.requests_left.set(gauge(left as u64));
    metrics
        .connected
        .set(state.gateway.has_accepted_token().into());
    Ok(())
}

fn gauge(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// True when a program on this machine is the caller. With `--public-url` there may be a proxy, behind which every
/// caller seems to be local.
fn is_local(state: &AppState, caller: SocketAddr, headers: &HeaderMap) -> bool {
    let is_forwarded = PROXY_HEADERS.iter().any(|name| headers.contains_key(*name));
    caller.ip().to_canonical().is_loopback() && state.public_url.is_none() && !is_forwarded
}

fn has_token(state: &AppState, headers: &HeaderMap) -> bool {
    let header = headers
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let token = header.and_then(|text| text.strip_prefix("Bearer "));
    let configured = state.metrics_token.as_ref();
    configured
        .zip(token)
        .is_some_and(|(configured, token)| configured.is_valid(token))
}
