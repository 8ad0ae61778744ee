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

use super::post::end;
use super::{Outbox, after};
use crate::chatwork::{Account, LinkError, Recent};
use crate::store::{Change, Job, NewMessage, StoreError, Unsettled};

impl Outbox {
    /// Reads, and ends the delivery, lets it be sent again, or looks again later.
    pub(super) async fn settle(&self, job: Job, tries: Unsettled) -> Result<(), StoreError> {
        let now = self.relay.clock.now();
        let Some(account) = self.relay.link.account().filter(|a| a.refused.is_none()) else {
            let later = self.put_back(&job, DeliveryState::Unknown);
            return self.finish(&job, None, later).await;
        };
        let except = self.relay.store.retracted(&job).await?;
        match self.find(&account, &job, tries, except.as_ref()).await {
            Ok(Some((room, Recent::Found(message)))) => {
                let delivered = DeliveryState::Delivered {
                    message,
                    room,
                    at: now,
                };
                self.finish(&job, Some((tries.number, Outcome::Found)), end(delivered))
                    .await
            }
            Ok(Some((_, Recent::Absent))) => self.absent(&job, tries, now).await,
            Err(LinkError::TokenRefused) => {
                self.relay.token_refused(&account).await?;
                self.finish(&job, None, self.put_back(&job, DeliveryState::Unknown))
                    .await
            }
            Err(LinkError::Limited(until)) => {
                let later = Change {
                    due: until,
                    ..self.put_back(&job, DeliveryState::Unknown)
                };
                self.finish(&job, None, later).await
            }
            // The room is closed to us, too much was said, or Chatwork is down.
            Ok(None | Some((_, Recent::Unclear))) | Err(_) => {
                self.leave_in_doubt(&job, tries, now).await
            }
        }
    }

    /// The room could not be read. Nothing is sent again for that; after the settle window the office is
    /// told, once for a call, so that somebody looks after the visitor.
    async fn leave_in_doubt(
        &self,
        job: &Job,
        tries: Unsettled,
        now: Millis,
    ) -> Result<(), StoreError> {
        let mut write = self.relay.store.write().await?;
        let site = self.relay.settings.get();
        if now >= after(tries.last, self.patience.quiet)
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
        let later = self.put_off(job, DeliveryState::Unknown);
        self.commit(write, job, None, later).await
    }

    async fn find(
        &self,
        account: &Arc<Account>,
        job: &Job,
        tries: Unsettled,
        except: Option<&MessageId>,
    ) -> Result<Option<(RoomId, Recent)>, LinkError> {
        let link = &self.relay.link;
        let Some(room) = link.room_of(account, job.to).await? else {
            return Ok(None);
        };
        let recent = link
            .look_for(account, room, job.call.reference(), tries.first, except)
            .await?;
        Ok(Some((room, recent)))
    }

    /// Not in the room as it was `asked` for, or later. A try may still be on its way for a while; when
    /// it was not even then, it is safe to send again.
    async fn absent(&self, job: &Job, tries: Unsettled, asked: Millis) -> Result<(), StoreError> {
        let now = self.relay.clock.now();
        let quiet: Millis = after(tries.last, self.patience.quiet);
        if asked < quiet {
            let later = Change {
                due: quiet,
                ..self.put_back(job, DeliveryState::Unknown)
            };
            return self.finish(job, None, later).await;
        }
        let mut write = self.relay.store.write().await?;
        write.settle_absent(job).await?;
        let change = if now < job.expires {
            self.put_back(job, DeliveryState::Waiting)
        } else {
            end(DeliveryState::Expired)
        };
        self.commit(write, job, None, change).await
    }
}
