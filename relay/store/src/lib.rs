//! Everything durable, and the only place with SQL. Reads are methods of [`Store`]; changes are
//! methods of [`Transaction`], so that one transaction can hold several.
//!
//! SQL is written so that SQLite and PostgreSQL both accept it.

mod accept;
mod admin_sessions;
mod attempts;
mod availability;
mod calls;
mod cancellations;
mod clock_step;
mod cluster;
mod commit_events;
mod connection;
mod database;
mod deliveries;
mod device_cache;
mod devices;
mod events;
mod follow_ups;
mod history;
mod host_links;
mod leases;
mod messages;
mod open;
mod pairing;
mod preflight;
mod queue_stats;
mod reset;
mod retention;
mod revoking;
mod sessions;
mod settings;
mod snapshot;
mod statement_timeout;
mod totp;
mod transaction;
mod versions;
mod writer;

use std::sync::Arc;

use thiserror::Error;
use tokio::sync::{Mutex, Notify};
use yobirin_api::Millis;

use availability::WriteHealth;
use cluster::Cluster;
use device_cache::DeviceCache;
use statement_timeout::ReadPool;
use writer::Writer;

pub use accept::{Accepted, Submitted};
pub use admin_sessions::SessionRow;
pub use attempts::UnknownAttempts;
pub use commit_events::{CommitListener, Envelope};
pub use database::{Database, DatabaseUrl};
pub use preflight::DATABASE_EXPOSED;

pub use availability::Unavailable;
pub use clock_step::MAX_FUTURE_MS;
pub use cluster::{ChangeListener, LeaseOutcome};
pub use connection::ConnectionRow;
pub use deliveries::LeasedDelivery;
pub use history::HistoryFilter;
pub use leases::{DeliveryUpdate, HeadDelivery};
pub use messages::NewMessage;
pub use sessions::ListedSession;
pub use snapshot::{SnapshotMeta, read_snapshot_meta, write_snapshot};
pub use totp::TotpRow;
pub use transaction::Transaction;

/// Why the store failed.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The database refused or broke.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// A record is not what was written; somebody else changed it.
    #[error("the database holds something unreadable: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// An id in the database is none.
    #[error("the database holds an id that is none: {0}")]
    InvalidId(String),
    /// Written by a newer relay.
    #[error(
        "the database was written by a newer Yobirin: install that version again, or a later one"
    )]
    Newer,
    /// The schema could not be brought up to date.
    #[error("the database could not be prepared: {0}")]
    Migration(sqlx::migrate::MigrateError),
    /// PostgreSQL cannot be used as it was named; the words say why and what to do.
    #[error("{0}")]
    Unreachable(String),
    /// The task that commits was torn down with the program.
    #[error("the program stopped before the change was saved")]
    Stopped,
}

/// The database, and the listener that is told of every event once it is on disk.
#[derive(Clone, Debug)]
pub struct Store {
    reads: ReadPool,
    /// Held from the first write of a transaction until its events are told: events leave in their
    /// order, and SQLite never meets a second writer.
    writer: Arc<Mutex<Writer>>,
    listener: CommitListener,
    /// Rung after every commit: it may have left something for the outbox to do.
    outbox_wakeup: Arc<Notify>,
    /// Tablets that were seen.
    device_cache: DeviceCache,
    /// Whether the last change could be written.
    write_health: WriteHealth,
    /// This relay's name among those on one database, from its data folder.
    name: Arc<str>,
    /// With PostgreSQL: other relays.
    cluster: Option<Cluster>,
}

/// A count or time as SQL has it; both stay far below 2^63.
fn sql(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Back again; nothing negative is ever written.
fn millis(number: i64) -> Millis {
    Millis::try_from(number).unwrap_or_default()
}

/// An id read back; it was one when it was written.
fn id<T: std::str::FromStr>(text: &str) -> Result<T, StoreError> {
    text.parse()
        .map_err(|_| StoreError::InvalidId(text.to_owned()))
}

/// What was read of one row of a list. A row that cannot be read is logged and left out: it hides no other.
fn readable<T>(read: Result<T, StoreError>) -> Result<Option<T>, StoreError> {
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
