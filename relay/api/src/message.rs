//! Messages that set-up has the bot send, such as a test. They are delivered like calls, and set-up polls
//! their state until it is final.

use serde::{Deserialize, Serialize};
use yobirin_domain::model::delivery::DeliveryState;
use yobirin_domain::model::id::CallId;
use yobirin_domain::routing::Destination;

use crate::Millis;

/// `POST /api/test-message`: sends a message that says it is a test. The response is a [`SentMessage`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TestMessage {
    /// Destination, which the saved settings must allow; the default room when missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Destination>,
}

/// `GET /api/messages/{id}`, and the response to every request that sends a bot message. Status 202 says that the
/// message is on disk and will be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SentMessage {
    /// Id of the message.
    pub id: CallId,
    /// Destination.
    pub to: Destination,
    /// State of the message.
    pub state: DeliveryState,
    /// Time from which the message is not sent any more.
    pub expires: Millis,
}
