//! Leader election among the relays on one database. Only the leader delivers, listens and edits, so that one relay
//! counts these requests under Chatwork's limits and keeps the order within a room. A request of set-up is sent by the
//! relay that received it. A lease in the database names the leader; it is renewed while there is work, and any relay may
//! acquire it after it has expired.

use std::sync::Arc;

use parking_lot::Mutex;
use yobirin_api::Millis;
use yobirin_domain::chatwork_rate_limit::REQUEST_WINDOW_MILLIS;
use yobirin_domain::leader_lease::LeaderLease;

use super::Outbox;
use yobirin_chatwork::ChatworkGateway;
use yobirin_store::{Store, StoreError};

/// Maximum difference between the clocks of two relays.
const MAX_CLOCK_SKEW_MS: Millis = 10_000;

/// Last known state of the lease. Clones share it.
#[derive(Clone, Debug, Default)]
pub(super) struct SharedLease(Arc<Mutex<LeaderLease>>);

impl Outbox {
    /// Acquires the leader lease, or renews it when it ends soon. Returns the end of another relay's lease; `None` while
    /// this relay leads.
    pub(crate) async fn acquire_leadership(
        &self,
        now: Millis,
    ) -> Result<Option<Millis>, StoreError> {
        let store = &self.forwarder.store;
        if !store.is_cluster() {
            return Ok(None);
        }
        let known = *self.leader.0.lock();
        if known.is_current(now) {
            return Ok(known.held_by_other_until());
        }
        let mut transaction = store.begin().await?;
        let stored = transaction.leader_lease().await?;
        let lease = stored.requested(now);
        if lease.is_ours {
            transaction.take_leader_lease(lease.ends_at).await?;
            if !stored.is_ours {
                // Before the commit: without the count of the other relay's attempts, a leader would exceed Chatwork's limits.
                count_recent_attempts(store, &self.forwarder.gateway, now).await?;
            }
        }
        transaction.commit().await?;
        *self.leader.0.lock() = lease;
        Ok(lease.held_by_other_until())
    }
}

/// Loads the attempts of all relays within the window of Chatwork's general limit into the rate limiter.
pub(crate) async fn count_recent_attempts(
    store: &Store,
    gateway: &ChatworkGateway,
    now: Millis,
) -> Result<(), StoreError> {
    // Another relay's clock may be ahead a little; times further ahead are from a wrong clock.
    let window = now.saturating_sub(REQUEST_WINDOW_MILLIS)..now + MAX_CLOCK_SKEW_MS;
    let attempts = store.attempts_within(window).await?;
    gateway.limits().recount(attempts);
    Ok(())
}
