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
#[serde(tag = "event", rename_all = "snake_case", try_from = "EventRecord")]
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

/// Event as a plain record, whose deserializer is a third of a tagged enum's.
#[derive(Deserialize)]
struct EventRecord {
    event: EventKind,
    call: Option<CallId>,
    delivery: Option<usize>,
    to: Option<DeliveryState>,
    delivering: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum EventKind {
    Delivery,
    Settings,
    Chatwork,
    Reload,
    Revoked,
}

impl TryFrom<EventRecord> for Event {
    type Error = &'static str;

    fn try_from(record: EventRecord) -> Result<Self, Self::Error> {
        let delivery = record.call.zip(record.delivery).zip(record.to);
        match (record.event, delivery, record.delivering) {
            (EventKind::Delivery, Some(((call, delivery), to)), _) => {
                Ok(Self::Delivery { call, delivery, to })
            }
            (EventKind::Settings, ..) => Ok(Self::Settings),
            (EventKind::Chatwork, _, Some(delivering)) => Ok(Self::Chatwork { delivering }),
            (EventKind::Reload, ..) => Ok(Self::Reload),
            (EventKind::Revoked, ..) => Ok(Self::Revoked),
            (EventKind::Delivery, None, _) => Err("delivery: call, place and state are missing"),
            (EventKind::Chatwork, _, None) => Err("chatwork: whether it delivers is missing"),
        }
    }
}
