//! Repairs stored times after the clock was set back: times that were stored before the step are too far in the future.
//! Without the repair, waits and the lifetimes of calls would be longer by the step.

use yobirin_api::Millis;
use yobirin_domain::missed_visit::DECISION_DELAY_MILLIS;
use yobirin_domain::model::call::DEADLINE_MILLIS;
use yobirin_domain::model::delivery::MAX_FUTURE_MILLIS;

use super::transaction::RunStatement as _;
use super::{StoreError, Transaction, to_bigint};

impl Transaction {
    /// Moves each time that lies too far in the future: times at which a row is due to `now`, deadlines to the latest that
    /// a call of now could have, the ends of leases to the past.
    pub async fn repair_clock_step(&mut self, now: Millis) -> Result<(), StoreError> {
        let horizon = to_bigint(now + MAX_FUTURE_MILLIS);
        let latest_deadline = to_bigint(now + DEADLINE_MILLIS);
        let updates = [
            (
                // Deliveries of calls only: the task for a missed visit (index 1000) and its message live longer.
                "UPDATE deliveries SET expires_at = $1 \
                 WHERE is_open = 1 AND delivery_index < 1000 AND expires_at > $2",
                latest_deadline,
                latest_deadline,
            ),
            (
                "UPDATE calls SET expires_at = $1 WHERE expires_at > $2",
                latest_deadline,
                latest_deadline,
            ),
            (
                "UPDATE calls SET missed_check_at = $1 WHERE missed_check_at > $2",
                latest_deadline + to_bigint(DECISION_DELAY_MILLIS),
                latest_deadline + to_bigint(DECISION_DELAY_MILLIS),
            ),
            (
                // The times of escalation steps are computed again below.
                "UPDATE deliveries SET due_at = $1 \
                 WHERE is_open = 1 AND after_seconds IS NULL AND due_at > $2",
                to_bigint(now),
                horizon,
            ),
            (
                "UPDATE post_edits SET due_at = $1 WHERE is_open = 1 AND due_at > $2",
                to_bigint(now),
                horizon,
            ),
            (
                "UPDATE deliveries SET leased_until = $1 WHERE is_open = 1 AND leased_until > $2",
                0,
                horizon,
            ),
            (
                // An attempt of unknown result is looked for in Chatwork by its start, so no start may lie in the
                // future. Other attempts keep their times in the history.
                "UPDATE attempts SET started_at = $1 WHERE started_at > $2 \
                 AND (outcome IS NULL OR outcome = 'unknown')",
                to_bigint(now),
                to_bigint(now),
            ),
            (
                "UPDATE leader_lease SET expires_at = $1 WHERE expires_at > $2",
                0,
                horizon,
            ),
        ];
        for (update, new_value, threshold) in updates {
            sqlx::query(update)
                .bind(new_value)
                .bind(threshold)
                .run(self)
                .await?;
        }
        self.repair_step_times(now).await
    }
}
