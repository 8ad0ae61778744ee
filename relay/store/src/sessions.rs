//! Sessions of the admin and of hosts' own pages. Only the hashes of their secrets are stored.

use yobirin_api::Millis;
use yobirin_domain::caller_limits::{ADMIN_SESSIONS, HOST_SESSIONS};
use yobirin_domain::model::id::HostId;

use super::transaction::RunStatement as _;
use super::{Store, StoreError, Transaction, from_bigint, parse_id, to_bigint};

/// Owner of a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionOwner {
    /// The admin.
    Admin,
    /// A host, who opened a personal link.
    Host(HostId),
}

impl SessionOwner {
    /// Returns the column `host_id`, which is NULL for the admin.
    fn host_id(&self) -> Option<&str> {
        match self {
            Self::Admin => None,
            Self::Host(host) => Some(host.as_str()),
        }
    }
}

/// Row of a session.
#[derive(Clone, Debug)]
pub struct SessionRow {
    /// Hash of the session's secret.
    pub hash: String,
    /// Owner.
    pub owner: SessionOwner,
    /// Time of opening.
    pub created_at: Millis,
    /// Time of last use.
    pub last_seen: Millis,
    /// True when the browser is paired as a tablet.
    pub on_tablet: bool,
    /// Latest time at which the admin entered password and second factor again.
    pub reauthenticated_at: Option<Millis>,
}

type Columns = (String, Option<String>, i64, i64, i64, Option<i64>);

impl TryFrom<Columns> for SessionRow {
    type Error = StoreError;

    fn try_from(columns: Columns) -> Result<Self, StoreError> {
        let (hash, host, created, seen, on_tablet, reauthenticated) = columns;
        Ok(Self {
            hash,
            owner: match host {
                None => SessionOwner::Admin,
                Some(host) => SessionOwner::Host(parse_id(&host)?),
            },
            created_at: from_bigint(created),
            last_seen: from_bigint(seen),
            on_tablet: on_tablet == 1,
            reauthenticated_at: reauthenticated.map(from_bigint),
        })
    }
}

impl Store {
    /// Returns the session whose secret has this hash.
    pub async fn session(&self, hash: &str) -> Result<Option<SessionRow>, StoreError> {
        let row: Option<Columns> = sqlx::query_as(
            "SELECT secret_hash, host_id, created_at, seen_at, on_tablet, reauthenticated_at FROM sessions \
             WHERE secret_hash = $1",
        )
        .bind(hash)
        .fetch_optional(self.read().await?)
        .await?;
        row.map(SessionRow::try_from).transpose()
    }

    /// Returns every session of the admin, also expired ones, the last used first.
    pub async fn admin_sessions(&self) -> Result<Vec<SessionRow>, StoreError> {
        let rows: Vec<Columns> = sqlx::query_as(
            "SELECT secret_hash, host_id, created_at, seen_at, on_tablet, reauthenticated_at FROM sessions \
             WHERE host_id IS NULL ORDER BY seen_at DESC, secret_hash",
        )
        .fetch_all(self.read().await?)
        .await?;
        rows.into_iter().map(SessionRow::try_from).collect()
    }
}

impl Transaction {
    /// Adds a session. Of more than [`ADMIN_SESSIONS`] sessions of the admin, or [`HOST_SESSIONS`] of one host, the one
    /// with the oldest last use is deleted.
    pub async fn add_session(
        &mut self,
        hash: &str,
        owner: &SessionOwner,
        on_tablet: bool,
        now: Millis,
    ) -> Result<(), StoreError> {
        // All but `max - 1` sessions are deleted first, so that the new one fits.
        let max = match owner {
            SessionOwner::Admin => ADMIN_SESSIONS,
            SessionOwner::Host(_) => HOST_SESSIONS,
        };
        sqlx::query(
            "DELETE FROM sessions WHERE host_id IS NOT DISTINCT FROM $1 AND secret_hash NOT IN \
             (SELECT secret_hash FROM sessions WHERE host_id IS NOT DISTINCT FROM $1 \
              ORDER BY seen_at DESC, created_at DESC LIMIT $2)",
        )
        .bind(owner.host_id())
        .bind(to_bigint(max as u64 - 1))
        .run(self)
        .await?;
        sqlx::query(
            "INSERT INTO sessions (secret_hash, host_id, created_at, seen_at, on_tablet) \
             VALUES ($1, $2, $3, $3, $4)",
        )
        .bind(hash)
        .bind(owner.host_id())
        .bind(to_bigint(now))
        .bind(i64::from(on_tablet))
        .run(self)
        .await
    }

    /// Marks the session after its browser was paired as a tablet.
    pub async fn mark_session_on_tablet(&mut self, hash: &str) -> Result<(), StoreError> {
        sqlx::query("UPDATE sessions SET on_tablet = 1 WHERE secret_hash = $1")
            .bind(hash)
            .run(self)
            .await
    }

    /// Records that password and second factor were entered again.
    pub async fn mark_reauthenticated(&mut self, hash: &str, at: Millis) -> Result<(), StoreError> {
        sqlx::query("UPDATE sessions SET reauthenticated_at = $2 WHERE secret_hash = $1")
            .bind(hash)
            .bind(to_bigint(at))
            .run(self)
            .await
    }

    /// Records the last use.
    pub async fn mark_session_seen(&mut self, hash: &str, now: Millis) -> Result<(), StoreError> {
        sqlx::query("UPDATE sessions SET seen_at = $2 WHERE secret_hash = $1")
            .bind(hash)
            .bind(to_bigint(now))
            .run(self)
            .await
    }

    /// Deletes a session.
    pub async fn end_session(&mut self, hash: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM sessions WHERE secret_hash = $1")
            .bind(hash)
            .run(self)
            .await
    }

    /// Deletes every session of the admin but the one whose secret has this hash.
    pub async fn end_other_sessions(&mut self, hash: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM sessions WHERE host_id IS NULL AND secret_hash <> $1")
            .bind(hash)
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
        let limit = ADMIN_SESSIONS as u64;
        for opened in 0..limit {
            transaction
                .add_session(&opened.to_string(), &SessionOwner::Admin, false, opened)
                .await
                .unwrap();
        }
        transaction.mark_session_seen("0", limit).await.unwrap();
        transaction
            .add_session("new", &SessionOwner::Admin, false, limit + 1)
            .await
            .unwrap();
        transaction.commit().await.unwrap();
        assert_eq!(store.admin_sessions().await.unwrap().len(), ADMIN_SESSIONS);
        assert!(store.session("1").await.unwrap().is_none());
        for kept in ["0", "2", "new"] {
            assert!(store.session(kept).await.unwrap().is_some(), "{kept}");
        }
    }
}
