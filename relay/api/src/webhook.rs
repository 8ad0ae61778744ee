//! Chatwork's webhook, which reports mentions of the bot and replies to it without delay. Optional: the
//! relay reads the rooms of open calls anyway. The webhook token is sent once and never returned.

use serde::{Deserialize, Serialize};

use crate::Millis;

/// Path of the relay to which Chatwork sends the events of a webhook. The webhook is made in Chatwork's own settings.
pub const WEBHOOK_PATH: &str = "/hook/chatwork";

/// `PUT /api/chatwork/webhook`: stores the webhook token that Chatwork shows for the webhook. The response is a
/// [`Webhook`]; 400 when it is not base64.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SetWebhook {
    /// Webhook token, base64 of the key with which Chatwork signs.
    pub token: String,
}

/// `GET /api/chatwork/webhook`: state of the webhook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Webhook {
    /// URL to enter in Chatwork, which takes `https:` only.
    pub url: String,
    /// Time at which the webhook token was stored; missing without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Millis>,
    /// Time of the latest event with a valid signature; missing when there was none since the relay started.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<Millis>,
}
