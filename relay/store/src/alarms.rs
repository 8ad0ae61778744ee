//! Alarm state ([`AlarmState`]), and the calls that notified nobody.

use yobirin_api::Millis;
use yobirin_domain::alarm::{AlarmState, FailedCalls};
use yobirin_domain::model::delivery::MISSED_TASK_INDEX;

use super::transaction::RunStatement as _;
use super::{Store, StoreError, Transaction, from_bigint, skip_unreadable, to_bigint};

/// Alarm state as it was read.
#[derive(Clone, Debug, Default)]
pub struct StoredAlarms {
    /// Alarm state.
    pub alarms: AlarmState,
    /// Version of the row; 0 before the first change.
    pub version: i64,
}

impl Store {
    /// Returns the stored alarm state.
    pub async fn alarms(&self) -> Result<StoredAlarms, StoreError> {
        let (text, version): (String, i64) = sqlx::query_as("SELECT state, version FROM alarms")
            .fetch_one(self.read().await?)
            .await?;
        // An unreadable state, which is logged, is replaced by an empty one: incidents that last are found again.
        let alarms = skip_unreadable(serde_json::from_str(&text).map_err(StoreError::from))?;
        Ok(StoredAlarms {
            alarms: alarms.unwrap_or_default(),
            version,
        })
    }

    /// Counts the calls with a deadline after `expires_after` that ended without any message in Chatwork, and whose last
    /// event has a number above `after_event`. Cancelled calls, and calls of a revoked tablet, do not count. They
    /// are recognized by a withdrawn message that is no escalation step, because nothing else withdraws one.
    pub async fn failed_calls(
        &self,
        after_event: u64,
        expires_after: Millis,
    ) -> Result<FailedCalls, StoreError> {
        let (count, last, last_event): (i64, Option<i64>, Option<i64>) = sqlx::query_as(
            "SELECT COUNT(*), MAX(ended), MAX(event) FROM ( \
                SELECT MAX(d.ended_at) AS ended, MAX(d.event_number) AS event \
                FROM calls c JOIN deliveries d ON d.call_id = c.id \
                WHERE c.expires_at > $2 AND d.retracts_index IS NULL AND d.delivery_index < $3 \
                GROUP BY c.id \
                HAVING MAX(d.event_number) > $1 AND MAX(d.is_open) = 0 \
                    AND MAX(CASE WHEN d.state LIKE '%\"delivered\"%' \
                        OR d.after_seconds IS NULL AND d.state LIKE '%\"withdrawn\"%' THEN 1 ELSE 0 END) = 0 \
             ) AS failed",
        )
        .bind(to_bigint(after_event))
        .bind(to_bigint(expires_after))
        .bind(to_bigint(MISSED_TASK_INDEX as u64))
        .fetch_one(self.read().await?)
        .await?;
        Ok(FailedCalls {
            count: count.try_into().unwrap_or(u32::MAX),
            last: last.map_or(0, from_bigint),
            last_event: last_event.map_or(0, from_bigint),
        })
    }
}

impl Transaction {
    /// Replaces the alarm state that was read with this version. Writes nothing and returns false when another relay has
    /// changed it since.
    pub async fn set_alarms(
        &mut self,
        version: i64,
        alarms: &AlarmState,
    ) -> Result<bool, StoreError> {
        sqlx::query("UPDATE alarms SET state = $1, version = version + 1 WHERE version = $2")
            .bind(serde_json::to_string(alarms)?)
            .bind(version)
            .changes(self)
            .await
    }
}
