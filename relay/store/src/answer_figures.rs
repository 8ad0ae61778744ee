//! Results of waiting for answers, for the figures of the overview.

use yobirin_api::Millis;
use yobirin_domain::answer::{AnswerResult, AnswerWait};
use yobirin_domain::model::delivery::MISSED_TASK_INDEX;

use super::{Store, StoreError, from_bigint, to_bigint};

/// Columns: 1 when the call asks for an answer; times of deadline, revocation, cancellation, first delivery and first
/// answer.
type Row = (i64, i64, Option<i64>, Option<i64>, Option<i64>, Option<i64>);

impl Store {
    /// Returns the result at the time `now` of every call accepted at `since` or later.
    pub async fn answer_results(
        &self,
        since: Millis,
        now: Millis,
    ) -> Result<Vec<AnswerResult>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT c.asks_for_answer, c.expires_at, c.revoked_at, \
                (SELECT MIN(x.cancelled_at) FROM cancellations x \
                    WHERE x.call_id = c.id AND x.device_id = c.device_id), \
                (SELECT MIN(d.ended_at) FROM deliveries d WHERE d.call_id = c.id AND d.after_seconds IS NULL \
                    AND d.retracts_index IS NULL AND d.delivery_index < $1 \
                    AND d.state LIKE '{\"delivered\":%'), \
                (SELECT MIN(a.sent_at) FROM answers a WHERE a.call_id = c.id AND a.withdrawn_at IS NULL) \
             FROM calls c WHERE c.accepted_at >= $2",
        )
        .bind(to_bigint(MISSED_TASK_INDEX as u64))
        .bind(to_bigint(since))
        .fetch_all(self.read().await?)
        .await?;
        let result = |(asks, expires, revoked, cancelled, notified, answered): Row| {
            let wait = AnswerWait {
                is_asked: asks == 1,
                notified: notified.map(from_bigint),
                answered: answered.map(from_bigint),
                is_cancelled_or_revoked: revoked.is_some() || cancelled.is_some(),
                deadline: from_bigint(expires),
            };
            wait.result(now)
        };
        Ok(rows.into_iter().map(result).collect())
    }
}
