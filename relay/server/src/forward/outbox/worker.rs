//! Outbox worker: claims due deliveries, sends to several rooms at once, and sleeps until the next wake-up or due time.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep, sleep_until};
use tokio_util::task::TaskTracker;
use yobirin_api::Millis;

use super::Outbox;
use super::claim::Claim;

/// Maximum number of deliveries in flight, each to another room.
const MAX_IN_FLIGHT: usize = 8;
/// Pause after a failed database access.
const ERROR_BACKOFF: Duration = Duration::from_secs(1);
/// Minimum time between two polls. Hundreds of calls may arrive in a second, each of which wakes the worker. A poll for each
/// would take the time that accepting calls needs.
const MIN_POLL_INTERVAL: Duration = Duration::from_millis(5);

/// Runs until the relay stops and its deliveries in flight are finished.
pub(crate) async fn run(outbox: Outbox) {
    let (slots, tasks) = (Arc::new(Semaphore::new(MAX_IN_FLIGHT)), TaskTracker::new());
    let stopping = outbox.forwarder.stopping.clone();
    while !stopping.is_cancelled() {
        let slot = slots.clone().acquire_owned().await;
        let polled_at = Instant::now();
        let now = outbox.forwarder.clock.now();
        let next = match outbox.claim_next().await {
            Ok(Claim::Work(work, guard)) => {
                let outbox = outbox.clone();
                tasks.spawn(async move {
                    if let Err(error) = outbox.work(*work).await {
                        tracing::error!(%error, "failed to record delivery result");
                    }
                    // Before the wake-up, which claims the next delivery for this destination.
                    drop(slot);
                    drop(guard);
                    outbox.forwarder.store.outbox_wakeup().notify_one();
                });
                continue;
            }
            Ok(Claim::Nothing(next)) => next,
            Err(error) => {
                tracing::error!(%error, "failed to claim a delivery");
                sleep(ERROR_BACKOFF).await;
                continue;
            }
        };
        drop(slot);
        tokio::select! {
            () = stopping.cancelled() => {}
            () = outbox.forwarder.store.outbox_wakeup().notified() => {}
            () = sleep_until_due(&outbox, next, now) => {}
        }
        sleep_until(polled_at + MIN_POLL_INTERVAL).await;
    }
    tasks.close();
    tasks.wait().await;
}

async fn sleep_until_due(outbox: &Outbox, next: Option<Millis>, now: Millis) {
    match next {
        Some(next) => outbox.forwarder.clock.sleep_until(next, now).await,
        None => std::future::pending().await,
    }
}
