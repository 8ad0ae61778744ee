//! Checking the admin's credentials: the password, and the second factor where it is on. Each check is rate-limited;
//! a successful one is refunded.

use std::net::IpAddr;

use yobirin_api::ErrorCode;
use yobirin_domain::caller_limits::LimitedAction;

use super::rate_limit::RateLimitKey;
use super::two_factor;
use crate::error::{ApiError, ApiResult};
use crate::state::AppState;
use yobirin_store::TotpRow;

/// Stored credentials at the time of a check.
pub(crate) struct LoginSnapshot {
    /// Hash of the password.
    pub password: String,
    /// Encrypted TOTP secret, when the second factor is on.
    pub second_factor: Option<String>,
}

/// Takes a sign-in attempt from the buckets of the address and of its network.
pub(crate) fn check_sign_in_rate(state: &AppState, caller: IpAddr) -> ApiResult<()> {
    for (action, caller) in sign_in_buckets(caller) {
        state.rate_limiter.check(action, &caller)?;
    }
    Ok(())
}

/// Refunds a sign-in attempt that succeeded.
pub(crate) fn refund_sign_in(state: &AppState, caller: IpAddr) {
    for (action, caller) in sign_in_buckets(caller) {
        state.rate_limiter.refund(action, &caller);
    }
}

fn sign_in_buckets(caller: IpAddr) -> impl Iterator<Item = (LimitedAction, RateLimitKey)> {
    let network = RateLimitKey::network_of(caller);
    let network = network.map(|network| (LimitedAction::SignInNetwork, network));
    std::iter::once((LimitedAction::SignIn, caller.into())).chain(network)
}

/// Verifies the password; returns its stored hash.
pub(crate) async fn verify_password(
    state: &AppState,
    caller: IpAddr,
    password: String,
) -> ApiResult<String> {
    check_sign_in_rate(state, caller)?;
    let stored = state.store.password().await?;
    let is_right = match &stored {
        Some(hash) => state.passwords.verify(password, hash.clone()).await,
        None => Ok(false),
    };
    // Only a wrong password counts against the rate limit. When all workers are busy, nothing was checked.
    if !matches!(is_right, Ok(false)) {
        refund_sign_in(state, caller);
    }
    let message = "the password is wrong";
    match stored {
        Some(hash) if is_right? => Ok(hash),
        _ => Err(ApiError::named(ErrorCode::WrongSecret, message)),
    }
}

/// Verifies a code of the second factor: of the app, or a recovery code, which is consumed. The limits are
/// separate, so that wrong codes by a thief of the password leave recovery codes usable.
async fn verify_code(state: &AppState, caller: IpAddr, row: &TotpRow, code: &str) -> ApiResult<()> {
    let (action, key) = match two_factor::is_recovery_code(code) {
        true => (LimitedAction::RecoveryCode, caller.into()),
        false => (LimitedAction::Code, RateLimitKey::Anybody),
    };
    state.rate_limiter.check(action, &key)?;
    if !two_factor::use_code(state, row, code).await? {
        return Err(ApiError::wrong_code());
    }
    state.rate_limiter.refund(action, &key);
    Ok(())
}

/// Verifies the second factor, if it is on; returns its encrypted secret.
pub(crate) async fn verify_second_factor(
    state: &AppState,
    caller: IpAddr,
    code: &str,
) -> ApiResult<Option<String>> {
    let Some(row) = two_factor::load_two_factor(state).await? else {
        return Ok(None);
    };
    if code.is_empty() {
        let message = "two-factor authentication is on: send a code as well";
        return Err(ApiError::named(ErrorCode::CodeNeeded, message));
    }
    verify_code(state, caller, &row, code).await?;
    Ok(Some(row.encrypted_secret))
}

/// Verifies the password and, if it is on, the second factor.
pub(crate) async fn verify_both_factors(
    state: &AppState,
    caller: IpAddr,
    password: String,
    code: &str,
) -> ApiResult<LoginSnapshot> {
    Ok(LoginSnapshot {
        password: verify_password(state, caller, password).await?,
        second_factor: verify_second_factor(state, caller, code).await?,
    })
}
