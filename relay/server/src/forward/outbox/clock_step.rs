//! Noticing that the clock was set back. One that was set ahead needs nothing: what is due is done,
//! and what is past its deadline is not sent, since nobody can tell a wrong clock from hours of sleep.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use yobirin_api::Millis;

use super::Outbox;
use yobirin_store::{DeliveryUpdate, MAX_FUTURE_MS, StoreError};

/// Clocks are put right by less than this all the time, and nothing waits for so long.
const SLIGHT: Millis = 10_000;

/// The latest time that everything is in line with. Clones share.
#[derive(Clone, Debug, Default)]
pub(super) struct ClockStepDetector(Arc<AtomicU64>);

impl ClockStepDetector {
    /// True when this time is well before one that was seen; so it stays until [`Hands::follow`].
    fn stepped_back(&self, now: Millis) -> bool {
        let latest = self.0.fetch_max(now, Ordering::Relaxed);
        now + SLIGHT < latest
    }

    /// What waits is in line with this time.
    fn follow(&self, now: Millis) {
        self.0.store(now, Ordering::Relaxed);
    }
}

impl Outbox {
    /// Brings everything that waits for a time in line with a clock that was set back.
    pub(super) async fn look_at_the_clock(&self) -> Result<(), StoreError> {
        let now = self.forwarder.clock.now();
        if !self.hands.stepped_back(now) {
            return Ok(());
        }
        tracing::warn!("the clock was set back: what waits is looked at anew");
        self.forwarder.gateway.limits().clock_was_set_back(now);
        let mut write = self.forwarder.store.begin().await?;
        write.clock_was_set_back(now).await?;
        write.commit().await?;
        self.hands.follow(now);
        Ok(())
    }
}

/// What was reckoned by a clock that was set back before it could be written waits for nothing.
pub(super) fn clamp_due(change: DeliveryUpdate, now: Millis) -> DeliveryUpdate {
    match change.due > now + MAX_FUTURE_MS {
        true => DeliveryUpdate { due: now, ..change },
        false => change,
    }
}

#[cfg(test)]
mod tests {
    use yobirin_domain::model::delivery::DeliveryState;

    use super::*;

    #[test]
    fn a_time_of_the_old_clock_is_not_waited_for() {
        let due = |due| {
            let to = DeliveryState::Waiting;
            let change = DeliveryUpdate { to, due, delays: 1 };
            clamp_due(change, 1_000).due
        };
        assert_eq!(due(86_400_000), 1_000, "a day ahead");
        assert_eq!(due(301_000), 301_000, "the longest wait of the schedule");
    }

    #[test]
    fn a_clock_goes_back_once() {
        let hands = ClockStepDetector::default();
        let seen = [100_000, 200_000, 199_000, 200_500, 50_000, 50_001, 200_000];
        let went = seen.map(|now| {
            let went = hands.stepped_back(now);
            if went {
                hands.follow(now);
            }
            went
        });
        assert_eq!(went, [false, false, false, false, true, false, false]);
    }

    #[test]
    fn what_could_not_be_brought_in_line_is_tried_again() {
        let hands = ClockStepDetector::default();
        assert!(!hands.stepped_back(100_000));
        assert!(hands.stepped_back(50_000) && hands.stepped_back(50_001));
        hands.follow(50_001);
        assert!(!hands.stepped_back(50_002));
    }
}
