//! Changes of the other relays on one PostgreSQL: notifications, stored events and notices.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};
use sqlx::postgres::PgListener;
use tokio::time::timeout;
use yobirin_api::Millis;
use yobirin_api::event::Event;
use yobirin_domain::model::id::{DeviceId, RoomId};

use super::cluster::{Cluster, NOTIFY_CHANNEL};
use super::commit_events::Envelope;
use super::transaction::RunStatement as _;
use super::{Store, StoreError, Transaction, from_bigint, parse_id, skip_unreadable, to_bigint};

/// Time after which changes are read even without a notification, which may be lost.
const POLL_INTERVAL: Duration = Duration::from_secs(1);
/// Field of a notice that asks the leader to read rooms. Such a notice has no event.
const READ_ROOMS: &str = "read_rooms";
/// Maximum number of events read by one statement.
const EVENT_BATCH_SIZE: i64 = 500;

/// Changes by all relays since the last read.
#[derive(Debug, Default)]
pub struct ChangeBatch {
    /// Events for tablets, in the order of their numbers.
    pub events: Vec<(DeviceId, Envelope)>,
    /// Notices of other relays: changes that are not stored for tablets. A notice without a device is for all tablets.
    pub notices: Vec<(Option<DeviceId>, Envelope)>,
    /// Rooms that a webhook event has named to another relay.
    pub woken_rooms: BTreeSet<RoomId>,
    /// Number up to which changes were read.
    pub read_up_to: u64,
}

/// Waits for changes.
pub struct ChangeListener {
    listener: Option<PgListener>,
    cluster: Cluster,
}

impl ChangeListener {
    /// Returns after a commit of any relay, or after a second.
    pub async fn wait(&mut self) {
        if self.listener.is_none() {
            self.listener = open_listener(&self.cluster).await;
            if self.listener.is_some() {
                // A change may have happened before listening began.
                return;
            }
        }
        let Some(listener) = &mut self.listener else {
            tokio::select! {
                () = self.cluster.own_commits.notified() => {}
                () = tokio::time::sleep(POLL_INTERVAL) => {}
            }
            return;
        };
        let is_lost = tokio::select! {
            () = self.cluster.own_commits.notified() => false,
            () = tokio::time::sleep(POLL_INTERVAL) => false,
            notification = listener.try_recv() => !matches!(notification, Ok(Some(_))),
        };
        if is_lost {
            self.listener = None;
        }
    }
}

async fn open_listener(cluster: &Cluster) -> Option<PgListener> {
    let connecting = PgListener::connect(cluster.url.reveal());
    let mut listener = timeout(POLL_INTERVAL, connecting).await.ok()?.ok()?;
    let listening = listener.listen(NOTIFY_CHANNEL);
    timeout(POLL_INTERVAL, listening).await.ok()?.ok()?;
    Some(listener)
}

impl Store {
    /// Returns a listener for the changes of other relays; `None` with SQLite.
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

    /// Returns the changes after a number. The upper bound is read first: commits meanwhile have larger
    /// numbers and are read next time.
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
        .bind(to_bigint(after))
        .bind(to_bigint(read_up_to))
        .bind(&*self.name)
        .fetch_all(self.read().await?)
        .await?;
        let mut changes = ChangeBatch {
            read_up_to,
            ..ChangeBatch::default()
        };
        for (column, device, event) in rows {
            let content = serde_json::from_str::<Value>(&event).map_err(StoreError::from);
            // `null` in place of unreadable content, which is skipped again below.
            let mut content = skip_unreadable(content)?.unwrap_or_default();
            if let Some(rooms) = content.get_mut(READ_ROOMS) {
                let rooms = serde_json::from_value::<Vec<RoomId>>(rooms.take());
                let rooms = skip_unreadable(rooms.map_err(StoreError::from))?;
                changes.woken_rooms.extend(rooms.into_iter().flatten());
                continue;
            }
            let parse_notice = || {
                let device = device.map(|text| parse_id(&text)).transpose()?;
                let event = serde_json::from_value(content)?;
                Ok((device, Envelope::of_notice(from_bigint(column), event)))
            };
            changes.notices.extend(skip_unreadable(parse_notice())?);
        }
        let mut from = to_bigint(after);
        loop {
            let rows: Vec<(i64, String, String)> = sqlx::query_as(
                "SELECT number, device_id, event FROM events \
                 WHERE number > $1 AND number <= $2 ORDER BY number LIMIT $3",
            )
            .bind(from)
            .bind(to_bigint(read_up_to))
            .bind(EVENT_BATCH_SIZE)
            .fetch_all(self.read().await?)
            .await?;
            let Some((last, ..)) = rows.last() else {
                return Ok(changes);
            };
            from = *last;
            for (column, device, event) in rows {
                let parse_event = || {
                    let envelope =
                        Envelope::stored(from_bigint(column), serde_json::from_str(&event)?);
                    Ok((parse_id(&device)?, envelope))
                };
                changes.events.extend(skip_unreadable(parse_event())?);
            }
        }
    }
}

impl Transaction {
    /// Notifies every other relay, with the commit, of a change to apply. Does nothing with SQLite.
    pub async fn add_notice(
        &mut self,
        device: Option<&DeviceId>,
        event: &Event,
        now: Millis,
    ) -> Result<(), StoreError> {
        let content = serde_json::to_value(event)?;
        self.add_notice_row(device, &content, now).await
    }

    /// Makes the leader read these rooms after the commit. Does nothing with SQLite.
    pub async fn add_wakeup(
        &mut self,
        rooms: &BTreeSet<RoomId>,
        now: Millis,
    ) -> Result<(), StoreError> {
        self.add_notice_row(None, &json!({ READ_ROOMS: rooms }), now)
            .await
    }

    async fn add_notice_row(
        &mut self,
        device: Option<&DeviceId>,
        content: &Value,
        now: Millis,
    ) -> Result<(), StoreError> {
        if !self.store.is_cluster() {
            return Ok(());
        }
        let column = to_bigint(self.next_number());
        sqlx::query(
            "INSERT INTO cluster_notices (number, origin, device_id, event, created_at) VALUES ($1, $2, $3, $4, $5)",
        )
        .bind(column)
        .bind(&*self.store.name)
        .bind(device.map(DeviceId::as_str))
        .bind(content.to_string())
        .bind(to_bigint(now))
        .run(self)
        .await
    }
}
