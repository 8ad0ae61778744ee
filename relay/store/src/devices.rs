//! Tablets: their pairing with a browser, and their heartbeats.

use yobirin_api::Millis;
use yobirin_api::device::Heartbeat;
use yobirin_api::event::Event;
use yobirin_domain::model::id::DeviceId;

use super::transaction::RunStatement as _;
use super::{Store, StoreError, Transaction, from_bigint, parse_id, readable, to_bigint};

/// Row of a tablet.
#[derive(Clone, Debug)]
pub struct DeviceRow {
    pub id: DeviceId,
    pub paired_at: Option<Millis>,
    pub last_seen: Option<Millis>,
    pub heartbeat: Option<Heartbeat>,
}

type Columns = (String, Option<i64>, Option<i64>, Option<String>);

impl Store {
    /// Returns the device whose cookie holds the secret with this hash.
    pub async fn device_of(&self, hash: &str) -> Result<Option<DeviceId>, StoreError> {
        let row: Option<String> =
            sqlx::query_scalar("SELECT id FROM devices WHERE secret_hash = $1")
                .bind(hash)
                .fetch_optional(self.read().await?)
                .await?;
        row.map(|text| parse_id(&text)).transpose()
    }

    /// Returns every tablet that was ever paired.
    pub async fn devices(&self) -> Result<Vec<DeviceRow>, StoreError> {
        let rows: Vec<Columns> =
            sqlx::query_as("SELECT id, paired_at, seen_at, heartbeat FROM devices")
                .fetch_all(self.read().await?)
                .await?;
        let device = |(text, paired, seen, heartbeat): Columns| {
            Ok(DeviceRow {
                id: parse_id(&text)?,
                paired_at: paired.map(from_bigint),
                last_seen: seen.map(from_bigint),
                // A newer relay may have written another format.
                heartbeat: heartbeat.and_then(|text| serde_json::from_str(&text).ok()),
            })
        };
        readable(rows.into_iter().map(device))
    }
}

impl Transaction {
    /// Pairs the device with the browser that holds this secret, in place of any other, with a notice for the other relays
    /// that the previous browser's stream ends.
    pub async fn pair(
        &mut self,
        device: &DeviceId,
        hash: &str,
        now: Millis,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO devices (id, secret_hash, paired_at, seen_at) VALUES ($1, $2, $3, $3) \
             ON CONFLICT (id) DO UPDATE SET secret_hash = $2, paired_at = $3, seen_at = $3",
        )
        .bind(device.as_str())
        .bind(hash)
        .bind(to_bigint(now))
        .run(self)
        .await?;
        self.add_notice(Some(device), &Event::Revoked, now).await
    }

    /// Ends a pairing. False when there is none.
    pub async fn unpair(&mut self, device: &DeviceId) -> Result<bool, StoreError> {
        sqlx::query(
            "UPDATE devices SET secret_hash = NULL, paired_at = NULL, heartbeat = NULL \
             WHERE id = $1 AND secret_hash IS NOT NULL",
        )
        .bind(device.as_str())
        .changes(self)
        .await
    }

    /// Records a tablet's heartbeat.
    pub async fn record_heartbeat(
        &mut self,
        device: &DeviceId,
        heartbeat: &Heartbeat,
        now: Millis,
    ) -> Result<(), StoreError> {
        sqlx::query("UPDATE devices SET seen_at = $2, heartbeat = $3 WHERE id = $1")
            .bind(device.as_str())
            .bind(to_bigint(now))
            .bind(serde_json::to_string(heartbeat)?)
            .run(self)
            .await
    }
}
