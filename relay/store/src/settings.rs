//! Versions of the settings document, each with author and time.

use yobirin_api::Millis;
use yobirin_domain::diff::ChangeCounts;
use yobirin_domain::model::editor_name::EditorName;

use super::transaction::RunStatement as _;
use super::{Store, StoreError, Transaction, from_bigint, to_bigint};

impl Store {
    /// Returns the latest version and its document; `None` before the first save.
    pub async fn settings(&self) -> Result<Option<(u64, String)>, StoreError> {
        let row: Option<(i64, String)> = sqlx::query_as(
            "SELECT version, document FROM settings_versions ORDER BY version DESC LIMIT 1",
        )
        .fetch_optional(self.read().await?)
        .await?;
        Ok(row.map(|(version, document)| (from_bigint(version), document)))
    }
}

/// Version to save.
#[derive(Clone, Copy, Debug)]
pub struct NewVersion<'a> {
    /// Number of the version.
    pub number: u64,
    /// Document as JSON.
    pub document: &'a str,
    /// Author: `admin`, or `host:` and the id of a host.
    pub by: &'a str,
    /// Name that the admin's browser stated.
    pub editor: Option<&'a EditorName>,
    /// Differences from the version before.
    pub changes: ChangeCounts,
}

impl Transaction {
    /// Saves a version. False when a version of this number exists already.
    pub async fn save_settings(
        &mut self,
        version: NewVersion<'_>,
        now: Millis,
    ) -> Result<bool, StoreError> {
        let changes = serde_json::to_string(&version.changes)?;
        sqlx::query(
            "INSERT INTO settings_versions (version, document, saved_at, saved_by, editor_name, changes) \
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
        )
        .bind(to_bigint(version.number))
        .bind(version.document)
        .bind(to_bigint(now))
        .bind(version.by)
        .bind(version.editor.map(EditorName::as_str))
        .bind(changes)
        .changes(self)
        .await
    }

    /// Deletes the versions before `version` that this host saved at `since` or later and that no admin's version
    /// follows.
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
