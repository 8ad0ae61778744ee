//! Probing a refused token: a refusal may pass by itself, and then nobody has to enter the token again.

use std::sync::Arc;
use std::time::Duration;

use yobirin_api::Millis;

use super::Outbox;
use yobirin_chatwork::{Account, Purpose};
use yobirin_store::StoreError;

/// Between two probes, of all relays together.
const INTERVAL: Millis = 60_000;
/// Between two looks whether a probe is due.
const LOOK_INTERVAL: Duration = Duration::from_secs(5);

/// Runs until the relay stops.
pub(crate) async fn run(outbox: Outbox) {
    let clock = &outbox.forwarder.clock;
    loop {
        if let Err(error) = outbox.probe().await {
            tracing::error!(%error, "failed to record that Chatwork accepts the token");
        }
        let now = clock.now();
        tokio::select! {
            () = outbox.forwarder.stopping.cancelled() => return,
            () = clock.sleep_until(super::after(now, LOOK_INTERVAL), now) => {}
        }
    }
}

impl Outbox {
    /// Asks Chatwork whether it takes a refused token again, if that is due and this relay leads.
    async fn probe(&self) -> Result<(), StoreError> {
        let (forwarder, now) = (&self.forwarder, self.forwarder.clock.now());
        // A refusal that lies ahead is of a clock that was set back.
        let is_due = |at| !(at..at + INTERVAL).contains(&now);
        let is_due = |account: &Arc<Account>| account.refused.is_some_and(is_due);
        let Some(account) = forwarder.gateway.account().filter(is_due) else {
            return Ok(());
        };
        if self.other_leader_until(now).await?.is_some() {
            return Ok(());
        }
        let mut write = forwarder.store.begin().await?;
        if !write.claim_probe(account.since, INTERVAL, now).await? {
            return Ok(());
        }
        write.commit().await?;
        match forwarder.gateway.me(&account.token, Purpose::Calls).await {
            Ok(_) => forwarder.connection.resume(&account).await,
            Err(error) => {
                tracing::warn!(%error, "Chatwork does not accept the token yet");
                Ok(())
            }
        }
    }
}
