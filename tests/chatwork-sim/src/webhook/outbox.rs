//! Deliveries: scripted, held, and recorded.

use std::collections::VecDeque;

use super::{
    Delivery, DeliveryId, DeliveryOutcome, DeliveryScript, ReleaseOrder, SignatureKind, Webhook,
    WebhookEvent, WebhookId, webhook_signature,
};

/// Deliveries to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DeliveryWork {
    /// One after the other.
    InOrder(Vec<DeliveryId>),
    /// All at once.
    AtOnce(Vec<DeliveryId>),
}

/// A token that no webhook has.
const OTHER_TOKEN: &str = "bm90IHRoZSB0b2tlbiBvZiB0aGlzIHdlYmhvb2shISE=";

/// All deliveries since the start.
#[derive(Debug, Default)]
pub(crate) struct Outbox {
    /// Treatments of the next events, one each.
    script: VecDeque<DeliveryScript>,
    /// Deliveries of events since they are held; `None` while events are sent at once.
    held: Option<Vec<DeliveryId>>,
    deliveries: Vec<Delivery>,
}

impl Outbox {
    pub(crate) fn deliveries(&self) -> &[Delivery] {
        &self.deliveries
    }

    pub(crate) fn get(&self, id: DeliveryId) -> Option<&Delivery> {
        self.deliveries.get(index(id)?)
    }

    /// Adds treatments for the next events, one each.
    pub(crate) fn add_script(&mut self, steps: impl IntoIterator<Item = DeliveryScript>) {
        self.script.extend(steps);
    }

    /// Records an event; returns the deliveries to send now.
    pub(crate) fn admit(
        &mut self,
        id: WebhookId,
        webhook: &Webhook,
        event: WebhookEvent,
        body: String,
    ) -> DeliveryWork {
        let step = self.script.pop_front().unwrap_or(DeliveryScript::Usual);
        let kind = match step {
            DeliveryScript::WrongSignature => SignatureKind::Wrong,
            DeliveryScript::NoSignature => SignatureKind::Missing,
            DeliveryScript::Usual | DeliveryScript::Twice | DeliveryScript::Lost => {
                SignatureKind::Valid
            }
        };
        let first = self.record(id, webhook, Some(event), body, kind);
        let mut ids = vec![first];
        match step {
            DeliveryScript::Twice => ids.extend(self.repeat(first)),
            DeliveryScript::Lost => {
                self.finish(first, DeliveryOutcome::Lost);
                ids.clear();
            }
            _ => {}
        }
        if let Some(held) = &mut self.held {
            held.append(&mut ids);
        }
        DeliveryWork::InOrder(ids)
    }

    /// Records a delivery with any body.
    pub(crate) fn record(
        &mut self,
        webhook_id: WebhookId,
        webhook: &Webhook,
        event: Option<WebhookEvent>,
        body: String,
        kind: SignatureKind,
    ) -> DeliveryId {
        let signature = match kind {
            SignatureKind::Valid => webhook_signature(&webhook.token, body.as_bytes()),
            SignatureKind::Wrong => webhook_signature(OTHER_TOKEN, body.as_bytes()),
            SignatureKind::Missing => None,
        };
        self.push(Delivery {
            delivery_id: 0, // `push` numbers it.
            webhook_id,
            event,
            url: webhook.url.clone(),
            body,
            signature,
            replay_of: None,
            outcome: DeliveryOutcome::Waiting,
        })
    }

    /// Records another delivery with the same bytes and signature.
    pub(crate) fn repeat(&mut self, id: DeliveryId) -> Option<DeliveryId> {
        let delivery = self.get(id)?.clone();
        Some(self.push(Delivery {
            replay_of: Some(id),
            outcome: DeliveryOutcome::Waiting,
            ..delivery
        }))
    }

    fn push(&mut self, delivery: Delivery) -> DeliveryId {
        let delivery_id = self.deliveries.len() as DeliveryId + 1;
        self.deliveries.push(Delivery {
            delivery_id,
            ..delivery
        });
        delivery_id
    }

    pub(crate) fn finish(&mut self, id: DeliveryId, outcome: DeliveryOutcome) {
        let delivery = index(id).and_then(|index| self.deliveries.get_mut(index));
        if let Some(delivery) = delivery {
            delivery.outcome = outcome;
        }
    }

    /// Holds all further events until they are released.
    pub(crate) fn hold(&mut self) {
        self.held.get_or_insert_default();
    }

    /// Stops holding, and returns the held deliveries to send.
    pub(crate) fn release(&mut self, order: ReleaseOrder) -> DeliveryWork {
        let mut held = self.held.take().unwrap_or_default();
        match order {
            ReleaseOrder::Posted => DeliveryWork::InOrder(held),
            ReleaseOrder::Reversed => {
                held.reverse();
                DeliveryWork::InOrder(held)
            }
            ReleaseOrder::AtOnce => DeliveryWork::AtOnce(held),
        }
    }
}

fn index(id: DeliveryId) -> Option<usize> {
    usize::try_from(id).ok()?.checked_sub(1)
}
