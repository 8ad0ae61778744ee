//! How often a door may be tried: a bucket of tries per door and caller, filled up slowly, in
//! memory. Who succeeds pays nothing.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use yobirin_api::{ErrorCode, Millis};

use crate::error::{Answer, Failure};

/// Tries a full bucket holds.
const FULL: u64 = 10;
/// Callers remembered; beyond that, those with a full bucket are forgotten.
const REMEMBERED: usize = 10_000;

/// A place where secrets can be guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Door {
    /// Signing in, and the first run.
    SignIn,
    /// Pairing.
    Pair,
    /// The second step. Who knocks here knows the password, so one bucket serves all callers, and it
    /// fills slowly: a code has only six digits.
    Code,
}

impl Door {
    /// How long one more try takes to come.
    fn refill(self) -> Millis {
        match self {
            Self::SignIn | Self::Pair => 6_000,
            Self::Code => 5 * 60_000,
        }
    }
}

/// The buckets. A bucket is the time at which it will be full again.
#[derive(Debug, Default)]
pub(crate) struct Doors(Mutex<HashMap<(Door, IpAddr), Millis>>);

impl Doors {
    /// Takes one try, or refuses.
    pub(crate) fn knock(&self, door: Door, caller: IpAddr, now: Millis) -> Answer<()> {
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() > REMEMBERED {
            buckets.retain(|_, full_at| *full_at > now);
        }
        let full_at = buckets.entry((door, caller)).or_insert(now);
        let refill = door.refill();
        let after = (*full_at).max(now) + refill;
        if after > now + FULL * refill {
            let seconds = (after - FULL * refill - now).div_ceil(1000);
            let message = format!("too many tries: wait {seconds} seconds");
            return Err(Failure::named(ErrorCode::TooManyTries, message));
        }
        *full_at = after;
        Ok(())
    }

    /// Gives the try back: it was a right one.
    pub(crate) fn enter(&self, door: Door, caller: IpAddr) {
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(full_at) = buckets.get_mut(&(door, caller)) {
            *full_at = full_at.saturating_sub(door.refill());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_tries_then_one_every_six_seconds() {
        let doors = Doors::default();
        let (one, other) = ([127, 0, 0, 1].into(), [127, 0, 0, 2].into());
        for _ in 0..10 {
            doors.knock(Door::Pair, one, 1_000).unwrap();
        }
        assert!(doors.knock(Door::Pair, one, 1_000).is_err());
        assert!(
            doors.knock(Door::Pair, other, 1_000).is_ok(),
            "another caller"
        );
        assert!(
            doors.knock(Door::SignIn, one, 1_000).is_ok(),
            "another door"
        );
        assert!(doors.knock(Door::Pair, one, 1_000 + 6_000).is_ok());
        assert!(doors.knock(Door::Pair, one, 1_000 + 6_000).is_err());
    }

    #[test]
    fn who_succeeds_pays_nothing() {
        let doors = Doors::default();
        let caller = [127, 0, 0, 1].into();
        for _ in 0..100 {
            doors.knock(Door::SignIn, caller, 1_000).unwrap();
            doors.enter(Door::SignIn, caller);
        }
    }
}
