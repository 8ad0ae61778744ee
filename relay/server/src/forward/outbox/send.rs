//! Posting one delivery, and what each outcome does to it.

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

/// A try that has not come to posting after this time is made anew.
const MAX_LOOKUP_MS: Millis = 2_000;
/// How often, once a second, what became of a job is tried to be saved: less than its lease.
const MAX_SAVE_ATTEMPTS: u32 = 30;

impl Outbox {
    /// Posts; the try is on disk already.
    pub(super) async fn send(&self, job: LeasedDelivery, attempt: i64) -> Result<(), StoreError> {
        let Some(account) = self
            .forwarder
            .gateway
            .account()
            .filter(|a| a.refused.is_none())
        else {
            let waiting = self.requeue(&job, DeliveryState::Waiting);
            return self
                .record_result(&job, Some((attempt, Outcome::Retry)), waiting)
                .await;
        };
        let asked = self.forwarder.clock.now();
        let found = self.forwarder.gateway.room_of(&account, job.to).await;
        let is_late = self.forwarder.clock.now() > asked + MAX_LOOKUP_MS;
        let (outcome, change) = match found {
            // How long a try may still be on its way counts from its beginning: it begins anew.
            Ok(Some(_)) if is_late => (Outcome::Retry, self.requeue(&job, DeliveryState::Waiting)),
            Ok(Some(room)) => self.send_to(&account, room, &job).await?,
            Ok(None) => rejected(RejectReason::NotAContact),
            Err(error) => self.lookup_failed(&account, &job, &error).await?,
        };
        self.record_result(&job, Some((attempt, outcome)), change)
            .await
    }

    async fn send_to(
        &self,
        account: &Arc<Account>,
        room: RoomId,
        job: &LeasedDelivery,
    ) -> Result<(Outcome, DeliveryUpdate), StoreError> {
        let (link, clock) = (&self.forwarder.gateway, &self.forwarder.clock);
        let outcome = link.post(account, room, &job.body).await;
        let has_failed = matches!(outcome, PostOutcome::Retry | PostOutcome::Unknown);
        {
            let (mut limits, now) = (link.limits(), clock.now());
            limits.post_ended(job.to, now);
            limits.post_answered(job.to, has_failed, now);
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
                self.retry_later(job, DeliveryState::Waiting),
            ),
            PostOutcome::Limited(until) => (Outcome::Retry, wait_until(job, until)),
            PostOutcome::RoomLimited(until) => {
                link.limits().block_room(job.to, until);
                (Outcome::Retry, wait_until(job, until))
            }
            PostOutcome::Unknown => (Outcome::Unknown, self.requeue(job, DeliveryState::Unknown)),
            PostOutcome::TokenRefused => {
                self.forwarder.connection.refuse(account).await?;
                (
                    Outcome::TokenRefused,
                    self.requeue(job, DeliveryState::Waiting),
                )
            }
            PostOutcome::Rejected(RejectReason::NoSuchRoom) if is_private(job) => {
                self.closed_private_room(account, room, job).await?
            }
            PostOutcome::Rejected(reason) => rejected(reason),
        })
    }

    /// A private room that is closed to us: the contact may have ended, or begun anew elsewhere.
    async fn closed_private_room(
        &self,
        account: &Arc<Account>,
        closed: RoomId,
        job: &LeasedDelivery,
    ) -> Result<(Outcome, DeliveryUpdate), StoreError> {
        self.forwarder.gateway.forget_contacts();
        Ok(
            match self.forwarder.gateway.room_of(account, job.to).await {
                Ok(Some(room)) if room == closed => rejected(RejectReason::NoSuchRoom),
                Ok(Some(_)) => (Outcome::Retry, self.requeue(job, DeliveryState::Waiting)),
                Ok(None) => rejected(RejectReason::NotAContact),
                Err(error) => self.lookup_failed(account, job, &error).await?,
            },
        )
    }

    /// The private room could not be found out; nothing was posted.
    async fn lookup_failed(
        &self,
        account: &Arc<Account>,
        job: &LeasedDelivery,
        error: &GatewayError,
    ) -> Result<(Outcome, DeliveryUpdate), StoreError> {
        Ok(match error {
            GatewayError::TokenRefused => {
                self.forwarder.connection.refuse(account).await?;
                (
                    Outcome::TokenRefused,
                    self.requeue(job, DeliveryState::Waiting),
                )
            }
            GatewayError::Limited(until) => (Outcome::Retry, wait_until(job, *until)),
            GatewayError::Garbled(_) | GatewayError::Silent(TransportError::NoAnswer)
                if gives_up_contact_lookup(job.expires, self.forwarder.clock.now())
                    && self.has_fallback(job).await? =>
            {
                rejected(RejectReason::ContactsUnreadable)
            }
            _ => {
                let now = self.forwarder.clock.now();
                self.forwarder
                    .gateway
                    .limits()
                    .post_answered(job.to, true, now);
                (
                    Outcome::Retry,
                    self.retry_later(job, DeliveryState::Waiting),
                )
            }
        })
    }

    async fn has_fallback(&self, job: &LeasedDelivery) -> Result<bool, StoreError> {
        if job.device.is_none() {
            return Ok(false); // a message of the relay's own
        }
        let call = self.forwarder.store.call(job.call).await?;
        Ok(call.is_some_and(|(_, call)| call.fallback.is_some()))
    }

    /// In this state, to be looked at again when the schedule says so.
    pub(super) fn retry_later(&self, job: &LeasedDelivery, to: DeliveryState) -> DeliveryUpdate {
        let waits = match to {
            DeliveryState::Unknown => backoff::LOOKUP_DELAYS,
            _ => backoff::POST_DELAYS,
        };
        let delays = job.delays + 1;
        let wait = backoff::delay(waits, delays, rand::random());
        let due = after(self.forwarder.clock.now(), wait);
        DeliveryUpdate { to, due, delays }
    }

    /// In this state, to be looked at again at once.
    pub(super) fn requeue(&self, job: &LeasedDelivery, to: DeliveryState) -> DeliveryUpdate {
        DeliveryUpdate {
            to,
            due: self.forwarder.clock.now(),
            delays: job.delays,
        }
    }

    /// Commits what became of a job. A database in
    /// trouble is tried for a while: a message id in hand is better than looking for it later.
    pub(super) async fn record_result(
        &self,
        job: &LeasedDelivery,
        attempt: Option<(i64, Outcome)>,
        change: DeliveryUpdate,
    ) -> Result<(), StoreError> {
        let mut saves = 1;
        loop {
            let saved = self.save(job, attempt, change.clone()).await;
            let Err(error) = saved else {
                return Ok(());
            };
            if saves == MAX_SAVE_ATTEMPTS || self.forwarder.stopping.is_cancelled() {
                return Err(error);
            }
            tracing::warn!(%error, call = %job.call, "what became of a delivery is saved once more");
            saves += 1;
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }

    async fn save(
        &self,
        job: &LeasedDelivery,
        attempt: Option<(i64, Outcome)>,
        change: DeliveryUpdate,
    ) -> Result<(), StoreError> {
        let write = self.forwarder.store.begin().await?;
        self.commit(write, job, attempt, change).await
    }

    /// The same, with whatever else the transaction holds.
    pub(super) async fn commit(
        &self,
        mut write: Transaction,
        job: &LeasedDelivery,
        attempt: Option<(i64, Outcome)>,
        change: DeliveryUpdate,
    ) -> Result<(), StoreError> {
        let (call, place, state) = (job.call, job.place, change.to.clone());
        let now = self.forwarder.clock.now();
        if !write
            .finish(job, attempt, clamp_due(change, now), now)
            .await?
        {
            tracing::warn!(%call, place, "a lease was lost; whoever has it now reads the room");
            return Ok(());
        }
        tracing::info!(%call, place, ?attempt, ?state, "a delivery moved");
        write.commit().await?;
        self.count(call, &state, now).await
    }

    /// Counts a delivery that has come to its end, and how long that took.
    async fn count(
        &self,
        call: CallId,
        state: &DeliveryState,
        now: Millis,
    ) -> Result<(), StoreError> {
        let metrics = &self.forwarder.metrics;
        match state {
            DeliveryState::Waiting | DeliveryState::Unknown | DeliveryState::Withdrawn => {}
            DeliveryState::Rejected { .. } => metrics.rejected.add(1),
            DeliveryState::Expired => metrics.expired.add(1),
            DeliveryState::Delivered { .. } => {
                metrics.delivered.add(1);
                if let Some(accepted) = self.forwarder.store.accepted_at(call).await? {
                    metrics.latency.observe(now.saturating_sub(accepted));
                }
            }
        }
        Ok(())
    }
}

/// Final: nothing is due any more.
pub(super) fn end(to: DeliveryState) -> DeliveryUpdate {
    DeliveryUpdate {
        to,
        due: 0,
        delays: 0,
    }
}

fn rejected(reason: RejectReason) -> (Outcome, DeliveryUpdate) {
    (Outcome::Rejected, end(DeliveryState::Rejected { reason }))
}

/// Held back by a limit, which is nobody's failure.
fn wait_until(job: &LeasedDelivery, until: Millis) -> DeliveryUpdate {
    DeliveryUpdate {
        to: DeliveryState::Waiting,
        due: until,
        delays: job.delays,
    }
}

fn is_private(job: &LeasedDelivery) -> bool {
    matches!(job.to, yobirin_domain::routing::Destination::Account(_))
}
