//! Events that are kept, so that a stream that broke can go on where it was.

use yobirin_api::Millis;
use yobirin_api::event::Event;
use yobirin_domain::model::id::DeviceId;

use super::{Store, StoreError, Transaction, readable, rows, sql};
use crate::events::Envelope;

/// Events read at a time. Each stream that goes on after a break holds so many in memory.
const PAGE: i64 = 100;

impl Store {
    /// The next events of a tablet after a number, oldest first; empty when there are no more.
    pub(crate) async fn events_after(
        &self,
        device: &DeviceId,
        after: u64,
    ) -> Result<Vec<Envelope>, StoreError> {
        let rows: Vec<(i64, String)> = sqlx::query_as(
            "SELECT sequence, event FROM events WHERE device = $1 AND sequence > $2 \
             ORDER BY sequence LIMIT $3",
        )
        .bind(device.as_str())
        .bind(sql(after))
        .bind(PAGE)
        .fetch_all(&self.reads)
        .await?;
        let told = |(sequence, event): (i64, String)| {
            let event: Event = serde_json::from_str(&event)?;
            Ok(Envelope::stored(
                u64::try_from(sequence).unwrap_or_default(),
                event,
            ))
        };
        let told = rows.into_iter().map(told);
        told.filter_map(|read| readable(read).transpose()).collect()
    }

    /// The number of the latest event of all.
    pub(crate) async fn last_event(&self) -> Result<u64, StoreError> {
        let (last,): (i64,) = sqlx::query_as("SELECT value FROM counter")
            .fetch_one(&self.reads)
            .await?;
        Ok(u64::try_from(last).unwrap_or_default())
    }
}

impl Transaction {
    /// Keeps events under their numbers, later (see `later`); the tablets are told after the commit.
    pub(super) fn events_later(
        &mut self,
        events: Vec<(u64, &DeviceId, Event)>,
        now: Millis,
    ) -> Result<(), StoreError> {
        for some in events.chunks(rows::AT_ONCE) {
            let insert = self.insert_later(
                "INSERT INTO events (sequence, device, event, at) VALUES",
                "(?, ?, ?, ?)",
                some.len(),
            );
            for (number, device, event) in some {
                insert.bind(sql(*number))?;
                insert.bind(device.as_str())?;
                insert.bind(serde_json::to_string(event)?)?;
                insert.bind(sql(now))?;
            }
        }
        for (number, device, event) in events {
            self.emit_on_commit(device, Envelope::stored(number, event));
        }
        Ok(())
    }
}
