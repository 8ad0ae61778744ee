//! Statistics of the outbox, for monitoring.

use yobirin_api::Millis;

use super::{Store, StoreError, from_bigint};

/// Length and age of the queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueueStats {
    /// Number of deliveries that are not final, without escalation steps, which wait for their time.
    pub deliveries: u64,
    /// Time of acceptance of the oldest delivery.
    pub oldest: Option<Millis>,
}

impl Store {
    /// Returns length and age of the queue.
    pub async fn queue_stats(&self) -> Result<QueueStats, StoreError> {
        let (count, oldest): (i64, Option<i64>) = sqlx::query_as(
            "SELECT COUNT(*), MIN(accepted_at) FROM deliveries \
             WHERE is_open = 1 AND after_seconds IS NULL",
        )
        .fetch_one(self.read().await?)
        .await?;
        Ok(QueueStats {
            deliveries: from_bigint(count),
            oldest: oldest.map(from_bigint),
        })
    }
}
