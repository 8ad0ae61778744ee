//! Changes of the relays on one PostgreSQL: the events of all relays, and the notices of the others. The module head of
//! the crate explains the words.

use std::collections::BTreeSet;
use std::future::pending;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use sqlx::postgres::PgListener;
use tokio::time::{sleep, timeout};
use yobirin_api::Millis;
use yobirin_api::event::Event;
use yobirin_domain::model::id::{DeviceId, RoomId};

use super::cluster::{Cluster, NOTIFY_CHANNEL};
use crate::commit_events::Envelope;
use crate::transaction::RunStatement as _;
use crate::{Store, StoreError, Transaction, from_bigint, parse_id, skip_unreadable, to_bigint};

/// Time after which changes are read even without a notification, which may be lost.
const POLL_INTERVAL: Duration = Duration::from_secs(1);
/// Maximum time for opening the listener. No changes are read meanwhile.
const OPEN_TIMEOUT: Duration = Duration::from_secs(2);
/// Maximum number of events read by one statement.
const EVENT_BATCH_SIZE: i64 = 500;

/// Changes since the last read.
#[derive(Debug, Default)]
pub struct ChangeBatch {
    /// Events of all relays, this one included, in the order of their numbers.
    pub events: Vec<(DeviceId, Envelope)>,
    /// Events in the notices of other relays. A notice without a device is for all tablets.
    pub notices: Vec<(Option<DeviceId>, Envelope)>,
    /// Rooms that other relays ask the leader to read.
    pub rooms_to_read: BTreeSet<RoomId>,
    /// Number up to which changes were read.
    pub read_up_to: u64,
}

/// Content of a notice, as JSON in its row.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum NoticeContent {
    /// Event for tablets.
    Event(Event),
    /// Rooms that the leader is asked to read.
    RoomsToRead(BTreeSet<RoomId>),
}

impl ChangeBatch {
    fn add_notice(
        &mut self,
        number: i64,
        device: Option<&str>,
        content: &str,
    ) -> Result<(), StoreError> {
        match serde_json::from_str(content)? {
            NoticeContent::RoomsToRead(rooms) => self.rooms_to_read.extend(rooms),
            NoticeContent::Event(event) => {
                let envelope = Envelope::of_notice(from_bigint(number), event);
                self.notices
                    .push((device.map(parse_id).transpose()?, envelope));
            }
        }
        Ok(())
    }
}

/// Waits for changes.
pub struct ChangeListener {
    listener: Option<PgListener>,
    /// True while opening the listener fails, so that the failure is logged once.
    is_failure_logged: bool,
    cluster: Cluster,
}

impl ChangeListener {
    /// Returns after a commit of any relay, or after [`POLL_INTERVAL`].
    pub async fn wait(&mut self) {
        if self.listener.is_none() {
            match open_listener(&self.cluster).await {
                Ok(listener) => {
                    self.listener = Some(listener);
                    self.is_failure_logged = false;
                    // A change may have happened before listening began.
                    return;
                }
                Err(error) if !self.is_failure_logged => {
                    tracing::warn!(%error, "failed to listen to PostgreSQL; changes are read every second");
                    self.is_failure_logged = true;
                }
                Err(_) => {}
            }
        }
        let notification = async {
            match &mut self.listener {
                Some(listener) => listener.try_recv().await,
                None => pending().await,
            }
        };
        tokio::select! {
            () = self.cluster.own_commits.notified() => {}
            () = sleep(POLL_INTERVAL) => {}
            // `Ok(None)` says that the connection was lost. The next call opens another.
            received = notification => if !matches!(received, Ok(Some(_))) {
                self.listener = None;
            }
        }
    }
}

async fn open_listener(cluster: &Cluster) -> Result<PgListener, sqlx::Error> {
    let opening = async {
        let mut listener = PgListener::connect(cluster.url.reveal()).await?;
        listener.listen(NOTIFY_CHANNEL).await?;
        Ok(listener)
    };
    timeout(OPEN_TIMEOUT, opening)
        .await
        .unwrap_or(Err(sqlx::Error::PoolTimedOut))
}

impl Store {
    /// Returns a listener for changes; `None` with SQLite.
    pub fn change_listener(&self) -> Option<ChangeListener> {
        Some(ChangeListener {
            listener: None,
            is_failure_logged: false,
            cluster: self.cluster.clone()?,
        })
    }

    /// True when several relays may use the database.
    pub fn is_cluster(&self) -> bool {
        self.cluster.is_some()
    }

    /// Returns the changes with numbers above `after`. The upper bound is read first: commits meanwhile have larger
    /// numbers ([`super::cluster`] says why) and are read next time.
    pub async fn changes_after(&self, after: u64) -> Result<ChangeBatch, StoreError> {
        let mut changes = ChangeBatch {
            read_up_to: self.last_number().await?.max(after),
            ..ChangeBatch::default()
        };
        if changes.read_up_to > after {
            self.read_notices(after, &mut changes).await?;
            self.read_events(after, &mut changes).await?;
        }
        Ok(changes)
    }

    async fn read_notices(&self, after: u64, changes: &mut ChangeBatch) -> Result<(), StoreError> {
        let rows: Vec<(i64, Option<String>, String)> = sqlx::query_as(
            "SELECT number, device_id, content FROM cluster_notices \
             WHERE number > $1 AND number <= $2 AND origin <> $3 ORDER BY number",
        )
        .bind(to_bigint(after))
        .bind(to_bigint(changes.read_up_to))
        .bind(&*self.relay_name)
        .fetch_all(self.read().await?)
        .await?;
        for (number, device, content) in rows {
            skip_unreadable(changes.add_notice(number, device.as_deref(), &content))?;
        }
        Ok(())
    }

    async fn read_events(&self, after: u64, changes: &mut ChangeBatch) -> Result<(), StoreError> {
        let mut after = to_bigint(after);
        loop {
            let rows: Vec<(i64, String, String)> = sqlx::query_as(
                "SELECT number, device_id, event FROM events \
                 WHERE number > $1 AND number <= $2 ORDER BY number LIMIT $3",
            )
            .bind(after)
            .bind(to_bigint(changes.read_up_to))
            .bind(EVENT_BATCH_SIZE)
            .fetch_all(self.read().await?)
            .await?;
            let Some((last, ..)) = rows.last() else {
                return Ok(());
            };
            after = *last;
            for (number, device, event) in rows {
                let parse_event = || {
                    let event = serde_json::from_str(&event)?;
                    Ok((
                        parse_id(&device)?,
                        Envelope::stored(from_bigint(number), event),
                    ))
                };
                changes.events.extend(skip_unreadable(parse_event())?);
            }
        }
    }
}

impl Transaction {
    /// Stores a notice with an event, which the other relays read after the commit. Does nothing with SQLite.
    pub async fn add_notice(
        &mut self,
        device: Option<&DeviceId>,
        event: &Event,
        now: Millis,
    ) -> Result<(), StoreError> {
        let content = NoticeContent::Event(event.clone());
        self.add_notice_row(device, &content, now).await
    }

    /// Stores a notice that asks the leader to read these rooms after the commit. Does nothing with SQLite.
    pub async fn add_rooms_to_read(
        &mut self,
        rooms: BTreeSet<RoomId>,
        now: Millis,
    ) -> Result<(), StoreError> {
        let content = NoticeContent::RoomsToRead(rooms);
        self.add_notice_row(None, &content, now).await
    }

    async fn add_notice_row(
        &mut self,
        device: Option<&DeviceId>,
        content: &NoticeContent,
        now: Millis,
    ) -> Result<(), StoreError> {
        if !self.store.is_cluster() {
            return Ok(());
        }
        let number = to_bigint(self.next_number());
        sqlx::query(
            "INSERT INTO cluster_notices (number, origin, device_id, content, created_at) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(number)
        .bind(&*self.store.relay_name)
        .bind(device.map(DeviceId::as_str))
        .bind(serde_json::to_string(content)?)
        .bind(to_bigint(now))
        .run(self)
        .await
    }
}
