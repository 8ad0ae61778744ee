//! Security headers of every response. They forbid pages everything that the app does not need.

use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, HeaderName};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use yobirin_api::RELAY_HEADER;

use crate::http::static_files;
use crate::state::AppState;

/// Headers, built once.
#[derive(Clone, Debug)]
pub(crate) struct SecurityHeaders(HeaderMap);

impl SecurityHeaders {
    /// Builds the headers; `strict-transport-security` only for https.
    pub(crate) fn of(state: &AppState) -> Self {
        let mut headers = HeaderMap::new();
        let mut insert = |name: &'static str, value: &str| {
            let value = HeaderValue::from_str(value)
                .expect("all values are texts of this file and base64 hashes, which are ASCII");
            headers.insert(HeaderName::from_static(name), value);
        };
        insert(
            "content-security-policy",
            &content_security_policy(static_files::script_hashes()),
        );
        insert(RELAY_HEADER, "1");
        insert("x-content-type-options", "nosniff");
        insert("referrer-policy", "no-referrer");
        insert("cross-origin-opener-policy", "same-origin");
        insert("cross-origin-resource-policy", "same-origin");
        insert(
            "permissions-policy",
            "screen-wake-lock=(self), fullscreen=(self), camera=(), microphone=(), \
             geolocation=(), payment=(), usb=()",
        );
        if state.is_https() {
            insert(
                "strict-transport-security",
                "max-age=31536000; includeSubDomains",
            );
        }
        Self(headers)
    }
}

/// Adds the headers. Responses of the API are not cached unless they say so.
pub(crate) async fn add_headers(
    State(SecurityHeaders(headers)): State<SecurityHeaders>,
    request: Request,
    next: Next,
) -> Response {
    let is_api = request.uri().path().starts_with("/api");
    let mut response = next.run(request).await;
    response.headers_mut().extend(headers);
    if is_api {
        let cache = response.headers_mut().entry(CACHE_CONTROL);
        cache.or_insert(HeaderValue::from_static("no-store, no-transform"));
    }
    response
}

/// Returns the content security policy. `script_hashes` are the hashes of the inline scripts that the build found in the
/// pages, such as the app's loader, each with a space before it. Images may come from any https address, because set-up
/// shows the bot's avatar, whose address Chatwork chooses.
fn content_security_policy(script_hashes: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{script_hashes}; \
         style-src 'self'; img-src 'self' data: https:; connect-src 'self'; manifest-src 'self'; \
         font-src 'self'; worker-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; \
         frame-ancestors 'none'"
    )
}
