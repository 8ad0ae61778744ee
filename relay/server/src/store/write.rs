//! One transaction: every change goes through a [`Write`], and its events are told once it is on
//! disk.

use std::sync::Arc;

use sqlx::pool::PoolConnection;
use sqlx::{Any, AnyConnection, Executor as _};
use tokio::sync::{Notify, OwnedMutexGuard};
use yobirin_api::Millis;
use yobirin_api::event::Event;
use yobirin_domain::id::DeviceId;

use super::shared::{self, Shared};
use super::trouble::LastWrite;
use super::{Store, StoreError, sql};
use crate::events::{Hub, Told};

/// A transaction under way. Dropped without [`Write::commit`], nothing of it happened.
pub(crate) struct Write {
    transaction: Open,
    told: Vec<(DeviceId, Told)>,
    hub: Hub,
    bell: Arc<Notify>,
    pub(super) name: Arc<str>,
    pub(super) shared: Option<Shared>,
    /// Numbers were given: somebody has something to read.
    is_news: bool,
    last_write: LastWrite,
    _turn: OwnedMutexGuard<()>,
}

/// A connection with a transaction in it. Unless that was committed, the connection is closed and not
/// used again: after a failure, on a full disk above all, nobody knows what state it is in.
struct Open {
    connection: PoolConnection<Any>,
    is_committed: bool,
}

impl Drop for Open {
    fn drop(&mut self) {
        if !self.is_committed {
            self.connection.close_on_drop();
        }
    }
}

impl Store {
    /// Rung when the outbox may have something to do.
    pub(crate) fn bell(&self) -> &Notify {
        &self.bell
    }

    /// Begins a transaction, after whoever writes now.
    pub(crate) async fn write(&self) -> Result<Write, StoreError> {
        let turn = self.writer.clone().lock_owned().await;
        self.write_in(turn).await
    }

    /// Begins a transaction in this turn.
    pub(super) async fn write_in(&self, turn: OwnedMutexGuard<()>) -> Result<Write, StoreError> {
        let transaction = self.begin().await;
        let transaction = self.last_write.note(transaction)?;
        Ok(Write {
            transaction,
            told: Vec::new(),
            hub: self.hub.clone(),
            bell: self.bell.clone(),
            name: self.name.clone(),
            shared: self.shared.clone(),
            is_news: false,
            last_write: self.last_write.clone(),
            _turn: turn,
        })
    }

    async fn begin(&self) -> Result<Open, StoreError> {
        let mut open = Open {
            connection: self.writes.acquire().await?,
            is_committed: false,
        };
        open.connection.execute("BEGIN").await?;
        if self.shared.is_some() {
            open.connection.execute(shared::WRITE_LOCK).await?;
        }
        Ok(open)
    }
}

impl Write {
    pub(super) fn connection(&mut self) -> &mut AnyConnection {
        &mut self.transaction.connection
    }

    /// Keeps an event for one tablet, which is told after the commit; returns its number.
    pub(crate) async fn event(
        &mut self,
        device: &DeviceId,
        event: Event,
        now: Millis,
    ) -> Result<u64, StoreError> {
        let sequence = self.next_number().await?;
        sqlx::query("INSERT INTO events (sequence, device, event, at) VALUES ($1, $2, $3, $4)")
            .bind(sequence)
            .bind(device.as_str())
            .bind(serde_json::to_string(&event)?)
            .bind(sql(now))
            .execute(self.connection())
            .await?;
        let sequence = u64::try_from(sequence).unwrap_or_default();
        self.told
            .push((device.clone(), Told::kept(sequence, event)));
        Ok(sequence)
    }

    /// The next number of all events and notices.
    pub(super) async fn next_number(&mut self) -> Result<i64, StoreError> {
        self.is_news = true;
        let (sequence,): (i64,) =
            sqlx::query_as("UPDATE counter SET value = value + 1 WHERE id = 1 RETURNING value")
                .fetch_one(self.connection())
                .await?;
        Ok(sequence)
    }

    /// Puts everything on disk, then tells the tablets and wakes the outbox. Runs to its end even
    /// when the caller is gone: a commit of which nobody is told would leave calls and screens
    /// waiting.
    pub(crate) async fn commit(mut self) -> Result<(), StoreError> {
        let commit = async move {
            if self.shared.is_some() && self.is_news {
                self.connection().execute(shared::NOTIFY).await?;
            }
            let committed = self.connection().execute("COMMIT").await;
            self.last_write.note(committed.map_err(StoreError::from))?;
            self.transaction.is_committed = true;
            // Back in its pool before the next writer has its turn.
            drop(self.transaction);
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
            drop(self._turn);
            Ok(())
        };
        tokio::spawn(commit)
            .await
            .map_err(|_| StoreError::Stopped)?
    }
}
