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
    /// A code was asked for, too.
    pub both_steps: bool,
}

impl Proof {
    /// True while both are asked for as they were. Whoever changes them ends all sessions, and one that was
    /// being opened meanwhile is none of those.
    pub(super) async fn holds(&self, relay: &Relay) -> Answer<bool> {
        let is_same = relay.store.password().await?.as_ref() == Some(&self.password);
        Ok(is_same && totp::second_step(relay).await?.is_some() == self.both_steps)
    }
}

/// The first step; returns what is kept of the password.
pub(crate) async fn by_password(relay: &Relay, caller: &Who, typed: String) -> Answer<String> {
    relay.doors.knock(Door::SignIn, caller, relay.clock.now())?;
    let kept = relay.store.password().await?;
    let is_right = match &kept {
        Some(kept) => relay.passwords.is_right(typed, kept.clone()).await?,
        None => false,
    };
    let Some(kept) = kept.filter(|_| is_right) else {
        return Err(Failure::named(
            ErrorCode::WrongSecret,
            "the password is wrong",
        ));
    };
    relay.doors.enter(Door::SignIn, caller);
    Ok(kept)
}

/// The second step, with a code of the app or a recovery code, which is used up.
pub(crate) async fn by_code(relay: &Relay, kept: &KeptTotp, typed: &str) -> Answer<()> {
    relay
        .doors
        .knock(Door::Code, &Who::Anybody, relay.clock.now())?;
    if !totp::use_code(relay, kept, typed).await? {
        return Err(wrong_code());
    }
    relay.doors.enter(Door::Code, &Who::Anybody);
    Ok(())
}

pub(super) fn wrong_code() -> Failure {
    let message = "this code is wrong, too old, or was used already: take the one that the app \
                   shows now, and see that the clocks of phone and relay are right";
    Failure::named(ErrorCode::WrongCode, message)
}
