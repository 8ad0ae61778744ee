//! The leader lease: of several relays on one PostgreSQL, its holder sends to Chatwork.

use yobirin_api::Millis;

use super::transaction::RunStatement as _;
use super::{StoreError, Transaction, to_bigint};

/// Result of asking for the leader lease.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeaseOutcome {
    /// This relay has kept the lease.
    Renewed,
    /// This relay has the lease after another one, whose posts it must count under Chatwork's limits.
    Acquired,
    /// Another relay holds it until this time.
    HeldByOther(Millis),
}

impl Transaction {
    /// Acquires or renews the leader lease until `until`.
    pub async fn acquire_leader_lease(
        &mut self,
        until: Millis,
        now: Millis,
    ) -> Result<LeaseOutcome, StoreError> {
        let (holder, expires_at): (String, i64) =
            sqlx::query_as("SELECT holder, expires_at FROM leader_lease WHERE id = 1")
                .fetch_one(self.connection())
                .await?;
        let expires_at = super::from_bigint(expires_at);
        let is_ours = *holder == *self.store.relay_name;
        if !is_ours && expires_at > now {
            return Ok(LeaseOutcome::HeldByOther(expires_at));
        }
        sqlx::query("UPDATE leader_lease SET holder = $1, expires_at = $2 WHERE id = 1")
            .bind(&*self.store.relay_name)
            .bind(to_bigint(until))
            .run(self)
            .await?;
        Ok(if is_ours {
            LeaseOutcome::Renewed
        } else {
            LeaseOutcome::Acquired
        })
    }
}
