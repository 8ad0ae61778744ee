//! Pairing codes: one per device at most, each valid once.

use yobirin_api::Millis;
use yobirin_domain::model::id::DeviceId;

use super::transaction::RunStatement as _;
use super::{Store, StoreError, Transaction, parse_id, to_bigint};

impl Store {
    /// True while the code is valid.
    pub async fn has_pairing_code(&self, hash: &str, now: Millis) -> Result<bool, StoreError> {
        let row: Option<String> = sqlx::query_scalar(
            "SELECT device_id FROM pairing_codes WHERE code_hash = $1 AND expires_at > $2",
        )
        .bind(hash)
        .bind(to_bigint(now))
        .fetch_optional(self.read().await?)
        .await?;
        Ok(row.is_some())
    }
}

impl Transaction {
    /// Replaces the code of a device.
    pub async fn set_pairing_code(
        &mut self,
        device: &DeviceId,
        hash: &str,
        expires: Millis,
    ) -> Result<(), StoreError> {
        self.delete_pairing_code(device).await?;
        sqlx::query(
            "INSERT INTO pairing_codes (code_hash, device_id, expires_at) VALUES ($1, $2, $3)",
        )
        .bind(hash)
        .bind(device.as_str())
        .bind(to_bigint(expires))
        .run(self)
        .await
    }

    /// Consumes a code; `None` when it is unknown or expired.
    pub async fn use_pairing_code(
        &mut self,
        hash: &str,
        now: Millis,
    ) -> Result<Option<DeviceId>, StoreError> {
        let row: Option<String> = sqlx::query_scalar(
            "DELETE FROM pairing_codes WHERE code_hash = $1 AND expires_at > $2 RETURNING device_id",
        )
        .bind(hash)
        .bind(to_bigint(now))
        .fetch_optional(self.connection())
        .await?;
        row.map(|text| parse_id(&text)).transpose()
    }

    /// Deletes the code of a device.
    pub async fn delete_pairing_code(&mut self, device: &DeviceId) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM pairing_codes WHERE device_id = $1")
            .bind(device.as_str())
            .run(self)
            .await
    }
}
