//! The time the relay goes by. Deadlines, codes, sessions and limits ask it, so tests can set it
//! ahead instead of sleeping.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::sync::watch;
use yobirin_api::Millis;

/// The machine's clock, set ahead by as much as [`Clock::advance`] was told. Clones agree.
#[derive(Clone, Debug)]
pub struct Clock(Arc<watch::Sender<Millis>>);

impl Clock {
    /// The machine's own time.
    #[must_use]
    pub fn system() -> Self {
        Self(Arc::new(watch::Sender::new(0)))
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub fn now(&self) -> Millis {
        // A machine set before 1970 reads as 1970: nothing here can do better.
        let machine = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        u64::try_from(machine.as_millis()).unwrap_or(Millis::MAX) + *self.0.borrow()
    }

    /// Sets the clock ahead.
    pub fn advance(&self, by: Duration) {
        let by = u64::try_from(by.as_millis()).unwrap_or_default();
        self.0.send_modify(|ahead| *ahead += by);
    }

    /// Waits until the clock shows `then`.
    pub async fn sleep_until(&self, then: Millis) {
        let mut changes = self.0.subscribe();
        loop {
            let left = then.saturating_sub(self.now());
            if left == 0 {
                return;
            }
            tokio::select! {
                () = tokio::time::sleep(Duration::from_millis(left)) => {}
                // The sender lives as long as `self`, so this cannot fail while we wait.
                _ = changes.changed() => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn setting_the_clock_ahead_wakes_who_waits_for_it() {
        let clock = Clock::system();
        let hour = Duration::from_secs(3600);
        let then = clock.now() + 3_600_000;
        let sleeper = tokio::spawn({
            let clock = clock.clone();
            async move { clock.sleep_until(then).await }
        });
        tokio::task::yield_now().await;
        clock.advance(hour);
        tokio::time::timeout(Duration::from_secs(5), sleeper)
            .await
            .unwrap()
            .unwrap();
    }
}
