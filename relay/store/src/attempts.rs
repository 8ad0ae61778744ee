//! Tries at a delivery. A row is written before anything is sent, so a crash in between shows.

use std::ops::Range;

use yobirin_api::Millis;
use yobirin_api::call::Outcome;

use yobirin_domain::routing::Destination;

use super::{LeasedDelivery, Store, StoreError, Transaction, deliveries, millis, sql};

/// Tries of which nobody knows whether Chatwork stored them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unsettled {
    /// When the first of them started.
    pub first: Millis,
    /// When the last of them started.
    pub last: Millis,
    /// The number of the last one.
    pub number: i64,
}

impl Store {
    /// Tries begun within this time, for the limits to count after a restart.
    pub async fn tries_within(
        &self,
        window: Range<Millis>,
    ) -> Result<Vec<(Destination, Millis)>, StoreError> {
        let rows: Vec<(String, i64)> = sqlx::query_as(
            "SELECT d.destination, a.started_at FROM attempts a \
             JOIN deliveries d ON d.call_id = a.call_id AND d.delivery_index = a.delivery_index \
             WHERE a.started_at >= $1 AND a.started_at < $2 ORDER BY a.started_at",
        )
        .bind(sql(window.start))
        .bind(sql(window.end))
        .fetch_all(&self.reads)
        .await?;
        let tried = |(lane, at): (String, i64)| Ok((deliveries::destination(&lane)?, millis(at)));
        rows.into_iter().map(tried).collect()
    }
}

impl Transaction {
    /// The tries that have to be settled by reading, if there are any.
    pub async fn unsettled(
        &mut self,
        job: &LeasedDelivery,
    ) -> Result<Option<Unsettled>, StoreError> {
        let (first, last, number): (Option<i64>, Option<i64>, Option<i64>) = sqlx::query_as(
            "SELECT MIN(started_at), MAX(started_at), MAX(attempt_number) FROM attempts \
             WHERE call_id = $1 AND delivery_index = $2 AND (outcome IS NULL OR outcome = $3)",
        )
        .bind(job.call.to_string())
        .bind(sql(job.place as u64))
        .bind(word(Outcome::Unknown)?)
        .fetch_one(self.connection())
        .await?;
        let found = first.zip(last).zip(number);
        Ok(found.map(|((first, last), number)| Unsettled {
            first: millis(first),
            last: millis(last),
            number,
        }))
    }

    /// Notes that reading the room showed none of them: the next try cannot be a second copy.
    pub async fn settle_absent(&mut self, job: &LeasedDelivery) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE attempts SET outcome = $3 \
             WHERE call_id = $1 AND delivery_index = $2 AND (outcome IS NULL OR outcome = $4)",
        )
        .bind(job.call.to_string())
        .bind(sql(job.place as u64))
        .bind(word(Outcome::Retry)?)
        .bind(word(Outcome::Unknown)?)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Notes that nobody can find out whether a delivery of the call arrived. True when the office has to be
    /// told: the first time, unless the call was called off or is a message of the relay's own.
    pub async fn note_doubt(
        &mut self,
        job: &LeasedDelivery,
        now: Millis,
    ) -> Result<bool, StoreError> {
        if job.retracts.is_some() {
            return Ok(false);
        }
        let done = sqlx::query(
            "UPDATE calls SET doubt_reported_at = $2 WHERE id = $1 AND device_id <> '' \
             AND doubt_reported_at IS NULL AND revoked_at IS NULL \
             AND NOT EXISTS (SELECT 1 FROM cancellations c WHERE c.call_id = calls.id)",
        )
        .bind(job.call.to_string())
        .bind(sql(now))
        .execute(self.connection())
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Writes down that a try begins; returns its number.
    pub async fn begin_attempt(
        &mut self,
        job: &LeasedDelivery,
        now: Millis,
    ) -> Result<i64, StoreError> {
        let (number,): (i64,) = sqlx::query_as(
            "INSERT INTO attempts (call_id, delivery_index, attempt_number, started_at) \
             SELECT $1, $2, COUNT(*), $3 FROM attempts WHERE call_id = $1 AND delivery_index = $2 \
             RETURNING attempt_number",
        )
        .bind(job.call.to_string())
        .bind(sql(job.place as u64))
        .bind(sql(now))
        .fetch_one(self.connection())
        .await?;
        Ok(number)
    }

    /// Writes down how a try ended.
    pub(super) async fn end_attempt(
        &mut self,
        job: &LeasedDelivery,
        number: i64,
        outcome: Outcome,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE attempts SET outcome = $4 WHERE call_id = $1 AND delivery_index = $2 AND attempt_number = $3",
        )
        .bind(job.call.to_string())
        .bind(sql(job.place as u64))
        .bind(number)
        .bind(word(outcome)?)
        .execute(self.connection())
        .await?;
        Ok(())
    }
}

/// An outcome as its column holds it.
pub(super) fn word(outcome: Outcome) -> Result<String, StoreError> {
    Ok(serde_json::to_string(&outcome)?
        .trim_matches('"')
        .to_owned())
}

/// And back.
pub(super) fn outcome(word: &str) -> Result<Outcome, StoreError> {
    Ok(serde_json::from_value(word.into())?)
}
