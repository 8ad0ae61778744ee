//! Operation: backup, restore and rotation of backups, resetting the password, retention, the data directory, and what several relays
//! on one database tell each other.

pub(crate) mod backup;
pub(crate) mod data_dir;
pub(crate) mod replication;
pub(crate) mod reset_password;
pub(crate) mod retention;
pub(crate) mod rotation;
