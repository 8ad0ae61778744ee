//! Repairs stored times when the clock was set back. A clock that was set ahead needs no handling: due work is done, and
//! overdue deliveries expire, since a wrong clock cannot be distinguished from hours of sleep.

use super::Outbox;
use yobirin_store::StoreError;

impl Outbox {
    /// Repairs the stored times after the clock was set back.
    pub(super) async fn handle_clock_step(&self) -> Result<(), StoreError> {
        let now = self.forwarder.clock.now();
        if !self.clock_steps.lock().has_stepped_back(now) {
            return Ok(());
        }
        tracing::warn!("clock set back: repairing stored times");
        let mut transaction = self.forwarder.store.begin().await?;
        transaction.repair_clock_step(now).await?;
        transaction.commit().await?;
        self.clock_steps.lock().acknowledge(now);
        Ok(())
    }
}
