//! Reconciliation of a delivery whose result is unknown: reads the room and looks for the call's reference.

use std::sync::Arc;

use yobirin_api::Millis;
use yobirin_api::call::Outcome;
use yobirin_domain::bot_message::BotMessage;
use yobirin_domain::message::doubt_message;
use yobirin_domain::model::call::DEADLINE_MILLIS;
use yobirin_domain::model::delivery::{DeliveryKind, DeliveryState, DeliveryUpdate};
use yobirin_domain::model::id::{CallId, MessageId, RoomId};
use yobirin_domain::routing::Destination;

use super::Outbox;
use yobirin_chatwork::{Account, GatewayError, Permit, RecentLookup};
use yobirin_store::{StoreError, StoredDelivery, UnknownAttempts};

impl Outbox {
    /// Reads the room, then ends the delivery, releases it for another attempt, or schedules another lookup.
    pub(super) async fn reconcile(
        &self,
        delivery: StoredDelivery,
        permit: Permit,
        unknown: UnknownAttempts,
    ) -> Result<(), StoreError> {
        let now = self.forwarder.clock.now();
        let look_again =
            |due| DeliveryUpdate::again(DeliveryState::Unknown, due, delivery.retry_count);
        let Some(account) = self.forwarder.gateway.accepted_account() else {
            let update = look_again(now);
            return self.record_result(&delivery, None, update).await;
        };
        let known = self.forwarder.store.known_messages(&delivery).await?;
        match self
            .find(permit, &account, &delivery, unknown, &known)
            .await
        {
            Ok(Some((room, RecentLookup::Found(message)))) => {
                let at = now;
                let delivered = DeliveryState::Delivered { message, room, at };
                let delivered = DeliveryUpdate::end(delivered);
                let attempt = (unknown.last_number, Outcome::Found);
                self.record_result(&delivery, Some(attempt), delivered)
                    .await
            }
            Ok(Some((_, RecentLookup::Absent))) => self.not_found(&delivery, unknown, now).await,
            Err(GatewayError::TokenRefused) => {
                let connection = &self.forwarder.connection;
                connection.record_token_refused(&account).await?;
                let update = look_again(self.forwarder.clock.now());
                self.record_result(&delivery, None, update).await
            }
            Err(GatewayError::RateLimited(wait) | GatewayError::RoomLimited(wait)) => {
                let due = self.forwarder.clock.now() + wait;
                self.record_result(&delivery, None, look_again(due)).await
            }
            // The room is not readable, the message may have scrolled away, or Chatwork is down.
            Ok(None | Some((_, RecentLookup::Unclear))) | Err(_) => {
                self.leave_in_doubt(&delivery, unknown, now).await
            }
        }
    }

    /// Schedules another lookup after a lookup without a clear result; the message is not sent again. After the settle
    /// window the default room is notified, once per call, so that somebody looks after the visitor.
    async fn leave_in_doubt(
        &self,
        delivery: &StoredDelivery,
        unknown: UnknownAttempts,
        now: Millis,
    ) -> Result<(), StoreError> {
        let mut transaction = self.forwarder.store.begin().await?;
        let flags = transaction.call_flags(delivery.id).await?;
        let version = self.forwarder.settings.get();
        if now >= unknown.last_started + self.timings.settle_window_ms
            && flags.reports_doubt(delivery.kind())
            && let Some(room) = version.settings.site().default_room
            && transaction.mark_doubt_reported(delivery.id, now).await?
        {
            let id = CallId::new(now, &rand::random());
            let report = BotMessage {
                id,
                to: Destination::Room(room),
                text: doubt_message(&version.settings, delivery.to, id.reference()),
                expires: now + DEADLINE_MILLIS,
            };
            transaction.add_bot_message(&report, now).await?;
            tracing::warn!(call = %delivery.id, "delivery in doubt: default room notified");
        }
        let (state, retry_count) = (DeliveryState::Unknown, delivery.retry_count);
        let now = self.forwarder.clock.now();
        let update = DeliveryUpdate::back_off(state, now, retry_count, rand::random());
        self.commit(transaction, delivery, None, update).await
    }

    /// Looks for the message or task of a delivery; `None` when the bot has no private chat with the person any more.
    async fn find(
        &self,
        permit: Permit,
        account: &Arc<Account>,
        delivery: &StoredDelivery,
        unknown: UnknownAttempts,
        known: &[MessageId],
    ) -> Result<Option<(RoomId, RecentLookup)>, GatewayError> {
        let gateway = &self.forwarder.gateway;
        let Some(room) = gateway.room_of(account, delivery.to).await? else {
            return Ok(None);
        };
        let reference = delivery.id.reference();
        if delivery.kind() == DeliveryKind::MissedTask {
            let lookup = gateway.find_task(permit, account, room, reference).await?;
            return Ok(Some((room, lookup)));
        }
        let lookup = gateway
            .find_message(
                permit,
                account,
                room,
                reference,
                unknown.first_started,
                known,
            )
            .await?;
        Ok(Some((room, lookup)))
    }

    /// Handles a message that was not in the room at `read_at`. Within the settle window an attempt may still
    /// arrive; after it, another attempt cannot be a second copy.
    async fn not_found(
        &self,
        delivery: &StoredDelivery,
        unknown: UnknownAttempts,
        read_at: Millis,
    ) -> Result<(), StoreError> {
        let now = self.forwarder.clock.now();
        let settled_at = unknown.last_started + self.timings.settle_window_ms;
        if read_at < settled_at {
            let (state, retry_count) = (DeliveryState::Unknown, delivery.retry_count);
            let update = DeliveryUpdate::again(state, settled_at, retry_count);
            return self.record_result(delivery, None, update).await;
        }
        let mut transaction = self.forwarder.store.begin().await?;
        transaction.mark_not_stored(delivery).await?;
        let update = if now < delivery.expires_at {
            DeliveryUpdate::again(DeliveryState::Waiting, now, delivery.retry_count)
        } else {
            DeliveryUpdate::end(DeliveryState::Expired)
        };
        self.commit(transaction, delivery, None, update).await
    }
}
