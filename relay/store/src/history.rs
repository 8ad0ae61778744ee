//! History of calls, for admins.

mod filter;

use std::collections::BTreeMap;

use yobirin_api::call::{Attempt, Call, CallPage, CallRecord, DeliveryRecord, MissedRecord};
use yobirin_domain::model::delivery::{CallState, DeliveryGroups};
use yobirin_domain::model::id::CallId;
use yobirin_domain::model::settings::Settings;

pub use filter::HistoryFilter;

use super::answers::StoredAnswer;
use super::{
    Store, StoreError, attempts, deliveries, from_bigint, parse_id, skip_unreadable, to_bigint,
};

type Time = Option<i64>;
/// Columns of a call: id, tablet, request; times of acceptance, of the tablet's revocation, of the report about an
/// unknown result, and of the deadline; times at which the visitor's words were erased and at which an admin asked to
/// erase all words; time from which retention counts.
type CallRow = (
    String,
    String,
    String,
    i64,
    Time,
    Time,
    i64,
    Time,
    Time,
    i64,
);

/// Maximum number of rows read for one page. A filter that matches few rows gives a shorter page, which `next`
/// continues.
const MAX_ROWS_SCANNED: usize = 2_000;
/// Minimum number of rows read by one statement, so that a rare match does not cost one statement per call.
const MIN_BATCH_SIZE: usize = 100;

impl Store {
    /// Returns matching calls accepted before `before`, newest first by the relay's clock: the time in a
    /// call's id is of the tablet's clock, which may be wrong. A page may hold fewer than `limit` calls
    /// although more match; its `next` is set if so.
    pub async fn history(
        &self,
        before: Option<CallId>,
        limit: usize,
        filter: &HistoryFilter,
        settings: &Settings,
    ) -> Result<CallPage, StoreError> {
        let mut before = before.map_or_else(String::new, |call| call.to_string());
        let batch_size = MIN_BATCH_SIZE.max(limit + 1);
        let (mut calls, mut scanned) = (Vec::new(), 0);
        loop {
            let rows = self.rows_before(&before, batch_size, filter).await?;
            let count = rows.len();
            for row in rows {
                if calls.len() == limit || scanned == MAX_ROWS_SCANNED {
                    let next = Some(parse_id(&before)?);
                    return Ok(CallPage { calls, next });
                }
                scanned += 1;
                before.clone_from(&row.0);
                let parse_call = || Ok((parse_id(&row.0)?, serde_json::from_str(&row.2)?));
                if let Some((id, call)) = skip_unreadable(parse_call())?
                    && filter.matches_text(id, &call, settings)
                {
                    let record = skip_unreadable(self.record(row, call).await)?;
                    calls.extend(record.filter(|record| filter.matches_state(record)));
                }
            }
            if count < batch_size {
                return Ok(CallPage { calls, next: None });
            }
        }
    }

    async fn rows_before(
        &self,
        before: &str,
        limit: usize,
        filter: &HistoryFilter,
    ) -> Result<Vec<CallRow>, StoreError> {
        let rows = sqlx::query_as(
            "SELECT id, device_id, request, accepted_at, revoked_at, doubt_reported_at, expires_at, \
                visitor_erased_at, erase_requested_at, kept_from FROM calls \
             WHERE ($1 = '' OR (accepted_at, id) < ((SELECT accepted_at FROM calls WHERE id = $1), $1)) \
             AND accepted_at >= $2 AND accepted_at < $3 \
             AND ($4 = '' OR device_id = $4) ORDER BY accepted_at DESC, id DESC LIMIT $5",
        )
        .bind(before)
        .bind(to_bigint(filter.from.unwrap_or(0)))
        .bind(filter.until.map_or(i64::MAX, to_bigint))
        .bind(filter.device.as_ref().map_or("", |device| device.as_str()))
        .bind(to_bigint(limit as u64))
        .fetch_all(self.read().await?)
        .await?;
        Ok(rows)
    }

    async fn record(&self, row: CallRow, call: Call) -> Result<CallRecord, StoreError> {
        let (
            call_id,
            device,
            _,
            accepted,
            revoked,
            doubted,
            expires,
            erased,
            erase_requested,
            kept_from,
        ) = row;
        let mut attempts = self.attempts(&call_id).await?;
        let states: Vec<(i64, String, Option<i64>)> = sqlx::query_as(
            "SELECT delivery_index, state, retracts_index FROM deliveries WHERE call_id = $1 ORDER BY delivery_index",
        )
        .bind(call_id.as_str())
        .fetch_all(self.read().await?)
        .await?;
        let mut groups = DeliveryGroups::default();
        for (index, state, retracts) in states {
            let record = DeliveryRecord {
                state: serde_json::from_str(&state)?,
                attempts: attempts.remove(&index).unwrap_or_default(),
            };
            groups.add(deliveries::parse_index(index), retracts.is_some(), record);
        }
        let states = groups.notifications.iter().chain(&groups.fallback);
        let id: CallId = parse_id(&call_id)?;
        let answers = self.answers_of(id).await?;
        Ok(CallRecord {
            id,
            device: parse_id(&device)?,
            call,
            accepted: from_bigint(accepted),
            expires: from_bigint(expires),
            kept_from: from_bigint(kept_from),
            state: CallState::of(states.map(|delivery| &delivery.state)),
            deliveries: groups.notifications,
            fallback: groups.fallback,
            cancelled: self.cancelled_at(id).await?,
            revoked: revoked.map(from_bigint),
            doubted: doubted.map(from_bigint),
            erased: erased.map(from_bigint),
            erase_requested: erase_requested.map(from_bigint),
            retractions: groups.retractions,
            later: groups.later,
            answers: answers.iter().map(StoredAnswer::to_record).collect(),
            missed: groups.missed.and_then(|(index, record)| {
                MissedRecord::of(from_bigint(expires), index, &record.state)
            }),
        })
    }

    /// Returns every attempt of a call, by the index of its delivery.
    async fn attempts(&self, call: &str) -> Result<BTreeMap<i64, Vec<Attempt>>, StoreError> {
        let rows: Vec<(i64, i64, Option<String>)> = sqlx::query_as(
            "SELECT d.delivery_index, a.started_at, a.outcome FROM attempts a \
             JOIN deliveries d ON d.number = a.delivery WHERE d.call_id = $1 ORDER BY a.attempt_number",
        )
        .bind(call)
        .fetch_all(self.read().await?)
        .await?;
        let mut attempts: BTreeMap<i64, Vec<Attempt>> = BTreeMap::new();
        for (index, started, outcome_text) in rows {
            let outcome = outcome_text
                .as_deref()
                .map(attempts::from_column)
                .transpose()?;
            attempts.entry(index).or_default().push(Attempt {
                at: from_bigint(started),
                outcome,
            });
        }
        Ok(attempts)
    }
}
