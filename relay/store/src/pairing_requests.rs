//! Pairing requests: unpaired tablets that ask for an admin's approval.

use yobirin_api::Millis;
use yobirin_api::device::WaitingPairingRequest;
use yobirin_domain::model::id::DeviceId;

use super::transaction::RunStatement as _;
use super::{Store, StoreError, Transaction, from_bigint, parse_id, to_bigint};

type Columns = (String, String, i64, i64);

/// State of a pairing request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PairingRequestState {
    /// No admin has approved it yet.
    Waiting {
        /// Code that the tablet shows.
        code: String,
        /// Time of the tablet's latest request, as stored.
        asked_at: Millis,
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
        let row: Option<(String, i64, Option<String>)> = sqlx::query_as(
            "SELECT code, asked_at, device_id FROM pairing_requests \
             WHERE secret_hash = $1 AND expires_at > $2",
        )
        .bind(hash)
        .bind(to_bigint(now))
        .fetch_optional(self.read().await?)
        .await?;
        let Some((code, asked_at, device)) = row else {
            return Ok(None);
        };
        Ok(Some(match device {
            Some(device) => PairingRequestState::Approved(parse_id(&device)?),
            None => PairingRequestState::Waiting {
                code,
                asked_at: from_bigint(asked_at),
            },
        }))
    }

    /// Returns the pairing requests that wait for approval, newest first.
    pub async fn waiting_pairing_requests(
        &self,
        now: Millis,
    ) -> Result<Vec<WaitingPairingRequest>, StoreError> {
        let rows: Vec<Columns> = sqlx::query_as(
            "SELECT code, address, asked_at, expires_at FROM pairing_requests \
             WHERE expires_at > $1 AND device_id IS NULL ORDER BY expires_at DESC, code",
        )
        .bind(to_bigint(now))
        .fetch_all(self.read().await?)
        .await?;
        let requests = rows.into_iter().map(|(code, address, asked_at, expires)| {
            let expires = from_bigint(expires);
            WaitingPairingRequest {
                code,
                address,
                expires,
                silent_for: now.saturating_sub(from_bigint(asked_at)),
            }
        });
        Ok(requests.collect())
    }
}

impl Transaction {
    /// Stores a pairing request, which the tablet has made now.
    pub async fn add_pairing_request(
        &mut self,
        hash: &str,
        request: &WaitingPairingRequest,
        now: Millis,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO pairing_requests (secret_hash, code, address, asked_at, expires_at) \
             VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(hash)
        .bind(&request.code)
        .bind(&request.address)
        .bind(to_bigint(now))
        .bind(to_bigint(request.expires))
        .run(self)
        .await
    }

    /// Stores that the tablet repeats its pairing request now.
    pub async fn repeat_pairing_request(
        &mut self,
        hash: &str,
        now: Millis,
    ) -> Result<(), StoreError> {
        sqlx::query("UPDATE pairing_requests SET asked_at = $1 WHERE secret_hash = $2")
            .bind(to_bigint(now))
            .bind(hash)
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
