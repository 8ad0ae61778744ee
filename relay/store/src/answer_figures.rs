//! Results of waiting for answers, for the figures of the overview and for metrics.

use yobirin_api::Millis;
use yobirin_domain::answer::{AnswerFacts, AnswerResult};
use yobirin_domain::model::delivery::MISSED_TASK_INDEX;
use yobirin_domain::model::id::CallId;

use super::{Store, StoreError, Transaction, from_bigint, to_bigint};

/// Whether the call asks for an answer, deadline, revocation, cancellation, first delivery, first answer.
type Row = (i64, i64, Option<i64>, Option<i64>, Option<i64>, Option<i64>);

/// Time at which the first delivery of the call `c` has arrived; `$1` is the index of the task for a missed visit.
macro_rules! notified_at {
    () => {
        "(SELECT MIN(d.ended_at) FROM deliveries d WHERE d.call_id = c.id AND d.after_seconds IS NULL \
            AND d.retracts_index IS NULL AND d.delivery_index < $1 AND d.state LIKE '{\"state\":\"delivered\"%')"
    };
}

impl Transaction {
    /// Returns the time from the first delivery of a call to its answer, while it has only one answer.
    pub async fn time_to_only_answer(
        &mut self,
        call: CallId,
    ) -> Result<Option<Millis>, StoreError> {
        let (notified, answers, answered): (Option<i64>, i64, Option<i64>) =
            sqlx::query_as(concat!(
                "SELECT ",
                notified_at!(),
                ", (SELECT COUNT(*) FROM answers a WHERE a.call_id = c.id), \
                    (SELECT MIN(a.sent_at) FROM answers a WHERE a.call_id = c.id) \
                 FROM calls c WHERE c.id = $2"
            ))
            .bind(to_bigint(MISSED_TASK_INDEX as u64))
            .bind(call.to_string())
            .fetch_one(self.connection())
            .await?;
        let times = notified.zip(answered).filter(|_| answers == 1);
        Ok(times.map(|(from, to)| from_bigint(to).saturating_sub(from_bigint(from))))
    }
}

impl Store {
    /// Returns the result at the time `now` of every call accepted at `since` or later.
    pub async fn answer_results(
        &self,
        since: Millis,
        now: Millis,
    ) -> Result<Vec<AnswerResult>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(concat!(
            "SELECT c.asks_for_answer, c.expires_at, c.revoked_at, \
                (SELECT MIN(x.cancelled_at) FROM cancellations x \
                    WHERE x.call_id = c.id AND x.device_id = c.device_id), \
                ",
            notified_at!(),
            ", (SELECT MIN(a.sent_at) FROM answers a WHERE a.call_id = c.id AND a.withdrawn_at IS NULL) \
             FROM calls c WHERE c.accepted_at >= $2"
        ))
        .bind(to_bigint(MISSED_TASK_INDEX as u64))
        .bind(to_bigint(since))
        .fetch_all(self.read().await?)
        .await?;
        let result = |(asks, expires, revoked, cancelled, notified, answered): Row| {
            let facts = AnswerFacts {
                is_asked: asks == 1,
                notified: notified.map(from_bigint),
                answered: answered.map(from_bigint),
                is_called_off: revoked.is_some() || cancelled.is_some(),
                deadline: from_bigint(expires),
            };
            facts.result(now)
        };
        Ok(rows.into_iter().map(result).collect())
    }
}
