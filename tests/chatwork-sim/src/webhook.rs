//! Webhooks: registration by event, the content of deliveries, and the record of every delivery.
//!
//! As Chatwork documents it, a delivery is tried once and never again, and the receiver responds with 200 and at most
//! 2,048 bytes. In Chatwork only its own settings screen makes a webhook; here the control API does.

mod delivery;
mod dispatcher;
mod outbox;
mod payload;
mod registry;
mod signature;

use serde::{Deserialize, Serialize};

pub use delivery::{
    Delivery, DeliveryId, DeliveryOutcome, DeliveryScript, ReleaseOrder, SignatureKind,
};
pub(crate) use dispatcher::dispatch;
pub(crate) use outbox::{DeliveryWork, Outbox};
pub(crate) use payload::payload;
pub(crate) use registry::WebhookRegistry;
pub use signature::{WEBHOOK_SIGNATURE_HEADER, webhook_signature};

use crate::{AccountId, RoomId};

/// Webhooks that one account may have.
pub(crate) const MAX_WEBHOOKS: usize = 5;

/// Id of a webhook: `webhook_setting_id` in its events.
pub type WebhookId = u64;

/// An event that calls webhooks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WebhookEvent {
    /// A message mentions the webhook's owner or replies to them.
    MentionToMe,
    /// A message was posted in the webhook's room.
    MessageCreated,
    /// A message was edited in the webhook's room.
    MessageUpdated,
}

/// The events that a webhook is called for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WebhookEvents {
    /// `mention_to_me` of the owner, in every room: an account webhook.
    Mentions,
    /// Messages of one room: a room webhook.
    Room {
        /// The room.
        room: RoomId,
        /// True when the webhook is called for `message_created`.
        #[serde(default = "yes")]
        created: bool,
        /// True when the webhook is called for `message_updated`.
        #[serde(default = "yes")]
        updated: bool,
    },
}

fn yes() -> bool {
    true
}

/// A webhook as it is set up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Webhook {
    /// Account that set it up.
    pub owner: AccountId,
    /// URL that events are posted to: `http://`, on this machine. Chatwork only takes `https://`.
    pub url: String,
    /// Token in base64, with which events are signed.
    #[serde(default = "sample_token")]
    pub token: String,
    /// The events it is called for.
    pub events: WebhookEvents,
}

fn sample_token() -> String {
    Webhook::SAMPLE_TOKEN.to_owned()
}

impl Webhook {
    /// Token of webhooks for which none is given: 32 bytes in base64.
    pub const SAMPLE_TOKEN: &'static str = "c2ltdWxhdGVkIENoYXR3b3JrIHdlYmhvb2sgdG9rZW4=";

    /// A webhook for messages that mention `owner` or reply to them, in every room.
    #[must_use]
    pub fn mentions(owner: AccountId, url: &str) -> Self {
        Self::new(owner, url, WebhookEvents::Mentions)
    }

    /// A webhook for new and edited messages of a room.
    #[must_use]
    pub fn messages(owner: AccountId, room: RoomId, url: &str) -> Self {
        let events = WebhookEvents::Room {
            room,
            created: true,
            updated: true,
        };
        Self::new(owner, url, events)
    }

    fn new(owner: AccountId, url: &str, events: WebhookEvents) -> Self {
        Self {
            owner,
            url: url.to_owned(),
            token: sample_token(),
            events,
        }
    }

    /// The webhook with another token.
    #[must_use]
    pub fn token(self, token: &str) -> Self {
        Self {
            token: token.to_owned(),
            ..self
        }
    }
}
