//! Missed visits: the decision after the deadline of a call, and the task in Chatwork.

use yobirin_api::Millis;
use yobirin_domain::missed_visit::assignees_in;
use yobirin_domain::model::delivery::RejectReason;
use yobirin_domain::model::id::RoomId;

use super::Outbox;
use crate::routes::office_time::OfficeTime;
use yobirin_chatwork::{Account, NewTask, Permit, PostOutcome};
use yobirin_store::{LeasedDelivery, StoreError};

impl Outbox {
    /// Decides which calls are missed; returns the time of the next decision.
    pub(super) async fn decide_missed_visits(&self) -> Result<Option<Millis>, StoreError> {
        let (store, now) = (&self.forwarder.store, self.forwarder.clock.now());
        let next = store.next_missed_check().await?;
        if next.is_none_or(|next| next > now) {
            return Ok(next);
        }
        let mut transaction = store.begin().await?;
        transaction.decide_missed_visits(now).await?;
        transaction.commit().await?;
        store.next_missed_check().await
    }

    /// Gives the task for a missed visit.
    pub(super) async fn give_task(
        &self,
        permit: Permit,
        account: &Account,
        room: RoomId,
        delivery: &LeasedDelivery,
    ) -> Result<PostOutcome, StoreError> {
        let call = self.forwarder.store.call(delivery.id).await?;
        let Some(missed) = call.and_then(|(_, call)| call.missed) else {
            return Ok(PostOutcome::Rejected(RejectReason::BadMessage));
        };
        let office = OfficeTime::of(&self.forwarder.settings.get().settings);
        let Ok(due) = office.due(missed.due) else {
            return Ok(PostOutcome::Rejected(RejectReason::BadMessage));
        };
        let task = NewTask {
            text: &delivery.body,
            people: &assignees_in(delivery.to, &missed.assignees),
            due: due / 1000,
        };
        let gateway = &self.forwarder.gateway;
        Ok(gateway.give_task(permit, account, room, task).await)
    }
}
