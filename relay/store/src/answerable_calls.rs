//! Calls that hosts may answer: at least one message was delivered, and the deadline has not passed or the decision about a
//! missed visit is still open. A call whose answers were erased closes at that time.

use sqlx::Row as _;
use sqlx::any::AnyRow;
use yobirin_api::Millis;
use yobirin_domain::answer::{AnswerableCall, CallPost, REMEMBERED_MILLIS};
use yobirin_domain::model::delivery::DeliveryState;
use yobirin_domain::model::id::MessageId;

use super::{
    Store, StoreError, StoredDelivery, parse_id, read_number, read_optional, skip_unreadable,
    to_bigint,
};

impl Store {
    /// Returns the calls of which at least one message arrived, and
    /// - whose deadline is after `since`, or
    /// - that await the decision about a missed visit, or
    /// - that were open at the same time as such a call: a message without a reference may be meant for them
    ///   ([`REMEMBERED_MILLIS`]).
    pub async fn answerable_calls(&self, since: Millis) -> Result<Vec<AnswerableCall>, StoreError> {
        let rows = sqlx::query(
            "SELECT c.id, c.revoked_at, x.cancelled_at, c.missed_check_at, \
                CASE WHEN c.answers_erased_at < c.expires_at THEN c.answers_erased_at ELSE c.expires_at END \
                    AS closes_at, \
                (SELECT COUNT(*) FROM answers a WHERE a.call_id = c.id AND a.withdrawn_at IS NULL) AS answers, \
                d.destination, d.state, d.ended_at, d.retracts_index \
             FROM calls c JOIN deliveries d ON d.call_id = c.id \
             LEFT JOIN cancellations x ON x.call_id = c.id AND x.device_id = c.device_id \
             WHERE (c.expires_at > $1 OR c.missed_check_at IS NOT NULL OR c.expires_at > \
                (SELECT MIN(u.expires_at) - $2 FROM calls u WHERE u.missed_check_at IS NOT NULL)) \
               AND d.ended_at IS NOT NULL ORDER BY c.id, d.delivery_index",
        )
        .bind(to_bigint(since))
        .bind(to_bigint(REMEMBERED_MILLIS))
        .fetch_all(self.read().await?)
        .await?;
        let mut calls: Vec<AnswerableCall> = Vec::new();
        for row in &rows {
            let Some(read) = skip_unreadable(read_call(row))?.flatten() else {
                continue;
            };
            match calls.last_mut().filter(|last| last.call == read.call) {
                Some(last) => last.posts.extend(read.posts),
                None => calls.push(read),
            }
        }
        Ok(calls)
    }

    /// Returns the messages that are known to have arrived of the delivery's call. They carry the same reference as the
    /// delivery, so a search for the delivery's own message must leave them out.
    pub async fn known_messages(
        &self,
        delivery: &StoredDelivery,
    ) -> Result<Vec<MessageId>, StoreError> {
        let states: Vec<String> = sqlx::query_scalar(
            "SELECT state FROM deliveries WHERE call_id = $1 AND ended_at IS NOT NULL",
        )
        .bind(delivery.id.to_string())
        .fetch_all(self.read().await?)
        .await?;
        let mut messages = Vec::new();
        for state in states {
            if let DeliveryState::Delivered { message, .. } = serde_json::from_str(&state)? {
                messages.push(message);
            }
        }
        Ok(messages)
    }
}

/// Reads a call with one of its posts; `None` when the delivery has not arrived.
fn read_call(row: &AnyRow) -> Result<Option<AnswerableCall>, StoreError> {
    let state = serde_json::from_str(row.try_get("state")?)?;
    let DeliveryState::Delivered { message, room, .. } = state else {
        return Ok(None);
    };
    let post = CallPost {
        to: parse_id(row.try_get("destination")?)?,
        room,
        message,
        at: read_number(row, "ended_at")?,
        is_retraction: read_optional(row, "retracts_index")?.is_some(),
    };
    let is_revoked = read_optional(row, "revoked_at")?.is_some();
    let is_cancelled = read_optional(row, "cancelled_at")?.is_some();
    let is_answered = read_number(row, "answers")? > 0;
    Ok(Some(AnswerableCall {
        call: parse_id(row.try_get("id")?)?,
        deadline: read_number(row, "closes_at")?,
        is_waiting: !is_answered && !is_revoked && !is_cancelled,
        awaits_decision: read_optional(row, "missed_check_at")?.is_some(),
        posts: vec![post],
    }))
}
