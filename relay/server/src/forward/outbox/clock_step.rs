//! Detects that the clock was set back. A clock that was set ahead needs no handling: due work is done, and
//! overdue deliveries expire, since a wrong clock cannot be distinguished from hours of sleep.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use yobirin_api::Millis;

use super::Outbox;
use yobirin_store::{DeliveryUpdate, MAX_FUTURE_MS, StoreError};

/// Smallest step that is handled. Time synchronisation makes smaller ones all the time, and no wait is as
/// short.
const MIN_STEP_MS: Millis = 10_000;

/// Latest time that the stored times agree with. Clones share it.
#[derive(Clone, Debug, Default)]
pub(super) struct ClockStepDetector(Arc<AtomicU64>);

impl ClockStepDetector {
    /// True when this time is well before an earlier one. Stays true until
    /// [`ClockStepDetector::acknowledge`].
    fn stepped_back(&self, now: Millis) -> bool {
        let latest = self.0.fetch_max(now, Ordering::Relaxed);
        now + MIN_STEP_MS < latest
    }

    /// Records that the stored times were repaired to agree with this time.
    fn acknowledge(&self, now: Millis) {
        self.0.store(now, Ordering::Relaxed);
    }
}

impl Outbox {
    /// Repairs the stored times after the clock was set back.
    pub(super) async fn handle_clock_step(&self) -> Result<(), StoreError> {
        let now = self.forwarder.clock.now();
        if !self.clock_steps.stepped_back(now) {
            return Ok(());
        }
        tracing::warn!("clock set back: repairing stored times");
        let mut transaction = self.forwarder.store.begin().await?;
        transaction.repair_clock_step(now).await?;
        transaction.commit().await?;
        self.clock_steps.acknowledge(now);
        Ok(())
    }
}

/// Moves a due time that was computed before the clock was set back to `now`.
pub(super) fn clamp_due(update: DeliveryUpdate, now: Millis) -> DeliveryUpdate {
    match update.due > now + MAX_FUTURE_MS {
        true => DeliveryUpdate { due: now, ..update },
        false => update,
    }
}

#[cfg(test)]
mod tests {
    use yobirin_domain::model::delivery::DeliveryState;

    use super::*;

    #[test]
    fn a_due_time_of_the_old_clock_is_clamped() {
        let due = |due| {
            let state = DeliveryState::Waiting;
            let update = DeliveryUpdate {
                state,
                due,
                retry_count: 1,
            };
            clamp_due(update, 1_000).due
        };
        assert_eq!(due(86_400_000), 1_000, "a day ahead");
        assert_eq!(due(301_000), 301_000, "the longest delay of the backoff");
    }

    #[test]
    fn a_step_back_is_reported_once_it_is_acknowledged() {
        let detector = ClockStepDetector::default();
        let seen = [100_000, 200_000, 199_000, 200_500, 50_000, 50_001, 200_000];
        let steps = seen.map(|now| {
            let steps = detector.stepped_back(now);
            if steps {
                detector.acknowledge(now);
            }
            steps
        });
        assert_eq!(steps, [false, false, false, false, true, false, false]);
    }

    #[test]
    fn a_failed_repair_is_tried_again() {
        let detector = ClockStepDetector::default();
        assert!(!detector.stepped_back(100_000));
        assert!(detector.stepped_back(50_000) && detector.stepped_back(50_001));
        detector.acknowledge(50_001);
        assert!(!detector.stepped_back(50_002));
    }
}
