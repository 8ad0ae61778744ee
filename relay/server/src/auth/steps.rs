//! Proving to be the admin: the password, and the second step where it is on. Each wrong try is paid
//! for at its door.

use yobirin_api::ErrorCode;

use super::doors::{Door, Who};
use super::totp;
use crate::error::{Answer, Failure};
use crate::relay::Relay;
use crate::store::KeptTotp;

/// What a sign-in was checked against.
pub(crate) struct Proof {
    /// What is kept of the password.
    pub password: String,
    /// The sealed secret of the second step, when a code was asked for, too.
    pub second_step: Option<String>,
}

/// Takes one of the tries that an address has to sign in, and one of its network's.
pub(crate) fn knock_to_sign_in(relay: &Relay, caller: &Who) -> Answer<()> {
    let now = relay.clock.now();
    relay.doors.knock(Door::SignIn, caller, now)?;
    match caller.network() {
        Some(network) => relay.doors.knock(Door::SignInNetwork, &network, now),
        None => Ok(()),
    }
}

/// Gives the tries back: it was a right one.
pub(crate) fn enter_signed_in(relay: &Relay, caller: &Who) {
    relay.doors.enter(Door::SignIn, caller);
    if let Some(network) = caller.network() {
        relay.doors.enter(Door::SignInNetwork, &network);
    }
}

/// The first step; returns what is kept of the password.
pub(crate) async fn by_password(relay: &Relay, caller: &Who, typed: String) -> Answer<String> {
    knock_to_sign_in(relay, caller)?;
    let kept = relay.store.password().await?;
    let is_right = match &kept {
        Some(kept) => relay.passwords.is_right(typed, kept.clone()).await,
        None => Ok(false),
    };
    // Only a wrong one is paid for: when all are busy, nothing was looked at.
    if !matches!(is_right, Ok(false)) {
        enter_signed_in(relay, caller);
    }
    let is_right = is_right?;
    let Some(kept) = kept.filter(|_| is_right) else {
        return Err(Failure::named(
            ErrorCode::WrongSecret,
            "the password is wrong",
        ));
    };
    Ok(kept)
}

/// The second step, with a code of the app or a recovery code, which is used up. Wrong codes of the app, by
/// whoever has stolen the password, leave recovery codes as the owner's way in.
async fn by_code(relay: &Relay, caller: &Who, kept: &KeptTotp, typed: &str) -> Answer<()> {
    let (door, who) = match totp::is_recovery_code(typed) {
        true => (Door::RecoveryCode, caller),
        false => (Door::Code, &Who::Anybody),
    };
    relay.doors.knock(door, who, relay.clock.now())?;
    if !totp::use_code(relay, kept, typed).await? {
        return Err(wrong_code());
    }
    relay.doors.enter(door, who);
    Ok(())
}

/// The second step, if it is on; returns its sealed secret.
pub(crate) async fn by_second_step(
    relay: &Relay,
    caller: &Who,
    code: &str,
) -> Answer<Option<String>> {
    let Some(kept) = totp::second_step(relay).await? else {
        return Ok(None);
    };
    if code.is_empty() {
        let message = "the second step is on: send its code, too";
        return Err(Failure::named(ErrorCode::CodeNeeded, message));
    }
    by_code(relay, caller, &kept, code).await?;
    Ok(Some(kept.sealed_secret))
}

/// Both steps, as far as they are on.
pub(crate) async fn by_both(
    relay: &Relay,
    caller: &Who,
    password: String,
    code: &str,
) -> Answer<Proof> {
    Ok(Proof {
        password: by_password(relay, caller, password).await?,
        second_step: by_second_step(relay, caller, code).await?,
    })
}

pub(super) fn wrong_code() -> Failure {
    let message = "this code is wrong, too old, or was used already: take the one that the app \
                   shows now, and see that the clocks of phone and relay are right";
    Failure::named(ErrorCode::WrongCode, message)
}
