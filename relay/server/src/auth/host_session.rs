//! Host sessions: a personal link opens the host's own page, in any number of browsers, until the link is
//! replaced or revoked.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum_extra::extract::CookieJar;
use yobirin_api::ErrorCode;
use yobirin_domain::model::id::HostId;

use super::cookies::{CookieKind, Cookies};
use super::rate_limit::RateLimitKey;
use super::session::{self, open_session};
use crate::crypto::token;
use crate::error::{ApiError, ApiResult};
use crate::routes::extract::check_again_after_body;
use crate::security_log;
use crate::state::{AppState, SharedState};
use yobirin_store::SessionOwner;

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
    /// Returns the host of these cookies, if the session is valid and the host is in the settings.
    pub(crate) async fn of(cookies: &Cookies, state: &Arc<AppState>) -> ApiResult<Option<Self>> {
        let session = session::find(state, cookies.get(CookieKind::Host)).await?;
        let host = session.and_then(|session| match session.owner {
            SessionOwner::Host(host) => Some(host),
            SessionOwner::Admin => None,
        });
        let settings = state.settings.get();
        Ok(host
            .filter(|host| settings.settings.host(host).is_some())
            .map(Self))
    }
}

/// Opens a session with a link's secret.
pub(crate) async fn open_host_session(
    state: &SharedState,
    cookies: &Cookies,
    link: &str,
) -> ApiResult<(HostSession, CookieJar)> {
    let link = token::hash(link);
    // Unauthenticated requests must not occupy the single writer.
    if state.store.host_of_link(&link).await?.is_none() {
        return Err(invalid_link());
    }
    let mut transaction = state.store.begin().await?;
    let host = transaction.open_host_link(&link, state.clock.now()).await?;
    let existing = host.filter(|host| state.settings.get().settings.host(host).is_some());
    let host = existing.ok_or_else(invalid_link)?;
    let owner = SessionOwner::Host(host.clone());
    let cookie = open_session(state, cookies, &owner, &mut transaction).await?;
    transaction.commit().await?;
    Ok((HostSession(host), cookie))
}

fn invalid_link() -> ApiError {
    let message = "personal link replaced or revoked: ask an admin for a new one";
    ApiError::named(ErrorCode::WrongSecret, message)
}
