//! Steps of escalations: deliveries that are sent later. Their times are those of `domain::escalation::scheduled_time`,
//! computed again in every transaction that changes a delivery of the call.

use std::collections::BTreeSet;

use yobirin_api::Millis;
use yobirin_domain::escalation::{ScheduledDelivery, StepTime, scheduled_time};
use yobirin_domain::model::delivery::DeliveryState;
use yobirin_domain::model::id::CallId;

use super::deliveries::{NOT_DUE, StoredDelivery};
use super::transaction::RunStatement as _;
use super::{StoreError, Transaction, from_bigint, to_bigint};

impl Transaction {
    /// Sets the times of the waiting steps, and withdraws steps whose time would be after the deadline.
    pub(super) async fn schedule_steps(
        &mut self,
        call: CallId,
        now: Millis,
    ) -> Result<(), StoreError> {
        let deliveries = self.deliveries_of(call).await?;
        let scheduled = deliveries.iter().map(|delivery| ScheduledDelivery {
            after_seconds: delivery.after_seconds,
            state: &delivery.state,
            ended: delivery.ended_at,
            // A start in the future is from before the clock was set back.
            tried: delivery.first_attempt_at.map(|started| started.min(now)),
            may_have_arrived: delivery.may_have_arrived,
        });
        let scheduled: Vec<_> = scheduled.collect();
        for (delivery, schedule) in deliveries.iter().zip(&scheduled) {
            let Some(after_seconds) = delivery.after_seconds else {
                continue;
            };
            if delivery.state != DeliveryState::Waiting || schedule.may_have_arrived {
                continue;
            }
            let due_at = from_bigint(delivery.due_at);
            match scheduled_time(&scheduled, after_seconds, delivery.expires_at) {
                StepTime::Blocked => self.set_due(delivery, NOT_DUE).await?,
                StepTime::At(at) if schedule.keeps_retry_delay(due_at, at, now) => {}
                StepTime::At(at) => self.set_due(delivery, to_bigint(at)).await?,
                StepTime::Never => {
                    self.set_state(delivery, DeliveryState::Withdrawn, now)
                        .await?;
                }
            }
        }
        Ok(())
    }

    /// Computes the time of a leased step again, and gives the lease back unless the step is due now. True when the
    /// lease was given back.
    pub(super) async fn put_off_if_not_due(
        &mut self,
        step: &StoredDelivery,
        now: Millis,
    ) -> Result<bool, StoreError> {
        self.schedule_steps(step.id, now).await?;
        sqlx::query(
            "UPDATE deliveries SET leased_until = 0 \
             WHERE number = $1 AND (due_at > $2 OR is_open = 0 OR expires_at <= $2)",
        )
        .bind(to_bigint(step.number))
        .bind(to_bigint(now))
        .changes(self)
        .await
    }

    /// Withdraws the steps and the missed-visit task of a call that are not sent yet, because somebody has answered.
    pub(super) async fn withdraw_open_follow_ups(
        &mut self,
        call: CallId,
        now: Millis,
    ) -> Result<(), StoreError> {
        for delivery in self.deliveries_of(call).await? {
            let (kind, may_have_arrived) = (delivery.kind(), delivery.may_have_arrived);
            if delivery
                .state
                .is_withdrawn_by_answer(kind, may_have_arrived)
            {
                self.set_state(&delivery, DeliveryState::Withdrawn, now)
                    .await?;
            }
        }
        Ok(())
    }

    /// Withdraws the steps and missed-visit tasks of all calls that are not sent yet, and drops the decisions about missed
    /// visits that are due later, because the office reads no answers any more.
    pub async fn withdraw_all_follow_ups(&mut self, now: Millis) -> Result<(), StoreError> {
        let calls: Vec<String> =
            sqlx::query_scalar("SELECT DISTINCT call_id FROM deliveries WHERE is_open = 1")
                .fetch_all(self.connection())
                .await?;
        for call in calls {
            self.withdraw_open_follow_ups(super::parse_id(&call)?, now)
                .await?;
        }
        sqlx::query("UPDATE calls SET missed_check_at = NULL WHERE missed_check_at IS NOT NULL")
            .run(self)
            .await
    }

    /// Moves times of open calls that lie in the future, because the clock was set back, to `now`, and schedules the
    /// steps of these calls again. `due_at` is moved first, because scheduling would keep a later time as the delay of a
    /// retry.
    pub(super) async fn repair_step_times(&mut self, now: Millis) -> Result<(), StoreError> {
        let moved: Vec<String> = sqlx::query_scalar(
            "UPDATE deliveries SET ended_at = $1 WHERE ended_at > $1 \
             AND call_id IN (SELECT id FROM calls WHERE expires_at > $1) RETURNING call_id",
        )
        .bind(to_bigint(now))
        .fetch_all(self.connection())
        .await?;
        for call in BTreeSet::from_iter(moved) {
            sqlx::query(
                "UPDATE deliveries SET due_at = $2 \
                 WHERE call_id = $1 AND is_open = 1 AND after_seconds IS NOT NULL AND due_at > $2",
            )
            .bind(call.as_str())
            .bind(to_bigint(now))
            .run(self)
            .await?;
            self.schedule_steps(super::parse_id(&call)?, now).await?;
        }
        Ok(())
    }

    async fn set_due(&mut self, step: &StoredDelivery, due_at: i64) -> Result<(), StoreError> {
        sqlx::query("UPDATE deliveries SET due_at = $2 WHERE number = $1")
            .bind(to_bigint(step.number))
            .bind(due_at)
            .run(self)
            .await
    }
}
