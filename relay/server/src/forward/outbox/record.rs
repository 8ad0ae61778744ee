//! Records the result of work on a delivery: its new state, and when it is due again.

use std::time::Duration;

use serde_json::Value;
use yobirin_api::Millis;
use yobirin_api::call::Outcome;
use yobirin_domain::model::delivery::{DeliveryKind, DeliveryState, DeliveryUpdate};
use yobirin_domain::model::id::CallId;

use super::Outbox;
use yobirin_store::{StoreError, StoredDelivery, Transaction};

/// Attempts to record a result, one per second; they must end before the lease does.
const MAX_SAVE_ATTEMPTS: u32 = 30;

impl Outbox {
    /// Records a result. Repeats while the database fails, because a lost message id has to be looked up in the room.
    pub(super) async fn record_result(
        &self,
        delivery: &StoredDelivery,
        attempt: Option<(i64, Outcome)>,
        update: DeliveryUpdate,
    ) -> Result<(), StoreError> {
        let mut save_attempts = 1;
        loop {
            let result = self.save(delivery, attempt, update.clone()).await;
            let Err(error) = result else {
                return Ok(());
            };
            if save_attempts == MAX_SAVE_ATTEMPTS || self.forwarder.stopping.is_cancelled() {
                return Err(error);
            }
            tracing::warn!(%error, call = %delivery.id, "failed to record delivery result; retrying");
            save_attempts += 1;
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }

    async fn save(
        &self,
        delivery: &StoredDelivery,
        attempt: Option<(i64, Outcome)>,
        update: DeliveryUpdate,
    ) -> Result<(), StoreError> {
        let transaction = self.forwarder.store.begin().await?;
        self.commit(transaction, delivery, attempt, update).await
    }

    /// Records a result together with the other changes of the transaction.
    pub(super) async fn commit(
        &self,
        mut transaction: Transaction,
        delivery: &StoredDelivery,
        attempt: Option<(i64, Outcome)>,
        update: DeliveryUpdate,
    ) -> Result<(), StoreError> {
        let (call, index, state) = (delivery.id, delivery.index, update.state.clone());
        let now = self.forwarder.clock.now();
        if !transaction
            .record_result(delivery, attempt, update.clamped(now), now)
            .await?
        {
            // The transaction is dropped, and with it the other changes.
            tracing::warn!(%call, index, "lease lost: its new holder reads the room");
            return Ok(());
        }
        transaction.commit().await?;
        log_update(call, index, attempt.map(|(_, outcome)| outcome), &state);
        if matches!(state, DeliveryState::Delivered { .. }) {
            self.forwarder.listener.notify_delivered();
        }
        self.count(delivery, &state, now);
        Ok(())
    }

    /// Counts a finished delivery and its latency.
    fn count(&self, delivery: &StoredDelivery, state: &DeliveryState, now: Millis) {
        let metrics = &self.forwarder.metrics;
        match state {
            DeliveryState::Waiting | DeliveryState::Unknown | DeliveryState::Withdrawn => {}
            DeliveryState::Rejected { .. } => metrics.rejected.inc(),
            DeliveryState::Expired => metrics.expired.inc(),
            DeliveryState::Delivered { .. } => {
                metrics.delivered.inc();
                // The time of an escalation step is not a latency.
                if delivery.kind() == DeliveryKind::LaterMessage {
                    return;
                }
                let latency = Duration::from_millis(now.saturating_sub(delivery.accepted_at));
                metrics.latency.observe(latency.as_secs_f64());
            }
        }
    }
}

/// Logs an update, with the names of the API.
fn log_update(call: CallId, index: usize, outcome: Option<Outcome>, state: &DeliveryState) {
    let attempt = serde_json::to_value(outcome).unwrap_or_default();
    let state = serde_json::to_value(state).unwrap_or_default();
    // The JSON form of a state is its name, or an object that holds its fields under its name.
    let (name, fields) = match state.as_object().and_then(|object| object.iter().next()) {
        Some((name, fields)) => (Some(name.as_str()), fields),
        None => (state.as_str(), &Value::Null),
    };
    tracing::info!(
        %call,
        index,
        attempt = attempt.as_str(),
        state = name,
        message_id = fields["message"].as_str(),
        room = fields["room"].as_u64(),
        reason = fields["reason"].as_str(),
        "delivery updated"
    );
}
