//! How often a door may be tried: a bucket of tries per door and caller, filled up slowly, in
//! memory. Who succeeds pays nothing.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use yobirin_api::{ErrorCode, Millis};
use yobirin_domain::id::HostId;

use crate::error::{Answer, Failure};

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
    /// A host's changes of their own page. Nothing to guess, but each is a version of the settings that is
    /// kept, and all tablets read it.
    OwnPage,
}

/// Whose tries are counted together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Who {
    /// Everybody's.
    Anybody,
    /// One address's; of IPv6 one network's of 64 bits, all of which one caller has.
    Address(IpAddr),
    /// One host's.
    Host(HostId),
}

impl From<IpAddr> for Who {
    fn from(address: IpAddr) -> Self {
        Self::Address(match address.to_canonical() {
            IpAddr::V6(address) => {
                let network = u128::from(address) >> 64 << 64;
                IpAddr::V6(network.into())
            }
            address @ IpAddr::V4(_) => address,
        })
    }
}

impl Door {
    /// How long one more try takes to come.
    fn refill(self) -> Millis {
        match self {
            Self::SignIn | Self::Pair => 6_000,
            Self::Code => 5 * 60_000,
            Self::OwnPage => 60_000,
        }
    }

    /// Tries a full bucket holds.
    fn full(self) -> u64 {
        match self {
            Self::SignIn | Self::Pair | Self::Code => 10,
            Self::OwnPage => 60,
        }
    }
}

/// The buckets. A bucket is the time at which it will be full again.
#[derive(Debug, Default)]
pub(crate) struct Doors(Mutex<HashMap<(Door, Who), Millis>>);

impl Doors {
    /// Takes one try, or refuses.
    pub(crate) fn knock(&self, door: Door, who: &Who, now: Millis) -> Answer<()> {
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() > REMEMBERED {
            buckets.retain(|_, full_at| *full_at > now);
        }
        let full_at = buckets.entry((door, who.clone())).or_insert(now);
        let refill = door.refill();
        let longest = now + door.full() * refill;
        // A clock that was set back leaves an empty bucket, not hours of waiting.
        *full_at = (*full_at).clamp(now, longest);
        let after = *full_at + refill;
        if after > longest {
            let seconds = (after - longest).div_ceil(1000);
            let message = format!("too many tries: wait {seconds} seconds");
            return Err(Failure::named(ErrorCode::TooManyTries, message));
        }
        *full_at = after;
        Ok(())
    }

    /// Gives the try back: it was a right one.
    pub(crate) fn enter(&self, door: Door, who: &Who) {
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(full_at) = buckets.get_mut(&(door, who.clone())) {
            *full_at = full_at.saturating_sub(door.refill());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(address: &str) -> Who {
        address.parse::<IpAddr>().unwrap().into()
    }

    #[test]
    fn ten_tries_then_one_every_six_seconds() {
        let doors = Doors::default();
        let (one, other) = (&at("127.0.0.1"), &at("127.0.0.2"));
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
        let caller = at("127.0.0.1");
        for _ in 0..100 {
            doors.knock(Door::SignIn, &caller, 1_000).unwrap();
            doors.enter(Door::SignIn, &caller);
        }
    }

    #[test]
    fn a_network_of_one_caller_is_one_caller() {
        assert_eq!(at("2001:db8::1"), at("2001:db8::ffff:1"));
        assert_ne!(at("2001:db8::1"), at("2001:db8:0:1::1"));
        assert_eq!(at("::ffff:192.0.2.1"), at("192.0.2.1"));
        assert_ne!(at("192.0.2.1"), at("192.0.2.2"));
    }

    #[test]
    fn a_clock_set_back_by_hours_costs_a_minute_at_most() {
        let doors = Doors::default();
        let (caller, ahead) = (at("127.0.0.1"), 9 * 3_600_000);
        doors.knock(Door::SignIn, &caller, ahead).unwrap();
        assert!(doors.knock(Door::SignIn, &caller, 1_000).is_err());
        assert!(doors.knock(Door::SignIn, &caller, 1_000 + 6_000).is_ok());
    }
}
