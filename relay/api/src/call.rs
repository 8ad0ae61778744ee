//! Calls on their way from the tablet to Chatwork, and the history of them.

use serde::{Deserialize, Serialize};
use yobirin_domain::admission::{Message, SubmittedCall};
use yobirin_domain::model::call::Visitor;
use yobirin_domain::model::delivery::{CallState, DeliveryState, fallback_index, retraction_index};
use yobirin_domain::model::id::{ButtonId, CallId, DeviceId, Reference};
use yobirin_domain::routing::{Destination, Target, TraceStep};

use crate::Millis;

/// The header in which a tablet says what its clock shows, in milliseconds since 1970, when it hands a
/// call over. The call itself stays the same at each repetition; this does not.
pub const TABLET_TIME: &str = "x-tablet-time";

/// Most deliveries in one call.
pub const MAX_DELIVERIES: usize = yobirin_domain::caller_limits::CALL_DELIVERIES;

/// `PUT /api/calls/{id}`: everything the relay needs to deliver without deciding anything.
///
/// The relay answers 202 with a [`CallStatus`] once the call is on disk; the same id and body again
/// get the same answer, another body 409.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Call {
    /// The button that was pressed, for the history; `staff` for the one that is on no menu.
    pub button: ButtonId,
    /// Whom the visitor asked for, for the history.
    pub target: Target,
    /// Who is asking, for the history.
    pub visitor: Visitor,
    /// When the visitor tapped, by the tablet's clock.
    pub tapped: Millis,
    /// When the call stops being worth sending, by the tablet's clock: at most
    /// [`yobirin_domain::model::call::DEADLINE_MILLIS`] after `tapped`.
    pub deadline: Millis,
    /// Messages to send, 1 to [`MAX_DELIVERIES`], each destination once.
    pub deliveries: Vec<Outgoing>,
    /// Sent, once, when a delivery is refused because its room or private chat is not there: to a
    /// destination that is not among them. It stands at
    /// [`yobirin_domain::model::delivery::fallback_index`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback: Option<Outgoing>,
    /// Why they go where they go, for the history.
    pub trace: Vec<TraceStep>,
}

impl Call {
    /// The call as [`yobirin_domain::admission::admit`] looks at it.
    #[must_use]
    pub fn handed(&self, reference: Reference) -> SubmittedCall<'_> {
        SubmittedCall {
            target: &self.target,
            visitor: &self.visitor,
            deliveries: self.deliveries.iter().map(Outgoing::message).collect(),
            fallback: self.fallback.as_ref().map(Outgoing::message),
            trace: &self.trace,
            reference,
        }
    }

    /// Fallback of the delivery at `index`, with the fallback's own index. Only deliveries that the tablet asked
    /// for have one.
    #[must_use]
    pub fn fallback_of(&self, index: usize) -> Option<(usize, &Outgoing)> {
        let fallback = self.fallback.as_ref()?;
        let count = self.deliveries.len();
        (index < count).then_some((fallback_index(count), fallback))
    }

    /// Retraction of the delivery at `index`, which may be the fallback, with the retraction's own index.
    #[must_use]
    pub fn retraction_of(&self, index: usize) -> Option<(usize, &str)> {
        let count = self.deliveries.len();
        let retracted = match index == fallback_index(count) {
            true => self.fallback.as_ref(),
            false => self.deliveries.get(index),
        };
        let text = retracted?.retraction.as_deref()?;
        Some((retraction_index(count, index), text))
    }
}

/// One message to send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Outgoing {
    /// Where.
    pub to: Destination,
    /// Chatwork notation, with the call's reference in it.
    pub text: String,
    /// Posted after it if the visitor takes the call back too late; the same rules hold for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retraction: Option<String>,
}

impl Outgoing {
    fn message(&self) -> Message<'_> {
        Message {
            to: self.to,
            text: &self.text,
            retraction: self.retraction.as_deref(),
        }
    }
}

/// `GET /api/calls/{id}` and the answer to `PUT` and `DELETE`: how a call stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CallStatus {
    /// The call.
    pub id: CallId,
    /// The whole of it.
    pub state: CallState,
    /// Each delivery, in the order of the request.
    pub deliveries: Vec<DeliveryState>,
    /// The one that replaces them, once it was needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback: Option<DeliveryState>,
    /// The visitor has taken the call back (`DELETE /api/calls/{id}`). What was not sent yet is
    /// withdrawn; each delivery that had arrived, or still arrives, gets a retraction.
    #[serde(default)]
    pub cancelled: bool,
    /// Messages that say so to those who had been told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub retractions: Vec<DeliveryState>,
    /// Sequence number of the latest event that is in here.
    pub sequence: u64,
}

/// `GET /api/calls?before=…&limit=…`: one page of the history, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CallPage {
    /// The calls.
    pub calls: Vec<CallRecord>,
    /// Pass as `before` to get the next page; `None` at the end.
    pub next: Option<CallId>,
}

/// One call of the history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CallRecord {
    /// The call.
    pub id: CallId,
    /// The tablet it came from.
    pub device: DeviceId,
    /// The request, as it came.
    pub call: Call,
    /// When the relay accepted it.
    pub accepted: Millis,
    /// The whole of it.
    pub state: CallState,
    /// Each delivery.
    pub deliveries: Vec<DeliveryRecord>,
    /// The one that replaces them, once it was needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback: Option<DeliveryRecord>,
    /// When the visitor took it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancelled: Option<Millis>,
    /// Messages that say so to those who had been told.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub retractions: Vec<DeliveryRecord>,
    /// When its tablet was revoked, if it was open then: deliveries that were not sent are withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked: Option<Millis>,
    /// When the office was told that nobody knows whether a delivery arrived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doubted: Option<Millis>,
}

/// One delivery of the history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeliveryRecord {
    /// How it stands.
    pub state: DeliveryState,
    /// Every try, oldest first.
    pub attempts: Vec<Attempt>,
}

impl DeliveryRecord {
    /// True when nobody knows whether the last try was stored.
    #[must_use]
    pub fn is_in_doubt(&self) -> bool {
        let last = self.attempts.last();
        last.is_some_and(|last| matches!(last.outcome, None | Some(Outcome::Unknown)))
    }
}

/// One try at a delivery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Attempt {
    /// When it was started.
    pub at: Millis,
    /// How it ended; `None` while it is under way or when the relay was stopped in the middle.
    pub outcome: Option<Outcome>,
}

/// How a try ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Chatwork answered with a message id.
    Delivered,
    /// An earlier try had been stored after all: found by its reference.
    Found,
    /// Surely not stored; will be tried again.
    Retry,
    /// Refused for good.
    Rejected,
    /// Sent, but no answer: may be stored or not.
    Unknown,
    /// The token is refused; everything waits.
    TokenRefused,
}
