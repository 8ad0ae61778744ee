//! Backup as a database file: the whole database, and a table with the time of the backup and the key. SQLite
//! only.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use sqlx::AnyPool;
use yobirin_api::Millis;
use zeroize::Zeroizing;

use super::transaction::RunStatement as _;
use super::{Store, StoreError, open, to_bigint};

/// First bytes of every SQLite file.
const SQLITE_MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// Metadata of a backup.
#[derive(Debug)]
pub struct SnapshotMeta {
    /// The key; `None` when it is stored elsewhere.
    pub key: Option<Zeroizing<String>>,
}

/// Writes a consistent copy of a database, which a relay may be using, into an empty file.
pub async fn write_snapshot(
    from: &Path,
    to: &Path,
    meta: &SnapshotMeta,
    now: Millis,
) -> Result<(), StoreError> {
    let target = to
        .to_str()
        .ok_or_else(|| StoreError::InvalidId(to.display().to_string()))?;
    let source = open::file_pool(from).await?;
    sqlx::query("VACUUM INTO $1")
        .bind(target)
        .execute(&source)
        .await?;
    source.close().await;
    let copy = open::standalone_file_pool(to).await?;
    sqlx::query("CREATE TABLE backup (made_at BIGINT NOT NULL, key TEXT)")
        .execute(&copy)
        .await?;
    sqlx::query("INSERT INTO backup (made_at, key) VALUES ($1, $2)")
        .bind(to_bigint(now))
        .bind(meta.key.as_ref().map(|key| key.as_str()))
        .execute(&copy)
        .await?;
    copy.close().await;
    Ok(())
}

/// Reads the metadata of a backup; `None` when the file is not an intact backup.
pub async fn read_snapshot_meta(file: &Path) -> Option<SnapshotMeta> {
    let mut magic = [0; SQLITE_MAGIC.len()];
    File::open(file).ok()?.read_exact(&mut magic).ok()?;
    if magic != *SQLITE_MAGIC {
        return None;
    }
    let copy = open::standalone_file_pool(file).await.ok()?;
    let meta = read_meta(&copy).await;
    copy.close().await;
    meta
}

async fn read_meta(copy: &AnyPool) -> Option<SnapshotMeta> {
    let integrity: String = sqlx::query_scalar("PRAGMA integrity_check")
        .fetch_one(copy)
        .await
        .ok()?;
    let key: Option<String> = sqlx::query_scalar("SELECT key FROM backup")
        .fetch_one(copy)
        .await
        .ok()?;
    let key = key.map(Zeroizing::new);
    (integrity == "ok").then_some(SnapshotMeta { key })
}

impl Store {
    /// Turns a backup into a database. Open deliveries are expired, since they may have been sent after the backup, and
    /// no open call becomes a missed visit. Sessions are deleted, since they may have ended after the backup. The
    /// counter is raised above all numbers that tablets have seen.
    pub async fn restore_from_snapshot(&self, now: Millis) -> Result<(), StoreError> {
        let mut transaction = self.begin().await?;
        for statement in [
            "DROP TABLE backup",
            "UPDATE deliveries SET expires_at = 0, leased_until = 0 WHERE is_open = 1",
            "DELETE FROM sessions",
            "DELETE FROM password_reset_link",
            "DELETE FROM pairing_codes",
            "DELETE FROM pairing_requests",
            "UPDATE calls SET missed_check_at = NULL",
        ] {
            sqlx::query(statement).run(&mut transaction).await?;
        }
        sqlx::query("UPDATE event_counter SET value = $1 WHERE value < $1")
            .bind(to_bigint(now))
            .run(&mut transaction)
            .await?;
        transaction.commit().await
    }
}
