//! Leader election among the relays on one database. Only the leader delivers, listens and edits, so that one relay
//! counts these requests under Chatwork's limits and keeps the order within a room. A request of set-up is sent by the
//! relay that received it. A lease in the database names the
//! leader; it is renewed while there is work, and any relay may acquire it after it has expired.

use std::sync::Arc;

use parking_lot::Mutex;
use yobirin_api::Millis;
use yobirin_domain::leader_lease::{LEASE_MILLIS, LeaderLease};

use super::Outbox;
use yobirin_chatwork::ChatworkGateway;
use yobirin_store::{LeaseOutcome, Store, StoreError};

/// Window of Chatwork's general limit, within which attempts count.
const REQUEST_WINDOW_MS: Millis = 5 * 60 * 1000;
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
        let outcome = transaction
            .acquire_leader_lease(now + LEASE_MILLIS, now)
            .await?;
        if outcome == LeaseOutcome::Acquired {
            // Before the commit: without the count of the other relay's attempts, a leader would exceed Chatwork's limits.
            count_recent_attempts(store, &self.forwarder.gateway, now).await?;
        }
        transaction.commit().await?;
        let (is_ours, ends_at) = match outcome {
            // A later end is from a clock that is ahead of ours.
            LeaseOutcome::HeldByOther(ends_at) => (false, ends_at.min(now + LEASE_MILLIS)),
            LeaseOutcome::Renewed | LeaseOutcome::Acquired => (true, now + LEASE_MILLIS),
        };
        let lease = LeaderLease { is_ours, ends_at };
        *self.leader.0.lock() = lease;
        Ok(lease.held_by_other_until())
    }
}

/// Loads the attempts of all relays in the last five minutes into the rate limits.
pub(crate) async fn count_recent_attempts(
    store: &Store,
    gateway: &ChatworkGateway,
    now: Millis,
) -> Result<(), StoreError> {
    // Another relay's clock may be ahead a little; times further ahead are from a wrong clock.
    let window = now.saturating_sub(REQUEST_WINDOW_MS)..now + MAX_CLOCK_SKEW_MS;
    let attempts = store.attempts_within(window).await?;
    gateway.limits().recount(attempts);
    Ok(())
}
