//! Limit of open connections per address, so that one client cannot use up the process's file descriptors.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;

use ipnet::IpNet;
use parking_lot::Mutex;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use yobirin_domain::caller_limits::ADDRESS_CONNECTIONS;

use crate::auth::is_trusted;
use crate::auth::network::network;
use crate::crypto::encryption::Cipher;
use crate::security_log::CONNECTIONS_REFUSED;

/// Limit of open files that is assumed when the system states none.
const DEFAULT_OPEN_FILES: u64 = 1024;
/// Number of addresses in memory beyond which addresses without a connection are dropped.
const MAX_ADDRESSES: usize = 1024;

/// Connection limits by address.
pub(crate) struct ConnectionLimits {
    trusted: Vec<IpNet>,
    /// Makes the marks of addresses for the log.
    cipher: Cipher,
    /// Limit of open files of the process.
    open_files: usize,
    addresses: Mutex<HashMap<IpAddr, AddressLimit>>,
}

/// Limit of one address.
struct AddressLimit {
    free: Arc<Semaphore>,
    /// True once a refusal was logged, for as long as the address is in memory.
    is_logged: bool,
}

impl ConnectionLimits {
    /// Creates the limits, after raising the soft limit of open files to the hard one.
    pub(crate) fn new(trusted: Vec<IpNet>, cipher: Cipher) -> Self {
        let open_files = rlimit::increase_nofile_limit(u64::MAX).unwrap_or_else(|error| {
            tracing::warn!(%error, "failed to raise the limit of open files");
            DEFAULT_OPEN_FILES
        });
        let open_files = usize::try_from(open_files).unwrap_or(usize::MAX);
        let open_files = open_files.min(Semaphore::MAX_PERMITS);
        let addresses = Mutex::default();
        Self {
            trusted,
            cipher,
            open_files,
            addresses,
        }
    }

    /// Acquires a permit for one more connection; `None` when the address holds too many. Many clients share
    /// the address of a trusted proxy, or of a proxy on this machine: those may use half of the files.
    pub(crate) fn acquire(&self, address: IpAddr) -> Option<OwnedSemaphorePermit> {
        let address = address.to_canonical();
        let half = self.open_files / 2;
        let max = match address.is_loopback() || is_trusted(address, &self.trusted) {
            true => half,
            false => half.min(ADDRESS_CONNECTIONS),
        };
        let mut addresses = self.addresses.lock();
        if addresses.len() > MAX_ADDRESSES {
            addresses.retain(|_, limit| Arc::strong_count(&limit.free) > 1);
        }
        let limit = addresses
            .entry(network(address))
            .or_insert_with(|| AddressLimit {
                free: Arc::new(Semaphore::new(max)),
                is_logged: false,
            });
        let permit = limit.free.clone().try_acquire_owned().ok();
        if permit.is_none() && !limit.is_logged {
            limit.is_logged = true;
            let caller = self.cipher.mark(address);
            tracing::warn!(
                event = CONNECTIONS_REFUSED,
                caller,
                max,
                "connection refused: too many from one address"
            );
        }
        permit
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::encryption::generate_key;

    fn limits(open_files: usize) -> ConnectionLimits {
        let cipher = Cipher::with_key(&generate_key()).unwrap();
        ConnectionLimits {
            open_files,
            ..ConnectionLimits::new(vec!["10.0.0.0/8".parse().unwrap()], cipher)
        }
    }

    /// Opens connections from an address until one is refused. The permits keep them open.
    fn fill(limits: &ConnectionLimits, address: &str) -> Vec<OwnedSemaphorePermit> {
        let address = address.parse().unwrap();
        std::iter::from_fn(|| limits.acquire(address))
            .take(100_000)
            .collect()
    }

    #[test]
    fn one_address_or_network_leaves_room_for_others() {
        let limits = limits(65_536);
        let held = fill(&limits, "192.0.2.1");
        assert_eq!(held.len(), ADDRESS_CONNECTIONS);
        assert!(
            limits
                .acquire("::ffff:192.0.2.1".parse().unwrap())
                .is_none()
        );
        assert!(limits.acquire("192.0.2.2".parse().unwrap()).is_some());
        let network = fill(&limits, "2001:db8::1");
        assert_eq!(network.len(), ADDRESS_CONNECTIONS);
        assert!(fill(&limits, "2001:db8::2").is_empty(), "the same caller");
        assert!(!fill(&limits, "2001:db8:0:1::1").is_empty());
        drop(held);
        let again = fill(&limits, "192.0.2.1");
        assert_eq!(
            again.len(),
            ADDRESS_CONNECTIONS,
            "a closed connection does not count"
        );
    }

    #[test]
    fn addresses_that_many_clients_share_may_hold_half_of_the_files() {
        const OPEN_FILES: usize = 5_000;
        let limits = limits(OPEN_FILES);
        for shared in ["10.0.0.7", "127.0.0.1", "::1"] {
            assert_eq!(fill(&limits, shared).len(), OPEN_FILES / 2, "{shared}");
        }
    }

    #[test]
    fn a_small_limit_of_open_files_is_halved_too() {
        let open_files = 2 * ADDRESS_CONNECTIONS - 2;
        let held = fill(&limits(open_files), "192.0.2.1");
        assert_eq!(held.len(), ADDRESS_CONNECTIONS - 1);
    }
}
