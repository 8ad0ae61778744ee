//! Webhooks: setting up, scripting and inspecting their deliveries.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};

use super::Sim;
use crate::{
    Delivery, DeliveryId, DeliveryScript, ReleaseOrder, SignatureKind, StateError, Webhook,
    WebhookId,
};

/// Error of [`Sim::wait_for_delivery`]: no delivery matched in time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no such delivery within {within:?}; these were made: {deliveries:?}")]
pub struct DeliveryTimeout {
    /// Time waited.
    pub within: Duration,
    /// All deliveries at the end, oldest first.
    pub deliveries: Vec<Delivery>,
}

impl Sim {
    /// Sets up a webhook. Its events are sent from now on, one after the other, each once.
    ///
    /// # Errors
    /// Returns an error if the owner or room is unknown, the owner is not in the room or has five webhooks,
    /// the URL is not `http://` on this machine, or the token is not base64.
    pub fn add_webhook(&self, webhook: Webhook) -> Result<WebhookId, StateError> {
        self.shared.state().add_webhook(webhook)
    }

    /// Removes a webhook; returns whether it was there.
    pub fn remove_webhook(&self, webhook: WebhookId) -> bool {
        self.shared.state().remove_webhook(webhook)
    }

    /// True when a webhook exists and was not switched off by failed deliveries.
    #[must_use]
    pub fn is_webhook_on(&self, webhook: WebhookId) -> bool {
        self.shared
            .state()
            .webhooks()
            .any(|(id, _, is_on)| id == webhook && is_on)
    }

    /// Switches a webhook on again; returns whether it exists.
    pub fn switch_on_webhook(&self, webhook: WebhookId) -> bool {
        self.shared.state().switch_on_webhook(webhook)
    }

    /// Determines the treatment of the next events, one step each; later ones are sent as usual.
    pub fn script_deliveries(&self, steps: impl IntoIterator<Item = DeliveryScript>) {
        self.shared.state().script_deliveries(steps);
    }

    /// Holds all further events until [`Sim::release_deliveries`].
    pub fn hold_deliveries(&self) {
        self.shared.state().hold_deliveries();
    }

    /// Sends the held events in the given order, and further ones at once again.
    pub fn release_deliveries(&self, order: ReleaseOrder) {
        self.shared.state().release_deliveries(order);
    }

    /// Sends the same bytes with the same signature again. `None` for an unknown delivery.
    pub fn repeat_delivery(&self, delivery: DeliveryId) -> Option<DeliveryId> {
        self.shared.state().repeat_delivery(delivery)
    }

    /// Sends any body to a webhook's URL, signed as asked, whether or not the webhook is switched on.
    ///
    /// # Errors
    /// Returns an error if there is no such webhook.
    pub fn send_to_webhook(
        &self,
        webhook: WebhookId,
        body: &str,
        signature: SignatureKind,
    ) -> Result<DeliveryId, StateError> {
        self.shared
            .state()
            .send_to_webhook(webhook, body.to_owned(), signature)
    }

    /// All deliveries since the start, oldest event first.
    #[must_use]
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.shared.state().deliveries().to_vec()
    }

    /// Waits until a delivery matches, and returns the oldest one; it may be there already.
    ///
    /// # Errors
    /// [`DeliveryTimeout`] when none matches within the time `within`.
    pub async fn wait_for_delivery(
        &self,
        matches: impl Fn(&Delivery) -> bool,
        within: Duration,
    ) -> Result<Delivery, DeliveryTimeout> {
        let deadline = Instant::now() + within;
        // Subscribes before the first check, so that no result is missed in between.
        let mut events = self.shared.state().subscribe();
        loop {
            if let Some(delivery) = self.deliveries().into_iter().find(&matches) {
                return Ok(delivery);
            }
            // Any event, and any missed one, is a reason to check again.
            if timeout_at(deadline, events.recv()).await.is_err() {
                return Err(DeliveryTimeout {
                    within,
                    deliveries: self.deliveries(),
                });
            }
        }
    }

    /// Waits until a delivery is over, and returns it.
    ///
    /// # Errors
    /// [`DeliveryTimeout`] when it is not over within the time `within`, or unknown.
    pub async fn wait_for_outcome(
        &self,
        delivery: DeliveryId,
        within: Duration,
    ) -> Result<Delivery, DeliveryTimeout> {
        let is_over = |other: &Delivery| other.delivery_id == delivery && other.outcome.is_final();
        self.wait_for_delivery(is_over, within).await
    }
}
