//! Accepting calls, and how one stands.

use yobirin_api::Millis;
use yobirin_api::call::{Call, CallStatus};
use yobirin_domain::delivery::{CallState, DeliveryState};
use yobirin_domain::id::{CallId, DeviceId};

use super::{Store, StoreError, Write, deliveries, id, sql};

/// A call about to be accepted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NewCall<'a> {
    pub id: CallId,
    pub device: &'a DeviceId,
    pub call: &'a Call,
    /// When it stops being worth sending, by the relay's clock.
    pub expires: Millis,
    pub now: Millis,
}

impl Store {
    /// An accepted call: the tablet it came from, and the request as it came.
    pub(crate) async fn call(&self, call: CallId) -> Result<Option<(DeviceId, Call)>, StoreError> {
        let row: Option<(String, String)> =
            sqlx::query_as("SELECT device, request FROM calls WHERE id = $1 AND device <> ''")
                .bind(call.to_string())
                .fetch_optional(&self.reads)
                .await?;
        row.map(|(device, request)| Ok((id(&device)?, serde_json::from_str(&request)?)))
            .transpose()
    }

    /// How a call of this tablet stands.
    pub(crate) async fn call_status(
        &self,
        call: CallId,
        device: &DeviceId,
    ) -> Result<Option<CallStatus>, StoreError> {
        let rows: Vec<(String, i64, Option<i64>, i64)> = sqlx::query_as(
            "SELECT d.state, d.sequence, d.retracts, d.place FROM deliveries d \
             JOIN calls c ON c.id = d.call_id \
             WHERE c.id = $1 AND c.device = $2 ORDER BY d.place",
        )
        .bind(call.to_string())
        .bind(device.as_str())
        .fetch_all(&self.reads)
        .await?;
        let Some(sequence) = rows.iter().map(|(_, sequence, ..)| *sequence).max() else {
            return Ok(None);
        };
        let (mut deliveries, mut retractions, mut fallback) = (Vec::new(), Vec::new(), None);
        for (state, _, retracts, place) in &rows {
            let state: DeliveryState = serde_json::from_str(state)?;
            match retracts {
                Some(_) => retractions.push(state),
                None if deliveries::is_fallback(*place, deliveries.len()) => fallback = Some(state),
                None => deliveries.push(state),
            }
        }
        let state = CallState::of(deliveries.iter().chain(&fallback));
        let sequence = u64::try_from(sequence).unwrap_or_default();
        Ok(Some(CallStatus {
            id: call,
            state,
            deliveries,
            fallback,
            cancelled: self.cancelled_at(call).await?.is_some(),
            retractions,
            sequence,
        }))
    }
}

impl Write {
    /// Keeps a call with its deliveries and their first events; false when the id is taken.
    pub(crate) async fn add_call(&mut self, new: NewCall<'_>) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "INSERT INTO calls (id, device, request, accepted_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT DO NOTHING",
        )
        .bind(new.id.to_string())
        .bind(new.device.as_str())
        .bind(serde_json::to_string(new.call)?)
        .bind(sql(new.now))
        .execute(self.connection())
        .await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        for (place, outgoing) in new.call.deliveries.iter().enumerate() {
            let delivery = deliveries::NewDelivery {
                call: new.id,
                device: Some(new.device),
                place,
                to: outgoing.to,
                text: &outgoing.text,
                expires: new.expires,
                retracts: None,
            };
            self.add_delivery(delivery, new.now).await?;
        }
        if self.is_cancelled(new.id, new.device).await? {
            self.take_back(new.id, new.now).await?;
        }
        Ok(true)
    }
}
