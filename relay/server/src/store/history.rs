//! The history of calls, for admins.

use std::collections::BTreeMap;

use yobirin_api::call::{Attempt, CallPage, CallRecord, DeliveryRecord};
use yobirin_domain::delivery::CallState;
use yobirin_domain::id::CallId;

use super::{Store, StoreError, attempts, deliveries, id, millis, sql};

type CallRow = (String, String, String, i64);

impl Store {
    /// Calls before one (by id, which is the order of the taps), newest first.
    pub(crate) async fn history(
        &self,
        before: Option<CallId>,
        limit: usize,
    ) -> Result<CallPage, StoreError> {
        // Every id is a UUID in lower case, so "g" comes after all of them.
        let before = before.map_or_else(|| "g".to_owned(), |call| call.to_string());
        let rows: Vec<CallRow> = sqlx::query_as(
            "SELECT id, device, request, accepted_at FROM calls \
             WHERE id < $1 AND device <> '' ORDER BY id DESC LIMIT $2",
        )
        .bind(before)
        .bind(sql(limit as u64 + 1))
        .fetch_all(&self.reads)
        .await?;
        let is_more = rows.len() > limit;
        let mut calls = Vec::new();
        for row in rows.into_iter().take(limit) {
            calls.push(self.record(row).await?);
        }
        let next = calls.last().map(|call| call.id).filter(|_| is_more);
        Ok(CallPage { calls, next })
    }

    async fn record(&self, row: CallRow) -> Result<CallRecord, StoreError> {
        let (text, device, request, accepted) = row;
        let mut tries = self.tries(&text).await?;
        let states: Vec<(i64, String, Option<i64>)> = sqlx::query_as(
            "SELECT place, state, retracts FROM deliveries WHERE call_id = $1 ORDER BY place",
        )
        .bind(text.as_str())
        .fetch_all(&self.reads)
        .await?;
        let (mut deliveries, mut retractions, mut fallback) = (Vec::new(), Vec::new(), None);
        for (place, state, retracts) in states {
            let record = DeliveryRecord {
                state: serde_json::from_str(&state)?,
                attempts: tries.remove(&place).unwrap_or_default(),
            };
            match retracts {
                Some(_) => retractions.push(record),
                None if deliveries::is_fallback(place, deliveries.len()) => fallback = Some(record),
                None => deliveries.push(record),
            }
        }
        let states: Vec<_> = deliveries
            .iter()
            .chain(&fallback)
            .map(|delivery| delivery.state.clone())
            .collect();
        let call: CallId = id(&text)?;
        Ok(CallRecord {
            id: call,
            device: id(&device)?,
            call: serde_json::from_str(&request)?,
            accepted: millis(accepted),
            state: CallState::of(&states),
            deliveries,
            fallback,
            cancelled: self.cancelled_at(call).await?,
            retractions,
        })
    }

    /// Every try of a call, by the place of its delivery.
    async fn tries(&self, call: &str) -> Result<BTreeMap<i64, Vec<Attempt>>, StoreError> {
        let rows: Vec<(i64, i64, Option<String>)> = sqlx::query_as(
            "SELECT place, started_at, outcome FROM attempts WHERE call_id = $1 ORDER BY number",
        )
        .bind(call)
        .fetch_all(&self.reads)
        .await?;
        let mut tries: BTreeMap<i64, Vec<Attempt>> = BTreeMap::new();
        for (place, at, word) in rows {
            let outcome = word.as_deref().map(attempts::outcome).transpose()?;
            tries.entry(place).or_default().push(Attempt {
                at: millis(at),
                outcome,
            });
        }
        Ok(tries)
    }
}
