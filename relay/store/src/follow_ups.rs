//! Rows of the fallback and of retractions, which become necessary by the results of other deliveries. The rules are those
//! of `domain::model::delivery`; the flags are read, and the rows written, in the transaction of the result.

use yobirin_api::Millis;
use yobirin_api::call::Call;
use yobirin_domain::escalation::beyond_limit;
use yobirin_domain::model::call::DEADLINE_MILLIS;
use yobirin_domain::model::delivery::{CallFlags, DeliveryKind, DeliveryState};
use yobirin_domain::model::id::CallId;

use super::deliveries::{NewDelivery, StoredDelivery};
use super::{StoreError, Transaction, skip_unreadable};

impl Transaction {
    /// Reads the flags of a call, on which the consequences of a result depend. Only a cancellation by the call's own
    /// tablet counts.
    pub async fn call_flags(&mut self, call: CallId) -> Result<CallFlags, StoreError> {
        let row: Option<(Option<i64>, Option<i64>, i64)> = sqlx::query_as(
            "SELECT x.cancelled_at, c.revoked_at, \
                (SELECT COUNT(*) FROM answers a WHERE a.call_id = c.id) FROM calls c \
             LEFT JOIN cancellations x ON x.call_id = c.id AND x.device_id = c.device_id \
             WHERE c.id = $1",
        )
        .bind(call.to_string())
        .fetch_optional(self.connection())
        .await?;
        Ok(
            row.map_or_else(CallFlags::default, |(cancelled, revoked, answers)| {
                CallFlags {
                    is_cancelled: cancelled.is_some(),
                    is_revoked: revoked.is_some(),
                    is_answered: answers > 0,
                }
            }),
        )
    }

    /// Stores the fallback of a delivery, once per call. Does nothing when the call has none for this delivery.
    pub(super) async fn add_fallback(
        &mut self,
        delivery: &StoredDelivery,
        now: Millis,
    ) -> Result<(), StoreError> {
        let Some(call) = self.request(delivery.id).await? else {
            return Ok(());
        };
        let Some((index, outgoing)) = call.fallback_of(delivery.index) else {
            return Ok(());
        };
        let stored = self.deliveries_of(delivery.id).await?;
        if stored.iter().any(|stored| stored.index == index) {
            return Ok(());
        }
        let fallback = NewDelivery {
            id: delivery.id,
            device: delivery.device.as_ref(),
            index,
            to: outgoing.to,
            text: &outgoing.text,
            accepted_at: delivery.accepted_at,
            expires_at: delivery.expires_at,
            retracts: None,
            after_seconds: None,
        };
        self.add_delivery(fallback, now).await?;
        self.withdraw_steps_beyond_limit(delivery.id, now).await
    }

    /// Withdraws the steps in whose place the fallback is sent.
    async fn withdraw_steps_beyond_limit(
        &mut self,
        call: CallId,
        now: Millis,
    ) -> Result<(), StoreError> {
        let deliveries = self.deliveries_of(call).await?;
        let beyond = beyond_limit(deliveries.iter().map(|delivery| delivery.to));
        for delivery in beyond.into_iter().map(|position| &deliveries[position]) {
            let is_unsent = delivery.state == DeliveryState::Waiting && !delivery.may_have_arrived;
            if is_unsent && delivery.kind() == DeliveryKind::LaterMessage {
                self.set_state(delivery, DeliveryState::Withdrawn, now)
                    .await?;
            }
        }
        Ok(())
    }

    /// Stores the retraction of a delivery that has arrived. Does nothing when the call has no text for it.
    pub(super) async fn add_retraction(
        &mut self,
        delivery: &StoredDelivery,
        now: Millis,
    ) -> Result<(), StoreError> {
        let Some(call) = self.request(delivery.id).await? else {
            return Ok(());
        };
        let Some((index, text)) = call.retraction_of(delivery.index) else {
            return Ok(());
        };
        let retraction = NewDelivery {
            id: delivery.id,
            device: delivery.device.as_ref(),
            index,
            to: delivery.to,
            text,
            accepted_at: now,
            expires_at: now + DEADLINE_MILLIS,
            retracts: Some(delivery.index),
            after_seconds: None,
        };
        self.add_delivery(retraction, now).await?;
        Ok(())
    }

    /// Reads a call as its tablet submitted it; `None` when it is unreadable.
    async fn request(&mut self, call: CallId) -> Result<Option<Call>, StoreError> {
        let request: String = sqlx::query_scalar("SELECT request FROM calls WHERE id = $1")
            .bind(call.to_string())
            .fetch_one(self.connection())
            .await?;
        skip_unreadable(serde_json::from_str(&request).map_err(StoreError::from))
    }
}
