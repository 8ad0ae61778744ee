//! Lease of the leader among the relays on one database. The rules are those of `domain::leader_lease`.

use yobirin_api::Millis;
use yobirin_domain::leader_lease::LeaderLease;

use crate::transaction::RunStatement as _;
use crate::{StoreError, Transaction, from_bigint, to_bigint};

impl Transaction {
    /// Returns the stored leader lease.
    pub async fn leader_lease(&mut self) -> Result<LeaderLease, StoreError> {
        let (holder, ends_at): (String, i64) =
            sqlx::query_as("SELECT holder, expires_at FROM leader_lease WHERE id = 1")
                .fetch_one(self.connection())
                .await?;
        Ok(LeaderLease {
            is_ours: *holder == *self.store.relay_name,
            ends_at: from_bigint(ends_at),
        })
    }

    /// Makes this relay the holder of the leader lease until `ends_at`.
    pub async fn take_leader_lease(&mut self, ends_at: Millis) -> Result<(), StoreError> {
        sqlx::query("UPDATE leader_lease SET holder = $1, expires_at = $2 WHERE id = 1")
            .bind(&*self.store.relay_name)
            .bind(to_bigint(ends_at))
            .run(self)
            .await
    }
}
