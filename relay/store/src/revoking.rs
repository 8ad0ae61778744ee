//! Revocation of a tablet: open deliveries are withdrawn together with the pairing
//! (`DeliveryState::is_withdrawn_by_revocation`). A delivery whose attempt may have arrived is reconciled by
//! the outbox, and neither retried nor replaced.

use yobirin_api::Millis;
use yobirin_api::event::Event;
use yobirin_domain::model::delivery::DeliveryState;
use yobirin_domain::model::id::DeviceId;

use super::transaction::RunStatement as _;
use super::{StoreError, Transaction, to_bigint};

impl Transaction {
    /// Revokes a device: ends its pairing and withdraws its open deliveries, with a notice for the other relays. Pairing another browser as the device is not a
    /// revocation: the visitors in the lobby still wait for the answers to their calls.
    pub async fn revoke(&mut self, device: &DeviceId, now: Millis) -> Result<(), StoreError> {
        self.delete_pairing_code(device).await?;
        self.unpair(device).await?;
        sqlx::query(
            "UPDATE calls SET revoked_at = $2 WHERE id IN \
             (SELECT call_id FROM deliveries WHERE is_open = 1 AND device_id = $1)",
        )
        .bind(device.as_str())
        .bind(to_bigint(now))
        .run(self)
        .await?;
        for delivery in self.open_deliveries_of(device).await? {
            let may_have_arrived = delivery.may_have_arrived;
            if delivery.state.is_withdrawn_by_revocation(may_have_arrived) {
                self.set_state(&delivery, DeliveryState::Withdrawn, now)
                    .await?;
            }
        }
        self.add_notice(Some(device), &Event::Revoked, now).await
    }
}
