//! Missed visits: the decision after the deadline, and the delivery that creates the task. The rules are those of
//! `domain::missed_visit`.

use std::collections::BTreeSet;

use yobirin_api::Millis;
use yobirin_api::call::Call;
use yobirin_domain::missed_visit::{
    CallAtDeadline, MissedDecision, TASK_LIFETIME_MILLIS, decide, delivery_index,
};
use yobirin_domain::model::delivery::MISSED_POST_INDEX;
use yobirin_domain::model::id::{CallId, DeviceId};

use super::deliveries::{NewDelivery, StoredDelivery};
use super::transaction::RunStatement as _;
use super::{Store, StoreError, Transaction, from_bigint, parse_id, skip_unreadable, to_bigint};

/// Time after which an undecided call is checked again.
const RECHECK_MS: Millis = 5_000;
/// Maximum number of calls that are decided in one transaction.
const DECISION_BATCH_SIZE: i64 = 100;

impl Store {
    /// Returns the time of the next decision about a call without an answer.
    pub async fn next_missed_check(&self) -> Result<Option<Millis>, StoreError> {
        let next: Option<i64> = sqlx::query_scalar(
            "SELECT MIN(missed_check_at) FROM calls WHERE missed_check_at IS NOT NULL",
        )
        .fetch_one(self.read().await?)
        .await?;
        Ok(next.map(from_bigint))
    }
}

impl Transaction {
    /// Decides about the calls that are due. For each missed visit, stores the delivery of the task, or of a message when
    /// nobody can be assigned, and plans the edits of the call's posts. Calls in `unread` have a room that must be read
    /// before the decision.
    pub async fn decide_missed_visits(
        &mut self,
        unread: &BTreeSet<CallId>,
        now: Millis,
    ) -> Result<(), StoreError> {
        let rows: Vec<(String, String, String, i64)> = sqlx::query_as(
            "SELECT id, device_id, request, expires_at FROM calls WHERE missed_check_at <= $1 \
             ORDER BY missed_check_at LIMIT $2",
        )
        .bind(to_bigint(now))
        .bind(DECISION_BATCH_SIZE)
        .fetch_all(self.connection())
        .await?;
        for (id, device, request, expires) in rows {
            let read = || {
                Ok((
                    parse_id(&id)?,
                    parse_id(&device)?,
                    serde_json::from_str(&request)?,
                ))
            };
            let next_check = match skip_unreadable(read())? {
                Some((call, device, request))
                    if now < from_bigint(expires) + TASK_LIFETIME_MILLIS =>
                {
                    let has_unread_room = unread.contains(&call);
                    self.decide(call, &device, &request, has_unread_room, now)
                        .await?
                }
                // Not decided: unreadable, or the relay was stopped until a task is too late to be of use.
                _ => None,
            };
            sqlx::query("UPDATE calls SET missed_check_at = $2 WHERE id = $1")
                .bind(id.as_str())
                .bind(next_check.map(to_bigint))
                .run(self)
                .await?;
        }
        Ok(())
    }

    /// Decides about one call; returns the time of the next check when it cannot be decided yet.
    async fn decide(
        &mut self,
        call: CallId,
        device: &DeviceId,
        request: &Call,
        has_unread_room: bool,
        now: Millis,
    ) -> Result<Option<Millis>, StoreError> {
        let flags = self.call_flags(call).await?;
        let at_deadline = CallAtDeadline {
            is_cancelled_or_revoked: flags.is_cancelled || flags.is_revoked,
            is_answered: self.shown_answer_of(call).await?.is_some(),
            has_unread_room,
        };
        let deliveries = self.deliveries_of(call).await?;
        let states = deliveries.iter().map(|stored| (stored.to, &stored.state));
        let (to, missed) = match (decide(at_deadline, states), &request.missed) {
            (MissedDecision::Undecided, _) => return Ok(Some(now + RECHECK_MS)),
            (MissedDecision::Missed(to), Some(missed)) => (to, missed),
            _ => return Ok(None),
        };
        let task = NewDelivery {
            id: call,
            device: Some(device),
            index: delivery_index(to, &missed.assignees),
            to,
            text: &missed.text,
            accepted_at: now,
            expires_at: now + TASK_LIFETIME_MILLIS,
            retracts: None,
            after_seconds: None,
        };
        self.add_delivery(task, now).await?;
        self.plan_post_edits(call).await?;
        Ok(None)
    }

    /// Turns a task that Chatwork refuses into a message.
    pub(super) async fn turn_into_post(&mut self, task: &StoredDelivery) -> Result<(), StoreError> {
        sqlx::query("UPDATE deliveries SET delivery_index = $2 WHERE number = $1")
            .bind(to_bigint(task.number))
            .bind(to_bigint(MISSED_POST_INDEX as u64))
            .run(self)
            .await
    }
}
