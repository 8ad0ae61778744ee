//! `backup` and `restore`: one file with the database and, unless it is in `YOBIRIN_KEY`, the key. The file must be kept
//! as safe as the data directory.

use std::fs::Permissions;
use std::io::{self, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use fs_err::{self as fs, File};
use tempfile::{NamedTempFile, TempDir};
use thiserror::Error;
use yobirin_api::Millis;

use crate::forward::connection::{ConnectionError, load_account};
use crate::ops::data_dir::{self, DataDir, DataDirError};
use yobirin_store::{self, CommitListener, Database, SnapshotMeta, Store, StoreError};

/// File of the data directory with the time of the last good backup, in milliseconds since 1970.
const LAST_BACKUP: &str = "last-backup";

/// Error of a backup or restore.
#[derive(Debug, Error)]
pub(crate) enum BackupError {
    #[error(
        "the data is in PostgreSQL: use pg_dump and pg_restore, and keep a copy of the key file \
         (or YOBIRIN_KEY) with the dump"
    )]
    Postgres,
    #[error("there is nothing to back up in {}: no yobirin.db that this user can read", .0.display())]
    Nothing(PathBuf),
    #[error("{} exists already: choose another name", .0.display())]
    Exists(PathBuf),
    #[error("{} holds data already; with --replace it is moved aside and replaced by the backup", .0.display())]
    HasData(PathBuf),
    #[error("{} is not a backup of Yobirin, or is damaged", .0.display())]
    NotABackup(PathBuf),
    #[error("the new backup cannot be restored, so it was deleted and the older ones stay: {0}")]
    TrialRestore(Box<Self>),
    #[error("the backup was made without its key: set YOBIRIN_KEY to the key of that time")]
    NoKey,
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error(transparent)]
    Folder(#[from] DataDirError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Connection(#[from] ConnectionError),
}

/// Writes the backup; a relay may be running. Returns the text to print.
pub(crate) async fn backup(
    data: &Path,
    database: &Database,
    file: &Path,
    now: Millis,
) -> Result<String, BackupError> {
    if matches!(database, Database::Postgres(_)) {
        return Err(BackupError::Postgres);
    }
    let source = data.join("yobirin.db");
    if !has_data(&source) {
        return Err(BackupError::Nothing(data.to_owned()));
    }
    if file.is_symlink() || file.exists() {
        return Err(BackupError::Exists(file.to_owned()));
    }
    let meta = SnapshotMeta {
        key: data_dir::read_key(data)?,
    };
    // A temporary file is private to its user, and deleted unless it becomes the backup.
    let folder = folder_of(file);
    let partial =
        NamedTempFile::new_in(folder).map_err(|error| data_dir::explain(folder, &error))?;
    yobirin_store::write_snapshot(&source, partial.path(), &meta, now).await?;
    partial.as_file().sync_all()?;
    partial.persist_noclobber(file).map_err(io::Error::from)?;
    let key = match meta.key {
        Some(_) => "The key is in it: keep it where nobody else can read it.",
        None => "The key is not in it: keep YOBIRIN_KEY too.",
    };
    Ok(format!("backup written to {}\n{key}\n", file.display()))
}

/// Records in the data directory that a good backup was made. The file is replaced, because another user may own it.
pub(crate) fn record_backup(data: &Path, now: Millis) -> io::Result<()> {
    let readable = Permissions::from_mode(0o644);
    let mut file = tempfile::Builder::new()
        .permissions(readable)
        .tempfile_in(data)?;
    file.write_all(now.to_string().as_bytes())?;
    file.persist(data.join(LAST_BACKUP))?;
    Ok(())
}

/// Returns the time of the last good backup; `None` when none was recorded, or the record is unreadable.
pub(crate) fn last_backup(data: &Path) -> Option<Millis> {
    let text = fs::read_to_string(data.join(LAST_BACKUP)).ok()?;
    text.trim().parse().ok()
}

/// Restores a backup into a data directory that no relay uses. Returns the text to print.
pub(crate) async fn restore(
    data: &Path,
    database: &Database,
    file: &Path,
    replace: bool,
    now: Millis,
) -> Result<String, BackupError> {
    if matches!(database, Database::Postgres(_)) {
        return Err(BackupError::Postgres);
    }
    let data_dir = DataDir::lock(data)?;
    let target = data.join("yobirin.db");
    if has_data(&target) && !replace {
        return Err(BackupError::HasData(data.to_owned()));
    }
    // A failed restore leaves nothing behind, and the old data untouched.
    let folder = TempDir::new_in(data)?;
    let prepared = folder.path().join("restored.db");
    let meta = prepare(&data_dir, file, &prepared, now).await?;
    let had_data = has_data(&target);
    let ending = data_dir.move_aside()?;
    if let Some(key) = &meta.key {
        data_dir.store_key(key)?;
    }
    fs::rename(&prepared, &target)?;
    File::open(data)?.sync_all()?;
    let hint = if had_data {
        format!("the old data is beside it, named {ending}\n")
    } else {
        String::new()
    };
    Ok(format!("restored into {}\n{hint}", data.display()))
}

/// Prepares an intact database from the backup, and checks that its key decrypts it.
async fn prepare(
    data_dir: &DataDir,
    file: &Path,
    prepared: &Path,
    now: Millis,
) -> Result<SnapshotMeta, BackupError> {
    let mut copy = data_dir::create_private(prepared)?;
    io::copy(&mut File::open(file)?, &mut copy)?;
    let meta = yobirin_store::read_snapshot_meta(prepared).await;
    let meta = meta.ok_or_else(|| BackupError::NotABackup(file.to_owned()))?;
    let cipher = data_dir
        .cipher_of(meta.key.as_ref())?
        .ok_or(BackupError::NoKey)?;
    let store = Store::open_file(prepared, "restore", CommitListener::default()).await?;
    store.restore_from_snapshot(now).await?;
    load_account(&store, &cipher).await?;
    store.close().await;
    Ok(meta)
}

fn folder_of(file: &Path) -> &Path {
    match file.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

fn has_data(file: &Path) -> bool {
    fs::metadata(file).is_ok_and(|file| file.len() > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_the_last_backup_replaces_a_file_that_cannot_be_written() {
        let data = tempfile::tempdir().unwrap();
        assert_eq!(last_backup(data.path()), None);
        record_backup(data.path(), 1).unwrap();
        let file = data.path().join(LAST_BACKUP);
        fs::set_permissions(&file, Permissions::from_mode(0o400)).unwrap();
        record_backup(data.path(), 2).unwrap();
        assert_eq!(last_backup(data.path()), Some(2));
        let mode = fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o644, "the relay's user can read it");
    }
}
