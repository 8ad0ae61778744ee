//! Cookies of an admin's session, a tablet's pairing or wait for it, and a host's own page. One browser may hold all.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};

use crate::state::{AppState, SharedState};

/// Lifetime of a pairing: ten years. Browsers limit it to about 400 days, so the cookie is renewed.
pub(super) const PAIRING_LIFETIME: Duration = Duration::from_secs(10 * 365 * 24 * 3600);

/// Cookie of a kind of caller.
#[derive(Clone, Copy, Debug)]
pub(super) enum CookieKind {
    /// Admin's session.
    Session,
    /// Pairing of a tablet.
    Device,
    /// Session of a host's own page.
    Host,
    /// Unpaired tablet that waits for approval.
    PairingRequest,
}

/// Secrets in the cookies of a request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cookies {
    pub session: Option<String>,
    pub device: Option<String>,
    pub host: Option<String>,
    pub pairing_request: Option<String>,
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
        let jar = CookieJar::from_headers(headers);
        let secret = |kind| Some(jar.get(&name(state, kind))?.value().to_owned());
        Self {
            session: secret(CookieKind::Session),
            device: secret(CookieKind::Device),
            host: secret(CookieKind::Host),
            pairing_request: secret(CookieKind::PairingRequest),
        }
    }
}

/// Returns the name of a cookie. `__Host-` makes browsers require https, this host and the path `/`.
fn name(state: &AppState, kind: CookieKind) -> String {
    let prefix = if state.is_https() { "__Host-" } else { "" };
    let kind = match kind {
        CookieKind::Session => "session",
        CookieKind::Device => "device",
        CookieKind::Host => "host",
        CookieKind::PairingRequest => "waiting",
    };
    format!("{prefix}yobirin_{kind}")
}

/// Returns the response part that sets a cookie. A lifetime of zero deletes it.
pub(super) fn set_cookie(
    state: &AppState,
    kind: CookieKind,
    secret: &str,
    lifetime: Duration,
) -> CookieJar {
    let cookie = Cookie::build((name(state, kind), secret.to_owned()))
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(state.is_https())
        .path("/")
        .max_age(lifetime.try_into().unwrap_or(time::Duration::MAX));
    CookieJar::new().add(cookie)
}

/// Returns the response part that deletes a cookie.
pub(super) fn delete(state: &AppState, kind: CookieKind) -> CookieJar {
    set_cookie(state, kind, "", Duration::ZERO)
}
