//! Second factor of sign-in (TOTP): switching it on and off, and its recovery codes.

use std::net::IpAddr;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use yobirin_api::ErrorCode;
use yobirin_api::account::{BothFactors, Enrol, Enrolment, FirstCode, RecoveryCodes};

use super::account::session_hash;
use crate::auth::{self, Admin, ClientIp, Cookies};
use crate::error::{ApiError, ApiResult};
use crate::routes::extract::ApiJson;
use crate::state::{AppState, SharedState};

/// `POST /api/totp/enrolment`.
pub(crate) async fn enrol(
    _: Admin,
    State(state): State<SharedState>,
    ClientIp(caller): ClientIp,
    ApiJson(request): ApiJson<Enrol>,
) -> ApiResult<Json<Enrolment>> {
    auth::ensure_two_factor_disabled(&state).await?;
    auth::verify_password(&state, caller, request.password).await?;
    Ok(Json(auth::enrol_two_factor(&state).await?))
}

/// `PUT /api/totp`. Every other session ends: it was opened without the second factor.
pub(crate) async fn confirm(
    _: Admin,
    State(state): State<SharedState>,
    cookies: Cookies,
    ApiJson(request): ApiJson<FirstCode>,
) -> ApiResult<Json<RecoveryCodes>> {
    let mut transaction = state.store.begin().await?;
    let codes = auth::confirm_enrolment(&state, &mut transaction, &request.code).await?;
    transaction
        .end_other_sessions(&session_hash(&cookies))
        .await?;
    transaction.commit().await?;
    Ok(Json(codes))
}

/// `POST /api/totp/off`. Every other session ends: its user may not know the second factor.
pub(crate) async fn switch_off(
    _: Admin,
    State(state): State<SharedState>,
    ClientIp(caller): ClientIp,
    cookies: Cookies,
    ApiJson(request): ApiJson<BothFactors>,
) -> ApiResult<StatusCode> {
    verify_both(&state, caller, request).await?;
    let mut transaction = state.store.begin().await?;
    transaction.delete_totp().await?;
    transaction
        .end_other_sessions(&session_hash(&cookies))
        .await?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /api/totp/recovery-codes`. Every other session ends: its user may have seen the old codes.
pub(crate) async fn recovery_codes(
    _: Admin,
    State(state): State<SharedState>,
    ClientIp(caller): ClientIp,
    cookies: Cookies,
    ApiJson(request): ApiJson<BothFactors>,
) -> ApiResult<Json<RecoveryCodes>> {
    verify_both(&state, caller, request).await?;
    let mut transaction = state.store.begin().await?;
    let codes = auth::replace_recovery_codes(&mut transaction).await?;
    transaction
        .end_other_sessions(&session_hash(&cookies))
        .await?;
    transaction.commit().await?;
    Ok(Json(codes))
}

async fn verify_both(state: &AppState, caller: IpAddr, request: BothFactors) -> ApiResult<()> {
    if auth::load_two_factor(state).await?.is_none() {
        let message = "two-factor authentication is off";
        return Err(ApiError::named(ErrorCode::TwoFactorOff, message));
    }
    auth::verify_both_factors(state, caller, request.password, &request.code).await?;
    Ok(())
}
