//! Host check against DNS rebinding: a page of another site can make its name resolve to the relay's address,
//! and its browser then takes the relay's answers for that site's own.

use axum::Extension;
use axum::extract::{Request, State};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use yobirin_api::ErrorCode;

use crate::error::ApiError;
use crate::state::{AppState, SharedState};
use yobirin_chatwork::is_loopback;

/// Paths for probes and Prometheus, which use any address that reaches the relay. `routes/metrics` checks the
/// host itself.
const MONITORING_PATHS: [&str; 3] = ["/healthz", "/readyz", "/metrics"];

/// Answers requests for another host with 421.
pub(crate) async fn require_own_host(
    State(state): State<SharedState>,
    request: Request,
    next: Next,
) -> Response {
    let (uri, headers) = (request.uri(), request.headers());
    if MONITORING_PATHS.contains(&uri.path()) || state.is_own_host(uri, headers) {
        return next.run(request).await;
    }
    let message = "the relay does not have this host name: start it with \
                   --public-url and the address that people open (a proxy in front must pass on the header \
                   Host), or open it by its IP address or as localhost";
    if uri.path().starts_with("/api") {
        return ApiError::named(ErrorCode::WrongHost, message).into_response();
    }
    let code = Extension(ErrorCode::WrongHost);
    (StatusCode::MISDIRECTED_REQUEST, code, message).into_response()
}

impl AppState {
    /// True when the requested host is this relay: the host of `--public-url`, a name of the certificate, or
    /// a loopback name; without `--public-url` every IP address too, since a page of another site has a name
    /// of its own.
    pub(crate) fn is_own_host(&self, uri: &Uri, headers: &HeaderMap) -> bool {
        // HTTP/2 has the host in the URI, HTTP/1 in a header. Browsers always send it.
        let mut host_headers = headers.get_all("host").iter();
        let requested = match (uri.authority(), host_headers.next()) {
            (Some(authority), _) => Some(authority.clone()),
            (None, Some(host)) => Authority::try_from(host.as_bytes()).ok(),
            (None, None) => return true,
        };
        let is_ambiguous = host_headers.next().is_some();
        // No browser sends two hosts, or a user before the host.
        let requested =
            requested.filter(|requested| !is_ambiguous && !requested.as_str().contains('@'));
        let Some(requested) = requested else {
            return false;
        };
        let host = requested.host().trim_end_matches('.').to_ascii_lowercase();
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        is_loopback(&host)
            || host.ends_with(".localhost")
            || self.tls.as_ref().is_some_and(|tls| tls.is_for(bare))
            || match &self.public_url {
                Some(url) => url.host_str() == Some(&host),
                None => bare.parse::<std::net::IpAddr>().is_ok(),
            }
    }
}
