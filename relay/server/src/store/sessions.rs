//! The admin's sessions as a list, and changing the password, which ends them.

use yobirin_api::Millis;

use super::{Store, StoreError, Write, millis, sql};

/// One session of the list: the hash of its secret, when it began, when it was last used.
#[derive(Clone, Debug)]
pub(crate) struct ListedSession {
    pub hash: String,
    pub created: Millis,
    pub seen: Millis,
}

impl Store {
    /// Every session that began after this, the one used last first.
    pub(crate) async fn sessions(&self, after: Millis) -> Result<Vec<ListedSession>, StoreError> {
        let rows: Vec<(String, i64, i64)> = sqlx::query_as(
            "SELECT secret_hash, created_at, seen_at FROM sessions WHERE created_at > $1 \
             ORDER BY seen_at DESC, secret_hash",
        )
        .bind(sql(after))
        .fetch_all(&self.reads)
        .await?;
        let listed = |(hash, created, seen)| ListedSession {
            hash,
            created: millis(created),
            seen: millis(seen),
        };
        Ok(rows.into_iter().map(listed).collect())
    }
}

impl Write {
    /// Puts a new password in place of the one that was checked; false when that has changed
    /// meanwhile.
    pub(crate) async fn change_password(
        &mut self,
        old: &str,
        new: String,
        now: Millis,
    ) -> Result<bool, StoreError> {
        let done = sqlx::query("UPDATE admin SET password = $1, set_at = $2 WHERE password = $3")
            .bind(new)
            .bind(sql(now))
            .bind(old)
            .execute(self.connection())
            .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Ends every session but one.
    pub(crate) async fn end_other_sessions(&mut self, hash: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM sessions WHERE secret_hash <> $1")
            .bind(hash)
            .execute(self.connection())
            .await?;
        Ok(())
    }
}
