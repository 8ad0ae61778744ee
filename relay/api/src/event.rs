//! Events of a tablet's stream, `GET /api/events` (server-sent events).
//!
//! Each has `data:` holding one [`Event`] as JSON; those that are kept have an `id:` too (their
//! sequence number, growing). A client that reconnects sends `Last-Event-ID`, or `?after=` on its
//! first connection, and gets what it missed; without either it gets only what happens from now on.
//! Every stream begins with [`Event::Chatwork`]; while nothing happens it says so by events named
//! [`ALIVE`].

use serde::{Deserialize, Serialize};
use yobirin_domain::model::delivery::DeliveryState;
use yobirin_domain::model::id::CallId;

/// Name of the empty events that come at least every half minute while nothing happens.
pub const ALIVE: &str = "alive";

/// What a tablet is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// A delivery of one of its calls changed.
    Delivery {
        /// The call.
        call: CallId,
        /// Place of the delivery in the call.
        delivery: usize,
        /// Its new state.
        to: DeliveryState,
    },
    /// The settings changed; fetch them again. Not kept: a client that missed it compares ETags.
    Settings,
    /// The connection to Chatwork was lost (`false`) or is good again (`true`). Not kept.
    Chatwork {
        /// Whether calls are being delivered.
        delivering: bool,
    },
    /// An admin asks the tablet to reload the app. Not kept.
    Reload,
    /// The pairing was revoked; the stream ends after this.
    Revoked,
}
