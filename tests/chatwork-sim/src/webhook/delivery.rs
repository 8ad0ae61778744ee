//! One delivery of an event, and what tests can do with it.

use serde::{Deserialize, Serialize};

use super::{WebhookEvent, WebhookId};

/// Number of a delivery, counted from 1 in the order in which events happened.
pub type DeliveryId = u64;

/// Signature of a delivery.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignatureKind {
    /// Made with the webhook's token.
    #[default]
    Valid,
    /// Made with another token.
    Wrong,
    /// Left out.
    Missing,
}

/// Treatment of one delivery, for tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryScript {
    /// The event is sent as usual.
    Usual,
    /// The signature is made with another token.
    WrongSignature,
    /// The signature is left out.
    NoSignature,
    /// The event is sent twice, one after the other.
    Twice,
    /// The event is never sent.
    Lost,
}

/// Order in which held deliveries are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReleaseOrder {
    /// One after the other, in the order of the events.
    Posted,
    /// One after the other, the latest event first.
    Reversed,
    /// All at once, each on a connection of its own.
    AtOnce,
}

/// Result of a delivery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryOutcome {
    /// Held, or on its way.
    Waiting,
    /// Never sent, as scripted.
    Lost,
    /// The receiver responded.
    Responded {
        /// Status of the response.
        status: u16,
        /// Length of its body.
        bytes: usize,
    },
    /// There was no response.
    Failed {
        /// The reason.
        error: String,
    },
}

impl DeliveryOutcome {
    /// Longest response that Chatwork accepts, in bytes.
    const MAX_RESPONSE_BYTES: usize = 2_048;

    /// True when the delivery is over.
    #[must_use]
    pub fn is_final(&self) -> bool {
        *self != Self::Waiting
    }

    /// True when Chatwork counts the delivery as a success.
    #[must_use]
    pub fn is_success(&self) -> bool {
        matches!(self, Self::Responded { status: 200, bytes } if *bytes <= Self::MAX_RESPONSE_BYTES)
    }
}

/// The delivery of an event to a webhook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Delivery {
    /// Number of the delivery.
    pub delivery_id: DeliveryId,
    /// The webhook.
    pub webhook_id: WebhookId,
    /// The event; `None` for a body that a test made up.
    pub event: Option<WebhookEvent>,
    /// URL it is sent to, without the signature.
    pub url: String,
    /// The whole body.
    pub body: String,
    /// Value of the signature's header, if it is sent.
    pub signature: Option<String>,
    /// The delivery that it repeats, if any.
    pub replay_of: Option<DeliveryId>,
    /// Result of the delivery.
    pub outcome: DeliveryOutcome,
}
