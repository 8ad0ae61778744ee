//! The admin's own account: factors of signing in, changing the password, listing and ending sessions.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use yobirin_api::ErrorCode;
use yobirin_api::account::{Account, TwoFactor};
use yobirin_api::session::{ChangePassword, OpenSession};

use crate::auth::{
    Admin, ClientIp, CookieKind, Cookies, Reauthenticated, is_session_valid, load_two_factor,
    open_session, verify_password, verify_second_factor,
};
use crate::crypto::token;
use crate::error::{ApiError, ApiResult};
use crate::routes::extract::{ApiJson, ApiPath};
use crate::state::{AppState, SharedState};
use yobirin_store::{SessionOwner, SessionRow};

/// `GET /api/account`.
pub(crate) async fn show(_: Admin, State(state): State<SharedState>) -> ApiResult<Json<Account>> {
    let two_factor = match load_two_factor(&state)
        .await?
        .and_then(|row| row.confirmed_at)
    {
        Some(since) => Some(TwoFactor {
            since,
            recovery_left: state.store.recovery_codes_left().await?,
        }),
        None => None,
    };
    Ok(Json(Account {
        password: state.store.password().await?.is_some(),
        two_factor,
    }))
}

/// `POST /api/password`: requires the old password and the second factor. Every session ends but this one,
/// which gets a new secret.
pub(crate) async fn change_password(
    _: Admin,
    State(state): State<SharedState>,
    ClientIp(caller): ClientIp,
    cookies: Cookies,
    ApiJson(request): ApiJson<ChangePassword>,
) -> ApiResult<impl IntoResponse> {
    let old = verify_password(&state, caller, request.old).await?;
    // Checked before the second factor, so that no code is consumed for a refused password.
    let office = state.settings.get().settings.site().name.clone();
    state.passwords.check_new(&request.new, &office).await?;
    let two_factor = verify_second_factor(&state, caller, &request.code).await?;
    let new = state.passwords.hash(request.new).await?;
    let mut transaction = state.store.begin().await?;
    let now = state.clock.now();
    if !transaction
        .is_login_current(&old, two_factor.as_deref())
        .await?
        || !transaction.change_password(&old, new, now).await?
    {
        let message = "password or second factor changed meanwhile: sign in again";
        return Err(ApiError::named(ErrorCode::WrongSecret, message));
    }
    transaction
        .end_other_sessions(&session_hash(&cookies))
        .await?;
    let cookie = open_session(&state, &cookies, &SessionOwner::Admin, &mut transaction).await?;
    transaction.commit().await?;
    Ok((StatusCode::NO_CONTENT, cookie))
}

/// `GET /api/sessions`.
pub(crate) async fn sessions(
    _: Admin,
    State(state): State<SharedState>,
    cookies: Cookies,
) -> ApiResult<Json<Vec<OpenSession>>> {
    let current_hash = session_hash(&cookies);
    let sessions = valid_sessions(&state).await?.into_iter();
    let open = sessions.map(|session| OpenSession {
        id: public_id(&session),
        signed_in_at: session.created_at,
        last_seen: session.last_seen,
        own: session.hash == current_hash,
        on_tablet: session.on_tablet,
    });
    Ok(Json(open.collect()))
}

/// `DELETE /api/sessions/{id}`.
pub(crate) async fn end_session(
    _: Reauthenticated,
    State(state): State<SharedState>,
    ApiPath(requested): ApiPath<String>,
) -> ApiResult<StatusCode> {
    let mut open = valid_sessions(&state).await?.into_iter();
    let session = open.find(|session| public_id(session) == requested);
    let session = session.ok_or_else(|| ApiError::not_found("session"))?;
    let mut transaction = state.store.begin().await?;
    transaction.end_session(&session.hash).await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Returns the valid sessions.
async fn valid_sessions(state: &AppState) -> ApiResult<Vec<SessionRow>> {
    let now = state.clock.now();
    let sessions = state.store.admin_sessions().await?.into_iter();
    Ok(sessions
        .filter(|session| is_session_valid(session, now))
        .collect())
}

/// Returns the public id of a session: a hash of the stored hash, which stays private.
fn public_id(session: &SessionRow) -> String {
    token::hash(&session.hash)
}

/// Returns the hash of the session of this request; `""`, the hash of no session, without a cookie.
pub(super) fn session_hash(cookies: &Cookies) -> String {
    let secret = cookies.get(CookieKind::Session);
    secret.map(token::hash).unwrap_or_default()
}
