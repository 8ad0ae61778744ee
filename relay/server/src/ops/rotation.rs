//! `backup --rotate`: backups named by date in one folder, for a timer. Each is restored on trial before older
//! ones are deleted.

use std::path::Path;
use std::time::Duration;

use fs_err as fs;
use jiff::Timestamp;
use jiff::civil::DateTime;
use tempfile::TempDir;
use yobirin_api::Millis;
use yobirin_store::Database;

use super::backup::{BackupError, backup, restore};
use super::data_dir::create_private_folder;

/// Form of a backup's name, by its time (UTC), so that names sort by time.
const NAME_FORMAT: &str = "yobirin-%Y%m%dT%H%M%SZ.backup";

/// Writes a backup named by its time (UTC) into a folder, restores it on trial, and deletes all but the newest
/// `keep` of such files. Returns the text to print.
pub(crate) async fn rotate(
    data: &Path,
    database: &Database,
    folder: &Path,
    keep: usize,
    now: Millis,
) -> Result<String, BackupError> {
    create_private_folder(folder)?;
    let file = folder.join(file_name(now));
    let written = backup(data, database, &file, now).await?;
    let trial = TempDir::new_in(folder)?;
    if let Err(error) = restore(trial.path(), database, &file, false, now).await {
        fs::remove_file(&file)?;
        return Err(BackupError::TrialRestore(error.into()));
    }
    let deleted = delete_old(folder, keep)?;
    Ok(format!(
        "{written}It was restored on trial. Older backups deleted: {deleted}.\n"
    ))
}

fn file_name(now: Millis) -> String {
    let time = Timestamp::UNIX_EPOCH.saturating_add(Duration::from_millis(now));
    // Fails only after the year 9999.
    time.unwrap_or_default().strftime(NAME_FORMAT).to_string()
}

/// Deletes the oldest backups of the folder, other files never; returns how many.
fn delete_old(folder: &Path, keep: usize) -> Result<usize, BackupError> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.extend(entry?.file_name().into_string().ok());
    }
    names.retain(|name| DateTime::strptime(NAME_FORMAT, name).is_ok());
    names.sort_unstable();
    names.truncate(names.len().saturating_sub(keep));
    for name in &names {
        fs::remove_file(folder.join(name))?;
    }
    Ok(names.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-22 15:00 UTC.
    const NEWEST_TIME: Millis = 1_795_359_600_000;

    #[test]
    fn only_backups_named_by_date_are_deleted_and_the_newest_stay() {
        let folder = tempfile::tempdir().unwrap();
        let others = [
            "yobirin-before-upgrade.backup",
            "yobirin-20200101T000000Z.backup.gpg",
            "yobirin.db",
        ];
        let old = [
            "yobirin-20200101T000000Z.backup",
            "yobirin-20251231T235959Z.backup",
        ];
        let newest = file_name(NEWEST_TIME);
        assert_eq!(newest, "yobirin-20261122T150000Z.backup");
        for name in others.into_iter().chain(old).chain([&*newest]) {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        assert_eq!(delete_old(folder.path(), 3).unwrap(), 0);
        assert_eq!(delete_old(folder.path(), 1).unwrap(), 2);
        let exists = |name: &str| folder.path().join(name).exists();
        assert!(exists(&newest) && !old.into_iter().any(exists));
        assert!(others.into_iter().all(exists));
    }
}
