//! Sessions: reading, signing in and out, and the first run.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::{Extension, Json};
use axum_extra::extract::CookieJar;
use yobirin_api::ErrorCode;
use yobirin_api::session::{FirstRun, Login, Reauthenticate, Session};

use super::account::session_hash;
use crate::auth::{self, Admin, ClientIp, CookieKind, Cookies, Device, HostSession};
use crate::crypto::token;
use crate::error::{ApiError, ApiResult};
use crate::routes::extract::ApiJson;
use crate::security_log::RequestActor;
use crate::state::SharedState;
use yobirin_store::SessionOwner;

/// `GET /api/session`.
pub(crate) async fn show(
    State(state): State<SharedState>,
    cookies: Cookies,
) -> ApiResult<impl IntoResponse> {
    Ok(Json(session_of(&state, &cookies).await?))
}

/// `POST /api/first-run`.
pub(crate) async fn first_run(
    State(state): State<SharedState>,
    ClientIp(caller): ClientIp,
    cookies: Cookies,
    ApiJson(request): ApiJson<FirstRun>,
) -> ApiResult<impl IntoResponse> {
    let now = state.clock.now();
    let reset = state.store.reset_link(now).await?;
    if !state.first_run.is_valid() && reset.is_none() {
        let message = "a password is set already: sign in with it";
        return Err(ApiError::named(ErrorCode::FirstRunOver, message));
    }
    auth::check_sign_in_rate(&state, caller)?;
    let is_reset = reset.is_some_and(|hash| token::verify(&request.link, &hash));
    if !is_reset && !state.first_run.has_secret(&request.link) {
        let message = "not the link that the relay, or `reset-password`, printed last";
        return Err(ApiError::named(ErrorCode::WrongSecret, message));
    }
    auth::refund_sign_in(&state, caller);
    let office = state.settings.get().settings.site().name.clone();
    state
        .passwords
        .check_new(&request.password, &office)
        .await?;
    let password = state.passwords.hash(request.password).await?;
    // The link replaces the password, and no second factor.
    let signs_in = auth::load_two_factor(&state).await?.is_none();
    let session = Session {
        admin: signs_in,
        first_run: false,
        ..session_of(&state, &cookies).await?
    };
    let mut transaction = state.store.begin().await?;
    let link = token::hash(&request.link);
    // Checked again: `reset-password` may have made a newer link while the password was hashed.
    let is_link_valid =
        transaction.use_reset_link(&link, now).await? || state.first_run.has_secret(&request.link);
    if !is_link_valid || !transaction.set_first_password(password, now).await? {
        let message = "a password was set meanwhile: sign in";
        return Err(ApiError::named(ErrorCode::FirstRunOver, message));
    }
    transaction.delete_reset_link().await?;
    let cookie = match signs_in {
        true => Some(
            auth::open_session(&state, &cookies, &SessionOwner::Admin, &mut transaction).await?,
        ),
        false => None,
    };
    transaction.commit().await?;
    state.first_run.invalidate();
    Ok((cookie, Json(session)))
}

/// `POST /api/login`.
pub(crate) async fn login(
    State(state): State<SharedState>,
    ClientIp(caller): ClientIp,
    cookies: Cookies,
    Extension(actor): Extension<Arc<RequestActor>>,
    ApiJson(request): ApiJson<Login>,
) -> ApiResult<SignedIn> {
    actor.set_factor(&request);
    let snapshot = match request {
        Login::Password(password) => {
            Some(auth::verify_both_factors(&state, caller, password, "").await?)
        }
        Login::PasswordAndCode { password, code } => {
            Some(auth::verify_both_factors(&state, caller, password, &code).await?)
        }
        Login::Link(link) => {
            auth::check_sign_in_rate(&state, caller)?;
            if !state.demo.as_ref().is_some_and(|demo| demo.opens(&link)) {
                let message = "not the link that the demo printed";
                return Err(ApiError::named(ErrorCode::WrongSecret, message));
            }
            auth::refund_sign_in(&state, caller);
            None
        }
        Login::Personal(link) => {
            auth::check_sign_in_rate(&state, caller)?;
            let (HostSession(host), cookie) =
                auth::open_host_session(&state, &cookies, &link).await?;
            auth::refund_sign_in(&state, caller);
            let session = Session {
                host: Some(host),
                ..session_of(&state, &cookies).await?
            };
            return Ok((cookie, Json(session)));
        }
    };
    let session = Session {
        admin: true,
        ..session_of(&state, &cookies).await?
    };
    let cookie = auth::sign_in(&state, &cookies, snapshot.as_ref()).await?;
    Ok((cookie, Json(session)))
}

/// `POST /api/reauthenticate`.
pub(crate) async fn reauthenticate(
    _: Admin,
    State(state): State<SharedState>,
    ClientIp(caller): ClientIp,
    cookies: Cookies,
    ApiJson(request): ApiJson<Reauthenticate>,
) -> ApiResult<StatusCode> {
    auth::verify_both_factors(&state, caller, request.password, &request.code).await?;
    let mut transaction = state.store.begin().await?;
    transaction
        .mark_reauthenticated(&session_hash(&cookies), state.clock.now())
        .await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /api/logout`.
pub(crate) async fn logout(
    State(state): State<SharedState>,
    cookies: Cookies,
) -> ApiResult<impl IntoResponse> {
    Ok((
        StatusCode::NO_CONTENT,
        auth::end_session(&state, &cookies, CookieKind::Session).await?,
    ))
}

type SignedIn = (CookieJar, Json<Session>);

/// Returns the permissions of the cookies.
async fn session_of(state: &SharedState, cookies: &Cookies) -> ApiResult<Session> {
    if state.store.is_cluster()
        && state.first_run.is_valid()
        && state.store.password().await?.is_some()
    {
        // The password was set at another relay.
        state.first_run.invalidate();
    }
    let host = HostSession::of(cookies, state).await?;
    Ok(Session {
        admin: Admin::of(cookies, state).await?.is_some(),
        device: Device::of(cookies, state).await?.map(|Device(id)| id),
        host: host.map(|HostSession(id)| id),
        first_run: state.first_run.is_valid()
            || state.store.reset_link(state.clock.now()).await?.is_some(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        demo: state.demo.is_some(),
    })
}
