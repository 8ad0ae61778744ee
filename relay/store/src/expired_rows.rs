//! Deletion of rows whose time has passed. The rows of calls are left to `retention`.

use yobirin_api::Millis;
use yobirin_domain::caller_limits::SessionLifetime;
use yobirin_domain::model::retention::Retention;
use yobirin_domain::retention::event_cutoff;

use super::cancellations::EARLY_CANCELLATION_LIFETIME_MS;
use super::transaction::RunStatement as _;
use super::{StoreError, Transaction, to_bigint};

impl Transaction {
    /// Deletes events, notices, pairing codes and requests, sessions, and cancellations whose calls have not arrived, once
    /// their time has passed at `now`. `applied` is the retention that the relay applies.
    pub async fn delete_expired_rows(
        &mut self,
        applied: &Retention,
        now: Millis,
    ) -> Result<(), StoreError> {
        let events = event_cutoff(applied, now);
        // A call that arrives later is refused for its deadline.
        let cancellations = now.saturating_sub(EARLY_CANCELLATION_LIFETIME_MS);
        let (admin_used, admin_opened) = SessionLifetime::of_admin(false).ended_before(now);
        let (host_used, host_opened) = SessionLifetime::of_host(false).ended_before(now);
        let deletions = [
            ("DELETE FROM events WHERE created_at < $1", events),
            ("DELETE FROM cluster_notices WHERE created_at < $1", events),
            ("DELETE FROM pairing_codes WHERE expires_at <= $1", now),
            ("DELETE FROM pairing_requests WHERE expires_at <= $1", now),
            (
                "DELETE FROM cancellations WHERE cancelled_at <= $1 \
                 AND NOT EXISTS (SELECT 1 FROM calls c WHERE c.id = cancellations.call_id)",
                cancellations,
            ),
            (
                "DELETE FROM sessions WHERE host_id IS NULL AND seen_at <= $1",
                admin_used,
            ),
            (
                "DELETE FROM sessions WHERE host_id IS NULL AND created_at <= $1",
                admin_opened,
            ),
            (
                "DELETE FROM sessions WHERE host_id IS NOT NULL AND seen_at <= $1",
                host_used,
            ),
            (
                "DELETE FROM sessions WHERE host_id IS NOT NULL AND created_at <= $1",
                host_opened,
            ),
        ];
        for (deletion, time) in deletions {
            sqlx::query(deletion)
                .bind(to_bigint(time))
                .run(self)
                .await?;
        }
        Ok(())
    }
}
