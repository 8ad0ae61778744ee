//! Reset of a lost password, by an administrator of the machine: removes the password and stores a link that
//! opens the first run once more.

use yobirin_api::Millis;

use super::transaction::RunStatement as _;
use super::{Store, StoreError, Transaction, to_bigint};

impl Store {
    /// Returns the hash of the reset link while it is valid.
    pub async fn reset_link(&self, now: Millis) -> Result<Option<String>, StoreError> {
        let hash =
            sqlx::query_scalar("SELECT link_hash FROM password_reset_link WHERE expires_at > $1")
                .bind(to_bigint(now))
                .fetch_optional(self.read().await?)
                .await?;
        Ok(hash)
    }
}

impl Transaction {
    /// Deletes the password, the admin's sessions and, if asked, the second factor; stores the link that sets a new
    /// password, by the hash of its secret.
    pub async fn reset_admin(
        &mut self,
        link_hash: &str,
        expires: Millis,
        remove_second_factor: bool,
    ) -> Result<(), StoreError> {
        if remove_second_factor {
            self.delete_totp().await?;
        }
        // All of them: no session has an empty hash.
        self.end_other_sessions("").await?;
        sqlx::query("DELETE FROM admin_password").run(self).await?;
        self.delete_reset_link().await?;
        sqlx::query(
            "INSERT INTO password_reset_link (id, link_hash, expires_at) VALUES (1, $1, $2)",
        )
        .bind(link_hash)
        .bind(to_bigint(expires))
        .run(self)
        .await
    }

    /// Consumes the reset link. False when the link was used or replaced, or has expired.
    pub async fn use_reset_link(&mut self, hash: &str, now: Millis) -> Result<bool, StoreError> {
        sqlx::query("DELETE FROM password_reset_link WHERE link_hash = $1 AND expires_at > $2")
            .bind(hash)
            .bind(to_bigint(now))
            .changes(self)
            .await
    }

    /// Deletes the reset link.
    pub async fn delete_reset_link(&mut self) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM password_reset_link")
            .run(self)
            .await
    }
}
