//! Pairing requests: unpaired tablets that ask for an admin's approval.

use yobirin_api::Millis;
use yobirin_api::device::WaitingPairingRequest;
use yobirin_domain::model::id::DeviceId;

use super::transaction::RunStatement as _;
use super::{Store, StoreError, Transaction, from_bigint, parse_id, to_bigint};

type Columns = (String, String, i64);

/// State of a pairing request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PairingRequestState {
    /// No admin has approved it yet.
    Waiting {
        /// Code that the tablet shows.
        code: String,
    },
    /// An admin has approved the tablet as this device.
    Approved(DeviceId),
}

impl Store {
    /// Returns the state of the pairing request with this hashed secret; `None` when there is none, or it has expired.
    pub async fn pairing_request(
        &self,
        hash: &str,
        now: Millis,
    ) -> Result<Option<PairingRequestState>, StoreError> {
        let row: Option<(String, Option<String>)> = sqlx::query_as(
            "SELECT code, device_id FROM pairing_requests WHERE secret_hash = $1 AND expires_at > $2",
        )
        .bind(hash)
        .bind(to_bigint(now))
        .fetch_optional(self.read().await?)
        .await?;
        let Some((code, device)) = row else {
            return Ok(None);
        };
        Ok(Some(match device {
            Some(device) => PairingRequestState::Approved(parse_id(&device)?),
            None => PairingRequestState::Waiting { code },
        }))
    }

    /// Returns the pairing requests that wait for approval, oldest first.
    pub async fn waiting_pairing_requests(
        &self,
        now: Millis,
    ) -> Result<Vec<WaitingPairingRequest>, StoreError> {
        let rows: Vec<Columns> = sqlx::query_as(
            "SELECT code, address, expires_at FROM pairing_requests \
             WHERE expires_at > $1 AND device_id IS NULL ORDER BY expires_at, code",
        )
        .bind(to_bigint(now))
        .fetch_all(self.read().await?)
        .await?;
        let requests = rows.into_iter().map(|(code, address, expires)| {
            let expires = from_bigint(expires);
            WaitingPairingRequest {
                code,
                address,
                expires,
            }
        });
        Ok(requests.collect())
    }
}

impl Transaction {
    /// Stores a pairing request.
    pub async fn add_pairing_request(
        &mut self,
        hash: &str,
        request: &WaitingPairingRequest,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO pairing_requests (secret_hash, code, address, expires_at) \
             VALUES ($1, $2, $3, $4)",
        )
        .bind(hash)
        .bind(&request.code)
        .bind(&request.address)
        .bind(to_bigint(request.expires))
        .run(self)
        .await
    }

    /// Approves the pairing request with this code; false when none with it waits.
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

    /// Deletes the pairing request with this hashed secret; false when there is none.
    pub async fn end_pairing_request(&mut self, hash: &str) -> Result<bool, StoreError> {
        sqlx::query("DELETE FROM pairing_requests WHERE secret_hash = $1")
            .bind(hash)
            .changes(self)
            .await
    }
}
