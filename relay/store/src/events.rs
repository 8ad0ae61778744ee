//! Stored events, so that an interrupted stream can resume.

use yobirin_api::Millis;
use yobirin_api::event::Event;
use yobirin_domain::model::id::DeviceId;

use super::transaction::RunStatement as _;
use super::{Store, StoreError, Transaction, from_bigint, readable, to_bigint};
use crate::Envelope;

/// Maximum number of events in a page. A stream that resumes holds one page in memory.
const EVENT_PAGE_SIZE: i64 = 100;

impl Store {
    /// Returns the next page of a tablet's events with numbers above `after`, oldest first; empty when there are no more.
    pub async fn events_after(
        &self,
        device: &DeviceId,
        after: u64,
    ) -> Result<Vec<Envelope>, StoreError> {
        let rows: Vec<(i64, String)> = sqlx::query_as(
            "SELECT number, event FROM events WHERE device_id = $1 AND number > $2 \
             ORDER BY number LIMIT $3",
        )
        .bind(device.as_str())
        .bind(to_bigint(after))
        .bind(EVENT_PAGE_SIZE)
        .fetch_all(self.read().await?)
        .await?;
        let envelope = |(number, event): (i64, String)| {
            let event: Event = serde_json::from_str(&event)?;
            Ok(Envelope::stored(from_bigint(number), event))
        };
        readable(rows.into_iter().map(envelope))
    }

    /// Returns the latest number of any event or notice.
    pub async fn last_number(&self) -> Result<u64, StoreError> {
        let last: i64 = sqlx::query_scalar("SELECT value FROM event_counter")
            .fetch_one(self.read().await?)
            .await?;
        Ok(from_bigint(last))
    }
}

impl Transaction {
    /// Stores an event for a tablet, to be published after the commit. Returns its number.
    pub(crate) async fn add_event(
        &mut self,
        device: &DeviceId,
        event: Event,
        now: Millis,
    ) -> Result<u64, StoreError> {
        let number = self.next_number();
        sqlx::query(
            "INSERT INTO events (number, device_id, event, created_at) VALUES ($1, $2, $3, $4)",
        )
        .bind(to_bigint(number))
        .bind(device.as_str())
        .bind(serde_json::to_string(&event)?)
        .bind(to_bigint(now))
        .run(self)
        .await?;
        self.emit_on_commit(device, Envelope::stored(number, event));
        Ok(number)
    }
}
