//! Proving to be the admin: the password, and the second step where it is on. Each wrong try is paid
//! for at its door.

use std::net::{IpAddr, Ipv4Addr};

use yobirin_api::ErrorCode;

use super::doors::Door;
use super::totp;
use crate::error::{Answer, Failure};
use crate::relay::Relay;
use crate::store::KeptTotp;

/// The second step has one bucket for all callers.
const ANYBODY: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);

/// The first step; returns what is kept of the password.
pub(crate) async fn by_password(relay: &Relay, caller: IpAddr, typed: String) -> Answer<String> {
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
    relay.doors.knock(Door::Code, ANYBODY, relay.clock.now())?;
    if !totp::use_code(relay, kept, typed).await? {
        return Err(wrong_code());
    }
    relay.doors.enter(Door::Code, ANYBODY);
    Ok(())
}

pub(super) fn wrong_code() -> Failure {
    let message = "this code is wrong, too old, or was used already: take the one that the app \
                   shows now, and see that the clocks of phone and relay are right";
    Failure::named(ErrorCode::WrongCode, message)
}
