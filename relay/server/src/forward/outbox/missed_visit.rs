//! The task in Chatwork for a missed visit. The listener decides which visits were missed, after its last reading.

use yobirin_domain::missed_visit::assignees_in;
use yobirin_domain::model::delivery::RejectReason;
use yobirin_domain::model::id::RoomId;

use super::Outbox;
use crate::office_time::OfficeTime;
use yobirin_chatwork::{Account, Permit, PostOutcome};
use yobirin_store::{StoreError, StoredDelivery};

impl Outbox {
    /// Creates the Chatwork task for a missed visit.
    pub(super) async fn create_task(
        &self,
        permit: Permit,
        account: &Account,
        room: RoomId,
        delivery: &StoredDelivery,
    ) -> Result<PostOutcome, StoreError> {
        let call = self.forwarder.store.call(delivery.id).await?;
        let Some(plan) = call.and_then(|(_, call)| call.missed) else {
            // Not expected: a task is stored only for a call with this plan. A retry would not help.
            return Ok(PostOutcome::Rejected(RejectReason::BadMessage));
        };
        let office = OfficeTime::of(&self.forwarder.settings.get().settings);
        let Ok(due) = office.due(plan.due) else {
            // The due time is not a valid date and time. A retry would not help.
            return Ok(PostOutcome::Rejected(RejectReason::BadMessage));
        };
        let (gateway, text) = (&self.forwarder.gateway, &delivery.body);
        let people = assignees_in(delivery.to, &plan.assignees);
        let due_seconds = due / 1_000;
        let created = gateway.create_task(permit, account, room, text, &people, due_seconds);
        Ok(created.await)
    }
}
