//! Row of Chatwork's webhook.

use yobirin_api::Millis;

use super::transaction::RunStatement as _;
use super::{Store, StoreError, Transaction, from_bigint, to_bigint};

impl Store {
    /// Returns the encrypted webhook token and the time at which it was set.
    pub async fn webhook(&self) -> Result<Option<(String, Millis)>, StoreError> {
        let row: Option<(String, i64)> =
            sqlx::query_as("SELECT encrypted_token, set_at FROM chatwork_webhook")
                .fetch_optional(self.read().await?)
                .await?;
        Ok(row.map(|(token, set)| (token, from_bigint(set))))
    }
}

impl Transaction {
    /// Replaces the encrypted webhook token.
    pub async fn set_webhook(
        &mut self,
        encrypted_token: &str,
        now: Millis,
    ) -> Result<(), StoreError> {
        self.delete_webhook().await?;
        sqlx::query("INSERT INTO chatwork_webhook (id, encrypted_token, set_at) VALUES (1, $1, $2)")
            .bind(encrypted_token)
            .bind(to_bigint(now))
            .run(self)
            .await
    }

    /// Deletes the webhook token.
    pub async fn delete_webhook(&mut self) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM chatwork_webhook").run(self).await
    }
}
