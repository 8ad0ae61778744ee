//! Sends one delivery.

use std::sync::Arc;

use yobirin_api::Millis;
use yobirin_api::call::Outcome;
use yobirin_domain::model::delivery::{
    DeliveryKind, DeliveryState, DeliveryUpdate, RejectReason, gives_up_contact_lookup,
};
use yobirin_domain::model::id::RoomId;
use yobirin_domain::routing::Destination;

use super::Outbox;
use yobirin_chatwork::{Account, GatewayError, Permit, PostOutcome, TransportError};
use yobirin_store::{StoreError, StoredDelivery};

/// Maximum time of the room lookup before a post. After a longer lookup the attempt is started again.
const MAX_LOOKUP_MS: Millis = 2_000;

/// Outcome of an attempt, and the update of its delivery.
type AttemptResult = (Outcome, DeliveryUpdate);

impl Outbox {
    /// Posts a delivery whose attempt is on disk, and records the result.
    pub(super) async fn send(
        &self,
        delivery: StoredDelivery,
        permit: Permit,
        attempt: i64,
    ) -> Result<(), StoreError> {
        let (outcome, update) = self.attempt(&delivery, permit).await?;
        self.record_result(&delivery, Some((attempt, outcome)), update)
            .await
    }

    async fn attempt(
        &self,
        delivery: &StoredDelivery,
        permit: Permit,
    ) -> Result<AttemptResult, StoreError> {
        let (gateway, clock) = (&self.forwarder.gateway, &self.forwarder.clock);
        let Some(account) = gateway.accepted_account() else {
            return Ok(self.retry_at_once(delivery));
        };
        let started = clock.monotonic();
        let room = gateway.room_of(&account, delivery.to).await;
        let is_late = clock.monotonic() > started + MAX_LOOKUP_MS;
        match room {
            // The settle window starts with the attempt, so a late post needs a new attempt.
            Ok(Some(_)) if is_late => Ok(self.retry_at_once(delivery)),
            Ok(Some(room)) => self.post(permit, &account, room, delivery).await,
            Ok(None) => Ok(rejected(RejectReason::NotAContact)),
            Err(error) => self.lookup_failed(&account, delivery, &error).await,
        }
    }

    async fn post(
        &self,
        permit: Permit,
        account: &Arc<Account>,
        room: RoomId,
        delivery: &StoredDelivery,
    ) -> Result<AttemptResult, StoreError> {
        let gateway = &self.forwarder.gateway;
        let outcome = match delivery.kind() {
            DeliveryKind::MissedTask => self.create_task(permit, account, room, delivery).await?,
            _ => gateway.post(permit, account, room, &delivery.body).await,
        };
        Ok(match outcome {
            PostOutcome::Delivered(message) => {
                let at = self.forwarder.clock.now();
                let delivered = DeliveryState::Delivered { message, room, at };
                (Outcome::Delivered, DeliveryUpdate::end(delivered))
            }
            PostOutcome::Retry => self.retry_after_backoff(delivery),
            PostOutcome::Limited(wait) | PostOutcome::RoomLimited(wait) => {
                self.retry_in(delivery, wait)
            }
            PostOutcome::Unknown => {
                let (state, now) = (DeliveryState::Unknown, self.forwarder.clock.now());
                let unknown = DeliveryUpdate::again(state, now, delivery.retry_count);
                (Outcome::Unknown, unknown)
            }
            PostOutcome::TokenRefused => self.token_refused(account, delivery).await?,
            PostOutcome::Rejected(RejectReason::NoSuchRoom)
                if matches!(delivery.to, Destination::Account(_)) =>
            {
                self.closed_private_room(account, room, delivery).await?
            }
            PostOutcome::Rejected(reason) => rejected(reason),
        })
    }

    /// Handles a private room that refuses the bot: the contact may have ended, or have a new room.
    async fn closed_private_room(
        &self,
        account: &Arc<Account>,
        closed_room: RoomId,
        delivery: &StoredDelivery,
    ) -> Result<AttemptResult, StoreError> {
        self.forwarder.gateway.forget_contacts();
        match self.forwarder.gateway.room_of(account, delivery.to).await {
            Ok(Some(room)) if room == closed_room => Ok(rejected(RejectReason::NoSuchRoom)),
            Ok(Some(_)) => Ok(self.retry_at_once(delivery)),
            Ok(None) => Ok(rejected(RejectReason::NotAContact)),
            Err(error) => self.lookup_failed(account, delivery, &error).await,
        }
    }

    /// Handles a failed lookup of the private room. Nothing was posted.
    async fn lookup_failed(
        &self,
        account: &Arc<Account>,
        delivery: &StoredDelivery,
        error: &GatewayError,
    ) -> Result<AttemptResult, StoreError> {
        Ok(match error {
            GatewayError::TokenRefused => self.token_refused(account, delivery).await?,
            GatewayError::RateLimited(wait) | GatewayError::RoomLimited(wait) => {
                self.retry_in(delivery, *wait)
            }
            GatewayError::UnexpectedReply(_)
            | GatewayError::Transport(TransportError::NoResponse)
                if gives_up_contact_lookup(delivery.expires_at, self.forwarder.clock.now())
                    && self.has_fallback(delivery).await? =>
            {
                rejected(RejectReason::ContactsUnreadable)
            }
            _ => {
                let limits = self.forwarder.gateway.limits();
                limits.record_failed_lookup(delivery.to);
                self.retry_after_backoff(delivery)
            }
        })
    }

    async fn token_refused(
        &self,
        account: &Arc<Account>,
        delivery: &StoredDelivery,
    ) -> Result<AttemptResult, StoreError> {
        let connection = &self.forwarder.connection;
        connection.record_token_refused(account).await?;
        let (_, waiting) = self.retry_at_once(delivery);
        Ok((Outcome::TokenRefused, waiting))
    }

    /// True when the call has a fallback. A bot message and an escalation step have none.
    async fn has_fallback(&self, delivery: &StoredDelivery) -> Result<bool, StoreError> {
        if delivery.kind() == DeliveryKind::LaterMessage {
            return Ok(false);
        }
        let call = self.forwarder.store.call(delivery.id).await?;
        Ok(call.is_some_and(|(_, call)| call.fallback.is_some()))
    }

    fn retry_at_once(&self, delivery: &StoredDelivery) -> AttemptResult {
        self.retry_in(delivery, 0)
    }

    fn retry_after_backoff(&self, delivery: &StoredDelivery) -> AttemptResult {
        let (now, retry_count) = (self.forwarder.clock.now(), delivery.retry_count);
        let waiting = DeliveryState::Waiting;
        let update = DeliveryUpdate::back_off(waiting, now, retry_count, rand::random());
        (Outcome::Retry, update)
    }

    /// Retries after a wait, such as that for Chatwork's limit, which is no failure and does not count as a retry.
    fn retry_in(&self, delivery: &StoredDelivery, wait: Millis) -> AttemptResult {
        let due = self.forwarder.clock.now() + wait;
        let waiting = DeliveryUpdate::again(DeliveryState::Waiting, due, delivery.retry_count);
        (Outcome::Retry, waiting)
    }
}

fn rejected(reason: RejectReason) -> AttemptResult {
    let rejected = DeliveryState::Rejected { reason };
    (Outcome::Rejected, DeliveryUpdate::end(rejected))
}
