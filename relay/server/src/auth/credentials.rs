//! Checking the admin's credentials: the password, and the second factor where it is on. Each check is rate-limited;
//! a successful one is refunded.

use yobirin_api::ErrorCode;

use super::rate_limit::{LimitedAction, RateLimitKey};
use super::two_factor;
use crate::error::{ApiError, ApiResult};
use crate::state::AppState;
use yobirin_store::TotpRow;

/// Credentials as they were stored when a sign-in was checked.
pub(crate) struct LoginSnapshot {
    /// Hash of the password.
    pub password: String,
    /// Encrypted TOTP secret, when a code was asked for too.
    pub second_step: Option<String>,
}

/// Takes an attempt to sign in from the bucket of the address, and one from that of its network.
pub(crate) fn check_sign_in_rate(relay: &AppState, caller: &RateLimitKey) -> ApiResult<()> {
    let now = relay.clock.now();
    relay
        .rate_limiter
        .check(LimitedAction::SignIn, caller, now)?;
    match caller.network() {
        Some(network) => relay
            .rate_limiter
            .check(LimitedAction::SignInNetwork, &network, now),
        None => Ok(()),
    }
}

/// Gives the tries back: it was a right one.
pub(crate) fn refund_sign_in(relay: &AppState, caller: &RateLimitKey) {
    relay.rate_limiter.refund(LimitedAction::SignIn, caller);
    if let Some(network) = caller.network() {
        relay
            .rate_limiter
            .refund(LimitedAction::SignInNetwork, &network);
    }
}

/// The first step; returns what is kept of the password.
pub(crate) async fn verify_password(
    relay: &AppState,
    caller: &RateLimitKey,
    typed: String,
) -> ApiResult<String> {
    check_sign_in_rate(relay, caller)?;
    let kept = relay.store.password().await?;
    let is_right = match &kept {
        Some(kept) => relay.passwords.verify(typed, kept.clone()).await,
        None => Ok(false),
    };
    // Only a wrong one is paid for: when all are busy, nothing was looked at.
    if !matches!(is_right, Ok(false)) {
        refund_sign_in(relay, caller);
    }
    let is_right = is_right?;
    let Some(kept) = kept.filter(|_| is_right) else {
        return Err(ApiError::named(
            ErrorCode::WrongSecret,
            "the password is wrong",
        ));
    };
    Ok(kept)
}

/// The second step, with a code of the app or a recovery code, which is used up. Wrong codes of the app, by
/// whoever has stolen the password, leave recovery codes as the owner's way in.
async fn verify_code(
    relay: &AppState,
    caller: &RateLimitKey,
    kept: &TotpRow,
    typed: &str,
) -> ApiResult<()> {
    let (action, who) = match two_factor::is_recovery_code(typed) {
        true => (LimitedAction::RecoveryCode, caller),
        false => (LimitedAction::Code, &RateLimitKey::Anybody),
    };
    relay.rate_limiter.check(action, who, relay.clock.now())?;
    if !two_factor::use_code(relay, kept, typed).await? {
        return Err(ApiError::wrong_code());
    }
    relay.rate_limiter.refund(action, who);
    Ok(())
}

/// The second step, if it is on; returns its sealed secret.
pub(crate) async fn verify_second_factor(
    relay: &AppState,
    caller: &RateLimitKey,
    code: &str,
) -> ApiResult<Option<String>> {
    let Some(kept) = two_factor(relay).await? else {
        return Ok(None);
    };
    if code.is_empty() {
        let message = "the second step is on: send its code, too";
        return Err(ApiError::named(ErrorCode::CodeNeeded, message));
    }
    verify_code(relay, caller, &kept, code).await?;
    Ok(Some(kept.encrypted_secret))
}

/// Both steps, as far as they are on.
pub(crate) async fn verify_both_factors(
    relay: &AppState,
    caller: &RateLimitKey,
    password: String,
    code: &str,
) -> ApiResult<LoginSnapshot> {
    Ok(LoginSnapshot {
        password: verify_password(relay, caller, password).await?,
        second_step: verify_second_factor(relay, caller, code).await?,
    })
}
