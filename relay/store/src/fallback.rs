//! What replaces a delivery whose destination turned out not to be there. It is kept with the refusal
//! in one transaction, once for a call, and lives like every other delivery from then on.

use yobirin_api::Millis;
use yobirin_api::call::Call;
use yobirin_domain::model::delivery::fallback_index;
use yobirin_domain::model::id::CallId;

use super::deliveries::{LeasedDelivery, NewDelivery};
use super::{StoreError, Transaction, readable, sql};

impl Transaction {
    /// Keeps the fallback of a job's call. Nothing when it is there already, when the call has none,
    /// when the job is none of those that it replaces, and when the visitor has taken the call back or the
    /// tablet was revoked.
    pub(super) async fn fall_back(
        &mut self,
        job: &LeasedDelivery,
        now: Millis,
    ) -> Result<(), StoreError> {
        let Some(device) = &job.device else {
            return Ok(());
        };
        let Some(call) = self.request(job.call).await? else {
            return Ok(());
        };
        let place = fallback_index(call.deliveries.len());
        let Some(outgoing) = &call.fallback else {
            return Ok(());
        };
        if job.place >= call.deliveries.len()
            || self.has_delivery(job.call, place).await?
            || self.is_cancelled(job.call, device).await?
            || self.is_revoked(job.call).await?
        {
            return Ok(());
        }
        let fallback = NewDelivery {
            call: job.call,
            device: Some(device),
            place,
            to: outgoing.to,
            text: &outgoing.text,
            expires: job.expires,
            retracts: None,
        };
        self.add_delivery(fallback, now).await?;
        Ok(())
    }

    /// A tablet's call as it came; `None` when it cannot be read any more.
    pub(super) async fn request(&mut self, call: CallId) -> Result<Option<Call>, StoreError> {
        let (request,): (String,) = sqlx::query_as("SELECT request FROM calls WHERE id = $1")
            .bind(call.to_string())
            .fetch_one(self.connection())
            .await?;
        readable(serde_json::from_str(&request).map_err(StoreError::from))
    }

    async fn has_delivery(&mut self, call: CallId, place: usize) -> Result<bool, StoreError> {
        let row: Option<(i64,)> = sqlx::query_as(
            "SELECT delivery_index FROM deliveries WHERE call_id = $1 AND delivery_index = $2",
        )
        .bind(call.to_string())
        .bind(sql(place as u64))
        .fetch_optional(self.connection())
        .await?;
        Ok(row.is_some())
    }
}
