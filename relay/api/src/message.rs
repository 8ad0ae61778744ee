//! Messages that set-up has the bot send: a test, for one. They go out like calls, and set-up asks how
//! they stand until they are settled.

use serde::{Deserialize, Serialize};
use yobirin_domain::model::delivery::DeliveryState;
use yobirin_domain::model::id::CallId;
use yobirin_domain::routing::Destination;

use crate::Millis;

/// `POST /api/test-message`: a message that says it is a test. Answered with a [`SentMessage`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TestMessage {
    /// Where, within the reach of the saved settings; the default room when nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Destination>,
}

/// `GET /api/messages/{id}`, and the answer to whatever sends one (202: it is on disk and will be
/// tried).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SentMessage {
    /// Names it.
    pub id: CallId,
    /// Where it goes.
    pub to: Destination,
    /// How it stands.
    pub state: DeliveryState,
    /// When it is not tried any more.
    pub expires: Millis,
}
