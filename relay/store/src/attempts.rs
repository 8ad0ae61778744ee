//! Attempts at a delivery. A row is written before anything is sent, so that a crash in between shows.

use std::ops::Range;

use yobirin_api::Millis;
use yobirin_api::call::Outcome;
use yobirin_domain::model::id::CallId;
use yobirin_domain::routing::Destination;

use super::transaction::RunStatement as _;
use super::{Store, StoreError, StoredDelivery, Transaction, from_bigint, parse_id, to_bigint};

/// Attempts of one delivery of unknown result: Chatwork may have stored the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownAttempts {
    /// Start of the first attempt.
    pub first_started: Millis,
    /// Start of the last attempt.
    pub last_started: Millis,
    /// Number of the last attempt.
    pub last_number: i64,
}

impl Store {
    /// Returns destination and start of the attempts that were started within the window, for the rate limiter to count
    /// after a restart.
    pub async fn attempts_within(
        &self,
        window: Range<Millis>,
    ) -> Result<Vec<(Destination, Millis)>, StoreError> {
        let rows: Vec<(String, i64)> = sqlx::query_as(
            "SELECT d.destination, a.started_at FROM attempts a \
             JOIN deliveries d ON d.number = a.delivery \
             WHERE a.started_at >= $1 AND a.started_at < $2 ORDER BY a.started_at",
        )
        .bind(to_bigint(window.start))
        .bind(to_bigint(window.end))
        .fetch_all(self.read().await?)
        .await?;
        let attempt = |(destination, started): (String, i64)| {
            Ok((parse_id(&destination)?, from_bigint(started)))
        };
        rows.into_iter().map(attempt).collect()
    }
}

impl Transaction {
    /// Returns the attempts of unknown result at a delivery; `None` when there are none.
    pub async fn unknown_attempts(
        &mut self,
        delivery: &StoredDelivery,
    ) -> Result<Option<UnknownAttempts>, StoreError> {
        let (first, last, number): (Option<i64>, Option<i64>, Option<i64>) = sqlx::query_as(
            "SELECT MIN(started_at), MAX(started_at), MAX(attempt_number) FROM attempts \
             WHERE delivery = $1 AND (outcome IS NULL OR outcome = 'unknown')",
        )
        .bind(to_bigint(delivery.number))
        .fetch_one(self.connection())
        .await?;
        let found = first.zip(last).zip(number);
        Ok(found.map(|((first, last), number)| UnknownAttempts {
            first_started: from_bigint(first),
            last_started: from_bigint(last),
            last_number: number,
        }))
    }

    /// Records that the room contains no message of the attempts of unknown result, so that the next attempt cannot post a
    /// second copy.
    pub async fn mark_not_stored(&mut self, delivery: &StoredDelivery) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE attempts SET outcome = 'retry' \
             WHERE delivery = $1 AND (outcome IS NULL OR outcome = 'unknown')",
        )
        .bind(to_bigint(delivery.number))
        .run(self)
        .await
    }

    /// Records that the default room is notified of a delivery of unknown result. False when it was notified about
    /// this call before.
    pub async fn mark_doubt_reported(
        &mut self,
        call: CallId,
        now: Millis,
    ) -> Result<bool, StoreError> {
        sqlx::query(
            "UPDATE calls SET doubt_reported_at = $2 WHERE id = $1 AND doubt_reported_at IS NULL",
        )
        .bind(call.to_string())
        .bind(to_bigint(now))
        .changes(self)
        .await
    }

    /// Records the start of an attempt; returns its number.
    pub async fn begin_attempt(
        &mut self,
        delivery: &StoredDelivery,
        now: Millis,
    ) -> Result<i64, StoreError> {
        let number: i64 = sqlx::query_scalar(
            "INSERT INTO attempts (delivery, attempt_number, started_at) \
             SELECT $1, COUNT(*), $2 FROM attempts WHERE delivery = $1 RETURNING attempt_number",
        )
        .bind(to_bigint(delivery.number))
        .bind(to_bigint(now))
        .fetch_one(self.connection())
        .await?;
        Ok(number)
    }

    /// Records the outcome of an attempt.
    pub(super) async fn end_attempt(
        &mut self,
        delivery: &StoredDelivery,
        number: i64,
        outcome: Outcome,
    ) -> Result<(), StoreError> {
        sqlx::query("UPDATE attempts SET outcome = $3 WHERE delivery = $1 AND attempt_number = $2")
            .bind(to_bigint(delivery.number))
            .bind(number)
            .bind(to_column(outcome)?)
            .run(self)
            .await
    }
}

/// Converts an outcome to its column.
fn to_column(outcome: Outcome) -> Result<String, StoreError> {
    Ok(serde_json::to_string(&outcome)?
        .trim_matches('"')
        .to_owned())
}

/// Reads an outcome from its column.
pub(super) fn from_column(text: &str) -> Result<Outcome, StoreError> {
    Ok(serde_json::from_value(text.into())?)
}
