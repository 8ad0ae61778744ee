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
    /// Replaces the encrypted webhook token, or deletes it.
    pub async fn set_webhook(
        &mut self,
        encrypted_token: Option<&str>,
        now: Millis,
    ) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM chatwork_webhook")
            .run(self)
            .await?;
        let Some(token) = encrypted_token else {
            return Ok(());
        };
        sqlx::query("INSERT INTO chatwork_webhook (id, encrypted_token, set_at) VALUES (1, $1, $2)")
            .bind(token)
            .bind(to_bigint(now))
            .run(self)
            .await
    }
}
