//! Second factor: a code of an authenticator app (TOTP, RFC 6238, six digits) or one of ten recovery codes. Each is valid
//! once; a code of the app in its half-minute, the one before and the one after.

use totp_rs::{Builder, Totp, TotpError};
use yobirin_api::account::{Enrolment, RECOVERY_CODES, RecoveryCodes};
use yobirin_api::{ErrorCode, Millis};
use yobirin_domain::typed_code;

use crate::crypto::token;
use crate::error::{ApiError, ApiResult};
use crate::state::AppState;
use yobirin_store::{TotpRow, Transaction};

/// Purpose that the encrypted secret is bound to.
const TOTP_PURPOSE: &str = "totp secret";
/// Product name in authenticator apps.
const ISSUER: &str = "Yobirin";
/// Length of a secret, as RFC 4226 recommends it.
const SECRET_BYTES: usize = 20;
/// Digits of a code.
const CODE_DIGITS: u8 = 6;
/// Time within which an enrolment must be confirmed.
const ENROLMENT_LIFETIME_MS: Millis = 15 * 60 * 1000;

/// Returns the second factor, if it is on.
pub(crate) async fn load_two_factor(state: &AppState) -> ApiResult<Option<TotpRow>> {
    let row = state.store.totp().await?;
    Ok(row.filter(|row| row.confirmed_at.is_some()))
}

/// Fails while the second factor is on.
pub(crate) async fn ensure_two_factor_disabled(state: &AppState) -> ApiResult<()> {
    match load_two_factor(state).await? {
        Some(_) => Err(already_on()),
        None => Ok(()),
    }
}

/// Begins an enrolment: generates a secret and stores it, encrypted, until its first code is confirmed.
pub(crate) async fn enrol_two_factor(state: &AppState) -> ApiResult<Enrolment> {
    let secret: [u8; SECRET_BYTES] = rand::random();
    let totp = totp(state, &secret).map_err(ApiError::internal)?;
    let enrolment = Enrolment {
        secret: totp.secret().to_base32(),
        uri: totp.to_url().map_err(ApiError::internal)?,
    };
    let encrypted = state.cipher.encrypt(&secret, TOTP_PURPOSE)?;
    let mut transaction = state.store.begin().await?;
    if !transaction
        .begin_totp(&encrypted, state.clock.now())
        .await?
    {
        return Err(already_on());
    }
    transaction.commit().await?;
    Ok(enrolment)
}

/// Confirms the enrolment with a code; the caller commits.
pub(crate) async fn confirm_enrolment(
    state: &AppState,
    transaction: &mut Transaction,
    code: &str,
) -> ApiResult<RecoveryCodes> {
    let now = state.clock.now();
    let row = state.store.totp().await?;
    if row.as_ref().is_some_and(|row| row.confirmed_at.is_some()) {
        return Err(already_on());
    }
    let Some(row) = row.filter(|row| row.begun_at + ENROLMENT_LIFETIME_MS > now) else {
        let message = "enrolment expired or was restarted; start again";
        return Err(ApiError::named(ErrorCode::TwoFactorOff, message));
    };
    let time_step = time_step_of(state, &row, code)?.ok_or_else(ApiError::wrong_code)?;
    let is_confirmed = transaction.confirm_totp(&row.encrypted_secret, now).await?
        && transaction
            .use_totp_step(&row.encrypted_secret, time_step)
            .await?;
    if !is_confirmed {
        return Err(already_on());
    }
    replace_recovery_codes(transaction).await
}

/// Replaces the recovery codes; the caller commits.
pub(crate) async fn replace_recovery_codes(
    transaction: &mut Transaction,
) -> ApiResult<RecoveryCodes> {
    let codes: Vec<String> = (0..RECOVERY_CODES)
        .map(|_| token::generate_recovery_code().to_string())
        .collect();
    let hashes: Vec<String> = codes.iter().map(|code| recovery_hash(code)).collect();
    transaction.set_recovery_codes(&hashes).await?;
    Ok(RecoveryCodes { codes })
}

/// Consumes a code of the app or a recovery code. False when it is neither.
pub(super) async fn use_code(state: &AppState, row: &TotpRow, code: &str) -> ApiResult<bool> {
    let (time_step, recovery_hash) = (time_step_of(state, row, code)?, recovery_hash(code));
    // A wrong code must not occupy the single writer.
    if time_step.is_none() && !state.store.has_recovery_code(&recovery_hash).await? {
        return Ok(false);
    }
    let mut transaction = state.store.begin().await?;
    let is_used = match time_step {
        Some(time_step) => {
            transaction
                .use_totp_step(&row.encrypted_secret, time_step)
                .await?
        }
        None => transaction.use_recovery_code(&recovery_hash).await?,
    };
    transaction.commit().await?;
    Ok(is_used)
}

/// True for a text that cannot be a code of the app.
pub(super) fn is_recovery_code(code: &str) -> bool {
    let code = typed_code::normalize(code);
    code.len() != usize::from(CODE_DIGITS) || code.contains(|c: char| !c.is_ascii_digit())
}

/// Returns the time step of a code, if that is the current step or a neighbour of it.
fn time_step_of(state: &AppState, row: &TotpRow, code: &str) -> ApiResult<Option<u64>> {
    let encrypted = &row.encrypted_secret;
    let secret = state.cipher.decrypt(encrypted, TOTP_PURPOSE)?;
    let totp = totp(state, &secret).map_err(ApiError::internal)?;
    Ok(totp.check(&typed_code::normalize(code), state.clock.now() / 1000))
}

/// Builds the generator of codes with the parameters that every authenticator app supports: SHA-1, six digits, thirty
/// seconds.
fn totp(state: &AppState, secret: &[u8]) -> Result<Totp, TotpError> {
    let version = state.settings.get();
    // A colon separates issuer and account in the label.
    let office = version.settings.document().site.name.replace(':', " ");
    let account = match office.trim() {
        "" => "admin",
        office => office,
    };
    Builder::new()
        .with_digits(CODE_DIGITS)
        .with_secret(secret.to_vec())
        .with_skew(1)
        .with_account_name(account)
        .with_issuer(Some(ISSUER))
        .build()
}

fn recovery_hash(code: &str) -> String {
    token::hash(&typed_code::normalize(code))
}

fn already_on() -> ApiError {
    let message = "two-factor authentication is on already: switch it off first";
    ApiError::named(ErrorCode::TwoFactorOn, message)
}
