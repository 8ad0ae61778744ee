//! Saved versions of the settings document.

use yobirin_api::settings::SavedVersion;

use super::{Store, StoreError, from_bigint, to_bigint};

/// Versions in the list. Older ones can still be read by number.
const MAX_LISTED_VERSIONS: i64 = 200;

impl Store {
    /// Returns the latest versions, newest first.
    pub async fn settings_versions(&self) -> Result<Vec<SavedVersion>, StoreError> {
        let rows: Vec<(i64, i64, String, Option<String>, String)> = sqlx::query_as(
            "SELECT version, saved_at, saved_by, editor_name, changes FROM settings_versions \
             ORDER BY version DESC LIMIT $1",
        )
        .bind(MAX_LISTED_VERSIONS)
        .fetch_all(self.read().await?)
        .await?;
        let saved = |(number, saved, by, editor, changes): (_, _, _, _, String)| {
            Ok(SavedVersion {
                number: from_bigint(number),
                saved: from_bigint(saved),
                by,
                editor,
                changes: serde_json::from_str(&changes)?,
            })
        };
        rows.into_iter().map(saved).collect()
    }

    /// Returns the document of one version.
    pub async fn settings_version(&self, number: u64) -> Result<Option<String>, StoreError> {
        let select = "SELECT document FROM settings_versions WHERE version = $1";
        let document = sqlx::query_scalar(select)
            .bind(to_bigint(number))
            .fetch_optional(self.read().await?)
            .await?;
        Ok(document)
    }
}
