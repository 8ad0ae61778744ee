//! Cache of device tokens: every request of a tablet looks its device up.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::Mutex;
use yobirin_domain::model::id::DeviceId;

/// Devices by the hash of their secret. Clones share the cache. Only for SQLite: with several relays, a
/// revocation by another one would not be seen.
#[derive(Clone, Debug, Default)]
pub(super) struct DeviceCache(Arc<Mutex<Inner>>);

#[derive(Debug, Default)]
struct Inner {
    /// Incremented with every clear.
    generation: u64,
    by_hash: HashMap<String, DeviceId>,
}

impl DeviceCache {
    /// Returns the device of this hash; otherwise the generation to insert it with.
    pub(super) fn get(&self, hash: &str) -> Result<DeviceId, u64> {
        let inner = self.0.lock();
        inner.by_hash.get(hash).cloned().ok_or(inner.generation)
    }

    /// Inserts a device that was read at this generation. After a clear it may be outdated, and is dropped.
    pub(super) fn insert(&self, generation: u64, hash: &str, device: &DeviceId) {
        let mut inner = self.0.lock();
        if inner.generation == generation {
            inner.by_hash.insert(hash.to_owned(), device.clone());
        }
    }

    /// Clears the cache, after a pairing was made or ended.
    pub(super) fn clear(&self) {
        let mut inner = self.0.lock();
        inner.generation += 1;
        inner.by_hash.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_read_before_a_pairing_change_is_not_cached_after_it() {
        let (cache, lobby): (_, DeviceId) = (DeviceCache::default(), "lobby".parse().unwrap());
        let generation = cache.get("a").unwrap_err();
        cache.clear();
        cache.insert(generation, "a", &lobby);
        let generation = cache.get("a").expect_err("read too early");
        cache.insert(generation, "a", &lobby);
        assert_eq!(cache.get("a"), Ok(lobby));
        cache.clear();
        assert!(cache.get("a").is_err());
    }
}
