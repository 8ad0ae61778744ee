//! Who is calling, and whether the general limit lets the call pass.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::error::Refusal;
use crate::AccountId;
use crate::limits::Quota;
use crate::shared::Shared;

/// The header with the token. Header names know no case.
const TOKEN: &str = "x-chatworktoken";

pub(super) const LIMIT: &str = "x-ratelimit-limit";
pub(super) const REMAINING: &str = "x-ratelimit-remaining";
pub(super) const RESET: &str = "x-ratelimit-reset";

/// The account whose token the call carries.
#[derive(Clone, Copy, Debug)]
pub(super) struct Caller(pub(super) AccountId);

/// Lets known callers through, counts their calls, and tells them what is left.
pub(super) async fn admit(
    State(shared): State<Arc<Shared>>,
    mut request: Request,
    next: Next,
) -> Response {
    if request.method() == Method::OPTIONS {
        // The API is not made for browsers: a preflight gets nothing to go on.
        return Refusal::Endpoint.into_response();
    }
    let token = request
        .headers()
        .get(TOKEN)
        .and_then(|token| token.to_str().ok());
    let Some((account, quota)) = shared.world().admit(token.unwrap_or_default()) else {
        return Refusal::Token.into_response();
    };
    let mut response = if quota.admitted {
        request.extensions_mut().insert(Caller(account));
        next.run(request).await
    } else {
        Refusal::GeneralLimit.into_response()
    };
    tell(quota, response.headers_mut());
    response
}

fn tell(quota: Quota, headers: &mut HeaderMap) {
    headers.insert(LIMIT, HeaderValue::from(quota.limit));
    headers.insert(REMAINING, HeaderValue::from(quota.remaining));
    headers.insert(RESET, HeaderValue::from(quota.reset));
}
