//! History of calls, for admins.

mod filter;

use std::collections::BTreeMap;

use sqlx::Row as _;
use sqlx::any::AnyRow;
use yobirin_api::call::{Attempt, Call, CallPage, CallRecord, DeliveryRecord, MissedRecord};
use yobirin_domain::model::delivery::{CallState, DeliveryGroups};
use yobirin_domain::model::id::CallId;
use yobirin_domain::model::settings::Settings;

pub use filter::HistoryFilter;

use super::answers::StoredAnswer;
use super::{
    Store, StoreError, attempts, deliveries, from_bigint, parse_id, read_number, read_optional,
    skip_unreadable, to_bigint,
};

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
            for row in &rows {
                if calls.len() == limit || scanned == MAX_ROWS_SCANNED {
                    let next = Some(parse_id(&before)?);
                    return Ok(CallPage { calls, next });
                }
                scanned += 1;
                before = row.try_get("id")?;
                let read_call = || {
                    let request = serde_json::from_str(row.try_get("request")?)?;
                    Ok((parse_id(&before)?, request))
                };
                if let Some((id, call)) = skip_unreadable(read_call())?
                    && filter.matches_text(id, &call, settings)
                {
                    let record = skip_unreadable(self.record(row, id, call).await)?;
                    calls.extend(record.filter(|record| filter.matches_outcome(record)));
                }
            }
            if rows.len() < batch_size {
                return Ok(CallPage { calls, next: None });
            }
        }
    }

    async fn rows_before(
        &self,
        before: &str,
        limit: usize,
        filter: &HistoryFilter,
    ) -> Result<Vec<AnyRow>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, device_id, request, accepted_at, revoked_at, doubt_reported_at, expires_at, \
                visitor_erased_at, erase_requested_at, kept_from FROM calls \
             WHERE ($1 = '' OR (accepted_at, id) < ((SELECT accepted_at FROM calls WHERE id = $1), $1)) \
             AND accepted_at >= $2 AND accepted_at < $3 \
             AND ($4 = '' OR device_id = $4) AND expires_at > $5 \
             ORDER BY accepted_at DESC, id DESC LIMIT $6",
        )
        .bind(before)
        .bind(to_bigint(filter.from.unwrap_or(0)))
        .bind(filter.until.map_or(i64::MAX, to_bigint))
        .bind(filter.device.as_ref().map_or("", |device| device.as_str()))
        .bind(to_bigint(filter.expires_after()))
        .bind(to_bigint(limit as u64))
        .fetch_all(self.read().await?)
        .await?;
        Ok(rows)
    }

    async fn record(&self, row: &AnyRow, id: CallId, call: Call) -> Result<CallRecord, StoreError> {
        let mut attempts = self.attempts(id).await?;
        let states: Vec<(i64, String, Option<i64>)> = sqlx::query_as(
            "SELECT delivery_index, state, retracts_index FROM deliveries WHERE call_id = $1 ORDER BY delivery_index",
        )
        .bind(id.to_string())
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
        let answers = self.answers_of(id).await?;
        let expires = read_number(row, "expires_at")?;
        Ok(CallRecord {
            id,
            device: parse_id(row.try_get("device_id")?)?,
            call,
            accepted: read_number(row, "accepted_at")?,
            expires,
            kept_from: read_number(row, "kept_from")?,
            state: CallState::of(states.map(|delivery| &delivery.state)),
            deliveries: groups.notifications,
            fallback: groups.fallback,
            cancelled: self.cancelled_at(id).await?,
            revoked: read_optional(row, "revoked_at")?,
            doubted: read_optional(row, "doubt_reported_at")?,
            erased: read_optional(row, "visitor_erased_at")?,
            erase_requested: read_optional(row, "erase_requested_at")?,
            retractions: groups.retractions,
            later: groups.later,
            answers: answers.iter().map(StoredAnswer::to_record).collect(),
            missed: groups
                .missed
                .and_then(|(index, record)| MissedRecord::of(expires, index, &record.state)),
        })
    }

    /// Returns every attempt of a call, by the index of its delivery.
    async fn attempts(&self, call: CallId) -> Result<BTreeMap<i64, Vec<Attempt>>, StoreError> {
        let rows: Vec<(i64, i64, Option<String>)> = sqlx::query_as(
            "SELECT d.delivery_index, a.started_at, a.outcome FROM attempts a \
             JOIN deliveries d ON d.number = a.delivery WHERE d.call_id = $1 ORDER BY a.attempt_number",
        )
        .bind(call.to_string())
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
