//! Transactions. Every change goes through a [`Transaction`]; its events are published once it is on disk.

use sqlx::any::AnyArguments;
use sqlx::query::Query;
use sqlx::{Any, AnyConnection, AssertSqlSafe, Executor as _};
use tokio::sync::{Notify, OwnedMutexGuard};
use yobirin_domain::model::id::DeviceId;

use super::commit_events::Envelope;
use super::postgres::cluster;
use super::postgres::statement_timeout::{StatementTimeout, TimedConnection};
use super::writer::Writer;
use super::{Store, StoreError, to_bigint};

/// Begins a transaction in SQLite, which locks the whole database, and reads the counter.
const BEGIN: &str = "BEGIN IMMEDIATE; SELECT value FROM event_counter WHERE id = 1";

/// A transaction. Dropped without [`Transaction::commit`] it is rolled back: its connection is closed and not
/// used again, since its state after a failure, such as a full disk, is unknown.
pub struct Transaction {
    connection: AnyConnection,
    pub(super) store: Store,
    pending_events: Vec<(DeviceId, Envelope)>,
    /// Latest number, of this transaction or an earlier one.
    number: u64,
    /// True when this transaction took a number, so that other relays have something to read.
    has_numbers: bool,
    writer: OwnedMutexGuard<Writer>,
}

impl Store {
    /// Returns the signal that the outbox may have new work.
    pub fn outbox_wakeup(&self) -> &Notify {
        &self.outbox_wakeup
    }

    /// Begins a transaction after the current one has ended. The wait has the timeout of a statement: the
    /// other transaction may wait for a server that does not answer.
    pub async fn begin(&self) -> Result<Transaction, StoreError> {
        let lock = self.writer.clone().lock_owned();
        let timeout = StatementTimeout::with(self.is_cluster());
        let mut writer = timeout.wait(async { Ok(lock.await) }).await?;
        let begin = match &self.cluster {
            Some(_) => cluster::BEGIN,
            None => BEGIN,
        };
        let begun = writer.begin(begin).await;
        let (connection, number) = self.write_health.record(begun)?;
        Ok(Transaction {
            connection,
            store: self.clone(),
            pending_events: Vec::new(),
            number,
            has_numbers: false,
            writer,
        })
    }
}

/// Runs a statement that changes rows.
pub(super) trait RunStatement: Sized {
    /// Runs the statement in a transaction.
    async fn run(self, transaction: &mut Transaction) -> Result<(), StoreError> {
        self.changes(transaction).await.map(|_| ())
    }

    /// Runs the statement; true when it changed a row.
    async fn changes(self, transaction: &mut Transaction) -> Result<bool, StoreError>;
}

impl RunStatement for Query<'_, Any, AnyArguments> {
    async fn changes(self, transaction: &mut Transaction) -> Result<bool, StoreError> {
        let done = self.execute(transaction.connection()).await?;
        Ok(done.rows_affected() > 0)
    }
}

impl Transaction {
    pub(super) fn connection(&mut self) -> TimedConnection<&mut AnyConnection> {
        TimedConnection::new(&mut self.connection, self.writer.statement_timeout())
    }

    /// Takes the next number of events and notices. The counter is locked since the transaction began and is
    /// written with the commit.
    pub(super) fn next_number(&mut self) -> u64 {
        self.number += 1;
        self.has_numbers = true;
        self.number
    }

    /// Publishes an event for a tablet after the commit.
    pub(super) fn emit_on_commit(&mut self, device: &DeviceId, envelope: Envelope) {
        self.pending_events.push((device.clone(), envelope));
    }

    /// Commits, then publishes the events and wakes the outbox. Runs to its end even when the caller is
    /// dropped: a commit without its events would leave calls and screens waiting.
    pub async fn commit(self) -> Result<(), StoreError> {
        tokio::spawn(self.commit_and_publish())
            .await
            .map_err(|_| StoreError::Stopped)?
    }

    async fn commit_and_publish(mut self) -> Result<(), StoreError> {
        let committed = self.write_counter_and_commit().await;
        let store = self.store;
        store.write_health.record(committed)?;
        self.writer.keep(self.connection);
        match &store.cluster {
            // The replication task publishes the events of all relays in one order.
            Some(cluster) => cluster.own_commits.notify_one(),
            None => {
                for (device, envelope) in self.pending_events {
                    store.listener.publish(&device, envelope);
                }
            }
        }
        store.outbox_wakeup.notify_one();
        drop(self.writer);
        Ok(())
    }

    async fn write_counter_and_commit(&mut self) -> Result<(), StoreError> {
        let number = to_bigint(self.number);
        let commit = match (self.has_numbers, &self.store.cluster) {
            (false, _) => "COMMIT".to_owned(),
            (true, None) => {
                format!("UPDATE event_counter SET value = {number} WHERE id = 1; COMMIT")
            }
            (true, Some(_)) => cluster::commit_and_notify(number),
        };
        // Safe: the statement holds nothing but a number.
        self.connection().execute(AssertSqlSafe(commit)).await?;
        Ok(())
    }
}
