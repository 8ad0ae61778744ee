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
pub(crate) struct Arriving {
    quota: BodyQuota,
    who: RateLimitKey,
    bytes: usize,
}

impl BodyQuota {
    /// Reserves the bytes of a body; `None` for an unknown length. A body larger than the whole quota may
    /// arrive alone: the limit of its route refuses it.
    pub(crate) fn reserve(&self, who: RateLimitKey, bytes: Option<u64>) -> ApiResult<Arriving> {
        let max = max_bytes(&who);
        let bytes = bytes.map_or(max, |bytes| {
            usize::try_from(bytes).map_or(max, |n| n.min(max))
        });
        let mut arriving = self.arriving();
        let sum = arriving.get(&who).copied().unwrap_or_default() + bytes;
        if sum > max {
            return Err(ApiError::limited(RETRY_SECONDS));
        }
        arriving.insert(who.clone(), sum);
        let quota = self.clone();
        Ok(Arriving { quota, who, bytes })
    }

    fn arriving(&self) -> MutexGuard<'_, HashMap<RateLimitKey, usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Arriving {
    fn drop(&mut self) {
        let mut arriving = self.quota.arriving();
        let rest = arriving
            .get(&self.who)
            .copied()
            .unwrap_or_default()
            .saturating_sub(self.bytes);
        match rest {
            0 => arriving.remove(&self.who),
            rest => arriving.insert(self.who.clone(), rest),
        };
    }
}

fn max_bytes(who: &RateLimitKey) -> usize {
    match who {
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
    fn a_tablet_has_so_many_bytes_under_way_and_no_more() {
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
            quota.arriving().is_empty(),
            "nothing is left when all have arrived"
        );
    }
}
