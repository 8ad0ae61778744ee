//! Probes a refused token, so that delivery resumes by itself when Chatwork accepts the token again.

use yobirin_api::Millis;

use super::Outbox;
use crate::forward::forwarder::Forwarder;
use yobirin_chatwork::Purpose;
use yobirin_store::StoreError;

/// Time between two probes of all relays together.
const PROBE_INTERVAL_MS: Millis = 60_000;
/// Time between two checks whether a probe is due.
const POLL_INTERVAL_MS: Millis = 5_000;

/// Runs until the relay stops.
pub(crate) async fn run(outbox: Outbox) {
    let Forwarder {
        clock, stopping, ..
    } = &outbox.forwarder;
    loop {
        if let Err(error) = outbox.probe().await {
            tracing::error!(%error, "failed to probe the token");
        }
        let pause = clock.sleep(POLL_INTERVAL_MS);
        if stopping.run_until_cancelled(pause).await.is_none() {
            return;
        }
    }
}

impl Outbox {
    /// Asks Chatwork whether it accepts the refused token, when a probe is due and this relay leads.
    async fn probe(&self) -> Result<(), StoreError> {
        let (forwarder, now) = (&self.forwarder, self.forwarder.clock.now());
        let Some(account) = forwarder.gateway.account() else {
            return Ok(());
        };
        let Some(refused_since) = account.refused_since else {
            return Ok(());
        };
        // A refusal in the future is from before the clock was set back.
        if (refused_since..refused_since + PROBE_INTERVAL_MS).contains(&now) {
            return Ok(());
        }
        if self.acquire_leadership(now).await?.is_some() {
            return Ok(());
        }
        let mut transaction = forwarder.store.begin().await?;
        if !transaction
            .claim_probe(account.connected_at, PROBE_INTERVAL_MS, now)
            .await?
        {
            return Ok(());
        }
        transaction.commit().await?;
        match forwarder.gateway.me(&account.token, Purpose::Probe).await {
            Ok(_) => forwarder.connection.record_token_accepted(&account).await,
            Err(error) => {
                tracing::warn!(%error, "Chatwork does not accept the token yet");
                Ok(())
            }
        }
    }
}
