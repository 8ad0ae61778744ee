//! The second step of signing in: six digits that an authenticator app shows (TOTP, RFC 6238), good
//! for half a minute and its neighbours, each used once; or one of ten recovery codes.

use totp_rs::{Builder, Totp, TotpError};
use yobirin_api::account::{Enrolment, RECOVERY_CODES, RecoveryCodes};
use yobirin_api::{ErrorCode, Millis};

use super::steps::wrong_code;
use crate::error::{Answer, Failure};
use crate::relay::Relay;
use crate::secret;
use crate::store::{KeptTotp, Write};

/// What the sealed secret is bound to.
const PURPOSE: &str = "totp secret";
/// The name of the product, as authenticator apps list it.
const ISSUER: &str = "Yobirin";
/// Digits of a code.
const DIGITS: u8 = 6;
/// How long the first code may take to come.
const ENROLMENT_LIFE: Millis = 15 * 60 * 1000;

/// The second step, if it is on.
pub(crate) async fn second_step(relay: &Relay) -> Answer<Option<KeptTotp>> {
    let kept = relay.store.totp().await?;
    Ok(kept.filter(|kept| kept.confirmed.is_some()))
}

/// Refuses while the second step is on.
pub(crate) async fn check_off(relay: &Relay) -> Answer<()> {
    match second_step(relay).await? {
        Some(_) => Err(is_on()),
        None => Ok(()),
    }
}

/// Makes a secret and keeps it, sealed, until its first code comes.
pub(crate) async fn enrol(relay: &Relay) -> Answer<Enrolment> {
    let secret: [u8; 20] = rand::random();
    let totp = totp(relay, &secret).map_err(Failure::internal)?;
    let enrolment = Enrolment {
        secret: totp.secret().to_base32(),
        uri: totp.to_url().map_err(Failure::internal)?,
    };
    let sealed = relay
        .sealer
        .seal(&secret, PURPOSE)
        .map_err(Failure::internal)?;
    let mut write = relay.store.write().await?;
    if !write.begin_totp(&sealed, relay.clock.now()).await? {
        return Err(is_on());
    }
    write.commit().await?;
    Ok(enrolment)
}

/// Puts the secret in force if this is a code of it; the caller commits.
pub(crate) async fn confirm(
    relay: &Relay,
    write: &mut Write,
    typed: &str,
) -> Answer<RecoveryCodes> {
    let now = relay.clock.now();
    let kept = relay.store.totp().await?;
    if kept.as_ref().is_some_and(|kept| kept.confirmed.is_some()) {
        return Err(is_on());
    }
    let Some(kept) = kept.filter(|kept| kept.begun + ENROLMENT_LIFE > now) else {
        let message = "this was begun too long ago, or elsewhere anew: begin once more";
        return Err(Failure::named(ErrorCode::SecondStepOff, message));
    };
    let step = step_of(relay, &kept, typed)?.ok_or_else(wrong_code)?;
    let is_first = write.confirm_totp(&kept.sealed_secret, now).await?
        && write.use_totp_step(&kept.sealed_secret, step).await?;
    if !is_first {
        return Err(is_on());
    }
    new_recovery_codes(write).await
}

/// Makes recovery codes in place of those before; the caller commits.
pub(crate) async fn new_recovery_codes(write: &mut Write) -> Answer<RecoveryCodes> {
    let codes: Vec<String> = (0..RECOVERY_CODES)
        .map(|_| secret::fresh_recovery_code().to_string())
        .collect();
    let hashes: Vec<String> = codes.iter().map(|code| recovery_hash(code)).collect();
    write.set_recovery_codes(&hashes).await?;
    Ok(RecoveryCodes { codes })
}

/// Uses up a code of the app or a recovery code; false when it is neither.
pub(super) async fn use_code(relay: &Relay, kept: &KeptTotp, typed: &str) -> Answer<bool> {
    let (step, recovery) = (step_of(relay, kept, typed)?, recovery_hash(typed));
    // The writer is one for all: a wrong code does not take it.
    if step.is_none() && !relay.store.has_recovery_code(&recovery).await? {
        return Ok(false);
    }
    let mut write = relay.store.write().await?;
    let used = match step {
        Some(step) => write.use_totp_step(&kept.sealed_secret, step).await?,
        None => write.use_recovery_code(&recovery).await?,
    };
    write.commit().await?;
    Ok(used)
}

/// True for what cannot be a code of the app.
pub(super) fn is_recovery_code(typed: &str) -> bool {
    let code = secret::plain_code(typed);
    code.len() != usize::from(DIGITS) || code.contains(|c: char| !c.is_ascii_digit())
}

/// The time step whose code this is, if that is now, the one before or the one after.
fn step_of(relay: &Relay, kept: &KeptTotp, typed: &str) -> Answer<Option<u64>> {
    let secret = relay
        .sealer
        .open(&kept.sealed_secret, PURPOSE)
        .map_err(Failure::internal)?;
    let totp = totp(relay, &secret).map_err(Failure::internal)?;
    Ok(totp.check(&secret::plain_code(typed), relay.clock.now() / 1000))
}

/// SHA-1, six digits, thirty seconds: what every authenticator app can do.
fn totp(relay: &Relay, secret: &[u8]) -> Result<Totp, TotpError> {
    let version = relay.settings.get();
    // A colon is the label's one special character.
    let office = version.settings.document().site.name.replace(':', " ");
    let account = match office.trim() {
        "" => "admin",
        office => office,
    };
    Builder::new()
        .with_digits(DIGITS)
        .with_secret(secret.to_vec())
        .with_skew(1)
        .with_account_name(account)
        .with_issuer(Some(ISSUER))
        .build()
}

fn recovery_hash(typed: &str) -> String {
    secret::hash(&secret::plain_code(typed))
}

fn is_on() -> Failure {
    let message = "the second step is on already: switch it off first";
    Failure::named(ErrorCode::SecondStepOn, message)
}
