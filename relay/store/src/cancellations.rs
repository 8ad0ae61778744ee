//! Calls that a visitor takes back: what is not sent yet is withdrawn, and those who had been told are
//! told again.
//!
//! A delivery of which a try may have been stored unseen is left to the outbox: it is withdrawn when
//! the try turns out not to be stored, and retracted when it was.

use yobirin_api::Millis;
use yobirin_domain::caller_limits::TABLET_EARLY_CANCELLATIONS;
use yobirin_domain::model::call::DEADLINE_MILLIS;
use yobirin_domain::model::delivery::{DeliveryState, fallback_index};
use yobirin_domain::model::id::{CallId, DeviceId, MessageId};

use super::deliveries::{LeasedDelivery, NewDelivery};
use super::{Store, StoreError, Transaction, millis, sql};

/// How long a cancellation waits for its call, which by then is past its deadline.
const EARLY_LIFE: Millis = 4 * DEADLINE_MILLIS;

impl Store {
    /// When a call was taken back.
    pub async fn cancelled_at(&self, call: CallId) -> Result<Option<Millis>, StoreError> {
        let row: Option<(i64,)> =
            sqlx::query_as("SELECT cancelled_at FROM cancellations WHERE call_id = $1")
                .bind(call.to_string())
                .fetch_optional(&self.reads)
                .await?;
        Ok(row.map(|(at,)| millis(at)))
    }

    /// The message that a retraction takes back: it carries the same reference.
    pub async fn retracted(&self, job: &LeasedDelivery) -> Result<Option<MessageId>, StoreError> {
        let Some(place) = job.retracts else {
            return Ok(None);
        };
        let row: Option<(String,)> = sqlx::query_as(
            "SELECT state FROM deliveries WHERE call_id = $1 AND delivery_index = $2",
        )
        .bind(job.call.to_string())
        .bind(sql(place as u64))
        .fetch_optional(&self.reads)
        .await?;
        let state = row
            .map(|(state,)| serde_json::from_str(&state))
            .transpose()?;
        Ok(match state {
            Some(DeliveryState::Delivered { message, .. }) => Some(message),
            _ => None,
        })
    }
}

impl Transaction {
    /// Takes a call back, once. False when it is another tablet's.
    pub async fn cancel(
        &mut self,
        call: CallId,
        device: &DeviceId,
        now: Millis,
    ) -> Result<bool, StoreError> {
        let owners: Vec<(String,)> = sqlx::query_as(
            "SELECT device_id FROM calls WHERE id = $1 \
             UNION ALL SELECT device_id FROM cancellations WHERE call_id = $1",
        )
        .bind(call.to_string())
        .fetch_all(self.connection())
        .await?;
        if owners.iter().any(|(owner,)| owner != device.as_str()) {
            return Ok(false);
        }
        let done = sqlx::query(
            "INSERT INTO cancellations (call_id, device_id, cancelled_at) VALUES ($1, $2, $3) \
             ON CONFLICT DO NOTHING",
        )
        .bind(call.to_string())
        .bind(device.as_str())
        .bind(sql(now))
        .execute(self.connection())
        .await?;
        if done.rows_affected() > 0 {
            self.take_back(call, now).await?;
        }
        if owners.is_empty() {
            self.forget_early_cancellations(device, now).await?;
        }
        Ok(true)
    }

    /// Keeps the latest [`TABLET_EARLY_CANCELLATIONS`] of a tablet's cancellations whose calls have not
    /// come. Older ones than [`EARLY_LIFE`] are not looked at: retention erases them.
    async fn forget_early_cancellations(
        &mut self,
        device: &DeviceId,
        now: Millis,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "DELETE FROM cancellations WHERE call_id IN ( \
                SELECT early.call_id FROM cancellations early \
                WHERE early.device_id = $1 AND early.cancelled_at > $2 \
                  AND NOT EXISTS (SELECT 1 FROM calls c WHERE c.id = early.call_id) \
                ORDER BY early.cancelled_at DESC, early.call_id DESC LIMIT 1000 OFFSET $3)",
        )
        .bind(device.as_str())
        .bind(sql(now.saturating_sub(EARLY_LIFE)))
        .bind(sql(TABLET_EARLY_CANCELLATIONS as u64))
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Forgets cancellations whose calls have not come within [`EARLY_LIFE`]: they are refused by then.
    pub async fn prune_early_cancellations(&mut self, now: Millis) -> Result<(), StoreError> {
        sqlx::query(
            "DELETE FROM cancellations WHERE cancelled_at <= $1 \
             AND NOT EXISTS (SELECT 1 FROM calls c WHERE c.id = cancellations.call_id)",
        )
        .bind(sql(now.saturating_sub(EARLY_LIFE)))
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// True when this tablet has taken the call back.
    pub(super) async fn is_cancelled(
        &mut self,
        call: CallId,
        device: &DeviceId,
    ) -> Result<bool, StoreError> {
        let row: Option<(String,)> =
            sqlx::query_as("SELECT device_id FROM cancellations WHERE call_id = $1")
                .bind(call.to_string())
                .fetch_optional(self.connection())
                .await?;
        Ok(row.is_some_and(|(owner,)| owner == device.as_str()))
    }

    /// Withdraws what is not sent and retracts what has arrived.
    pub(super) async fn take_back(&mut self, call: CallId, now: Millis) -> Result<(), StoreError> {
        for job in self.deliveries_of(call).await? {
            match &job.state {
                DeliveryState::Delivered { .. } => self.retract(&job, now).await?,
                DeliveryState::Waiting if self.unsettled(&job).await?.is_none() => {
                    self.set_state(&job, DeliveryState::Withdrawn, now).await?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Tells those whom a delivery has told that the visitor has taken the call back.
    pub(super) async fn retract(
        &mut self,
        job: &LeasedDelivery,
        now: Millis,
    ) -> Result<(), StoreError> {
        let Some(call) = self.request(job.call).await? else {
            return Ok(());
        };
        let count = call.deliveries.len();
        let wording = match job.place == fallback_index(count) {
            true => call.fallback.as_ref(),
            false => call.deliveries.get(job.place),
        };
        let Some(text) = wording.and_then(|outgoing| outgoing.retraction.clone()) else {
            return Ok(());
        };
        let place = count + job.place;
        let retraction = NewDelivery {
            call: job.call,
            device: job.device.as_ref(),
            place,
            to: job.to,
            text: &text,
            expires: now + DEADLINE_MILLIS,
            retracts: Some(job.place),
        };
        self.add_delivery(retraction, now).await?;
        Ok(())
    }
}
