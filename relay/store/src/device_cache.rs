//! The tablets whose cookies were seen, in memory: each request of a tablet asks who it is.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use yobirin_domain::model::id::DeviceId;

/// Devices by the hash of their secret. Clones share. Only for a database that nobody else writes: what another
/// relay revokes is revoked here at once only if it is read each time.
#[derive(Clone, Debug, Default)]
pub(super) struct DeviceCache(Arc<Mutex<Inner>>);

#[derive(Debug, Default)]
struct Inner {
    /// Counts how often everything was forgotten.
    age: u64,
    by_hash: HashMap<String, DeviceId>,
}

impl DeviceCache {
    /// The device of this cookie; otherwise the age, to note with what is read now.
    pub(super) fn of(&self, hash: &str) -> Result<DeviceId, u64> {
        let inner = self.inner();
        inner.by_hash.get(hash).cloned().ok_or(inner.age)
    }

    /// Notes what was read at this age. If a pairing was changed since, it may be wrong already.
    pub(super) fn note(&self, age: u64, hash: &str, device: &DeviceId) {
        let mut inner = self.inner();
        if inner.age == age {
            inner.by_hash.insert(hash.to_owned(), device.clone());
        }
    }

    /// A pairing was made or ended.
    pub(super) fn forget(&self) {
        let mut inner = self.inner();
        inner.age += 1;
        inner.by_hash.clear();
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_before_a_pairing_changed_is_not_believed_after_it() {
        let (known, lobby): (_, DeviceId) = (DeviceCache::default(), "lobby".parse().unwrap());
        let age = known.of("a").unwrap_err();
        known.forget();
        known.note(age, "a", &lobby);
        let age = known.of("a").expect_err("read too early");
        known.note(age, "a", &lobby);
        assert_eq!(known.of("a"), Ok(lobby));
        known.forget();
        assert!(known.of("a").is_err());
    }
}
