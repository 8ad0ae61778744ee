//! Calls of a tablet that is revoked: its open deliveries are withdrawn with the pairing. What was
//! delivered stays; a delivery under way is settled, and is neither tried again nor replaced.

use yobirin_api::Millis;
use yobirin_domain::model::delivery::DeliveryState;
use yobirin_domain::model::id::{CallId, DeviceId};

use super::attempts::word;
use super::deliveries::{job, jobs};
use super::{StoreError, Transaction, sql};

impl Transaction {
    /// Revokes a device: ends its pairing and withdraws its open deliveries. A browser that is paired
    /// in place of another does not come here: it stands in the same lobby before the same visitors.
    pub async fn revoke(&mut self, device: &DeviceId, now: Millis) -> Result<(), StoreError> {
        self.forget_pairing_code(device).await?;
        self.unpair(device).await?;
        sqlx::query(
            "UPDATE calls SET revoked_at = $2 WHERE id IN \
             (SELECT call_id FROM deliveries WHERE is_open = 1 AND device_id = $1)",
        )
        .bind(device.as_str())
        .bind(sql(now))
        .execute(self.connection())
        .await?;
        let rows = sqlx::query(jobs!(
            "WHERE d.is_open = 1 AND d.device_id = $1 AND d.state = $2 \
               AND NOT EXISTS (SELECT 1 FROM attempts a WHERE a.call_id = d.call_id \
                   AND a.delivery_index = d.delivery_index AND (a.outcome IS NULL OR a.outcome = $3)) \
             ORDER BY d.queue_position"
        ))
        .bind(device.as_str())
        .bind(serde_json::to_string(&DeliveryState::Waiting)?)
        .bind(word(yobirin_api::call::Outcome::Unknown)?)
        .fetch_all(self.connection())
        .await?;
        for row in &rows {
            self.set_state(&job(row)?, DeliveryState::Withdrawn, now)
                .await?;
        }
        Ok(())
    }

    /// True when the call's tablet was revoked while the call was open.
    pub(super) async fn is_revoked(&mut self, call: CallId) -> Result<bool, StoreError> {
        let row: Option<(i64,)> =
            sqlx::query_as("SELECT revoked_at FROM calls WHERE id = $1 AND revoked_at IS NOT NULL")
                .bind(call.to_string())
                .fetch_optional(self.connection())
                .await?;
        Ok(row.is_some())
    }
}
