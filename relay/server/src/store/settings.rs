//! Every version of the settings document that was ever saved, with who saved it and when.

use yobirin_api::Millis;

use super::{Store, StoreError, Write, sql};

impl Store {
    /// The latest version and its document; `None` before the first save.
    pub(crate) async fn settings(&self) -> Result<Option<(u64, String)>, StoreError> {
        let row: Option<(i64, String)> =
            sqlx::query_as("SELECT version, document FROM settings ORDER BY version DESC LIMIT 1")
                .fetch_optional(&self.reads)
                .await?;
        Ok(row.map(|(version, document)| (u64::try_from(version).unwrap_or_default(), document)))
    }
}

impl Write {
    /// Saves the version after `base`; false when somebody has saved it already.
    pub(crate) async fn save_settings(
        &mut self,
        base: u64,
        document: &str,
        by: &str,
        now: Millis,
    ) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "INSERT INTO settings (version, document, saved_at, saved_by) \
             VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        )
        .bind(sql(base + 1))
        .bind(document)
        .bind(sql(now))
        .bind(by)
        .execute(self.connection())
        .await?;
        Ok(done.rows_affected() == 1)
    }
}
