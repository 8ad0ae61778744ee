//! Admin sessions: opened by password or link, ended by idleness, age or sign-out.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum_extra::extract::CookieJar;
use yobirin_api::{ErrorCode, Millis};
use yobirin_domain::caller_limits::{SessionLifetime, is_reauthenticated};

use super::cookies::{self, CookieKind, Cookies};
use super::credentials::LoginSnapshot;
use super::device::Device;
use super::rate_limit::RateLimitKey;
use super::two_factor::load_two_factor;
use crate::crypto::token;
use crate::error::{ApiError, ApiResult};
use crate::routes::extract::check_again_after_body;
use crate::security_log;
use crate::state::{AppState, SharedState};
use yobirin_store::{SessionRow, StoreError, Transaction};

/// Minimum time between two updates of `seen_at`, to spare the disk.
const SEEN_UPDATE_INTERVAL_MS: Millis = 60 * 1000;

/// Caller with an admin session.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Admin(());

/// Admin who has recently shown password and second factor again. A stolen cookie alone does not suffice.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reauthenticated(());

/// Admin who, while the second factor is on, has recently shown it again.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WithSecondFactor(());

impl FromRequestParts<SharedState> for Admin {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &SharedState) -> ApiResult<Self> {
        signed_in::<Self>(parts, state).await.map(|_| Self(()))
    }
}

impl FromRequestParts<SharedState> for Reauthenticated {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &SharedState) -> ApiResult<Self> {
        let session = signed_in::<Self>(parts, state).await?;
        // A demo has no password.
        let is_allowed =
            is_reauthenticated(session.proven, state.clock.now()) || state.demo.is_some();
        is_allowed
            .then_some(Self(()))
            .ok_or_else(reauthentication_needed)
    }
}

impl FromRequestParts<SharedState> for WithSecondFactor {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &SharedState) -> ApiResult<Self> {
        let session = signed_in::<Self>(parts, state).await?;
        let is_allowed = is_reauthenticated(session.proven, state.clock.now())
            || load_two_factor(state).await?.is_none();
        is_allowed
            .then_some(Self(()))
            .ok_or_else(reauthentication_needed)
    }
}

/// Returns the caller's admin session. The extractor `T` runs again once the request's body has arrived.
async fn signed_in<T>(parts: &mut Parts, state: &SharedState) -> ApiResult<SessionRow>
where
    T: FromRequestParts<SharedState, Rejection = ApiError>,
{
    let Ok(cookies) = Cookies::from_request_parts(parts, state).await;
    let session = session_of(&cookies, state).await?;
    let (Some(session), Some(secret)) = (session, &cookies.session) else {
        return Err(ApiError::named(ErrorCode::NotSignedIn, "sign in first"));
    };
    security_log::set_actor(parts, "admin");
    check_again_after_body::<T>(parts, RateLimitKey::Session(token::hash(secret)));
    Ok(session)
}

fn reauthentication_needed() -> ApiError {
    let message = "reauthentication needed: POST /api/reauthenticate, then try again";
    ApiError::named(ErrorCode::ReauthenticationNeeded, message)
}

impl Admin {
    /// Returns the admin of these cookies, if their session is valid.
    pub(crate) async fn of(cookies: &Cookies, state: &Arc<AppState>) -> ApiResult<Option<Self>> {
        Ok(session_of(cookies, state).await?.map(|_| Self(())))
    }
}

/// Returns the valid session of these cookies.
async fn session_of(cookies: &Cookies, state: &AppState) -> ApiResult<Option<SessionRow>> {
    let Some(secret) = &cookies.session else {
        return Ok(None);
    };
    let hash = token::hash(secret);
    let Some(session) = state.store.session(&hash).await? else {
        return Ok(None);
    };
    let now = state.clock.now();
    if !SessionLifetime::of_admin(session.on_tablet).is_alive(session.created, session.seen, now) {
        let mut transaction = state.store.begin().await?;
        transaction.end_session(&hash).await?;
        transaction.commit().await?;
        return Ok(None);
    }
    if session.seen + SEEN_UPDATE_INTERVAL_MS <= now
        && let Err(error) = update_seen_at(state, &hash, now).await
    {
        // Reading must work on a full disk as well.
        tracing::warn!(%error, "failed to update session `seen_at`");
    }
    Ok(Some(session))
}

async fn update_seen_at(state: &AppState, hash: &str, now: Millis) -> Result<(), StoreError> {
    let mut transaction = state.store.begin().await?;
    transaction.mark_session_seen(hash, now).await?;
    transaction.commit().await
}

/// Signs in, unless password or second factor were changed since they were checked.
pub(crate) async fn sign_in(
    state: &SharedState,
    cookies: &Cookies,
    snapshot: Option<&LoginSnapshot>,
) -> ApiResult<CookieJar> {
    let mut transaction = state.store.begin().await?;
    if let Some(LoginSnapshot {
        password,
        second_factor,
    }) = snapshot
        && !transaction
            .is_login_current(password, second_factor.as_deref())
            .await?
    {
        let message = "password or second factor changed meanwhile: sign in again";
        return Err(ApiError::named(ErrorCode::WrongSecret, message));
    }
    let cookie = open_session(state, cookies, &mut transaction).await?;
    transaction.commit().await?;
    Ok(cookie)
}

/// Opens a session in place of the browser's previous one; the caller commits. The right to the session is
/// checked in the same transaction, or a reset at the same time would not end it.
pub(crate) async fn open_session(
    state: &SharedState,
    cookies: &Cookies,
    transaction: &mut Transaction,
) -> ApiResult<CookieJar> {
    let secret = token::generate();
    if let Some(old) = &cookies.session {
        transaction.end_session(&token::hash(old)).await?;
    }
    let on_tablet = is_tablet(cookies, state).await?;
    transaction
        .add_session(&token::hash(&secret), on_tablet, state.clock.now())
        .await?;
    let life = Duration::from_millis(SessionLifetime::of_admin(on_tablet).total);
    Ok(cookies::set(state, CookieKind::Session, &secret, life))
}

/// True for a browser that visitors use too. In a demo, one browser plays every part.
pub(super) async fn is_tablet(cookies: &Cookies, state: &SharedState) -> ApiResult<bool> {
    Ok(state.demo.is_none() && Device::of(cookies, state).await?.is_some())
}

/// Ends the session of these cookies.
pub(crate) async fn sign_out(state: &AppState, cookies: &Cookies) -> ApiResult<CookieJar> {
    if let Some(secret) = &cookies.session {
        let hash = token::hash(secret);
        // Unauthenticated requests must not occupy the single writer.
        if state.store.session(&hash).await?.is_some() {
            let mut transaction = state.store.begin().await?;
            transaction.end_session(&hash).await?;
            transaction.commit().await?;
        }
    }
    Ok(cookies::delete(state, CookieKind::Session))
}
