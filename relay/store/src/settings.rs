//! Versions of the settings document, each with author and time.

use yobirin_api::Millis;

use super::transaction::RunStatement as _;
use super::{Store, StoreError, Transaction, to_bigint};

impl Store {
    /// Returns the latest version and its document; `None` before the first save.
    pub async fn settings(&self) -> Result<Option<(u64, String)>, StoreError> {
        let row: Option<(i64, String)> = sqlx::query_as(
            "SELECT version, document FROM settings_versions ORDER BY version DESC LIMIT 1",
        )
        .fetch_optional(self.read().await?)
        .await?;
        Ok(row.map(|(version, document)| (u64::try_from(version).unwrap_or_default(), document)))
    }
}

impl Transaction {
    /// Saves the version after `base`. False when that version exists already.
    pub async fn save_settings(
        &mut self,
        base: u64,
        document: &str,
        by: &str,
        now: Millis,
    ) -> Result<bool, StoreError> {
        sqlx::query(
            "INSERT INTO settings_versions (version, document, saved_at, saved_by) \
             VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        )
        .bind(to_bigint(base + 1))
        .bind(document)
        .bind(to_bigint(now))
        .bind(by)
        .changes(self)
        .await
    }

    /// Deletes the versions that this host saved since `since`, between the last one of any other author and
    /// `version`.
    pub async fn merge_host_versions(
        &mut self,
        by: &str,
        version: u64,
        since: Millis,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "DELETE FROM settings_versions WHERE saved_by = $1 AND version < $2 AND saved_at >= $3 AND \
             version > (SELECT COALESCE(MAX(version), 0) FROM settings_versions \
                        WHERE saved_by NOT LIKE 'host:%')",
        )
        .bind(by)
        .bind(to_bigint(version))
        .bind(to_bigint(since))
        .run(self)
        .await
    }
}
