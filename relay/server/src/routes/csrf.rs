//! Protection against cross-site request forgery (CSRF) by Fetch metadata: a request that changes something is refused
//! when it comes from a page of another site, by `Sec-Fetch-Site` or, without that header, by `Origin` against `Host`.

use axum::response::{IntoResponse as _, Response};
use tower_http::csrf::{CsrfLayer, ProtectionError};
use yobirin_api::ErrorCode;

use crate::error::ApiError;
use crate::state::AppState;

type Rejection = fn(ProtectionError) -> Response;

/// Returns the layer that refuses changes by pages of other sites. Behind a proxy, which may change `Host`, the
/// configured origin is trusted.
pub(super) fn layer(state: &AppState) -> CsrfLayer<Rejection> {
    let public_origin = state
        .public_url
        .as_ref()
        .map(|url| url.origin().ascii_serialization());
    let layer = match public_origin.map(|origin| CsrfLayer::new().add_trusted_origin(origin)) {
        Some(Ok(layer)) => layer,
        // Cannot fail for the origin of a parsed URL. Without it, only `Host` is trusted.
        Some(Err(_)) | None => CsrfLayer::new(),
    };
    layer.with_rejection_response(|_| {
        let message = "the request comes from a page of another site";
        ApiError::named(ErrorCode::ForeignOrigin, message).into_response()
    })
}
