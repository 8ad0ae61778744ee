//! List of the admin's sessions, and changing the password, which ends the others.

use yobirin_api::Millis;

use super::transaction::RunStatement as _;
use super::{Store, StoreError, Transaction, from_bigint, to_bigint};

/// Session in the list.
#[derive(Clone, Debug)]
pub struct ListedSession {
    /// Hash of its secret.
    pub hash: String,
    /// Time of sign-in.
    pub created: Millis,
    /// Time of last use.
    pub seen: Millis,
    /// The browser is paired as a tablet.
    pub on_tablet: bool,
}

impl Store {
    /// Returns every session, the last used first.
    pub async fn sessions(&self) -> Result<Vec<ListedSession>, StoreError> {
        let rows: Vec<(String, i64, i64, i64)> = sqlx::query_as(
            "SELECT secret_hash, created_at, seen_at, on_tablet FROM admin_sessions \
             ORDER BY seen_at DESC, secret_hash",
        )
        .fetch_all(&self.reads)
        .await?;
        let listed = |(hash, created, seen, on_tablet)| ListedSession {
            hash,
            created: from_bigint(created),
            seen: from_bigint(seen),
            on_tablet: on_tablet == 1,
        };
        Ok(rows.into_iter().map(listed).collect())
    }
}

impl Transaction {
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

    /// Deletes every session but one.
    pub async fn end_other_sessions(&mut self, hash: &str) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM admin_sessions WHERE secret_hash <> $1")
            .bind(hash)
            .run(self)
            .await
    }
}
