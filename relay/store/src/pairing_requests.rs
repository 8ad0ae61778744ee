//! Unpaired tablets that wait for an admin's approval.

use yobirin_api::Millis;
use yobirin_api::device::WaitingTablet;
use yobirin_domain::model::id::DeviceId;

use super::transaction::RunStatement as _;
use super::{Store, StoreError, Transaction, from_bigint, parse_id, to_bigint};

type Columns = (String, String, i64);

impl Store {
    /// Code of the tablet with this secret, and the device as which it was approved.
    pub async fn pairing_request(
        &self,
        hash: &str,
        now: Millis,
    ) -> Result<Option<(String, Option<DeviceId>)>, StoreError> {
        let row: Option<(String, Option<String>)> = sqlx::query_as(
            "SELECT code, device_id FROM pairing_requests WHERE secret_hash = $1 AND expires_at > $2",
        )
        .bind(hash)
        .bind(to_bigint(now))
        .fetch_optional(self.read().await?)
        .await?;
        row.map(|(code, device)| Ok((code, device.map(|text| parse_id(&text)).transpose()?)))
            .transpose()
    }

    /// Tablets that wait, the oldest first.
    pub async fn waiting_tablets(&self, now: Millis) -> Result<Vec<WaitingTablet>, StoreError> {
        let rows: Vec<Columns> = sqlx::query_as(
            "SELECT code, address, expires_at FROM pairing_requests \
             WHERE expires_at > $1 AND device_id IS NULL ORDER BY expires_at, code",
        )
        .bind(to_bigint(now))
        .fetch_all(self.read().await?)
        .await?;
        let tablets = rows.into_iter().map(|(code, address, expires)| {
            let expires = from_bigint(expires);
            WaitingTablet {
                code,
                address,
                expires,
            }
        });
        Ok(tablets.collect())
    }
}

impl Transaction {
    /// Lets a tablet wait.
    pub async fn add_pairing_request(
        &mut self,
        hash: &str,
        tablet: &WaitingTablet,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO pairing_requests (secret_hash, code, address, expires_at) \
             VALUES ($1, $2, $3, $4)",
        )
        .bind(hash)
        .bind(&tablet.code)
        .bind(&tablet.address)
        .bind(to_bigint(tablet.expires))
        .run(self)
        .await
    }

    /// Approves the tablet that shows this code; false when none waits with it.
    pub async fn approve_pairing_request(
        &mut self,
        code: &str,
        device: &DeviceId,
        now: Millis,
    ) -> Result<bool, StoreError> {
        sqlx::query(
            "UPDATE pairing_requests SET device_id = $1 \
             WHERE code = $2 AND device_id IS NULL AND expires_at > $3",
        )
        .bind(device.as_str())
        .bind(code)
        .bind(to_bigint(now))
        .changes(self)
        .await
    }

    /// Ends the request of the tablet with this secret; false when there is none.
    pub async fn end_pairing_request(&mut self, hash: &str) -> Result<bool, StoreError> {
        sqlx::query("DELETE FROM pairing_requests WHERE secret_hash = $1")
            .bind(hash)
            .changes(self)
            .await
    }
}
