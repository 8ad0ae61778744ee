//! Durable storage, and the only crate with SQL. Reads are methods of [`Store`]; changes are methods of
//! [`Transaction`], so that one transaction can hold several. The rules about deliveries are in
//! `domain::model::delivery`. SQLite and PostgreSQL both accept every statement.
//!
//! - An *event* is stored for the stream of one tablet, and published by every relay of a cluster.
//! - A *notice* notifies the other relays of a cluster of something that is not stored for a tablet, such as saved
//!   settings.
//! - A *number* orders events and notices: both take it from one counter, so that numbers never repeat.
//! - The *changes* that a relay reads from the database are the events of all relays and the notices of the others.

mod alarms;
mod answer_figures;
mod answerable_calls;
mod answers;
mod attempts;
mod availability;
mod bot_messages;
mod calls;
mod cancellations;
mod clock_step;
mod commit_events;
mod connection;
mod database;
mod deliveries;
mod delivery_leases;
mod devices;
mod escalation;
mod events;
mod expired_rows;
mod follow_ups;
mod history;
mod host_links;
mod idempotent_accept;
mod missed_visits;
mod open;
mod pairing;
mod pairing_requests;
mod password;
mod post_edits;
mod postgres;
mod queue_stats;
mod readiness;
mod reset;
mod retention;
mod revoking;
mod sessions;
mod settings;
mod snapshot;
mod totp;
mod transaction;
mod versions;
mod webhook;
mod writer;

use std::sync::Arc;

use sqlx::any::AnyRow;
use sqlx::{AnyPool, Row as _};
use thiserror::Error;
use tokio::sync::{Mutex, Notify};

use availability::WriteHealth;
use postgres::cluster::Cluster;
use writer::Writer;

pub use alarms::StoredAlarms;
pub use answers::{NewAnswer, StoredAnswer};
pub use attempts::UnknownAttempts;
pub use commit_events::{CommitListener, Envelope};
pub use database::{Database, DatabaseUrl};
pub use postgres::preflight::DATABASE_EXPOSED;

pub use availability::Unavailable;
pub use connection::ConnectionRow;
pub use deliveries::StoredDelivery;
pub use delivery_leases::HeadDelivery;
pub use history::HistoryFilter;
pub use idempotent_accept::{AcceptOutcome, NewCall};
pub use pairing_requests::PairingRequestState;
pub use post_edits::{EditedPost, PostEdit};
pub use postgres::replication::ChangeListener;
pub use sessions::{SessionOwner, SessionRow};
pub use settings::NewVersion;
pub use snapshot::{SnapshotMeta, read_snapshot_meta, write_snapshot};
pub use totp::TotpRow;
pub use transaction::Transaction;

/// Error of the store.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The database failed.
    #[error("database error: {0}")]
    Database(#[from] sqlx::Error),
    /// A record is unreadable: another program changed it.
    #[error("unreadable record in database: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// An id in the database is invalid.
    #[error("invalid id in database: {0}")]
    InvalidId(String),
    /// The database was written by a newer version.
    #[error(
        "the database was written by a newer Yobirin: install that version again, or a later one"
    )]
    Newer,
    /// The schema could not be migrated.
    #[error("failed to migrate the database: {0}")]
    Migration(sqlx::migrate::MigrateError),
    /// PostgreSQL cannot be used as configured. The text has the reason and the next step.
    #[error("{0}")]
    Unreachable(String),
    /// The committing task was stopped with the program.
    #[error("the relay stopped before the change was saved")]
    Stopped,
}

/// Database, with the listener that gets every event once the event is on disk. Clones share both.
#[derive(Clone, Debug)]
pub struct Store {
    reads: AnyPool,
    /// Held from the begin of a transaction until its events are published: events leave in order, and SQLite
    /// never has a second writer.
    writer: Arc<Mutex<Writer>>,
    listener: CommitListener,
    /// Notified after every commit, which may have added work for the outbox.
    outbox_wakeup: Arc<Notify>,
    /// Result of the latest write.
    write_health: WriteHealth,
    /// Name of this relay in the cluster, from its data directory.
    relay_name: Arc<str>,
    /// Cluster membership; `None` with SQLite.
    cluster: Option<Cluster>,
}

/// Converts a number, count or time to its column. All stay far below 2^63.
fn to_bigint(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Reads a number, count or time from its column. Negative values are never written.
fn from_bigint(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

/// Reads a number, count or time from a column of a row.
fn read_number(row: &AnyRow, column: &str) -> Result<u64, sqlx::Error> {
    Ok(from_bigint(row.try_get(column)?))
}

/// Reads a number, count or time from a column of a row that may be NULL.
fn read_optional(row: &AnyRow, column: &str) -> Result<Option<u64>, sqlx::Error> {
    Ok(row.try_get::<Option<i64>, _>(column)?.map(from_bigint))
}

/// Reads an id from its column.
fn parse_id<T: std::str::FromStr>(text: &str) -> Result<T, StoreError> {
    text.parse()
        .map_err(|_| StoreError::InvalidId(text.to_owned()))
}

/// Collects the readable rows of a list.
fn readable<T>(rows: impl Iterator<Item = Result<T, StoreError>>) -> Result<Vec<T>, StoreError> {
    rows.filter_map(|read| skip_unreadable(read).transpose())
        .collect()
}

/// Logs and drops an unreadable row of a list, so that the others stay readable.
fn skip_unreadable<T>(read: Result<T, StoreError>) -> Result<Option<T>, StoreError> {
    match read {
        Err(error @ (StoreError::Unreadable(_) | StoreError::InvalidId(_))) => {
            tracing::error!(%error, "skipped an unreadable row");
            Ok(None)
        }
        read => read.map(Some),
    }
}

#[cfg(test)]
mod tests;
