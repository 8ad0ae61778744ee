//! Leader election among the relays on one database. Only the leader talks to Chatwork, so that one count
//! keeps Chatwork's limits and the order within a room. A lease in the database names the leader; it is
//! renewed while there is work, and any relay may acquire it after it has expired.

use std::sync::{Arc, Mutex, PoisonError};

use yobirin_api::Millis;

use super::Outbox;
use yobirin_chatwork::ChatworkGateway;
use yobirin_store::{LeaseOutcome, Store, StoreError};

/// Duration of the lease. A call waits that long when the leader is gone.
const LEASE_MS: Millis = 5_000;
/// Remaining time below which the lease is renewed.
const RENEW_BEFORE_END_MS: Millis = 2_500;
/// Window of Chatwork's general limit: attempts within it count.
const REQUEST_WINDOW_MS: Millis = 5 * 60 * 1000;
/// Maximum difference between the clocks of two relays.
const MAX_CLOCK_SKEW_MS: Millis = 10_000;

/// Last known state of the lease. Clones share it.
#[derive(Clone, Debug, Default)]
pub(super) struct LeaderLease(Arc<Mutex<LeaseView>>);

#[derive(Clone, Copy, Debug, Default)]
struct LeaseView {
    is_ours: bool,
    ends_at: Millis,
}

impl LeaseView {
    /// False when the lease has to be asked for again, also after the clock was set back.
    fn is_current(self, now: Millis) -> bool {
        let min_end = if self.is_ours {
            now + RENEW_BEFORE_END_MS
        } else {
            now + 1
        };
        (min_end..=now + LEASE_MS).contains(&self.ends_at)
    }
}

impl Outbox {
    /// Returns when another relay's lease expires; `None` while this relay leads.
    pub(crate) async fn other_leader_until(
        &self,
        now: Millis,
    ) -> Result<Option<Millis>, StoreError> {
        let store = &self.forwarder.store;
        if !store.is_cluster() {
            return Ok(None);
        }
        let view = *self.leader.0.lock().unwrap_or_else(PoisonError::into_inner);
        if view.is_current(now) {
            return Ok((!view.is_ours).then_some(view.ends_at));
        }
        let mut transaction = store.begin().await?;
        let outcome = transaction
            .acquire_leader_lease(now + LEASE_MS, now)
            .await?;
        transaction.commit().await?;
        let (is_ours, ends_at) = match outcome {
            LeaseOutcome::HeldByOther(ends_at) => (false, ends_at.min(now + LEASE_MS)),
            LeaseOutcome::Renewed | LeaseOutcome::Acquired => (true, now + LEASE_MS),
        };
        if outcome == LeaseOutcome::Acquired {
            recount_posts(store, &self.forwarder.gateway, now).await?;
        }
        *self.leader.0.lock().unwrap_or_else(PoisonError::into_inner) =
            LeaseView { is_ours, ends_at };
        Ok((!is_ours).then_some(ends_at))
    }
}

/// Counts the recent attempts of all relays under Chatwork's limits.
pub(crate) async fn recount_posts(
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lease_is_renewed_before_it_expires_and_after_the_clock_was_set_back() {
        let ours = LeaseView {
            is_ours: true,
            ends_at: 10_000,
        };
        assert!(ours.is_current(5_000) && ours.is_current(7_500));
        assert!(!ours.is_current(7_501), "half of it is over");
        assert!(!ours.is_current(4_000), "the clock was set back");
        let others = LeaseView {
            is_ours: false,
            ..ours
        };
        assert!(others.is_current(9_999) && !others.is_current(10_000));
    }
}
