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
    pub async fn clock_was_set_back(&mut self, now: Millis) -> Result<(), StoreError> {
        let far = sql(now + MAX_FUTURE_MS);
        let changes = [
            (
                "UPDATE deliveries SET expires_at = $1 WHERE is_open = 1 AND expires_at > $2",
                sql(now + DEADLINE_MILLIS),
                sql(now + DEADLINE_MILLIS),
            ),
            (
                "UPDATE deliveries SET due_at = $1 WHERE is_open = 1 AND due_at > $2",
                sql(now),
                far,
            ),
            (
                "UPDATE deliveries SET leased_until = $1 WHERE is_open = 1 AND leased_until > $2",
                0,
                far,
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
                far,
            ),
        ];
        for (change, to, beyond) in changes {
            sqlx::query(change)
                .bind(to)
                .bind(beyond)
                .execute(self.connection())
                .await?;
        }
        Ok(())
    }
}
