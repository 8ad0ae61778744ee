//! Host sessions: a personal link opens the host's own page, in any number of browsers, until the link is
//! replaced or revoked.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum_extra::extract::CookieJar;
use yobirin_api::{ErrorCode, Millis};
use yobirin_domain::caller_limits::SessionLifetime;
use yobirin_domain::model::id::HostId;

use super::admin_session::is_tablet;
use super::cookies::{self, CookieKind, Cookies};
use super::rate_limit::RateLimitKey;
use crate::crypto::token;
use crate::error::{ApiError, ApiResult};
use crate::routes::extract::check_again_after_body;
use crate::security_log;
use crate::state::{AppState, SharedState};

/// Minimum time between two updates of `seen_at`, to spare the disk.
const SEEN_UPDATE_INTERVAL_MS: Millis = 60 * 1000;

/// Caller with the session of this host.
#[derive(Clone, Debug)]
pub(crate) struct HostSession(pub HostId);

impl FromRequestParts<SharedState> for HostSession {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &SharedState) -> ApiResult<Self> {
        let Ok(cookies) = Cookies::from_request_parts(parts, state).await;
        let Some(host) = Self::of(&cookies, state).await? else {
            let message = "open your personal link first; an admin can make one";
            return Err(ApiError::named(ErrorCode::NotSignedIn, message));
        };
        security_log::set_actor(parts, "host");
        check_again_after_body::<Self>(parts, RateLimitKey::Host(host.0.clone()));
        Ok(host)
    }
}

impl HostSession {
    /// Returns the host of these cookies, if the link is valid and the host is in the settings.
    pub(crate) async fn of(cookies: &Cookies, state: &Arc<AppState>) -> ApiResult<Option<Self>> {
        let Some(secret) = &cookies.host else {
            return Ok(None);
        };
        let hash = token::hash(secret);
        let Some(session) = state.store.host_session(&hash).await? else {
            return Ok(None);
        };
        let (host, now) = (session.host, state.clock.now());
        if !SessionLifetime::of_host(session.on_tablet).is_alive(session.created, session.seen, now)
            || state.settings.get().settings.host(&host).is_none()
        {
            return Ok(None);
        }
        if session.seen + SEEN_UPDATE_INTERVAL_MS <= now {
            let mut transaction = state.store.begin().await?;
            transaction.mark_host_session_seen(&hash, now).await?;
            transaction.commit().await?;
        }
        Ok(Some(Self(host)))
    }
}

/// Opens a session with a link's secret, in place of the browser's previous one.
pub(crate) async fn open_host_session(
    state: &SharedState,
    cookies: &Cookies,
    link: &str,
) -> ApiResult<(HostSession, CookieJar)> {
    let session = token::generate();
    let (link, hash) = (token::hash(link), token::hash(&session));
    // Unauthenticated requests must not occupy the single writer.
    if state.store.host_of_link(&link).await?.is_none() {
        return Err(invalid_link());
    }
    let on_tablet = is_tablet(cookies, state).await?;
    let mut transaction = state.store.begin().await?;
    if let Some(old) = &cookies.host {
        transaction.end_host_session(&token::hash(old)).await?;
    }
    let host = transaction
        .open_host_link(&link, &hash, on_tablet, state.clock.now())
        .await?;
    let existing = host.filter(|host| state.settings.get().settings.host(host).is_some());
    let host = existing.ok_or_else(invalid_link)?;
    transaction.commit().await?;
    let life = Duration::from_millis(SessionLifetime::of_host(on_tablet).total);
    let cookie = cookies::set(state, CookieKind::Host, &session, life);
    Ok((HostSession(host), cookie))
}

fn invalid_link() -> ApiError {
    let message = "personal link replaced or revoked: ask an admin for a new one";
    ApiError::named(ErrorCode::WrongSecret, message)
}

/// Ends the host session of these cookies.
pub(crate) async fn close_host_session(
    state: &AppState,
    cookies: &Cookies,
) -> ApiResult<CookieJar> {
    if let Some(secret) = &cookies.host {
        let hash = token::hash(secret);
        if state.store.host_session(&hash).await?.is_some() {
            let mut transaction = state.store.begin().await?;
            transaction.end_host_session(&hash).await?;
            transaction.commit().await?;
        }
    }
    Ok(cookies::delete(state, CookieKind::Host))
}
