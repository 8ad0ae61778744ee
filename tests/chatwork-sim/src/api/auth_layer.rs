//! Authentication by API token, and the general rate limit.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::error::ApiError;
use crate::AccountId;
use crate::limits::Quota;
use crate::shared::Shared;

/// Request header with the token.
const TOKEN_HEADER: &str = "x-chatworktoken";

pub(super) const LIMIT_HEADER: &str = "x-ratelimit-limit";
pub(super) const REMAINING_HEADER: &str = "x-ratelimit-remaining";
pub(super) const RESET_HEADER: &str = "x-ratelimit-reset";

/// The account that the request's token belongs to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Caller(pub(super) AccountId);

/// Admits requests with a valid token within the rate limit; adds the rate-limit headers to the response.
pub(super) async fn authenticate(
    State(shared): State<Arc<Shared>>,
    mut request: Request,
    next: Next,
) -> Response {
    if request.method() == Method::OPTIONS {
        // Chatwork's API allows no cross-origin requests, so a preflight is refused.
        return ApiError::UnknownEndpoint.into_response();
    }
    let token = request
        .headers()
        .get(TOKEN_HEADER)
        .and_then(|token| token.to_str().ok());
    let Some((account, quota)) = shared.state().authenticate(token.unwrap_or_default()) else {
        return ApiError::InvalidToken.into_response();
    };
    let mut response = if quota.is_admitted {
        request.extensions_mut().insert(Caller(account));
        next.run(request).await
    } else {
        ApiError::GeneralLimit.into_response()
    };
    set_quota_headers(quota, response.headers_mut());
    response
}

fn set_quota_headers(quota: Quota, headers: &mut HeaderMap) {
    headers.insert(LIMIT_HEADER, HeaderValue::from(quota.limit));
    headers.insert(REMAINING_HEADER, HeaderValue::from(quota.remaining));
    headers.insert(RESET_HEADER, HeaderValue::from(quota.reset));
}
