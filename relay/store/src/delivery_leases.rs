//! Leases of deliveries: the heads of the queues, leasing one, and recording its result.

use sqlx::Row as _;
use sqlx::any::AnyRow;
use yobirin_api::Millis;
use yobirin_api::call::Outcome;
use yobirin_domain::model::delivery::{DeliveryKind, DeliveryState, DeliveryUpdate, FollowUp};
use yobirin_domain::routing::Destination;

use super::deliveries::{NOT_DUE, StoredDelivery, read_delivery, select_deliveries};
use super::transaction::RunStatement as _;
use super::{Store, StoreError, Transaction, from_bigint, parse_id, skip_unreadable, to_bigint};

/// Maximum number of overdue deliveries that one transaction marks as expired.
const EXPIRY_BATCH_SIZE: i64 = 500;

/// Head of a queue. There is one queue per tablet and destination. The head is the oldest delivery of the queue that is
/// due and not leased.
#[derive(Clone, Debug)]
pub struct HeadDelivery {
    /// Number of the delivery; a delivery that was accepted later has a larger one.
    pub number: u64,
    /// Destination.
    pub to: Destination,
    /// Id of the tablet; empty for a bot message.
    pub device: String,
    /// End of the previous lease; 0 when the delivery was never leased. A changed value means that the delivery was
    /// leased again.
    pub leased_until: Millis,
}

impl Store {
    /// Returns the heads of all queues. A delivery that is leased or waits for a retry does not block the deliveries
    /// behind it.
    ///
    /// Seeks from queue to queue by index, so that the cost does not grow with the number of deliveries behind a head.
    pub async fn heads(&self, now: Millis) -> Result<Vec<HeadDelivery>, StoreError> {
        const HEADS: &str = "WITH RECURSIVE destinations (destination) AS ( \
                SELECT MIN(destination) FROM deliveries WHERE is_open = 1 \
                UNION ALL \
                SELECT (SELECT MIN(e.destination) FROM deliveries e \
                    WHERE e.is_open = 1 AND e.destination > destinations.destination) \
                FROM destinations WHERE destinations.destination IS NOT NULL), \
            queues (destination, device_id) AS ( \
                SELECT destinations.destination, (SELECT MIN(e.device_id) FROM deliveries e \
                    WHERE e.is_open = 1 AND e.destination = destinations.destination) \
                FROM destinations WHERE destinations.destination IS NOT NULL \
                UNION ALL \
                SELECT queues.destination, (SELECT MIN(e.device_id) FROM deliveries e \
                    WHERE e.is_open = 1 AND e.destination = queues.destination AND e.device_id > queues.device_id) \
                FROM queues WHERE queues.device_id IS NOT NULL), \
            heads (number) AS ( \
                SELECT (SELECT e.number FROM deliveries e WHERE e.is_open = 1 \
                    AND e.destination = queues.destination AND e.device_id = queues.device_id \
                    AND e.due_at <= $1 AND e.leased_until <= $1 ORDER BY e.number LIMIT 1) \
                FROM queues WHERE queues.device_id IS NOT NULL) \
            SELECT d.number, d.destination, d.device_id, d.leased_until \
            FROM heads JOIN deliveries d ON d.number = heads.number";
        let rows: Vec<(i64, String, String, i64)> = sqlx::query_as(HEADS)
            .bind(to_bigint(now))
            .fetch_all(self.read().await?)
            .await?;
        let head = |(number, destination, device, leased): (_, String, _, _)| {
            Ok(HeadDelivery {
                number: from_bigint(number),
                to: parse_id(&destination)?,
                device,
                leased_until: from_bigint(leased),
            })
        };
        // Unreadable deliveries are left out here: `expire_overdue` logs and closes them.
        let heads = rows.into_iter().map(head);
        Ok(heads.filter_map(Result::<_, StoreError>::ok).collect())
    }

    /// Returns the next time after `now` at which a retry is due or a lease ends. `> 0` makes the partial indexes usable.
    pub async fn next_due(&self, now: Millis) -> Result<Option<Millis>, StoreError> {
        let (due, lease): (Option<i64>, Option<i64>) = sqlx::query_as(
            "SELECT (SELECT MIN(due_at) FROM deliveries \
                WHERE is_open = 1 AND due_at > 0 AND due_at > $1 AND due_at < $2), \
                (SELECT MIN(leased_until) FROM deliveries \
                WHERE is_open = 1 AND leased_until > 0 AND leased_until > $1)",
        )
        .bind(to_bigint(now))
        .bind(NOT_DUE)
        .fetch_one(self.read().await?)
        .await?;
        Ok(due.into_iter().chain(lease).min().map(from_bigint))
    }

    /// Returns the next deadline of an open delivery.
    pub async fn next_deadline(&self) -> Result<Option<Millis>, StoreError> {
        let next: Option<i64> =
            sqlx::query_scalar("SELECT MIN(expires_at) FROM deliveries WHERE is_open = 1")
                .fetch_one(self.read().await?)
                .await?;
        Ok(next.map(from_bigint))
    }
}

impl Transaction {
    /// Leases a delivery. `None` when another relay has leased it, when it is an escalation step that is not due
    /// after all, or when it is unreadable and was closed. The caller must commit the transaction in each case.
    pub async fn lease(
        &mut self,
        head: &HeadDelivery,
        until: Millis,
        now: Millis,
    ) -> Result<Option<StoredDelivery>, StoreError> {
        let is_leased = sqlx::query(
            "UPDATE deliveries SET leased_until = $2, leased_by = $3 \
             WHERE number = $1 AND is_open = 1 AND leased_until = $4",
        )
        .bind(to_bigint(head.number))
        .bind(to_bigint(until))
        .bind(&*self.store.relay_name)
        .bind(to_bigint(head.leased_until))
        .changes(self)
        .await?;
        if !is_leased {
            return Ok(None);
        }
        let row = sqlx::query(select_deliveries!("WHERE d.number = $1"))
            .bind(to_bigint(head.number))
            .fetch_one(self.connection())
            .await?;
        let Some(delivery) = skip_unreadable(read_delivery(&row))? else {
            self.close_unreadable(&row).await?;
            return Ok(None);
        };
        if delivery.kind() == DeliveryKind::LaterMessage
            && self.put_off_if_not_due(&delivery, now).await?
        {
            return Ok(None);
        }
        Ok(Some(delivery))
    }

    /// Closes an unreadable delivery, so that it does not block its queue.
    async fn close_unreadable(&mut self, row: &AnyRow) -> Result<(), StoreError> {
        sqlx::query("UPDATE deliveries SET is_open = 0, state = $2 WHERE number = $1")
            .bind(row.try_get::<i64, _>("number")?)
            .bind(serde_json::to_string(&DeliveryState::Expired)?)
            .run(self)
            .await
    }

    /// Releases the leases of this relay's earlier processes, which have ended: only one process uses a data directory at
    /// a time. The leases of other relays end by themselves.
    pub async fn release_own_leases(&mut self) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE deliveries SET leased_until = 0 \
             WHERE is_open = 1 AND leased_until > 0 AND leased_by IN ($1, '')",
        )
        .bind(&*self.store.relay_name)
        .run(self)
        .await
    }

    /// Records the result of a delivery and of its attempt, releases the lease, and stores the event and the follow-up
    /// of a new state in the same transaction. Writes nothing and returns false when another relay holds the lease by
    /// now: that relay looks the message up in the room.
    pub async fn record_result(
        &mut self,
        delivery: &StoredDelivery,
        attempt: Option<(i64, Outcome)>,
        update: DeliveryUpdate,
        now: Millis,
    ) -> Result<bool, StoreError> {
        let is_holder = sqlx::query(
            "UPDATE deliveries SET due_at = $2, retry_count = $3, leased_until = 0 \
             WHERE number = $1 AND is_open = 1 AND leased_until = $4 AND leased_by = $5",
        )
        .bind(to_bigint(delivery.number))
        .bind(to_bigint(update.due_at))
        .bind(to_bigint(update.retry_count))
        .bind(to_bigint(delivery.leased_until))
        .bind(&*self.store.relay_name)
        .changes(self)
        .await?;
        if !is_holder {
            return Ok(false);
        }
        if let Some((number, outcome)) = attempt {
            self.end_attempt(delivery, number, outcome).await?;
        }
        let (kind, flags) = (delivery.kind(), self.call_flags(delivery.id).await?);
        let state = flags.state_after(kind, update.state);
        let follow_up = flags.follow_up(kind, &state);
        if follow_up == Some(FollowUp::MissedPost) {
            self.turn_into_post(delivery).await?;
            return Ok(true);
        }
        if follow_up == Some(FollowUp::Fallback) {
            // The event of the fallback must come before the event of the rejection: a tablet that knows of no other
            // open delivery takes the rejection for the end of the call.
            self.add_fallback(delivery, now).await?;
        }
        let has_arrived = matches!(state, DeliveryState::Delivered { .. });
        if state != delivery.state {
            self.set_state(delivery, state, now).await?;
        }
        if follow_up == Some(FollowUp::Retraction) {
            self.add_retraction(delivery, now).await?;
        } else if flags.is_answered && has_arrived {
            self.plan_post_edits(delivery.id).await?;
        }
        self.schedule_steps(delivery.id, now).await?;
        Ok(true)
    }

    /// Marks overdue deliveries as expired, at most [`EXPIRY_BATCH_SIZE`] of them, and returns their count.
    /// A delivery with an attempt of unknown result expires only if its deadline was before `give_up_before`; a delivery
    /// whose number is among `in_flight` does not expire.
    pub async fn expire_overdue(
        &mut self,
        now: Millis,
        give_up_before: Millis,
        in_flight: &[u64],
    ) -> Result<usize, StoreError> {
        let rows = sqlx::query(select_deliveries!(
            "WHERE d.is_open = 1 AND d.expires_at <= $1 AND d.leased_until <= $1 \
               AND (d.expires_at <= $4 OR d.state = $2 AND NOT EXISTS (SELECT 1 FROM attempts a \
                   WHERE a.delivery = d.number AND a.outcome IS NULL)) \
             ORDER BY d.number LIMIT $3"
        ))
        .bind(to_bigint(now))
        .bind(serde_json::to_string(&DeliveryState::Waiting)?)
        .bind(EXPIRY_BATCH_SIZE)
        .bind(to_bigint(give_up_before))
        .fetch_all(self.connection())
        .await?;
        let mut expired = 0;
        for row in &rows {
            let Some(delivery) = skip_unreadable(read_delivery(row))? else {
                self.close_unreadable(row).await?;
                continue;
            };
            if !in_flight.contains(&delivery.number) {
                self.set_state(&delivery, DeliveryState::Expired, now)
                    .await?;
                expired += 1;
            }
        }
        Ok(expired)
    }
}

#[cfg(test)]
mod tests;
