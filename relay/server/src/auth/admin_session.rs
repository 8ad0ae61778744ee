//! Admin sessions, opened by password or, in a demo, by the printed link.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum_extra::extract::CookieJar;
use yobirin_api::ErrorCode;
use yobirin_domain::caller_limits::is_reauthenticated;

use super::cookies::{CookieKind, Cookies};
use super::credentials::LoginSnapshot;
use super::rate_limit::RateLimitKey;
use super::session::{self, open_session};
use super::two_factor::load_two_factor;
use crate::crypto::token;
use crate::error::{ApiError, ApiResult};
use crate::routes::extract::check_again_after_body;
use crate::security_log;
use crate::state::{AppState, SharedState};
use yobirin_store::{SessionOwner, SessionRow};

/// Caller with an admin session.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Admin(());

/// Admin who has recently shown the password again, and the second factor while it is on; in a demo, every admin. A
/// stolen cookie alone does not suffice.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reauthenticated(());

/// Admin who has recently reauthenticated; while the second factor is off, every admin.
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
        let is_allowed = is_reauthenticated(session.reauthenticated_at, state.clock.now())
            || state.demo.is_some();
        is_allowed
            .then_some(Self(()))
            .ok_or_else(reauthentication_needed)
    }
}

impl FromRequestParts<SharedState> for WithSecondFactor {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &SharedState) -> ApiResult<Self> {
        let session = signed_in::<Self>(parts, state).await?;
        let is_allowed = is_reauthenticated(session.reauthenticated_at, state.clock.now())
            || load_two_factor(state).await?.is_none();
        is_allowed
            .then_some(Self(()))
            .ok_or_else(reauthentication_needed)
    }
}

/// Returns the caller's admin session. The extractor `T` runs again once the request's body has arrived, because the
/// session may end meanwhile; bodies that are on their way are limited by session.
async fn signed_in<T>(parts: &mut Parts, state: &SharedState) -> ApiResult<SessionRow>
where
    T: FromRequestParts<SharedState, Rejection = ApiError>,
{
    let Ok(cookies) = Cookies::from_request_parts(parts, state).await;
    let session = session_of(&cookies, state).await?;
    let (Some(session), Some(secret)) = (session, cookies.get(CookieKind::Session)) else {
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

/// Returns the admin's valid session of these cookies.
async fn session_of(cookies: &Cookies, state: &AppState) -> ApiResult<Option<SessionRow>> {
    let session = session::find(state, cookies.get(CookieKind::Session)).await?;
    Ok(session.filter(|session| session.owner == SessionOwner::Admin))
}

/// Signs in, unless password or second factor were changed since they were checked. `snapshot` is `None` for a sign-in
/// without either: by the link of a demo.
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
    let cookie = open_session(state, cookies, &SessionOwner::Admin, &mut transaction).await?;
    transaction.commit().await?;
    Ok(cookie)
}
