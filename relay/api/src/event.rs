//! Events of a tablet's stream, `GET /api/events` (server-sent events).
//!
//! `data:` holds one [`Event`] as JSON; stored events also have an `id:`, their growing sequence number. A
//! client that reconnects sends `Last-Event-ID`, or `?after=` on its first connection, and gets the events
//! since; without either, it gets new events only. Every stream begins with [`Event::Chatwork`], and sends an
//! event named [`ALIVE`] while nothing happens.

use serde::{Deserialize, Serialize};
use yobirin_domain::model::delivery::DeliveryState;
use yobirin_domain::model::id::CallId;

/// Name of the empty events that are sent at least every half minute while nothing happens.
pub const ALIVE: &str = "alive";

/// Event for a tablet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// The state of a delivery changed.
    Delivery {
        /// Call of the delivery.
        call: CallId,
        /// Index of the delivery in the call.
        delivery: usize,
        /// New state.
        to: DeliveryState,
    },
    /// The settings changed: fetch them again. Not stored: a client that missed it compares ETags.
    Settings,
    /// The connection to Chatwork was lost (`false`) or works again (`true`). Not stored.
    Chatwork {
        /// True while calls are delivered.
        delivering: bool,
    },
    /// An admin asks the tablet to reload the app. Not stored.
    Reload,
    /// The pairing was revoked. The stream ends after this event.
    Revoked,
}
