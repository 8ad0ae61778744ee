//! The admin's password and the sessions opened with it.

use yobirin_api::Millis;

use super::{Store, StoreError, Write, millis, sql};

/// A session as it is kept: when it began and when it was last used.
#[derive(Clone, Copy, Debug)]
pub(crate) struct KeptSession {
    pub created: Millis,
    pub seen: Millis,
}

impl Store {
    /// The password as argon2 wrote it, once one was chosen.
    pub(crate) async fn password(&self) -> Result<Option<String>, StoreError> {
        let row: Option<(String,)> = sqlx::query_as("SELECT password FROM admin")
            .fetch_optional(&self.reads)
            .await?;
        Ok(row.map(|(password,)| password))
    }

    /// The session whose secret has this hash.
    pub(crate) async fn session(&self, hash: &str) -> Result<Option<KeptSession>, StoreError> {
        let row: Option<(i64, i64)> =
            sqlx::query_as("SELECT created_at, seen_at FROM sessions WHERE secret_hash = $1")
                .bind(hash)
                .fetch_optional(&self.reads)
                .await?;
        Ok(row.map(|(created, seen)| KeptSession {
            created: millis(created),
            seen: millis(seen),
        }))
    }
}

impl Write {
    /// Sets the first password; false when there is one already.
    pub(crate) async fn set_first_password(
        &mut self,
        password: String,
        now: Millis,
    ) -> Result<bool, StoreError> {
        let done = sqlx::query(
            "INSERT INTO admin (id, password, set_at) VALUES (1, $1, $2) ON CONFLICT DO NOTHING",
        )
        .bind(password)
        .bind(sql(now))
        .execute(self.connection())
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Opens a session.
    pub(crate) async fn add_session(&mut self, hash: &str, now: Millis) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO sessions (secret_hash, created_at, seen_at) VALUES ($1, $2, $2)")
            .bind(hash)
            .bind(sql(now))
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Notes that a session was used.
    pub(crate) async fn session_seen(&mut self, hash: &str, now: Millis) -> Result<(), StoreError> {
        sqlx::query("UPDATE sessions SET seen_at = $2 WHERE secret_hash = $1")
            .bind(hash)
            .bind(sql(now))
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Ends a session.
    pub(crate) async fn end_session(&mut self, hash: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM sessions WHERE secret_hash = $1")
            .bind(hash)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Forgets sessions that were last used before this.
    pub(crate) async fn end_idle_sessions(&mut self, before: Millis) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM sessions WHERE seen_at < $1")
            .bind(sql(before))
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Forgets sessions that began before this.
    pub(crate) async fn end_old_sessions(&mut self, before: Millis) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM sessions WHERE created_at < $1")
            .bind(sql(before))
            .execute(self.connection())
            .await?;
        Ok(())
    }
}
