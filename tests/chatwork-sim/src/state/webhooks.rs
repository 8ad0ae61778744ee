//! Calling webhooks, and controlling their deliveries.

use super::{ChatworkState, Event, Message, StateError};
use crate::webhook::{DeliveryWork, payload};
use crate::{
    Delivery, DeliveryId, DeliveryOutcome, DeliveryScript, ReleaseOrder, SignatureKind, Webhook,
    WebhookEvent, WebhookEvents, WebhookId,
};

impl ChatworkState {
    pub(crate) fn add_webhook(&mut self, webhook: Webhook) -> Result<WebhookId, StateError> {
        self.check_account(webhook.owner)?;
        if let WebhookEvents::Room { room, .. } = webhook.events {
            let chat = self.chat(room).ok_or(StateError::NoSuchRoom(room))?;
            if chat.room.role_of(webhook.owner).is_none() {
                return Err(StateError::NotInRoom {
                    account: webhook.owner,
                    room,
                });
            }
        }
        self.webhooks.add(webhook)
    }

    /// Removes a webhook; returns whether it was there.
    pub(crate) fn remove_webhook(&mut self, id: WebhookId) -> bool {
        self.webhooks.remove(id)
    }

    /// Switches a webhook on again; returns whether it exists.
    pub(crate) fn switch_on_webhook(&mut self, id: WebhookId) -> bool {
        self.webhooks.switch_on(id)
    }

    pub(crate) fn webhooks(&self) -> impl Iterator<Item = (WebhookId, &Webhook, bool)> {
        self.webhooks.all()
    }

    pub(crate) fn deliveries(&self) -> &[Delivery] {
        self.outbox.deliveries()
    }

    pub(crate) fn delivery(&self, id: DeliveryId) -> Option<&Delivery> {
        self.outbox.get(id)
    }

    pub(crate) fn script_deliveries(&mut self, steps: impl IntoIterator<Item = DeliveryScript>) {
        self.outbox.add_script(steps);
    }

    pub(crate) fn hold_deliveries(&mut self) {
        self.outbox.hold();
    }

    pub(crate) fn release_deliveries(&mut self, order: ReleaseOrder) {
        let work = self.outbox.release(order);
        self.start_deliveries(work);
    }

    /// Sends the bytes of a delivery again.
    pub(crate) fn repeat_delivery(&mut self, id: DeliveryId) -> Option<DeliveryId> {
        let repeated = self.outbox.repeat(id)?;
        self.start_deliveries(DeliveryWork::InOrder(vec![repeated]));
        Some(repeated)
    }

    /// Sends any body to a webhook, even one that is switched off.
    pub(crate) fn send_to_webhook(
        &mut self,
        id: WebhookId,
        body: String,
        signature: SignatureKind,
    ) -> Result<DeliveryId, StateError> {
        let webhook = self.webhooks.get(id).ok_or(StateError::NoSuchWebhook(id))?;
        let delivery = self.outbox.record(id, webhook, None, body, signature);
        self.start_deliveries(DeliveryWork::InOrder(vec![delivery]));
        Ok(delivery)
    }

    /// Records the result of a delivery.
    pub(crate) fn finish_delivery(&mut self, id: DeliveryId, outcome: DeliveryOutcome) {
        if let Some(delivery) = self.outbox.get(id) {
            let max = self.options.max_webhook_failures;
            self.webhooks
                .record_result(delivery.webhook_id, outcome.is_success(), max);
        }
        self.outbox.finish(id, outcome);
        self.publish(Event::Delivery);
    }

    pub(super) fn call_webhooks(&mut self, event: WebhookEvent, message: &Message) {
        let time = self.options.clock.now().as_secs();
        for id in self.webhooks.called_by(event, message) {
            let Some(webhook) = self.webhooks.get(id) else {
                continue;
            };
            let body = payload(id, webhook.owner, event, message, time);
            let work = self.outbox.admit(id, webhook, event, body);
            self.start_deliveries(work);
        }
    }

    /// Passes deliveries to the dispatcher. After the simulator has stopped nothing is sent.
    fn start_deliveries(&self, work: DeliveryWork) {
        let _ = self.dispatcher.send(work);
    }
}
