//! Cookies of an admin's session, a tablet's pairing and a host's own page. One browser may hold all.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum_extra::extract::cookie::{Cookie, SameSite};
use yobirin_domain::caller_limits::SessionLifetime;

use crate::state::{AppState, SharedState};

/// Lifetime of a pairing: ten years. Browsers limit it to about 400 days, so the cookie is renewed.
const DEVICE_SECONDS: i64 = 10 * 365 * 24 * 3600;

/// Secrets in the cookies of a request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cookies {
    pub session: Option<String>,
    pub device: Option<String>,
    pub host: Option<String>,
}

impl FromRequestParts<SharedState> for Cookies {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        state: &SharedState,
    ) -> Result<Self, Infallible> {
        Ok(Self::read(&parts.headers, state))
    }
}

impl Cookies {
    fn read(headers: &HeaderMap, state: &AppState) -> Self {
        let mut found = Self::default();
        let (session, device) = (name(state, "session"), name(state, "device"));
        let host = name(state, "host");
        let texts = headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok());
        for cookie in texts.flat_map(Cookie::split_parse).filter_map(Result::ok) {
            if cookie.name() == session {
                found.session = Some(cookie.value().to_owned());
            } else if cookie.name() == device {
                found.device = Some(cookie.value().to_owned());
            } else if cookie.name() == host {
                found.host = Some(cookie.value().to_owned());
            }
        }
        found
    }
}

/// Returns the header that sets a session cookie.
pub(super) fn keep_session(
    state: &AppState,
    secret: &str,
    life: SessionLifetime,
) -> [(HeaderName, HeaderValue); 1] {
    set(state, "session", secret, seconds(life))
}

/// Returns the header that deletes a session cookie.
pub(super) fn drop_session(state: &AppState) -> [(HeaderName, HeaderValue); 1] {
    set(state, "session", "", 0)
}

/// Returns the header that sets a device cookie.
pub(super) fn keep_device(state: &AppState, secret: &str) -> [(HeaderName, HeaderValue); 1] {
    set(state, "device", secret, DEVICE_SECONDS)
}

/// Returns the header that sets a host's session cookie.
pub(super) fn keep_host(
    state: &AppState,
    secret: &str,
    life: SessionLifetime,
) -> [(HeaderName, HeaderValue); 1] {
    set(state, "host", secret, seconds(life))
}

/// Returns the header that deletes a host's session cookie.
pub(super) fn drop_host(state: &AppState) -> [(HeaderName, HeaderValue); 1] {
    set(state, "host", "", 0)
}

fn seconds(life: SessionLifetime) -> i64 {
    i64::try_from(life.total / 1000).unwrap_or(i64::MAX)
}

/// Returns the name of a cookie. `__Host-` makes browsers require https, this host and the path `/`.
fn name(state: &AppState, kind: &str) -> String {
    let prefix = if state.is_https() { "__Host-" } else { "" };
    format!("{prefix}yobirin_{kind}")
}

fn set(state: &AppState, kind: &str, value: &str, seconds: i64) -> [(HeaderName, HeaderValue); 1] {
    let cookie = Cookie::build((name(state, kind), value.to_owned()))
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(state.is_https())
        .path("/")
        .build();
    let text = format!("{cookie}; Max-Age={seconds}");
    // Secrets are base64url, so the text is always a valid header value.
    let value = HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""));
    [(SET_COOKIE, value)]
}
