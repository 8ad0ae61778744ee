//! The admin's password and the sessions opened with it.

use yobirin_api::Millis;
use yobirin_domain::caller_limits::ADMIN_SESSIONS;

use super::transaction::RunStatement as _;
use super::{Store, StoreError, Transaction, from_bigint, to_bigint};

/// Row of an admin session.
#[derive(Clone, Debug)]
pub struct SessionRow {
    /// Hash of its secret.
    pub hash: String,
    /// Time of sign-in.
    pub created: Millis,
    /// Time of last use.
    pub seen: Millis,
    /// The browser is paired as a tablet.
    pub on_tablet: bool,
    /// Latest time at which password and second factor were shown again.
    pub proven: Option<Millis>,
}

type Columns = (String, i64, i64, i64, Option<i64>);

impl From<Columns> for SessionRow {
    fn from((hash, created, seen, on_tablet, proven): Columns) -> Self {
        Self {
            hash,
            created: from_bigint(created),
            seen: from_bigint(seen),
            on_tablet: on_tablet == 1,
            proven: proven.map(from_bigint),
        }
    }
}

impl Store {
    /// Returns the password hash in argon2's format; `None` before the first run.
    pub async fn password(&self) -> Result<Option<String>, StoreError> {
        let hash = sqlx::query_scalar("SELECT password_hash FROM admin_password")
            .fetch_optional(self.read().await?)
            .await?;
        Ok(hash)
    }

    /// Returns the session by the hash of its secret.
    pub async fn session(&self, hash: &str) -> Result<Option<SessionRow>, StoreError> {
        let row: Option<Columns> = sqlx::query_as(
            "SELECT secret_hash, created_at, seen_at, on_tablet, proven_at FROM admin_sessions \
             WHERE secret_hash = $1",
        )
        .bind(hash)
        .fetch_optional(self.read().await?)
        .await?;
        Ok(row.map(SessionRow::from))
    }

    /// Returns every session, the last used first.
    pub async fn sessions(&self) -> Result<Vec<SessionRow>, StoreError> {
        let rows: Vec<Columns> = sqlx::query_as(
            "SELECT secret_hash, created_at, seen_at, on_tablet, proven_at FROM admin_sessions \
             ORDER BY seen_at DESC, secret_hash",
        )
        .fetch_all(self.read().await?)
        .await?;
        Ok(rows.into_iter().map(SessionRow::from).collect())
    }
}

impl Transaction {
    /// Sets the first password. False when one exists.
    pub async fn set_first_password(
        &mut self,
        password: String,
        now: Millis,
    ) -> Result<bool, StoreError> {
        sqlx::query(
            "INSERT INTO admin_password (id, password_hash, set_at) VALUES (1, $1, $2) ON CONFLICT DO NOTHING",
        )
        .bind(password)
        .bind(to_bigint(now))
        .changes(self)
        .await
    }

    /// Replaces the password that was checked. False when it has changed meanwhile.
    pub async fn change_password(
        &mut self,
        old: &str,
        new: String,
        now: Millis,
    ) -> Result<bool, StoreError> {
        sqlx::query(
            "UPDATE admin_password SET password_hash = $1, set_at = $2 WHERE password_hash = $3",
        )
        .bind(new)
        .bind(to_bigint(now))
        .bind(old)
        .changes(self)
        .await
    }

    /// True while these are the stored password hash and encrypted TOTP secret.
    pub async fn is_login_current(
        &mut self,
        password: &str,
        second_factor: Option<&str>,
    ) -> Result<bool, StoreError> {
        let row: Option<i64> = sqlx::query_scalar(
            "SELECT id FROM admin_password WHERE password_hash = $1 AND $2 = \
             COALESCE((SELECT encrypted_secret FROM totp WHERE confirmed_at IS NOT NULL), '')",
        )
        .bind(password)
        .bind(second_factor.unwrap_or_default())
        .fetch_optional(self.connection())
        .await?;
        Ok(row.is_some())
    }

    /// Adds a session. Of more than [`ADMIN_SESSIONS`] sessions, the one with the oldest last use is deleted.
    pub async fn add_session(
        &mut self,
        hash: &str,
        on_tablet: bool,
        now: Millis,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "DELETE FROM admin_sessions WHERE secret_hash NOT IN \
             (SELECT secret_hash FROM admin_sessions ORDER BY seen_at DESC, created_at DESC LIMIT $1)",
        )
        .bind(to_bigint(ADMIN_SESSIONS as u64 - 1))
        .run(self)
        .await?;
        sqlx::query(
            "INSERT INTO admin_sessions (secret_hash, created_at, seen_at, on_tablet) \
             VALUES ($1, $2, $2, $3)",
        )
        .bind(hash)
        .bind(to_bigint(now))
        .bind(i64::from(on_tablet))
        .run(self)
        .await
    }

    /// Marks the session, an admin's or a host's, after its browser was paired as a tablet.
    pub async fn mark_session_on_tablet(&mut self, hash: &str) -> Result<(), StoreError> {
        for update in [
            "UPDATE admin_sessions SET on_tablet = 1 WHERE secret_hash = $1",
            "UPDATE host_sessions SET on_tablet = 1 WHERE secret_hash = $1",
        ] {
            sqlx::query(update).bind(hash).run(self).await?;
        }
        Ok(())
    }

    /// Records that password and second factor were shown again.
    pub async fn mark_session_proven(&mut self, hash: &str, now: Millis) -> Result<(), StoreError> {
        sqlx::query("UPDATE admin_sessions SET proven_at = $2 WHERE secret_hash = $1")
            .bind(hash)
            .bind(to_bigint(now))
            .run(self)
            .await
    }

    /// Records the last use.
    pub async fn mark_session_seen(&mut self, hash: &str, now: Millis) -> Result<(), StoreError> {
        sqlx::query("UPDATE admin_sessions SET seen_at = $2 WHERE secret_hash = $1")
            .bind(hash)
            .bind(to_bigint(now))
            .run(self)
            .await
    }

    /// Deletes a session.
    pub async fn end_session(&mut self, hash: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM admin_sessions WHERE secret_hash = $1")
            .bind(hash)
            .run(self)
            .await
    }

    /// Deletes every session but one.
    pub async fn end_other_sessions(&mut self, hash: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM admin_sessions WHERE secret_hash <> $1")
            .bind(hash)
            .run(self)
            .await
    }

    /// Deletes sessions that were last used, or opened, before these times.
    pub async fn delete_expired_sessions(
        &mut self,
        used_before: Millis,
        begun_before: Millis,
    ) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM admin_sessions WHERE seen_at < $1 OR created_at < $2")
            .bind(to_bigint(used_before))
            .bind(to_bigint(begun_before))
            .run(self)
            .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::CommitListener;

    #[tokio::test]
    async fn beyond_the_limit_the_session_with_the_oldest_use_ends() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("yobirin.db");
        let store = Store::open_file(&file, "test", CommitListener::default())
            .await
            .unwrap();
        let mut transaction = store.begin().await.unwrap();
        let begun = ADMIN_SESSIONS as u64;
        for at in 0..begun {
            transaction
                .add_session(&at.to_string(), false, at)
                .await
                .unwrap();
        }
        transaction.mark_session_seen("0", begun).await.unwrap();
        transaction
            .add_session("new", false, begun + 1)
            .await
            .unwrap();
        transaction.commit().await.unwrap();
        assert_eq!(store.sessions().await.unwrap().len(), ADMIN_SESSIONS);
        assert!(store.session("1").await.unwrap().is_none());
        for kept in ["0", "2", "new"] {
            assert!(store.session(kept).await.unwrap().is_some(), "{kept}");
        }
    }
}
