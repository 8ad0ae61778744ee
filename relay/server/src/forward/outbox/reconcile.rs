//! Settling a delivery of which nobody knows whether Chatwork stored it: read the room, look for the
//! call's reference.

use std::sync::Arc;

use yobirin_api::Millis;
use yobirin_api::call::Outcome;
use yobirin_domain::message::in_doubt;
use yobirin_domain::model::call::DEADLINE_MILLIS;
use yobirin_domain::model::delivery::DeliveryState;
use yobirin_domain::model::id::{CallId, MessageId, RoomId};
use yobirin_domain::routing::Destination;

use super::send::end;
use super::{Outbox, after};
use yobirin_chatwork::{Account, GatewayError, RecentLookup};
use yobirin_store::{DeliveryUpdate, LeasedDelivery, NewMessage, StoreError, Unsettled};

impl Outbox {
    /// Reads, and ends the delivery, lets it be sent again, or looks again later.
    pub(super) async fn reconcile(
        &self,
        job: LeasedDelivery,
        tries: Unsettled,
    ) -> Result<(), StoreError> {
        let now = self.forwarder.clock.now();
        let Some(account) = self
            .forwarder
            .gateway
            .account()
            .filter(|a| a.refused.is_none())
        else {
            let later = self.requeue(&job, DeliveryState::Unknown);
            return self.record_result(&job, None, later).await;
        };
        let except = self.forwarder.store.retracted(&job).await?;
        match self.find(&account, &job, tries, except.as_ref()).await {
            Ok(Some((room, RecentLookup::Found(message)))) => {
                let delivered = DeliveryState::Delivered {
                    message,
                    room,
                    at: now,
                };
                self.record_result(&job, Some((tries.number, Outcome::Found)), end(delivered))
                    .await
            }
            Ok(Some((_, RecentLookup::Absent))) => self.not_found(&job, tries, now).await,
            Err(GatewayError::TokenRefused) => {
                self.forwarder.connection.refuse(&account).await?;
                self.record_result(&job, None, self.requeue(&job, DeliveryState::Unknown))
                    .await
            }
            Err(GatewayError::Limited(until)) => {
                let later = DeliveryUpdate {
                    due: until,
                    ..self.requeue(&job, DeliveryState::Unknown)
                };
                self.record_result(&job, None, later).await
            }
            // The room is closed to us, too much was said, or Chatwork is down.
            Ok(None | Some((_, RecentLookup::Unclear))) | Err(_) => {
                self.leave_in_doubt(&job, tries, now).await
            }
        }
    }

    /// The room could not be read. Nothing is sent again for that; after the settle window the office is
    /// told, once for a call, so that somebody looks after the visitor.
    async fn leave_in_doubt(
        &self,
        job: &LeasedDelivery,
        tries: Unsettled,
        now: Millis,
    ) -> Result<(), StoreError> {
        let mut write = self.forwarder.store.begin().await?;
        let site = self.forwarder.settings.get();
        if now >= after(tries.last, self.patience.settle_window)
            && let Some(room) = site.settings.site().default_room
            && write.note_doubt(job, now).await?
        {
            let id = CallId::new(now, &rand::random());
            let text = in_doubt(&site.settings, job.to, id.reference());
            let notice = NewMessage {
                id,
                to: Destination::Room(room),
                text: &text,
                expires: now + DEADLINE_MILLIS,
                now,
            };
            write.add_message(notice).await?;
            tracing::warn!(call = %job.call, "delivery in doubt: told the default room");
        }
        let later = self.retry_later(job, DeliveryState::Unknown);
        self.commit(write, job, None, later).await
    }

    async fn find(
        &self,
        account: &Arc<Account>,
        job: &LeasedDelivery,
        tries: Unsettled,
        except: Option<&MessageId>,
    ) -> Result<Option<(RoomId, RecentLookup)>, GatewayError> {
        let link = &self.forwarder.gateway;
        let Some(room) = link.room_of(account, job.to).await? else {
            return Ok(None);
        };
        let recent = link
            .find_message(account, room, job.call.reference(), tries.first, except)
            .await?;
        Ok(Some((room, recent)))
    }

    /// Not in the room as it was `asked` for, or later. A try may still be on its way for a while; when
    /// it was not even then, it is safe to send again.
    async fn not_found(
        &self,
        job: &LeasedDelivery,
        tries: Unsettled,
        asked: Millis,
    ) -> Result<(), StoreError> {
        let now = self.forwarder.clock.now();
        let quiet: Millis = after(tries.last, self.patience.settle_window);
        if asked < quiet {
            let later = DeliveryUpdate {
                due: quiet,
                ..self.requeue(job, DeliveryState::Unknown)
            };
            return self.record_result(job, None, later).await;
        }
        let mut write = self.forwarder.store.begin().await?;
        write.settle_absent(job).await?;
        let change = if now < job.expires {
            self.requeue(job, DeliveryState::Waiting)
        } else {
            end(DeliveryState::Expired)
        };
        self.commit(write, job, None, change).await
    }
}
