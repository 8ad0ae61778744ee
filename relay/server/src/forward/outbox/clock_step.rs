//! Detects that the clock was set back. A clock that was set ahead needs no handling: due work is done, and
//! overdue deliveries expire, since a wrong clock cannot be distinguished from hours of sleep.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use yobirin_api::Millis;

use super::Outbox;
use yobirin_store::StoreError;

/// Smallest step that is handled. Time synchronisation makes smaller steps all the time, and they lengthen no wait by
/// much.
const MIN_STEP_MS: Millis = 10_000;

/// Latest time that the stored times agree with. Clones share it.
#[derive(Clone, Debug, Default)]
pub(super) struct ClockStepDetector(Arc<AtomicU64>);

impl ClockStepDetector {
    /// True when `now` is more than [`MIN_STEP_MS`] before an earlier `now`. Stays true until
    /// [`ClockStepDetector::acknowledge`].
    fn has_stepped_back(&self, now: Millis) -> bool {
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
        if !self.clock_steps.has_stepped_back(now) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_back_is_reported_until_it_is_acknowledged() {
        let detector = ClockStepDetector::default();
        let seen = [100_000, 200_000, 199_000, 200_500, 50_000, 50_001, 200_000];
        let steps = seen.map(|now| {
            let steps = detector.has_stepped_back(now);
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
        assert!(!detector.has_stepped_back(100_000));
        assert!(detector.has_stepped_back(50_000) && detector.has_stepped_back(50_001));
        detector.acknowledge(50_001);
        assert!(!detector.has_stepped_back(50_002));
    }
}
