//! Whose turn it is to talk to Chatwork, when several relays share a database: one count keeps its
//! limits, and the order within a room. A lease in the database says so; it is renewed while there is
//! work, and any relay may take it when it has ended.

use std::sync::{Arc, Mutex, PoisonError};

use yobirin_api::Millis;

use super::Outbox;
use yobirin_chatwork::ChatworkGateway;
use yobirin_store::{LeaseOutcome, Store, StoreError};

/// How long a turn lasts; so long does a call wait when the relay that had it is gone.
const LENGTH: Millis = 5_000;
/// It is renewed when less than this is left.
const RENEWED: Millis = 2_500;
/// What was sent this long ago still counts under the limits.
const COUNTED: Millis = 5 * 60 * 1000;
/// How far the clocks of two relays may be apart.
const APART: Millis = 10_000;

/// What is known of the turn. Clones share.
#[derive(Clone, Debug, Default)]
pub(super) struct LeaderLease(Arc<Mutex<Known>>);

#[derive(Clone, Copy, Debug, Default)]
struct Known {
    is_ours: bool,
    ends: Millis,
}

impl Known {
    /// False when it has to be asked for again. A clock that was set back makes it so too.
    fn holds(self, now: Millis) -> bool {
        let least = if self.is_ours { now + RENEWED } else { now + 1 };
        (least..=now + LENGTH).contains(&self.ends)
    }
}

impl Outbox {
    /// When another relay's turn ends; `None` when it is ours, for a while at least.
    pub(super) async fn other_leader_until(
        &self,
        now: Millis,
    ) -> Result<Option<Millis>, StoreError> {
        let store = &self.forwarder.store;
        if !store.is_cluster() {
            return Ok(None);
        }
        let known = *self.turn.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.holds(now) {
            return Ok((!known.is_ours).then_some(known.ends));
        }
        let mut write = store.begin().await?;
        let turn = write.acquire_leader_lease(now + LENGTH, now).await?;
        write.commit().await?;
        let (is_ours, ends) = match turn {
            LeaseOutcome::Others(ends) => (false, ends.min(now + LENGTH)),
            LeaseOutcome::Kept | LeaseOutcome::Taken => (true, now + LENGTH),
        };
        if turn == LeaseOutcome::Taken {
            recount_posts(store, &self.forwarder.gateway, now).await?;
        }
        *self.turn.0.lock().unwrap_or_else(PoisonError::into_inner) = Known { is_ours, ends };
        Ok((!is_ours).then_some(ends))
    }
}

/// Counts what was sent before us, by whichever relay, under Chatwork's limits.
pub(crate) async fn recount_posts(
    store: &Store,
    link: &ChatworkGateway,
    now: Millis,
) -> Result<(), StoreError> {
    // Another relay's clock may be ahead a little; what lies further ahead is from a clock that was wrong.
    let window = now.saturating_sub(COUNTED)..now + APART;
    let tries = store.tries_within(window).await?;
    link.limits().recount(tries);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_is_asked_for_again_before_it_ends_and_after_the_clock_was_set_back() {
        let ours = Known {
            is_ours: true,
            ends: 10_000,
        };
        assert!(ours.holds(5_000) && ours.holds(7_500));
        assert!(!ours.holds(7_501), "half of it is over");
        assert!(!ours.holds(4_000), "the clock was set back");
        let others = Known {
            is_ours: false,
            ..ours
        };
        assert!(others.holds(9_999) && !others.holds(10_000));
    }
}
