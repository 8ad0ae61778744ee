//! Sends one delivery and records its result.

use std::sync::Arc;
use std::time::Duration;

use yobirin_api::Millis;
use yobirin_api::call::Outcome;
use yobirin_domain::model::delivery::{DeliveryState, RejectReason, gives_up_contact_lookup};
use yobirin_domain::model::id::{CallId, RoomId};

use super::clock_step::clamp_due;
use super::{Outbox, after, backoff};
use yobirin_chatwork::{Account, GatewayError, PostOutcome, TransportError};
use yobirin_store::{DeliveryUpdate, LeasedDelivery, StoreError, Transaction};

/// Maximum time of the room lookup before a post. After a longer one the attempt is started again.
const MAX_LOOKUP_MS: Millis = 2_000;
/// Attempts to record a result, one per second; they must end before the lease does.
const MAX_SAVE_ATTEMPTS: u32 = 30;

impl Outbox {
    /// Posts a delivery whose attempt is on disk.
    pub(super) async fn send(
        &self,
        delivery: LeasedDelivery,
        attempt: i64,
    ) -> Result<(), StoreError> {
        let Some(account) = self
            .forwarder
            .gateway
            .account()
            .filter(|a| a.refused.is_none())
        else {
            let waiting = self.requeue(&delivery, DeliveryState::Waiting);
            return self
                .record_result(&delivery, Some((attempt, Outcome::Retry)), waiting)
                .await;
        };
        let started = self.forwarder.clock.now();
        let room = self.forwarder.gateway.room_of(&account, delivery.to).await;
        let is_late = self.forwarder.clock.now() > started + MAX_LOOKUP_MS;
        let (outcome, update) = match room {
            // The settle window starts with the attempt, so a late post needs a new one.
            Ok(Some(_)) if is_late => (
                Outcome::Retry,
                self.requeue(&delivery, DeliveryState::Waiting),
            ),
            Ok(Some(room)) => self.send_to(&account, room, &delivery).await?,
            Ok(None) => rejected(RejectReason::NotAContact),
            Err(error) => self.lookup_failed(&account, &delivery, &error).await?,
        };
        self.record_result(&delivery, Some((attempt, outcome)), update)
            .await
    }

    async fn send_to(
        &self,
        account: &Arc<Account>,
        room: RoomId,
        delivery: &LeasedDelivery,
    ) -> Result<(Outcome, DeliveryUpdate), StoreError> {
        let (gateway, clock) = (&self.forwarder.gateway, &self.forwarder.clock);
        let outcome = gateway.post(account, room, &delivery.body).await;
        let has_failed = matches!(outcome, PostOutcome::Retry | PostOutcome::Unknown);
        {
            let (mut limits, now) = (gateway.limits(), clock.now());
            limits.post_ended(delivery.to, now);
            limits.record_room_result(delivery.to, has_failed, now);
        }
        Ok(match outcome {
            PostOutcome::Delivered(message) => (
                Outcome::Delivered,
                end(DeliveryState::Delivered {
                    message,
                    room,
                    at: clock.now(),
                }),
            ),
            PostOutcome::Retry => (
                Outcome::Retry,
                self.retry_later(delivery, DeliveryState::Waiting),
            ),
            PostOutcome::Limited(until) => (Outcome::Retry, wait_until(delivery, until)),
            PostOutcome::RoomLimited(until) => {
                gateway.limits().block_room(delivery.to, until);
                (Outcome::Retry, wait_until(delivery, until))
            }
            PostOutcome::Unknown => (
                Outcome::Unknown,
                self.requeue(delivery, DeliveryState::Unknown),
            ),
            PostOutcome::TokenRefused => {
                self.forwarder.connection.refuse(account).await?;
                (
                    Outcome::TokenRefused,
                    self.requeue(delivery, DeliveryState::Waiting),
                )
            }
            PostOutcome::Rejected(RejectReason::NoSuchRoom) if is_private(delivery) => {
                self.closed_private_room(account, room, delivery).await?
            }
            PostOutcome::Rejected(reason) => rejected(reason),
        })
    }

    /// Handles a private room that refuses the bot: the contact may have ended, or have a new room.
    async fn closed_private_room(
        &self,
        account: &Arc<Account>,
        closed: RoomId,
        delivery: &LeasedDelivery,
    ) -> Result<(Outcome, DeliveryUpdate), StoreError> {
        self.forwarder.gateway.forget_contacts();
        Ok(
            match self.forwarder.gateway.room_of(account, delivery.to).await {
                Ok(Some(room)) if room == closed => rejected(RejectReason::NoSuchRoom),
                Ok(Some(_)) => (
                    Outcome::Retry,
                    self.requeue(delivery, DeliveryState::Waiting),
                ),
                Ok(None) => rejected(RejectReason::NotAContact),
                Err(error) => self.lookup_failed(account, delivery, &error).await?,
            },
        )
    }

    /// Handles a failed lookup of the private room. Nothing was posted.
    async fn lookup_failed(
        &self,
        account: &Arc<Account>,
        delivery: &LeasedDelivery,
        error: &GatewayError,
    ) -> Result<(Outcome, DeliveryUpdate), StoreError> {
        Ok(match error {
            GatewayError::TokenRefused => {
                self.forwarder.connection.refuse(account).await?;
                (
                    Outcome::TokenRefused,
                    self.requeue(delivery, DeliveryState::Waiting),
                )
            }
            GatewayError::RateLimited(until) => (Outcome::Retry, wait_until(delivery, *until)),
            GatewayError::UnexpectedReply(_)
            | GatewayError::Transport(TransportError::NoAnswer)
                if gives_up_contact_lookup(delivery.expires, self.forwarder.clock.now())
                    && self.has_fallback(delivery).await? =>
            {
                rejected(RejectReason::ContactsUnreadable)
            }
            _ => {
                let now = self.forwarder.clock.now();
                self.forwarder
                    .gateway
                    .limits()
                    .record_room_result(delivery.to, true, now);
                (
                    Outcome::Retry,
                    self.retry_later(delivery, DeliveryState::Waiting),
                )
            }
        })
    }

    async fn has_fallback(&self, delivery: &LeasedDelivery) -> Result<bool, StoreError> {
        if delivery.device.is_none() {
            return Ok(false); // a message of the relay's own
        }
        let call = self.forwarder.store.call(delivery.call).await?;
        Ok(call.is_some_and(|(_, call)| call.fallback.is_some()))
    }

    /// Update for another try after the backoff delay.
    pub(super) fn retry_later(
        &self,
        delivery: &LeasedDelivery,
        state: DeliveryState,
    ) -> DeliveryUpdate {
        let delays = match state {
            DeliveryState::Unknown => backoff::LOOKUP_DELAYS,
            _ => backoff::POST_DELAYS,
        };
        let retry_count = delivery.retry_count + 1;
        let wait = backoff::delay(delays, retry_count, rand::random());
        let due = after(self.forwarder.clock.now(), wait);
        DeliveryUpdate {
            state,
            due,
            retry_count,
        }
    }

    /// Update for another try at once.
    pub(super) fn requeue(
        &self,
        delivery: &LeasedDelivery,
        state: DeliveryState,
    ) -> DeliveryUpdate {
        DeliveryUpdate {
            state,
            due: self.forwarder.clock.now(),
            retry_count: delivery.retry_count,
        }
    }

    /// Records a result. Repeats while the database fails: a message id in hand is better than a lookup
    /// later.
    pub(super) async fn record_result(
        &self,
        delivery: &LeasedDelivery,
        attempt: Option<(i64, Outcome)>,
        update: DeliveryUpdate,
    ) -> Result<(), StoreError> {
        let mut save_attempts = 1;
        loop {
            let result = self.save(delivery, attempt, update.clone()).await;
            let Err(error) = result else {
                return Ok(());
            };
            if save_attempts == MAX_SAVE_ATTEMPTS || self.forwarder.stopping.is_cancelled() {
                return Err(error);
            }
            tracing::warn!(%error, call = %delivery.call, "failed to record delivery result; retrying");
            save_attempts += 1;
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }

    async fn save(
        &self,
        delivery: &LeasedDelivery,
        attempt: Option<(i64, Outcome)>,
        update: DeliveryUpdate,
    ) -> Result<(), StoreError> {
        let transaction = self.forwarder.store.begin().await?;
        self.commit(transaction, delivery, attempt, update).await
    }

    /// Records a result together with the other changes of the transaction.
    pub(super) async fn commit(
        &self,
        mut transaction: Transaction,
        delivery: &LeasedDelivery,
        attempt: Option<(i64, Outcome)>,
        update: DeliveryUpdate,
    ) -> Result<(), StoreError> {
        let (call, index, state) = (delivery.call, delivery.index, update.state.clone());
        let now = self.forwarder.clock.now();
        if !transaction
            .record_result(delivery, attempt, clamp_due(update, now), now)
            .await?
        {
            tracing::warn!(%call, index, "lease lost: its new holder reads the room");
            return Ok(());
        }
        log_update(call, index, attempt.map(|(_, outcome)| outcome), &state);
        transaction.commit().await?;
        self.count(call, &state, now).await
    }

    /// Counts a finished delivery and its latency.
    async fn count(
        &self,
        call: CallId,
        state: &DeliveryState,
        now: Millis,
    ) -> Result<(), StoreError> {
        let metrics = &self.forwarder.metrics;
        match state {
            DeliveryState::Waiting | DeliveryState::Unknown | DeliveryState::Withdrawn => {}
            DeliveryState::Rejected { .. } => metrics.rejected.inc(),
            DeliveryState::Expired => metrics.expired.inc(),
            DeliveryState::Delivered { .. } => {
                metrics.delivered.inc();
                if let Some(accepted) = self.forwarder.store.accepted_at(call).await? {
                    let latency = Duration::from_millis(now.saturating_sub(accepted));
                    metrics.latency.observe(latency.as_secs_f64());
                }
            }
        }
        Ok(())
    }
}

/// Logs an update, with the names of the API.
fn log_update(call: CallId, index: usize, outcome: Option<Outcome>, state: &DeliveryState) {
    let attempt = serde_json::to_value(outcome).unwrap_or_default();
    let state = serde_json::to_value(state).unwrap_or_default();
    let text = |name: &str| state[name].as_str();
    tracing::info!(
        %call,
        index,
        attempt = attempt.as_str(),
        state = text("state"),
        message_id = text("message"),
        room = state["room"].as_u64(),
        reason = text("reason"),
        "delivery updated"
    );
}

/// Update to a final state: nothing is due.
pub(super) fn end(state: DeliveryState) -> DeliveryUpdate {
    DeliveryUpdate {
        state,
        due: 0,
        retry_count: 0,
    }
}

fn rejected(reason: RejectReason) -> (Outcome, DeliveryUpdate) {
    (Outcome::Rejected, end(DeliveryState::Rejected { reason }))
}

/// Update for another try when the limit allows it. That is no failure and does not count as a retry.
fn wait_until(delivery: &LeasedDelivery, until: Millis) -> DeliveryUpdate {
    DeliveryUpdate {
        state: DeliveryState::Waiting,
        due: until,
        retry_count: delivery.retry_count,
    }
}

fn is_private(delivery: &LeasedDelivery) -> bool {
    matches!(
        delivery.to,
        yobirin_domain::routing::Destination::Account(_)
    )
}
