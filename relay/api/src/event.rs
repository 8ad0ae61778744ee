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
#[serde(tag = "event", rename_all = "snake_case", try_from = "EventRecord")]
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

/// An event as a plain record: it reads with a third of the code that a tagged enum takes.
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
