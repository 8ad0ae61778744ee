//! Second factor (TOTP): its encrypted secret, the last time step used, and recovery codes.

use yobirin_api::Millis;

use super::transaction::RunStatement as _;
use super::{Store, StoreError, Transaction, from_bigint, to_bigint};

/// Row of the second factor.
#[derive(Clone, Debug)]
pub struct TotpRow {
    /// Encrypted secret.
    pub encrypted_secret: String,
    /// Start of the enrolment.
    pub begun_at: Millis,
    /// Time of the first code; `None` while the enrolment is not confirmed.
    pub confirmed_at: Option<Millis>,
}

impl Store {
    /// Returns the second factor, confirmed or not.
    pub async fn totp(&self) -> Result<Option<TotpRow>, StoreError> {
        let row: Option<(String, i64, Option<i64>)> =
            sqlx::query_as("SELECT encrypted_secret, begun_at, confirmed_at FROM totp")
                .fetch_optional(self.read().await?)
                .await?;
        Ok(row.map(|(encrypted_secret, begun, confirmed)| TotpRow {
            encrypted_secret,
            begun_at: from_bigint(begun),
            confirmed_at: confirmed.map(from_bigint),
        }))
    }

    /// Returns the number of unused recovery codes.
    pub async fn recovery_codes_left(&self) -> Result<u32, StoreError> {
        let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM recovery_codes")
            .fetch_one(self.read().await?)
            .await?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// True when an unused recovery code has this hash.
    pub async fn has_recovery_code(&self, hash: &str) -> Result<bool, StoreError> {
        let row: Option<String> =
            sqlx::query_scalar("SELECT code_hash FROM recovery_codes WHERE code_hash = $1")
                .bind(hash)
                .fetch_optional(self.read().await?)
                .await?;
        Ok(row.is_some())
    }
}

impl Transaction {
    /// Stores the secret of an enrolment. False when a second factor is confirmed.
    pub async fn begin_totp(
        &mut self,
        encrypted_secret: &str,
        now: Millis,
    ) -> Result<bool, StoreError> {
        sqlx::query("DELETE FROM totp WHERE confirmed_at IS NULL")
            .run(self)
            .await?;
        sqlx::query(
            "INSERT INTO totp (id, encrypted_secret, begun_at, last_time_step) VALUES (1, $1, $2, 0) \
             ON CONFLICT DO NOTHING",
        )
        .bind(encrypted_secret)
        .bind(to_bigint(now))
        .changes(self)
        .await
    }

    /// Confirms the enrolment with this secret. False when the secret was replaced, or is confirmed already.
    pub async fn confirm_totp(
        &mut self,
        encrypted_secret: &str,
        now: Millis,
    ) -> Result<bool, StoreError> {
        sqlx::query(
            "UPDATE totp SET confirmed_at = $1 WHERE encrypted_secret = $2 AND confirmed_at IS NULL",
        )
        .bind(to_bigint(now))
        .bind(encrypted_secret)
        .changes(self)
        .await
    }

    /// Consumes this time step and all before it. False when it was consumed before, or the secret has
    /// changed.
    pub async fn use_totp_step(
        &mut self,
        encrypted_secret: &str,
        time_step: u64,
    ) -> Result<bool, StoreError> {
        sqlx::query(
            "UPDATE totp SET last_time_step = $1 WHERE encrypted_secret = $2 AND last_time_step < $1",
        )
        .bind(to_bigint(time_step))
        .bind(encrypted_secret)
        .changes(self)
        .await
    }

    /// Consumes a recovery code. False when there is none with this hash.
    pub async fn use_recovery_code(&mut self, hash: &str) -> Result<bool, StoreError> {
        sqlx::query("DELETE FROM recovery_codes WHERE code_hash = $1")
            .bind(hash)
            .changes(self)
            .await
    }

    /// Replaces the recovery codes.
    pub async fn set_recovery_codes(&mut self, hashes: &[String]) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM recovery_codes").run(self).await?;
        for hash in hashes {
            sqlx::query("INSERT INTO recovery_codes (code_hash) VALUES ($1)")
                .bind(hash.as_str())
                .run(self)
                .await?;
        }
        Ok(())
    }

    /// Deletes the second factor and its recovery codes.
    pub async fn delete_totp(&mut self) -> Result<(), StoreError> {
        self.set_recovery_codes(&[]).await?;
        sqlx::query("DELETE FROM totp").run(self).await
    }
}
