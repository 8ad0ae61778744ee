//! Calls that a visitor cancels. `domain::model::delivery::cancel_effects` decides the effect on each delivery:
//! waiting ones are withdrawn, the latest delivered one of each destination is retracted. A delivery with an attempt of
//! unknown result is left to the outbox, which withdraws or retracts it once the result is known.

use yobirin_api::Millis;
use yobirin_domain::caller_limits::TABLET_EARLY_CANCELLATIONS;
use yobirin_domain::model::call::DEADLINE_MILLIS;
use yobirin_domain::model::delivery::{
    CancelEffect, CancelledDelivery, DeliveryState, cancel_effects,
};
use yobirin_domain::model::id::{CallId, DeviceId};

use super::transaction::RunStatement as _;
use super::{Store, StoreError, Transaction, from_bigint, to_bigint};

/// Time for which a cancellation that arrives before its call is kept. A call that arrives after that time is past its
/// deadline.
pub(super) const EARLY_CANCELLATION_LIFETIME_MS: Millis = 4 * DEADLINE_MILLIS;

impl Store {
    /// Returns when a call was cancelled.
    pub async fn cancelled_at(&self, call: CallId) -> Result<Option<Millis>, StoreError> {
        let row: Option<i64> =
            sqlx::query_scalar("SELECT cancelled_at FROM cancellations WHERE call_id = $1")
                .bind(call.to_string())
                .fetch_optional(self.read().await?)
                .await?;
        Ok(row.map(from_bigint))
    }
}

impl Transaction {
    /// Cancels a call, once. False when the call belongs to another tablet.
    pub async fn cancel(
        &mut self,
        call: CallId,
        device: &DeviceId,
        now: Millis,
    ) -> Result<bool, StoreError> {
        let owners: Vec<String> = sqlx::query_scalar(
            "SELECT device_id FROM calls WHERE id = $1 \
             UNION ALL SELECT device_id FROM cancellations WHERE call_id = $1",
        )
        .bind(call.to_string())
        .fetch_all(self.connection())
        .await?;
        if owners.iter().any(|owner| owner != device.as_str()) {
            return Ok(false);
        }
        let is_first = sqlx::query(
            "INSERT INTO cancellations (call_id, device_id, cancelled_at) VALUES ($1, $2, $3) \
             ON CONFLICT DO NOTHING",
        )
        .bind(call.to_string())
        .bind(device.as_str())
        .bind(to_bigint(now))
        .changes(self)
        .await?;
        if is_first {
            self.cancel_deliveries(call, now).await?;
        }
        if owners.is_empty() {
            self.bound_early_cancellations(device, now).await?;
        }
        Ok(true)
    }

    /// Withdraws or retracts the deliveries of a cancelled call.
    pub(super) async fn cancel_deliveries(
        &mut self,
        call: CallId,
        now: Millis,
    ) -> Result<(), StoreError> {
        let deliveries = self.deliveries_of(call).await?;
        let cancelled = deliveries.iter().map(|delivery| CancelledDelivery {
            kind: delivery.kind(),
            to: delivery.to,
            state: &delivery.state,
            may_have_arrived: delivery.may_have_arrived,
        });
        let effects = cancel_effects(&cancelled.collect::<Vec<_>>());
        for (delivery, effect) in deliveries.iter().zip(effects) {
            match effect {
                CancelEffect::Retract => self.add_retraction(delivery, now).await?,
                CancelEffect::Withdraw => {
                    self.set_state(delivery, DeliveryState::Withdrawn, now)
                        .await?;
                }
                CancelEffect::Nothing => {}
            }
        }
        Ok(())
    }

    /// Deletes all but the latest [`TABLET_EARLY_CANCELLATIONS`] of a tablet's cancellations whose calls have not arrived.
    /// Leaves those older than [`EARLY_CANCELLATION_LIFETIME_MS`] to [`Transaction::delete_expired_rows`].
    async fn bound_early_cancellations(
        &mut self,
        device: &DeviceId,
        now: Millis,
    ) -> Result<(), StoreError> {
        // SQLite has no OFFSET without a LIMIT.
        sqlx::query(
            "DELETE FROM cancellations WHERE call_id IN ( \
                SELECT early.call_id FROM cancellations early \
                WHERE early.device_id = $1 AND early.cancelled_at > $2 \
                  AND NOT EXISTS (SELECT 1 FROM calls c WHERE c.id = early.call_id) \
                ORDER BY early.cancelled_at DESC, early.call_id DESC LIMIT 1000 OFFSET $3)",
        )
        .bind(device.as_str())
        .bind(to_bigint(
            now.saturating_sub(EARLY_CANCELLATION_LIFETIME_MS),
        ))
        .bind(to_bigint(TABLET_EARLY_CANCELLATIONS as u64))
        .run(self)
        .await
    }
}
