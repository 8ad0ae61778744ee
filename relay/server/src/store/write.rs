//! One transaction: every change goes through a [`Write`], and its events are told once it is on
//! disk.

use std::sync::Arc;

use sqlx::{AnyConnection, Executor as _};
use tokio::sync::{Notify, OwnedMutexGuard};
use yobirin_api::Millis;
use yobirin_api::event::Event;
use yobirin_domain::id::DeviceId;

use super::known::KnownDevices;
use super::patience::{Patience, Patient};
use super::shared::{self, Shared};
use super::trouble::LastWrite;
use super::writer::Writer;
use super::{Store, StoreError, millis, sql};
use crate::events::{Hub, Told};

/// A transaction under way. Dropped without [`Write::commit`], nothing of it happened: its connection
/// is closed and not used again, since after a failure, on a full disk above all, nobody knows what
/// state it is in.
pub(crate) struct Write {
    connection: AnyConnection,
    told: Vec<(DeviceId, Told)>,
    hub: Hub,
    bell: Arc<Notify>,
    pub(super) name: Arc<str>,
    pub(super) shared: Option<Shared>,
    /// Numbers were given: somebody has something to read.
    is_news: bool,
    /// Pairings were made or ended.
    pub(super) is_pairing: bool,
    known: KnownDevices,
    last_write: LastWrite,
    turn: OwnedMutexGuard<Writer>,
}

impl Store {
    /// Rung when the outbox may have something to do.
    pub(crate) fn bell(&self) -> &Notify {
        &self.bell
    }

    /// Begins a transaction, after whoever writes now.
    pub(crate) async fn write(&self) -> Result<Write, StoreError> {
        let turn = self.turn().await?;
        self.write_in(turn).await
    }

    /// The writer's turn. Whoever has it may be waiting for a server that says nothing, and those who
    /// come after them should not wait as long once more.
    pub(super) async fn turn(&self) -> Result<OwnedMutexGuard<Writer>, StoreError> {
        let turn = self.writer.clone().lock_owned();
        let patience = Patience::with(self.is_shared());
        Ok(patience.wait(async { Ok(turn.await) }).await?)
    }

    /// Begins a transaction in this turn.
    pub(super) async fn write_in(
        &self,
        mut turn: OwnedMutexGuard<Writer>,
    ) -> Result<Write, StoreError> {
        let begin = match &self.shared {
            Some(_) => shared::BEGIN,
            None => "BEGIN",
        };
        let begun = turn.begin(begin).await;
        Ok(Write {
            connection: self.last_write.note(begun)?,
            told: Vec::new(),
            hub: self.hub.clone(),
            bell: self.bell.clone(),
            name: self.name.clone(),
            shared: self.shared.clone(),
            is_news: false,
            is_pairing: false,
            known: self.known.clone(),
            last_write: self.last_write.clone(),
            turn,
        })
    }
}

impl Write {
    pub(super) fn connection(&mut self) -> Patient<'_> {
        Patient::new(&mut self.connection, self.turn.patience())
    }

    /// Keeps an event for one tablet, which is told after the commit; returns its number.
    pub(crate) async fn event(
        &mut self,
        device: &DeviceId,
        event: Event,
        now: Millis,
    ) -> Result<u64, StoreError> {
        let sequence = self.next_number().await?;
        let event = (sequence, device, event);
        self.events(vec![event], now).await?;
        Ok(sequence)
    }

    /// The next number of all events and notices.
    pub(super) async fn next_number(&mut self) -> Result<u64, StoreError> {
        self.next_numbers(1).await
    }

    /// So many numbers in a row; returns the first.
    pub(super) async fn next_numbers(&mut self, many: usize) -> Result<u64, StoreError> {
        self.is_news = true;
        let many = many as u64;
        let (last,): (i64,) =
            sqlx::query_as("UPDATE counter SET value = value + $1 WHERE id = 1 RETURNING value")
                .bind(sql(many))
                .fetch_one(self.connection())
                .await?;
        Ok((millis(last) + 1).saturating_sub(many))
    }

    /// Will tell a tablet, once it is on disk.
    pub(super) fn tell_later(&mut self, device: &DeviceId, told: Told) {
        self.told.push((device.clone(), told));
    }

    /// Puts everything on disk, then tells the tablets and wakes the outbox. Runs to its end even
    /// when the caller is gone: a commit of which nobody is told would leave calls and screens
    /// waiting.
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        tokio::spawn(self.commit_here())
            .await
            .map_err(|_| StoreError::Stopped)?
    }

    /// The same, for a task that nobody ends.
    pub(super) async fn commit_here(mut self) -> Result<(), StoreError> {
        let commit = match &self.shared {
            Some(_) if self.is_news => shared::COMMIT_AND_TELL,
            _ => "COMMIT",
        };
        let committed = self.connection().execute(commit).await;
        self.last_write.note(committed.map_err(StoreError::from))?;
        self.turn.keep(self.connection);
        if self.is_pairing {
            self.known.forget();
        }
        match &self.shared {
            // Events of all relays are told in one order: by whoever follows the database.
            Some(shared) => shared.wake.notify_one(),
            None => {
                for (device, told) in self.told {
                    self.hub.tell(&device, told);
                }
            }
        }
        self.bell.notify_one();
        drop(self.turn);
        Ok(())
    }
}
