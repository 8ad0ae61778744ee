//! The loop: leases in turn, works on several rooms at once, sleeps until the bell or the next due
//! time.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep, sleep_until};
use tokio_util::task::TaskTracker;
use yobirin_api::Millis;

use super::Outbox;
use super::claim::Claim;

/// Deliveries in flight at once; each is in another room.
const IN_FLIGHT: usize = 8;
/// How long to leave a broken database alone.
const ERROR_BACKOFF: Duration = Duration::from_secs(1);
/// Between two looks that find nothing: while hundreds of calls a second come in, looking after each
/// of them would take the time that taking them in needs.
const MIN_POLL_INTERVAL: Duration = Duration::from_millis(5);

/// Runs until the relay stops; what is in flight then is finished.
pub(crate) async fn run(outbox: Outbox) {
    let (slots, tasks) = (Arc::new(Semaphore::new(IN_FLIGHT)), TaskTracker::new());
    let stopping = outbox.forwarder.stopping.clone();
    while !stopping.is_cancelled() {
        let slot = slots.clone().acquire_owned().await;
        let looked = Instant::now();
        let now = outbox.forwarder.clock.now();
        let next = match outbox.claim_next().await {
            Ok(Claim::Work(work, lane)) => {
                let outbox = outbox.clone();
                tasks.spawn(async move {
                    if let Err(error) = outbox.work(*work).await {
                        tracing::error!(%error, "what became of a delivery was not saved");
                    }
                    drop(slot);
                    drop(lane);
                    outbox.forwarder.store.outbox_wakeup().notify_one();
                });
                continue;
            }
            Ok(Claim::Nothing(next)) => next,
            Err(error) => {
                tracing::error!(%error, "the outbox cannot read its deliveries");
                sleep(ERROR_BACKOFF).await;
                continue;
            }
        };
        drop(slot);
        tokio::select! {
            () = stopping.cancelled() => {}
            () = outbox.forwarder.store.outbox_wakeup().notified() => {}
            () = until(&outbox, next, now) => {}
        }
        sleep_until(looked + MIN_POLL_INTERVAL).await;
    }
    tasks.close();
    tasks.wait().await;
}

async fn until(outbox: &Outbox, next: Option<Millis>, now: Millis) {
    match next {
        Some(next) => outbox.forwarder.clock.sleep_until(next, now).await,
        None => std::future::pending().await,
    }
}
