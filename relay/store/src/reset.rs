//! The way back for an admin who is locked out: whoever commands the machine takes the password
//! away and makes a link that opens the first run once more.

use yobirin_api::Millis;

use super::{Store, StoreError, Transaction, sql};

impl Store {
    /// The hash of the link that was made at the terminal, while it may be used.
    pub async fn reset_link(&self, now: Millis) -> Result<Option<String>, StoreError> {
        let row: Option<(String,)> =
            sqlx::query_as("SELECT link_hash FROM password_reset_link WHERE expires_at > $1")
                .bind(sql(now))
                .fetch_optional(&self.reads)
                .await?;
        Ok(row.map(|(hash,)| hash))
    }
}

impl Transaction {
    /// Forgets password, sessions and, if asked to, the second step; the link of this hash chooses a new
    /// password.
    pub async fn reset_admin(
        &mut self,
        hash: &str,
        expires: Millis,
        remove_second_factor: bool,
    ) -> Result<(), StoreError> {
        if remove_second_factor {
            self.delete_totp().await?;
        }
        self.end_other_sessions("").await?;
        sqlx::query("DELETE FROM admin_password")
            .execute(self.connection())
            .await?;
        self.delete_reset_link().await?;
        sqlx::query(
            "INSERT INTO password_reset_link (id, link_hash, expires_at) VALUES (1, $1, $2)",
        )
        .bind(hash)
        .bind(sql(expires))
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Uses up the link of this hash; false when it is another by now, or too old.
    pub async fn use_reset_link(&mut self, hash: &str, now: Millis) -> Result<bool, StoreError> {
        let done =
            sqlx::query("DELETE FROM password_reset_link WHERE link_hash = $1 AND expires_at > $2")
                .bind(hash)
                .bind(sql(now))
                .execute(self.connection())
                .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Forgets the link.
    pub async fn delete_reset_link(&mut self) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM password_reset_link")
            .execute(self.connection())
            .await?;
        Ok(())
    }
}
