//! Quota of request bodies in flight, counted in bytes by caller, so that requests that never end cannot fill
//! the relay's memory.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::Mutex;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use yobirin_domain::caller_limits::{
    ADDRESS_BODY_BYTES, ADMIN_BODY_BYTES, HOST_BODY_BYTES, TABLET_BODY_BYTES,
};

use crate::auth::RateLimitKey;
use crate::error::{ApiError, ApiResult};

/// Retry delay of a caller whose unfinished bodies fill the quota, in seconds.
const RETRY_SECONDS: u64 = 2;

/// Free bytes by caller.
#[derive(Debug, Default)]
pub(crate) struct BodyQuota(Mutex<HashMap<RateLimitKey, Arc<Semaphore>>>);

impl BodyQuota {
    /// Reserves the bytes of a body until the permit is dropped; `None` for an unknown length. A body larger than
    /// the whole quota may arrive alone: the limit of its route refuses it.
    pub(crate) fn reserve(
        &self,
        caller: RateLimitKey,
        bytes: Option<u64>,
    ) -> ApiResult<OwnedSemaphorePermit> {
        let max = max_bytes(&caller);
        let bytes = bytes.unwrap_or(u64::MAX).min(max as u64);
        let bytes = u32::try_from(bytes).map_err(ApiError::internal)?;
        let mut callers = self.0.lock();
        // A permit holds its semaphore. Those without one are not needed.
        callers.retain(|_, free| Arc::strong_count(free) > 1);
        let free = callers
            .entry(caller)
            .or_insert_with(|| Arc::new(Semaphore::new(max)));
        Arc::clone(free)
            .try_acquire_many_owned(bytes)
            .map_err(|_| ApiError::limited(RETRY_SECONDS))
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
            "another tablet has its own quota"
        );
        drop(first);
        assert!(
            quota.reserve(tablet("lobby"), half).is_ok(),
            "the first body has arrived"
        );
    }

    #[test]
    fn a_body_of_unknown_or_enormous_length_takes_the_whole_quota() {
        let quota = BodyQuota::default();
        for length in [None, Some(u64::MAX)] {
            let _all = quota.reserve(tablet("lobby"), length).unwrap();
            assert!(quota.reserve(tablet("lobby"), Some(1)).is_err());
        }
        let _next = quota.reserve(tablet("side-door"), Some(1)).unwrap();
        assert_eq!(
            quota.0.lock().len(),
            1,
            "callers whose bodies have arrived hold no quota"
        );
    }
}
