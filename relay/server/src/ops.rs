//! Operation: backup, restore and rotation of backups, resetting the password, retention, the data directory, and
//! replication between several relays on one database.

pub(crate) mod backup;
pub(crate) mod data_dir;
pub(crate) mod replication;
pub(crate) mod reset_password;
pub(crate) mod retention;
pub(crate) mod rotation;
