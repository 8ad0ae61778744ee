//! The admin's password.

use yobirin_api::Millis;

use super::transaction::RunStatement as _;
use super::{Store, StoreError, Transaction, to_bigint};

impl Store {
    /// Returns the password hash in argon2's format; `None` before the first run.
    pub async fn password(&self) -> Result<Option<String>, StoreError> {
        let hash = sqlx::query_scalar("SELECT password_hash FROM admin_password")
            .fetch_optional(self.read().await?)
            .await?;
        Ok(hash)
    }
}

impl Transaction {
    /// Sets the first password. False when one exists.
    pub async fn set_first_password(
        &mut self,
        password: String,
        now: Millis,
    ) -> Result<bool, StoreError> {
        sqlx::query(
            "INSERT INTO admin_password (id, password_hash, set_at) VALUES (1, $1, $2) ON CONFLICT DO NOTHING",
        )
        .bind(password)
        .bind(to_bigint(now))
        .changes(self)
        .await
    }

    /// Replaces the password hash `old`, which was checked. False when the password has changed since.
    pub async fn change_password(
        &mut self,
        old: &str,
        new: String,
        now: Millis,
    ) -> Result<bool, StoreError> {
        sqlx::query(
            "UPDATE admin_password SET password_hash = $1, set_at = $2 WHERE password_hash = $3",
        )
        .bind(new)
        .bind(to_bigint(now))
        .bind(old)
        .changes(self)
        .await
    }

    /// True while these are the stored password hash and encrypted TOTP secret.
    pub async fn is_login_current(
        &mut self,
        password: &str,
        second_factor: Option<&str>,
    ) -> Result<bool, StoreError> {
        let row: Option<i64> = sqlx::query_scalar(
            "SELECT id FROM admin_password WHERE password_hash = $1 AND $2 = \
             COALESCE((SELECT encrypted_secret FROM totp WHERE confirmed_at IS NOT NULL), '')",
        )
        .bind(password)
        .bind(second_factor.unwrap_or_default())
        .fetch_optional(self.connection())
        .await?;
        Ok(row.is_some())
    }
}
