//! Calls that hosts may answer: at least one message was delivered, the words were not erased, and the deadline has not
//! passed or the decision about a missed visit is still open.

use yobirin_api::Millis;
use yobirin_domain::answer::{AnswerableCall, CallPost, REMEMBERED_MILLIS};
use yobirin_domain::model::delivery::DeliveryState;
use yobirin_domain::model::id::MessageId;

use super::{Store, StoreError, from_bigint, parse_id, skip_unreadable};

/// Columns of the call: id, time at which it closes (its deadline, or the erasure of its words before that), times of revocation, cancellation and of the decision about a missed visit, number
/// of answers. Columns of one of its deliveries: destination, state, end, and the index of the delivery that it retracts.
type Row = (
    String,
    i64,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    i64,
    String,
    String,
    i64,
    Option<i64>,
);

impl Store {
    /// Returns the calls of which at least one message arrived, and
    /// - whose deadline is after `since`, or
    /// - that await the decision about a missed visit, or
    /// - that were open at the same time as such a call: a message without a reference may be meant for them
    ///   ([`REMEMBERED_MILLIS`]).
    pub async fn answerable_calls(&self, since: Millis) -> Result<Vec<AnswerableCall>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT c.id, CASE WHEN c.answers_erased_at < c.expires_at THEN c.answers_erased_at ELSE c.expires_at END, \
                c.revoked_at, x.cancelled_at, c.missed_check_at, \
                (SELECT COUNT(*) FROM answers a WHERE a.call_id = c.id AND a.withdrawn_at IS NULL), \
                d.destination, d.state, d.ended_at, d.retracts_index \
             FROM calls c JOIN deliveries d ON d.call_id = c.id \
             LEFT JOIN cancellations x ON x.call_id = c.id AND x.device_id = c.device_id \
             WHERE (c.expires_at > $1 OR c.missed_check_at IS NOT NULL OR c.expires_at > \
                (SELECT MIN(u.expires_at) - $2 FROM calls u WHERE u.missed_check_at IS NOT NULL)) \
               AND d.ended_at IS NOT NULL ORDER BY c.id, d.delivery_index",
        )
        .bind(super::to_bigint(since))
        .bind(super::to_bigint(REMEMBERED_MILLIS))
        .fetch_all(self.read().await?)
        .await?;
        let mut calls: Vec<AnswerableCall> = Vec::new();
        for (id, expires, revoked, cancelled, check, answers, to, state, ended, retracts) in rows {
            let Some(call) = skip_unreadable(parse_id(&id))? else {
                continue;
            };
            let post = || {
                Ok(match serde_json::from_str(&state)? {
                    DeliveryState::Delivered { message, room, .. } => Some(CallPost {
                        to: parse_id(&to)?,
                        room,
                        message,
                        at: from_bigint(ended),
                        is_retraction: retracts.is_some(),
                    }),
                    _ => None,
                })
            };
            let Some(post) = skip_unreadable(post())?.flatten() else {
                continue;
            };
            match calls.last_mut().filter(|last| last.call == call) {
                Some(last) => last.posts.push(post),
                None => calls.push(AnswerableCall {
                    call,
                    deadline: from_bigint(expires),
                    is_waiting: answers == 0 && revoked.is_none() && cancelled.is_none(),
                    awaits_decision: check.is_some(),
                    posts: vec![post],
                }),
            }
        }
        Ok(calls)
    }

    /// Returns the messages that are known to have arrived of the delivery's call. They carry the same reference as the
    /// delivery, so a search for the delivery's own message must leave them out.
    pub async fn known_messages(
        &self,
        delivery: &super::StoredDelivery,
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
