//! Quota of request bodies in flight, counted in bytes by caller, so that requests that never end cannot fill
//! the relay's memory.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use yobirin_domain::caller_limits::{
    ADDRESS_BODY_BYTES, ADMIN_BODY_BYTES, HOST_BODY_BYTES, TABLET_BODY_BYTES,
};

use crate::auth::RateLimitKey;
use crate::error::{ApiError, ApiResult};

/// Retry delay of a caller whose unfinished bodies fill the quota, in seconds.
const RETRY_SECONDS: u64 = 2;

/// Bytes in flight by caller. Clones share them.
#[derive(Clone, Debug, Default)]
pub(crate) struct BodyQuota(Arc<Mutex<HashMap<RateLimitKey, usize>>>);

/// Reservation of bytes until it is dropped.
#[derive(Debug)]
pub(crate) struct BodyReservation {
    quota: BodyQuota,
    caller: RateLimitKey,
    bytes: usize,
}

impl BodyQuota {
    /// Reserves the bytes of a body; `None` for an unknown length. A body larger than the whole quota may
    /// arrive alone: the limit of its route refuses it.
    pub(crate) fn reserve(
        &self,
        caller: RateLimitKey,
        bytes: Option<u64>,
    ) -> ApiResult<BodyReservation> {
        let max = max_bytes(&caller);
        let bytes = bytes.map_or(max, |bytes| {
            usize::try_from(bytes).map_or(max, |n| n.min(max))
        });
        let mut in_flight = self.in_flight();
        let sum = in_flight.get(&caller).copied().unwrap_or_default() + bytes;
        if sum > max {
            return Err(ApiError::limited(RETRY_SECONDS));
        }
        in_flight.insert(caller.clone(), sum);
        let quota = self.clone();
        Ok(BodyReservation {
            quota,
            caller,
            bytes,
        })
    }

    fn in_flight(&self) -> MutexGuard<'_, HashMap<RateLimitKey, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for BodyReservation {
    fn drop(&mut self) {
        let mut in_flight = self.quota.in_flight();
        let rest = in_flight
            .get(&self.caller)
            .copied()
            .unwrap_or_default()
            .saturating_sub(self.bytes);
        match rest {
            0 => in_flight.remove(&self.caller),
            rest => in_flight.insert(self.caller.clone(), rest),
        };
    }
}

fn max_bytes(caller: &RateLimitKey) -> usize {
    match caller {
        RateLimitKey::Session(_) => ADMIN_BODY_BYTES,
        RateLimitKey::Device(_) => TABLET_BODY_BYTES,
        RateLimitKey::Host(_) => HOST_BODY_BYTES,
        RateLimitKey::Anybody | RateLimitKey::Address(_) | RateLimitKey::Network(_) => {
            ADDRESS_BODY_BYTES
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tablet(id: &str) -> RateLimitKey {
        RateLimitKey::Device(id.parse().unwrap())
    }

    #[test]
    fn the_bytes_in_flight_of_a_tablet_are_limited() {
        let quota = BodyQuota::default();
        let half = Some(TABLET_BODY_BYTES as u64 / 2);
        let first = quota.reserve(tablet("lobby"), half).unwrap();
        let _second = quota.reserve(tablet("lobby"), half).unwrap();
        assert!(quota.reserve(tablet("lobby"), Some(1)).is_err());
        assert!(
            quota.reserve(tablet("side-door"), half).is_ok(),
            "another tablet"
        );
        drop(first);
        assert!(
            quota.reserve(tablet("lobby"), half).is_ok(),
            "one has arrived"
        );
    }

    #[test]
    fn a_body_of_unknown_or_enormous_length_takes_the_whole_quota() {
        let quota = BodyQuota::default();
        for length in [None, Some(u64::MAX)] {
            let _all = quota.reserve(tablet("lobby"), length).unwrap();
            assert!(quota.reserve(tablet("lobby"), Some(1)).is_err());
        }
        assert!(
            quota.in_flight().is_empty(),
            "nothing is left when all have arrived"
        );
    }
}
