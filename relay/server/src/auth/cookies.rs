//! Session cookie of an admin, and cookies of a tablet's pairing or pairing request and of a host's own page. One browser
//! may hold all of them.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};

use crate::state::{AppState, SharedState};

/// Lifetime of a pairing: ten years. Browsers limit it to about 400 days, so the cookie is renewed.
pub(super) const PAIRING_LIFETIME: Duration = Duration::from_secs(10 * 365 * 24 * 3600);

/// Cookie of a kind of caller.
#[derive(Clone, Copy, Debug)]
pub(crate) enum CookieKind {
    /// Admin's session.
    Session,
    /// Pairing of a tablet.
    Device,
    /// Session of a host's own page.
    Host,
    /// Pairing request of an unpaired tablet.
    PairingRequest,
}

/// Cookies of a request.
#[derive(Clone, Debug)]
pub(crate) struct Cookies {
    jar: CookieJar,
    is_https: bool,
}

impl FromRequestParts<SharedState> for Cookies {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        state: &SharedState,
    ) -> Result<Self, Infallible> {
        Ok(Self {
            jar: CookieJar::from_headers(&parts.headers),
            is_https: state.is_https(),
        })
    }
}

impl Cookies {
    /// Returns the secret in the cookie of this kind.
    pub(crate) fn get(&self, kind: CookieKind) -> Option<&str> {
        let cookie = self.jar.get(&name(self.is_https, kind))?;
        Some(cookie.value())
    }
}

/// Returns the name of a cookie. `__Host-` makes browsers require https, this host and the path `/`.
fn name(is_https: bool, kind: CookieKind) -> String {
    let prefix = if is_https { "__Host-" } else { "" };
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
    let cookie = Cookie::build((name(state.is_https(), kind), secret.to_owned()))
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
