//! Missed visits: the decision after the deadline, and the delivery that gives the task. The rules are those of
//! `domain::missed_visit`.

use yobirin_api::Millis;
use yobirin_api::call::{Call, MissedOutcome, MissedRecord};
use yobirin_domain::missed_visit::{MissedDecision, TASK_LIFE_MILLIS, assignees_in, decide};
use yobirin_domain::model::delivery::{
    CallFacts, DeliveryState, MISSED_POST_INDEX, MISSED_TASK_INDEX,
};
use yobirin_domain::model::id::{CallId, DeviceId};
use yobirin_domain::routing::Destination;

use super::deliveries::{LeasedDelivery, NewDelivery};
use super::transaction::RunStatement as _;
use super::{
    Store, StoreError, Transaction, deliveries, from_bigint, parse_id, readable, to_bigint,
};

/// Calls that are decided in one transaction.
const BATCH_SIZE: i64 = 100;
/// Time after which an undecided call is looked at again.
const RECHECK_MS: Millis = 5_000;

impl Store {
    /// Returns the next time at which it is to be decided whether a call is missed.
    pub async fn next_missed_check(&self) -> Result<Option<Millis>, StoreError> {
        let next: Option<i64> = sqlx::query_scalar(
            "SELECT MIN(missed_check_at) FROM calls WHERE missed_check_at IS NOT NULL",
        )
        .fetch_one(self.read().await?)
        .await?;
        Ok(next.map(from_bigint))
    }

    /// Returns the time at which a call was missed; `None` when it was not.
    pub(super) async fn missed_at(&self, call: CallId) -> Result<Option<Millis>, StoreError> {
        let at: Option<i64> = sqlx::query_scalar(
            "SELECT MIN(c.expires_at) FROM calls c JOIN deliveries d ON d.call_id = c.id \
             WHERE c.id = $1 AND d.delivery_index >= $2",
        )
        .bind(call.to_string())
        .bind(to_bigint(MISSED_TASK_INDEX as u64))
        .fetch_one(self.read().await?)
        .await?;
        Ok(at.map(from_bigint))
    }
}

impl Transaction {
    /// Decides which calls are missed whose time for it has come. Stores the task of each, or the message when nobody
    /// can be given the task, and plans the edits of its posts.
    pub async fn decide_missed_visits(&mut self, now: Millis) -> Result<(), StoreError> {
        let calls: Vec<(String, String, String)> = sqlx::query_as(
            "SELECT id, device_id, request FROM calls WHERE missed_check_at <= $1 \
             ORDER BY missed_check_at LIMIT $2",
        )
        .bind(to_bigint(now))
        .bind(BATCH_SIZE)
        .fetch_all(self.connection())
        .await?;
        for (id, device, request) in calls {
            let read = || {
                Ok((
                    parse_id(&id)?,
                    parse_id(&device)?,
                    serde_json::from_str(&request)?,
                ))
            };
            let next_check = match readable(read())? {
                Some((call, device, request)) => {
                    self.decide_missed_visit(call, &device, &request, now)
                        .await?
                }
                None => None,
            };
            sqlx::query("UPDATE calls SET missed_check_at = $2 WHERE id = $1")
                .bind(id.as_str())
                .bind(next_check.map(to_bigint))
                .run(self)
                .await?;
        }
        Ok(())
    }

    /// Returns the time of the next check of a call that cannot be decided yet.
    async fn decide_missed_visit(
        &mut self,
        call: CallId,
        device: &DeviceId,
        request: &Call,
        now: Millis,
    ) -> Result<Option<Millis>, StoreError> {
        let facts = CallFacts {
            // An answer that was deleted is none.
            is_answered: self.answer_to_show(call).await?.is_some(),
            ..self.call_facts(call).await?
        };
        let deliveries = self.deliveries_of(call).await?;
        let states = deliveries
            .iter()
            .map(|delivery| (delivery.to, &delivery.state));
        match (decide(facts, states), &request.missed) {
            (MissedDecision::Undecided, Some(_)) => return Ok(Some(now + RECHECK_MS)),
            (MissedDecision::Missed(to), Some(missed)) => {
                let index = match assignees_in(to, &missed.assignees).is_empty() {
                    true => MISSED_POST_INDEX,
                    false => MISSED_TASK_INDEX,
                };
                self.add_missed_visit(call, device, index, to, &missed.text, now)
                    .await?;
                self.plan_post_edits(call).await?;
            }
            _ => {}
        }
        Ok(None)
    }

    /// Stores the message in place of a task that Chatwork refuses.
    pub(super) async fn add_missed_post(
        &mut self,
        task: &LeasedDelivery,
        now: Millis,
    ) -> Result<(), StoreError> {
        let Some(device) = &task.device else {
            return Ok(());
        };
        let (index, to) = (MISSED_POST_INDEX, task.to);
        self.add_missed_visit(task.id, device, index, to, &task.body, now)
            .await
    }

    async fn add_missed_visit(
        &mut self,
        id: CallId,
        device: &DeviceId,
        index: usize,
        to: Destination,
        text: &str,
        now: Millis,
    ) -> Result<(), StoreError> {
        let delivery = NewDelivery {
            id,
            device: Some(device),
            index,
            to,
            text,
            accepted: now,
            expires: now + TASK_LIFE_MILLIS,
            retracts: None,
            after_seconds: None,
        };
        self.add_delivery(delivery, now).await?;
        Ok(())
    }
}

/// Returns the missed visit of the history from the states of its deliveries, by index; `None` without one.
pub(super) fn record(at: Millis, missed: &[(i64, DeliveryState)]) -> Option<MissedRecord> {
    let (index, state) = missed.last()?;
    let outcome = match state {
        DeliveryState::Delivered { message, room, .. }
            if deliveries::index(*index) == MISSED_TASK_INDEX =>
        {
            Some(MissedOutcome::Task {
                task: message.as_str().parse().unwrap_or_default(),
                room: *room,
            })
        }
        DeliveryState::Delivered { message, room, .. } => Some(MissedOutcome::Posted {
            message: message.clone(),
            room: *room,
        }),
        state => state.is_final().then_some(MissedOutcome::Refused),
    };
    Some(MissedRecord { at, outcome })
}
