//! After the clock was set back: times that were written down before lie too far ahead. Nothing may
//! wait for them, and no call may live longer for it.

use yobirin_api::Millis;
use yobirin_domain::model::call::DEADLINE_MILLIS;

use super::{StoreError, Transaction, sql};

/// Longer than anything is ever put off, or held, by the clock it was written by.
pub const MAX_FUTURE_MS: Millis = 10 * 60 * 1000;

impl Transaction {
    /// Brings what lies further ahead than it can be back to this time. Calls keep at most the life
    /// that a call has from now.
    pub async fn repair_clock_step(&mut self, now: Millis) -> Result<(), StoreError> {
        let horizon = sql(now + MAX_FUTURE_MS);
        let changes = [
            (
                "UPDATE deliveries SET expires_at = $1 WHERE is_open = 1 AND expires_at > $2",
                sql(now + DEADLINE_MILLIS),
                sql(now + DEADLINE_MILLIS),
            ),
            (
                "UPDATE deliveries SET due_at = $1 WHERE is_open = 1 AND due_at > $2",
                sql(now),
                horizon,
            ),
            (
                "UPDATE deliveries SET leased_until = $1 WHERE is_open = 1 AND leased_until > $2",
                0,
                horizon,
            ),
            (
                // Only what still matters: the history keeps the times it was given.
                "UPDATE attempts SET started_at = $1 WHERE started_at > $2 \
                 AND (outcome IS NULL OR outcome = 'unknown')",
                sql(now),
                sql(now),
            ),
            (
                "UPDATE leader_lease SET expires_at = $1 WHERE expires_at > $2",
                0,
                horizon,
            ),
        ];
        for (change, to, threshold) in changes {
            sqlx::query(change)
                .bind(to)
                .bind(threshold)
                .execute(self.connection())
                .await?;
        }
        Ok(())
    }
}
