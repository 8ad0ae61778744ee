//! One transaction: every change goes through a [`Write`], and its events are told once it is on
//! disk.

use std::sync::Arc;

use sqlx::{AnyConnection, AssertSqlSafe, Executor as _};
use tokio::sync::{Notify, OwnedMutexGuard};
use yobirin_domain::model::id::DeviceId;

use super::availability::WriteHealth;
use super::cluster::{self, Cluster};
use super::device_cache::DeviceCache;
use super::statement_timeout::{StatementTimeout, TimedConnection};
use super::writer::Writer;
use super::{Store, StoreError, sql};
use crate::{CommitListener, Envelope};

/// Every transaction takes the counter first: nothing else is written meanwhile.
const BEGIN: &str = "BEGIN IMMEDIATE; SELECT value FROM event_counter WHERE id = 1";

/// A transaction under way. Dropped without [`Write::commit`], nothing of it happened: its connection
/// is closed and not used again, since after a failure, on a full disk above all, nobody knows what
/// state it is in.
pub struct Transaction {
    connection: AnyConnection,
    pending_events: Vec<(DeviceId, Envelope)>,
    listener: CommitListener,
    bell: Arc<Notify>,
    pub(super) name: Arc<str>,
    pub(super) shared: Option<Cluster>,
    /// The number that was given last, here or in an earlier transaction.
    number: u64,
    /// Numbers were given: somebody has something to read.
    has_news: bool,
    /// Pairings were made or ended.
    pub(super) is_pairing: bool,
    known: DeviceCache,
    write_health: WriteHealth,
    turn: OwnedMutexGuard<Writer>,
}

impl Store {
    /// Rung when the outbox may have something to do.
    pub fn outbox_wakeup(&self) -> &Notify {
        &self.bell
    }

    /// Begins a transaction, after whoever writes now.
    pub async fn begin(&self) -> Result<Transaction, StoreError> {
        let turn = self.lock_writer().await?;
        self.begin_in(turn).await
    }

    /// The writer's turn. Whoever has it may be waiting for a server that says nothing, and those who
    /// come after them should not wait as long once more.
    pub(super) async fn lock_writer(&self) -> Result<OwnedMutexGuard<Writer>, StoreError> {
        let turn = self.writer.clone().lock_owned();
        let patience = StatementTimeout::with(self.is_cluster());
        Ok(patience.wait(async { Ok(turn.await) }).await?)
    }

    /// Begins a transaction in this turn.
    pub(super) async fn begin_in(
        &self,
        mut turn: OwnedMutexGuard<Writer>,
    ) -> Result<Transaction, StoreError> {
        let begin = match &self.shared {
            Some(_) => cluster::BEGIN,
            None => BEGIN,
        };
        let begun = turn.begin(begin).await;
        let (connection, number) = self.write_health.note(begun)?;
        Ok(Transaction {
            connection,
            pending_events: Vec::new(),
            listener: self.listener.clone(),
            bell: self.bell.clone(),
            name: self.name.clone(),
            shared: self.shared.clone(),
            number,
            has_news: false,
            is_pairing: false,
            known: self.known.clone(),
            write_health: self.write_health.clone(),
            turn,
        })
    }
}

impl Transaction {
    pub(super) fn connection(&mut self) -> TimedConnection<'_> {
        TimedConnection::new(&mut self.connection, self.turn.patience())
    }

    /// The next number of all events and notices. The counter is locked since the transaction began and is written
    /// with the commit.
    pub(super) fn next_number(&mut self) -> u64 {
        self.number += 1;
        self.has_news = true;
        self.number
    }

    /// Will tell a tablet, once it is on disk.
    pub(super) fn emit_on_commit(&mut self, device: &DeviceId, told: Envelope) {
        self.pending_events.push((device.clone(), told));
    }

    /// Puts everything on disk, then tells the tablets and wakes the outbox. Runs to its end even
    /// when the caller is gone: a commit of which nobody is told would leave calls and screens
    /// waiting.
    pub async fn commit(self) -> Result<(), StoreError> {
        tokio::spawn(self.commit_here())
            .await
            .map_err(|_| StoreError::Stopped)?
    }

    /// The same, for a task that nobody ends.
    pub(super) async fn commit_here(mut self) -> Result<(), StoreError> {
        let committed = self.write_counter_and_commit().await;
        self.write_health.note(committed)?;
        self.turn.keep(self.connection);
        if self.is_pairing {
            self.known.forget();
        }
        match &self.shared {
            // Events of all relays are told in one order: by whoever follows the database.
            Some(shared) => shared.wake.notify_one(),
            None => {
                for (device, told) in self.pending_events {
                    self.listener.publish(&device, told);
                }
            }
        }
        self.bell.notify_one();
        drop(self.turn);
        Ok(())
    }

    async fn write_counter_and_commit(&mut self) -> Result<(), StoreError> {
        let number = sql(self.number);
        let commit = match (self.has_news, &self.shared) {
            (false, _) => "COMMIT".to_owned(),
            (true, None) => {
                format!("UPDATE event_counter SET value = {number} WHERE id = 1; COMMIT")
            }
            (true, Some(_)) => cluster::commit_and_notify(number),
        };
        // Made of nothing but a number.
        self.connection().execute(AssertSqlSafe(commit)).await?;
        Ok(())
    }
}
