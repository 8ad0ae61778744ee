//! Data directory: private to its user, locked by one relay at a time, with the key file in it.

use std::fs::{DirBuilder, Permissions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use fs_err::os::unix::fs::OpenOptionsExt as _;
use fs_err::{self as fs, File, OpenOptions};
use thiserror::Error;
use url::Url;
use zeroize::Zeroizing;

use crate::crypto::encryption::{Cipher, EncryptionError, generate_key};
use crate::security_log::FILE_CLOSED;

/// Variable with the key, in place of the key file.
const KEY_VARIABLE: &str = "YOBIRIN_KEY";

/// Error of using the data directory.
#[derive(Debug, Error)]
pub enum DataDirError {
    /// The system refused an operation.
    #[error("cannot use the data folder: {0}")]
    Io(#[from] io::Error),
    /// Another relay runs on it.
    #[error("{} is in use by another relay", .0.display())]
    InUse(PathBuf),
    /// The key is invalid.
    #[error(transparent)]
    Key(#[from] EncryptionError),
}

/// Locked data directory, until it is dropped.
#[derive(Debug)]
pub(crate) struct DataDir {
    path: PathBuf,
    lock: File,
}

impl DataDir {
    /// Creates the directory if needed, makes it private, and locks it.
    pub(crate) fn lock(path: &Path) -> Result<Self, DataDirError> {
        create_private_folder(path)?;
        std::fs::set_permissions(path, Permissions::from_mode(0o700))
            .map_err(|error| explain(path, &error))?;
        let lock = open_private(
            &path.join("lock"),
            OpenOptions::new().write(true).truncate(false),
        )?;
        lock.try_lock()
            .map_err(|_| DataDirError::InUse(path.to_owned()))?;
        Ok(Self {
            path: path.to_owned(),
            lock,
        })
    }

    /// Records the address that browsers use in the lock file, for [`last_url`].
    pub(crate) fn record_url(&self, url: &str) -> io::Result<()> {
        self.lock.set_len(0)?;
        (&self.lock).write_all(url.as_bytes())
    }

    /// Returns the database file. Created if needed, because SQLite gives its journal files the mode of the
    /// database.
    pub(crate) fn database(&self) -> Result<PathBuf, DataDirError> {
        let path = self.path.join("yobirin.db");
        open_private(&path, OpenOptions::new().append(true))?;
        Ok(path)
    }

    /// Returns the name of this relay in a cluster: the same after a restart, and another one in a copy of
    /// the directory.
    pub(crate) fn name(&self) -> Result<String, DataDirError> {
        let name = self.read_or_create("name", || {
            Zeroizing::new(format!("{:016x}", rand::random::<u64>()))
        })?;
        let inode = fs::metadata(&self.path)?.ino();
        Ok(format!("{}-{inode}", *name))
    }

    /// Moves database and key aside and returns the ending of their new names: `.replaced`, or `.replaced-2` and so on,
    /// because what was moved aside before is kept.
    pub(crate) fn move_aside(&self) -> Result<String, DataDirError> {
        let files = ["yobirin.db", "yobirin.db-wal", "yobirin.db-shm", "key"];
        let endings = std::iter::once(".replaced".to_owned())
            .chain((2..).map(|number| format!(".replaced-{number}")));
        let is_free = |ending: &String| {
            let moved = |name: &&str| self.path.join(format!("{name}{ending}"));
            files.iter().all(|name| !moved(name).exists())
        };
        let ending = endings.into_iter().find(is_free).unwrap_or_default();
        for name in files {
            let moved = self.path.join(format!("{name}{ending}"));
            match fs::rename(self.path.join(name), moved) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
        }
        Ok(ending)
    }

    /// Stores a key.
    pub(crate) fn store_key(&self, key: &str) -> Result<(), DataDirError> {
        let mut file = create_private(&self.path.join("key"))?;
        file.write_all(key.as_bytes())?;
        Ok(file.sync_all()?)
    }

    /// Returns the key in the variable, else the key in the backup; `None` when neither has one.
    pub(crate) fn cipher_of(
        &self,
        backup: Option<&Zeroizing<String>>,
    ) -> Result<Option<Cipher>, DataDirError> {
        let key = std::env::var(KEY_VARIABLE).map(Zeroizing::new).ok();
        let key = key.as_ref().or(backup);
        Ok(key.map(|key| Cipher::with_key(key)).transpose()?)
    }

    /// Returns the key in the variable, else the key in the file, which is created on first use.
    pub(crate) fn cipher(&self) -> Result<Cipher, DataDirError> {
        if let Ok(key) = std::env::var(KEY_VARIABLE) {
            return Ok(Cipher::with_key(&Zeroizing::new(key))?);
        }
        let key = self.read_or_create("key", generate_key)?;
        Ok(Cipher::with_key(&key)?)
    }

    /// Reads a private file, which is created on first use.
    fn read_or_create(
        &self,
        name: &str,
        generate: impl FnOnce() -> Zeroizing<String>,
    ) -> Result<Zeroizing<String>, DataDirError> {
        let mut file = open_private(
            &self.path.join(name),
            OpenOptions::new().read(true).append(true),
        )?;
        let mut text = Zeroizing::new(String::new());
        file.read_to_string(&mut text)?;
        if text.is_empty() {
            text = generate();
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
        }
        Ok(text)
    }
}

/// Reads the key for a backup; `None` when it is in the variable.
pub(crate) fn read_key(folder: &Path) -> Result<Option<Zeroizing<String>>, DataDirError> {
    if std::env::var_os(KEY_VARIABLE).is_some() {
        return Ok(None);
    }
    let key = fs::read_to_string(folder.join("key"))?;
    Ok(Some(Zeroizing::new(key)))
}

/// Returns the address of the relay that runs on a folder, or ran there last.
pub(crate) fn last_url(folder: &Path) -> Option<Url> {
    fs::read_to_string(folder.join("lock")).ok()?.parse().ok()
}

/// Creates a folder and its parents, closed to other users. Existing ones stay as they are.
pub(crate) fn create_private_folder(path: &Path) -> io::Result<()> {
    let created = DirBuilder::new().recursive(true).mode(0o700).create(path);
    created.map_err(|error| explain(path, &error))
}

/// Adds the next step to the text of an error about a folder.
pub(crate) fn explain(path: &Path, error: &io::Error) -> io::Error {
    let reason = match error.kind() {
        io::ErrorKind::NotFound => "there is no such folder; create it, or name another folder",
        io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => {
            "it is, or is inside, a file and not a folder; name a folder"
        }
        io::ErrorKind::PermissionDenied => {
            "it belongs to another user; run this command as that user, or name another folder"
        }
        _ => &error.to_string(),
    };
    io::Error::new(error.kind(), format!("{}: {reason}", path.display()))
}

/// Creates a private file, which must not exist.
pub(crate) fn create_private(path: &Path) -> Result<File, DataDirError> {
    open_private(path, OpenOptions::new().write(true).create_new(true))
}

/// Opens a private file, creating it if needed.
fn open_private(path: &Path, options: &mut OpenOptions) -> Result<File, DataDirError> {
    let file = options.create(true).mode(0o600).open(path)?;
    let mode = file.metadata()?.mode() & 0o777;
    if mode & 0o077 != 0 {
        file.set_permissions(Permissions::from_mode(0o600))?;
        tracing::warn!(
            event = FILE_CLOSED,
            file = %path.display(),
            mode = format!("{mode:o}"),
            "file was accessible to other users of this machine and is private now. If somebody may have read it, \
             replace the secrets in it (see SECURITY.md)"
        );
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(path: &Path) -> u32 {
        std::fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn the_data_directory_is_private() {
        let parent = tempfile::tempdir().unwrap();
        let path = parent.path().join("new/data");
        let data_dir = DataDir::lock(&path).unwrap();
        data_dir.cipher().unwrap();
        assert_eq!(mode(&path), 0o700);
        assert_eq!(mode(&path.join("key")), 0o600);
        assert_eq!(mode(&data_dir.database().unwrap()), 0o600);
    }

    #[test]
    fn a_folder_that_cannot_be_used_is_explained() {
        let parent = tempfile::tempdir().unwrap();
        let file = parent.path().join("file");
        std::fs::write(&file, "").unwrap();
        for path in [file.clone(), file.join("data")] {
            let error = DataDir::lock(&path).unwrap_err().to_string();
            assert!(error.contains("a file and not a folder"), "{error}");
            assert!(error.contains(file.to_str().unwrap()), "{error}");
            assert!(!error.contains("os error"), "{error}");
        }
        // EPERM and EACCES, which root never meets.
        for code in [1, 13] {
            let foreign = explain(&file, &io::Error::from_raw_os_error(code)).to_string();
            assert!(foreign.contains("another user"), "{foreign}");
            assert!(!foreign.contains("os error"), "{foreign}");
        }
    }

    #[test]
    fn the_folder_knows_the_address_of_its_last_relay() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(last_url(folder.path()), None);
        for url in ["https://reception.example/", "http://127.0.0.1:9/"] {
            let data_dir = DataDir::lock(folder.path()).unwrap();
            data_dir.record_url(url).unwrap();
            assert_eq!(last_url(folder.path()).unwrap().as_str(), url);
        }
    }

    #[test]
    fn a_key_file_that_others_could_read_becomes_private() {
        let parent = tempfile::tempdir().unwrap();
        let data_dir = DataDir::lock(parent.path()).unwrap();
        data_dir.cipher().unwrap();
        let key = parent.path().join("key");
        std::fs::set_permissions(&key, Permissions::from_mode(0o644)).unwrap();
        data_dir.cipher().unwrap();
        assert_eq!(mode(&key), 0o600);
    }

    #[test]
    fn the_key_stays_the_same_and_the_directory_has_one_user() {
        let parent = tempfile::tempdir().unwrap();
        let data_dir = DataDir::lock(parent.path()).unwrap();
        let encrypted = data_dir.cipher().unwrap().encrypt(b"x", "test").unwrap();
        assert!(matches!(
            DataDir::lock(parent.path()),
            Err(DataDirError::InUse(_))
        ));
        drop(data_dir);
        let again = DataDir::lock(parent.path()).unwrap().cipher().unwrap();
        assert!(again.decrypt(&encrypted, "test").is_ok());
    }
}
