//! An admin's session: opened by password or link, ended by idleness, age or signing out.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue};
use yobirin_api::{ErrorCode, Millis};
use yobirin_domain::caller_limits::{PROOF_MILLIS, SessionLife};

use super::cookies::{self, Cookies};
use super::credentials::LoginSnapshot;
use super::device::Device;
use super::rate_limit::RateLimitKey;
use super::two_factor::two_factor;
use crate::crypto::token;
use crate::error::{ApiError, ApiResult};
use crate::routes::extract::check_again_after_body;
use crate::security_log;
use crate::state::{AppState, SharedState};
use yobirin_store::{SessionRow, StoreError, Transaction};

/// Use is noted at most this often, to spare the disk.
const SEEN_UPDATE_INTERVAL_MS: Millis = 60 * 1000;

/// Somebody who is signed in as admin.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Admin(());

/// An admin who has just shown password and second step again. A stolen cookie alone is none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reauthenticated(());

/// An admin who, while the second step is on, has just shown it again.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WithSecondFactor(());

impl FromRequestParts<SharedState> for Admin {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, relay: &SharedState) -> ApiResult<Self> {
        signed_in::<Self>(parts, relay).await.map(|_| Self(()))
    }
}

impl FromRequestParts<SharedState> for Reauthenticated {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, relay: &SharedState) -> ApiResult<Self> {
        let session = signed_in::<Self>(parts, relay).await?;
        // A demo has no password to show.
        let is_allowed = is_proven(&session, relay.clock.now()) || relay.demo.is_some();
        is_allowed.then_some(Self(())).ok_or_else(unproven)
    }
}

impl FromRequestParts<SharedState> for WithSecondFactor {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, relay: &SharedState) -> ApiResult<Self> {
        let session = signed_in::<Self>(parts, relay).await?;
        let is_allowed =
            is_proven(&session, relay.clock.now()) || two_factor(relay).await?.is_none();
        is_allowed.then_some(Self(())).ok_or_else(unproven)
    }
}

/// The session of a signed-in admin, which the extractor `T` checks again once the request's body has arrived.
async fn signed_in<T>(parts: &mut Parts, relay: &SharedState) -> ApiResult<SessionRow>
where
    T: FromRequestParts<SharedState, Rejection = ApiError>,
{
    let Ok(cookies) = Cookies::from_request_parts(parts, relay).await;
    let session = session_of(&cookies, relay).await?;
    let (Some(session), Some(secret)) = (session, &cookies.session) else {
        return Err(ApiError::named(ErrorCode::NotSignedIn, "sign in first"));
    };
    security_log::actor("admin");
    check_again_after_body::<T>(parts, RateLimitKey::Session(token::hash(secret)));
    Ok(session)
}

fn unproven() -> ApiError {
    let message = "show password and second step again first: POST /api/reauthenticate";
    ApiError::named(ErrorCode::ReauthenticationNeeded, message)
}

/// True while the admin has shown password and second step again lately.
fn is_proven(session: &SessionRow, now: Millis) -> bool {
    session.proven.is_some_and(|at| at + PROOF_MILLIS > now)
}

impl Admin {
    /// The admin whose session cookie this is, if it still stands for one.
    pub(crate) async fn of(cookies: &Cookies, relay: &Arc<AppState>) -> ApiResult<Option<Self>> {
        Ok(session_of(cookies, relay).await?.map(|_| Self(())))
    }
}

/// The session that goes on under this cookie.
async fn session_of(cookies: &Cookies, relay: &AppState) -> ApiResult<Option<SessionRow>> {
    let Some(secret) = &cookies.session else {
        return Ok(None);
    };
    let hash = token::hash(secret);
    let Some(session) = relay.store.session(&hash).await? else {
        return Ok(None);
    };
    let now = relay.clock.now();
    if !SessionLife::of_admin(session.on_tablet).goes_on(session.created, session.seen, now) {
        let mut transaction = relay.store.begin().await?;
        transaction.end_session(&hash).await?;
        transaction.commit().await?;
        return Ok(None);
    }
    if session.seen + SEEN_UPDATE_INTERVAL_MS <= now
        && let Err(error) = note_seen(relay, &hash, now).await
    {
        // On a full disk an admin must be able to look all the same.
        tracing::warn!(%error, "that an admin was here was not noted");
    }
    Ok(Some(session))
}

async fn note_seen(relay: &AppState, hash: &str, now: Millis) -> Result<(), StoreError> {
    let mut transaction = relay.store.begin().await?;
    transaction.mark_session_seen(hash, now).await?;
    transaction.commit().await
}

/// Signs in, unless password or second step were changed since they were checked.
pub(crate) async fn sign_in(
    relay: &SharedState,
    cookies: &Cookies,
    proof: Option<&LoginSnapshot>,
) -> ApiResult<[(HeaderName, HeaderValue); 1]> {
    let mut transaction = relay.store.begin().await?;
    if let Some(LoginSnapshot {
        password,
        second_step,
    }) = proof
        && !transaction
            .login_is_current(password, second_step.as_deref())
            .await?
    {
        let message = "the password or the second step was changed meanwhile: sign in again";
        return Err(ApiError::named(ErrorCode::WrongSecret, message));
    }
    let cookie = open_session(relay, cookies, &mut transaction).await?;
    transaction.commit().await?;
    Ok(cookie)
}

/// Opens a fresh session in place of the one the browser may have had; the caller commits. Whatever entitles
/// to the session is checked in the same transaction, or a reset at the same time would not end it.
pub(crate) async fn open_session(
    relay: &SharedState,
    cookies: &Cookies,
    transaction: &mut Transaction,
) -> ApiResult<[(HeaderName, HeaderValue); 1]> {
    let secret = token::generate();
    if let Some(old) = &cookies.session {
        transaction.end_session(&token::hash(old)).await?;
    }
    let on_tablet = is_tablet(cookies, relay).await?;
    transaction
        .add_session(&token::hash(&secret), on_tablet, relay.clock.now())
        .await?;
    let life = SessionLife::of_admin(on_tablet);
    Ok(cookies::keep_session(relay, &secret, life))
}

/// True for a browser that visitors use too. In a demo one browser plays every part.
pub(super) async fn is_tablet(cookies: &Cookies, relay: &SharedState) -> ApiResult<bool> {
    Ok(relay.demo.is_none() && Device::of(cookies, relay).await?.is_some())
}

/// Forgets sessions that have ended by idleness or age.
pub(crate) async fn delete_expired_sessions(
    transaction: &mut Transaction,
    now: Millis,
) -> Result<(), StoreError> {
    let life = SessionLife::of_admin(false);
    let (used, begun) = (
        now.saturating_sub(life.idle),
        now.saturating_sub(life.total),
    );
    transaction.delete_expired_sessions(used, begun).await
}

/// Ends the browser's session.
pub(crate) async fn sign_out(
    relay: &AppState,
    cookies: &Cookies,
) -> ApiResult<[(HeaderName, HeaderValue); 1]> {
    if let Some(secret) = &cookies.session {
        let hash = token::hash(secret);
        // Anybody may ask, and the writer is one for all.
        if relay.store.session(&hash).await?.is_some() {
            let mut transaction = relay.store.begin().await?;
            transaction.end_session(&hash).await?;
            transaction.commit().await?;
        }
    }
    Ok(cookies::drop_session(relay))
}
