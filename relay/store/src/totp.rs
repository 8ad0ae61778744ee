//! The second step of signing in: its sealed secret, the code used last, and recovery codes.

use yobirin_api::Millis;

use super::{Store, StoreError, Transaction, millis, sql};

/// A second step as it is kept.
#[derive(Clone, Debug)]
pub struct TotpRow {
    /// The secret, encrypted; see `seal`.
    pub encrypted_secret: String,
    /// When switching it on was begun.
    pub begun: Millis,
    /// Since when it is in force; `None` before its first code.
    pub confirmed: Option<Millis>,
}

impl Store {
    /// The second step, in force or begun.
    pub async fn totp(&self) -> Result<Option<TotpRow>, StoreError> {
        let row: Option<(String, i64, Option<i64>)> =
            sqlx::query_as("SELECT encrypted_secret, begun_at, confirmed_at FROM totp")
                .fetch_optional(&self.reads)
                .await?;
        Ok(row.map(|(encrypted_secret, begun, confirmed)| TotpRow {
            encrypted_secret,
            begun: millis(begun),
            confirmed: confirmed.map(millis),
        }))
    }

    /// How many recovery codes were not used yet.
    pub async fn recovery_codes_left(&self) -> Result<u32, StoreError> {
        let (count,): (i64,) = sqlx::query_as("SELECT COUNT(*) FROM recovery_codes")
            .fetch_one(&self.reads)
            .await?;
        Ok(u32::try_from(count).unwrap_or_default())
    }

    /// True when an unused recovery code has this hash.
    pub async fn has_recovery_code(&self, hash: &str) -> Result<bool, StoreError> {
        let row: Option<(String,)> =
            sqlx::query_as("SELECT code_hash FROM recovery_codes WHERE code_hash = $1")
                .bind(hash)
                .fetch_optional(&self.reads)
                .await?;
        Ok(row.is_some())
    }
}

impl Transaction {
    /// Keeps a secret that is not in force yet; false when one is in force.
    pub async fn begin_totp(
        &mut self,
        encrypted_secret: &str,
        now: Millis,
    ) -> Result<bool, StoreError> {
        sqlx::query("DELETE FROM totp WHERE confirmed_at IS NULL")
            .execute(self.connection())
            .await?;
        let done = sqlx::query(
            "INSERT INTO totp (id, encrypted_secret, begun_at, last_time_step) VALUES (1, $1, $2, 0) \
             ON CONFLICT DO NOTHING",
        )
        .bind(encrypted_secret)
        .bind(sql(now))
        .execute(self.connection())
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Puts this secret in force; false when it is not the one that waits for its first code.
    pub async fn confirm_totp(
        &mut self,
        encrypted_secret: &str,
        now: Millis,
    ) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "UPDATE totp SET confirmed_at = $1 WHERE encrypted_secret = $2 AND confirmed_at IS NULL",
        )
        .bind(sql(now))
        .bind(encrypted_secret)
        .execute(self.connection())
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Uses up the code of this time step and all before it; false when that has happened already,
    /// or the secret is another by now.
    pub async fn use_totp_step(
        &mut self,
        encrypted_secret: &str,
        step: u64,
    ) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "UPDATE totp SET last_time_step = $1 WHERE encrypted_secret = $2 AND last_time_step < $1",
        )
        .bind(sql(step))
        .bind(encrypted_secret)
        .execute(self.connection())
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Uses up a recovery code; false when there is none of this hash.
    pub async fn use_recovery_code(&mut self, hash: &str) -> Result<bool, StoreError> {
        let done = sqlx::query("DELETE FROM recovery_codes WHERE code_hash = $1")
            .bind(hash)
            .execute(self.connection())
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Keeps these recovery codes in place of those before.
    pub async fn set_recovery_codes(&mut self, hashes: &[String]) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM recovery_codes")
            .execute(self.connection())
            .await?;
        for hash in hashes {
            sqlx::query("INSERT INTO recovery_codes (code_hash) VALUES ($1)")
                .bind(hash.as_str())
                .execute(self.connection())
                .await?;
        }
        Ok(())
    }

    /// Forgets the second step and its recovery codes.
    pub async fn delete_totp(&mut self) -> Result<(), StoreError> {
        self.set_recovery_codes(&[]).await?;
        sqlx::query("DELETE FROM totp")
            .execute(self.connection())
            .await?;
        Ok(())
    }
}
