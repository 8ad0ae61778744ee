//! What several relays on one PostgreSQL need of each other: one writes at a time, each hears what the
//! others did, and one of them at a time takes calls to Chatwork.
//!
//! Writers hold the counter's row until their commit, so numbers become visible in their order: who
//! has read up to a number has missed nothing before it. `NOTIFY` only says that there is something to
//! read; a relay that missed it reads a second later.

use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::PgListener;
use tokio::sync::Notify;
use tokio::time::timeout;
use yobirin_api::Millis;
use yobirin_api::event::Event;
use yobirin_domain::model::id::DeviceId;

use super::{Store, StoreError, Transaction, id, readable, sql};
use crate::Envelope;
use crate::database::DatabaseUrl;

/// Settings of every connection. A commit that was answered survives a power cut, and a relay that
/// vanished in the middle of a transaction does not keep the others waiting for long: each wait ends
/// before whoever waits gives the server up.
pub(super) const SESSION_SETTINGS: &str = "SET synchronous_commit = on; \
    SET idle_in_transaction_session_timeout = '8s'; SET lock_timeout = '8s'";
/// Every transaction that writes takes the counter first.
pub(super) const BEGIN: &str = "BEGIN; SELECT value FROM event_counter WHERE id = 1 FOR UPDATE";
const NOTIFY_CHANNEL: &str = "yobirin";
/// How long something may go unheard when a notification was lost.
const POLL_INTERVAL: Duration = Duration::from_secs(1);
/// Read at a time.
const EVENT_BATCH_SIZE: i64 = 500;

/// Writes the counter and commits; every relay is told with it.
pub(super) fn commit_and_notify(number: i64) -> String {
    format!("UPDATE event_counter SET value = {number} WHERE id = 1; NOTIFY yobirin; COMMIT")
}

/// Our place among the relays on one database.
#[derive(Clone, Debug)]
pub(super) struct Cluster {
    pub url: DatabaseUrl,
    /// Rung after our own commits.
    pub wake: Arc<Notify>,
}

/// What happened on any relay since it was last asked.
#[derive(Debug, Default)]
pub struct ChangeBatch {
    /// Events for tablets, in their order.
    pub events: Vec<(DeviceId, Envelope)>,
    /// What other relays did that is not kept for tablets; without device it is for everybody.
    pub notices: Vec<(Option<DeviceId>, Envelope)>,
    /// Read up to here.
    pub read_up_to: u64,
}

/// Waits until there may be news.
pub struct ChangeListener {
    listener: Option<PgListener>,
    cluster: Cluster,
}

impl ChangeListener {
    /// Returns after a commit of any relay, or after a second.
    pub async fn wait(&mut self) {
        if self.listener.is_none() {
            self.listener = listen(&self.cluster).await;
            if self.listener.is_some() {
                // Something may have happened before we listened.
                return;
            }
        }
        let Some(listener) = &mut self.listener else {
            tokio::select! {
                () = self.cluster.wake.notified() => {}
                () = tokio::time::sleep(POLL_INTERVAL) => {}
            }
            return;
        };
        let is_lost = tokio::select! {
            () = self.cluster.wake.notified() => false,
            () = tokio::time::sleep(POLL_INTERVAL) => false,
            notification = listener.try_recv() => !matches!(notification, Ok(Some(_))),
        };
        if is_lost {
            self.listener = None;
        }
    }
}

async fn listen(cluster: &Cluster) -> Option<PgListener> {
    let connecting = PgListener::connect(cluster.url.reveal());
    let mut listener = timeout(POLL_INTERVAL, connecting).await.ok()?.ok()?;
    let listening = listener.listen(NOTIFY_CHANNEL);
    timeout(POLL_INTERVAL, listening).await.ok()?.ok()?;
    Some(listener)
}

impl Store {
    /// An ear for what other relays do; none when there can be no others.
    pub fn change_listener(&self) -> Option<ChangeListener> {
        let cluster = self.cluster.clone()?;
        Some(ChangeListener {
            listener: None,
            cluster,
        })
    }

    /// True when several relays may use the database.
    pub fn is_cluster(&self) -> bool {
        self.cluster.is_some()
    }

    /// What happened after this number. The number up to which it was read is asked first: what is
    /// committed meanwhile is larger and comes the next time.
    pub async fn changes_after(&self, after: u64) -> Result<ChangeBatch, StoreError> {
        let read_up_to = self.last_event().await?;
        if read_up_to <= after {
            return Ok(ChangeBatch {
                read_up_to: after,
                ..ChangeBatch::default()
            });
        }
        let rows: Vec<(i64, Option<String>, String)> = sqlx::query_as(
            "SELECT number, device_id, event FROM cluster_notices \
             WHERE number > $1 AND number <= $2 AND origin <> $3 ORDER BY number",
        )
        .bind(sql(after))
        .bind(sql(read_up_to))
        .bind(&*self.name)
        .fetch_all(&self.reads)
        .await?;
        let mut changes = ChangeBatch {
            read_up_to,
            ..ChangeBatch::default()
        };
        for (column, device, event) in rows {
            let read = || {
                let device = device.map(|text| id(&text)).transpose()?;
                let envelope = Envelope::notice(number(column), serde_json::from_str(&event)?);
                Ok((device, envelope))
            };
            changes.notices.extend(readable(read())?);
        }
        let mut from = sql(after);
        loop {
            let rows: Vec<(i64, String, String)> = sqlx::query_as(
                "SELECT number, device_id, event FROM events \
                 WHERE number > $1 AND number <= $2 ORDER BY number LIMIT $3",
            )
            .bind(from)
            .bind(sql(read_up_to))
            .bind(EVENT_BATCH_SIZE)
            .fetch_all(&self.reads)
            .await?;
            let Some((last, ..)) = rows.last() else {
                return Ok(changes);
            };
            from = *last;
            for (column, device, event) in rows {
                let read = || {
                    let envelope = Envelope::stored(number(column), serde_json::from_str(&event)?);
                    Ok((id(&device)?, envelope))
                };
                changes.events.extend(readable(read())?);
            }
        }
    }
}

fn number(column: i64) -> u64 {
    u64::try_from(column).unwrap_or_default()
}

impl Transaction {
    /// Tells every other relay, with the commit, what it has to take up or tell its tablets. Nothing
    /// when there can be no others.
    pub async fn notice(
        &mut self,
        device: Option<&DeviceId>,
        event: &Event,
        now: Millis,
    ) -> Result<(), StoreError> {
        if self.cluster.is_none() {
            return Ok(());
        }
        let column = sql(self.next_number());
        let origin = self.name.clone();
        sqlx::query(
            "INSERT INTO cluster_notices (number, origin, device_id, event, created_at) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(column)
        .bind(&*origin)
        .bind(device.map(DeviceId::as_str))
        .bind(serde_json::to_string(event)?)
        .bind(sql(now))
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Takes or keeps the turn at the outbox until then. Otherwise: when the turn of whoever has it
    /// ends.
    pub async fn acquire_leader_lease(
        &mut self,
        until: Millis,
        now: Millis,
    ) -> Result<LeaseOutcome, StoreError> {
        let (holder, expires_at): (String, i64) =
            sqlx::query_as("SELECT holder, expires_at FROM leader_lease WHERE id = 1")
                .fetch_one(self.connection())
                .await?;
        let expires_at = super::millis(expires_at);
        let is_ours = *holder == *self.name;
        if !is_ours && expires_at > now {
            return Ok(LeaseOutcome::HeldByOther(expires_at));
        }
        let name = self.name.clone();
        sqlx::query("UPDATE leader_lease SET holder = $1, expires_at = $2 WHERE id = 1")
            .bind(&*name)
            .bind(sql(until))
            .execute(self.connection())
            .await?;
        Ok(if is_ours {
            LeaseOutcome::Renewed
        } else {
            LeaseOutcome::Acquired
        })
    }
}

/// Whose turn it is at the outbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeaseOutcome {
    /// Ours, as it was.
    Renewed,
    /// Ours, after somebody else's: what they sent counts under the limits.
    Acquired,
    /// Another relay's, until then.
    HeldByOther(Millis),
}
