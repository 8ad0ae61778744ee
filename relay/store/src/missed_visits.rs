//! Missed visits: the decision after the deadline, and the delivery that creates the task. The rules are those of
//! `domain::missed_visit`.

use yobirin_api::Millis;
use yobirin_api::call::Call;
use yobirin_domain::missed_visit::{MissedDecision, TASK_LIFE_MILLIS, decide, delivery_index};
use yobirin_domain::model::delivery::{CallFacts, MISSED_POST_INDEX};
use yobirin_domain::model::id::{CallId, DeviceId};

use super::deliveries::{LeasedDelivery, NewDelivery};
use super::transaction::RunStatement as _;
use super::{Store, StoreError, Transaction, from_bigint, parse_id, skip_unreadable, to_bigint};

/// Time after which an undecided call is checked again.
const RECHECK_MS: Millis = 5_000;

impl Store {
    /// Returns the time at which the next decision is due whether a call is a missed visit.
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
    /// Decides whether the next call that is due is a missed visit. For one, stores the delivery of the task, or of a
    /// message when nobody can be assigned, and plans the edits of the call's posts.
    pub async fn decide_missed_visit(&mut self, now: Millis) -> Result<(), StoreError> {
        let row: Option<(String, String, String, i64)> = sqlx::query_as(
            "SELECT id, device_id, request, expires_at FROM calls WHERE missed_check_at <= $1 \
             ORDER BY missed_check_at LIMIT 1",
        )
        .bind(to_bigint(now))
        .fetch_optional(self.connection())
        .await?;
        let Some((id, device, request, expires)) = row else {
            return Ok(());
        };
        let read = || {
            Ok((
                parse_id(&id)?,
                parse_id(&device)?,
                serde_json::from_str(&request)?,
            ))
        };
        let next_check = match skip_unreadable(read())? {
            Some((call, device, request)) if now < from_bigint(expires) + TASK_LIFE_MILLIS => {
                self.decide(call, &device, &request, now).await?
            }
            // Unreadable, or the relay was stopped for so long that a task is of no use any more.
            _ => None,
        };
        sqlx::query("UPDATE calls SET missed_check_at = $2 WHERE id = $1")
            .bind(id.as_str())
            .bind(next_check.map(to_bigint))
            .run(self)
            .await
    }

    /// Decides about one call; returns the time of the next check when it cannot be decided yet.
    async fn decide(
        &mut self,
        call: CallId,
        device: &DeviceId,
        request: &Call,
        now: Millis,
    ) -> Result<Option<Millis>, StoreError> {
        let facts = CallFacts {
            // A deleted answer does not count.
            is_answered: self.shown_answer_of(call).await?.is_some(),
            ..self.call_facts(call).await?
        };
        let deliveries = self.deliveries_of(call).await?;
        let states = deliveries.iter().map(|sent| (sent.to, &sent.state));
        let (to, missed) = match (decide(facts, states), &request.missed) {
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
            accepted: now,
            expires: now + TASK_LIFE_MILLIS,
            retracts: None,
            after_seconds: None,
        };
        self.add_delivery(task, now).await?;
        self.plan_post_edits(call).await?;
        Ok(None)
    }

    /// Turns a task that Chatwork refuses into a message.
    pub(super) async fn turn_into_post(&mut self, task: &LeasedDelivery) -> Result<(), StoreError> {
        sqlx::query("UPDATE deliveries SET delivery_index = $2 WHERE number = $1")
            .bind(to_bigint(task.number))
            .bind(to_bigint(MISSED_POST_INDEX as u64))
            .run(self)
            .await
    }
}
