//! Calls on their way from the tablet to Chatwork, and their history.

mod answered;
mod erasure;
mod figures;
mod follow_up;
mod outcome;
#[cfg(test)]
mod tests;

pub use answered::SentStep;
pub use figures::CallFigures;
pub use follow_up::{
    AnswerRecord, DueTime, LaterMessage, MissedOutcome, MissedRecord, MissedVisit, ShownAnswer,
};
pub use outcome::CallOutcome;
use serde::{Deserialize, Serialize};
use yobirin_domain::admission::{Message, SubmittedCall};
use yobirin_domain::model::call::Visitor;
use yobirin_domain::model::delivery::{
    CallState, DeliveryState, fallback_index, later_message_index, later_message_position,
    retraction_index,
};
use yobirin_domain::model::id::{ButtonId, CallId, DeviceId, Reference};
use yobirin_domain::purpose_notice::NoticeVersion;
use yobirin_domain::routing::{Destination, Target, TraceStep};

use crate::Millis;

/// Request header with the tablet's clock in milliseconds since 1970, sent when a call is handed over. A
/// repeated request has the same body, but another value of this header.
pub const TABLET_TIME: &str = "x-tablet-time";

/// Maximum number of deliveries in one call, without the fallback and the messages of the escalation.
pub const MAX_DELIVERIES: usize = yobirin_domain::caller_limits::CALL_DELIVERIES;

/// `PUT /api/calls/{id}`: a call whose routing is done and whose messages are composed, so that the relay only
/// delivers.
///
/// The relay answers 202 with a [`CallStatus`] once the call is on disk. The same id with the same body gets
/// the same response; with another body it gets 409.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Call {
    /// Button that was pressed, for the history; `staff` for the button that calls staff, which is on no menu.
    pub button: ButtonId,
    /// Target of the call, for the history.
    pub target: Target,
    /// Visitor's own data, for the history.
    pub visitor: Visitor,
    /// Version of the purpose notice that the visitor saw above the questions, for the history; missing when nothing
    /// was asked or the office shows none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<NoticeVersion>,
    /// Time of the tap, by the tablet's clock.
    pub tapped: Millis,
    /// Deadline by the tablet's clock, at most [`yobirin_domain::model::call::DEADLINE_MILLIS`] after
    /// `tapped`. Only retractions and the task for a missed visit are sent after it.
    pub deadline: Millis,
    /// Messages to send, 1 to [`MAX_DELIVERIES`], each destination once.
    pub deliveries: Vec<Outgoing>,
    /// Message to another destination, sent once in place of the deliveries whose room or private chat does not
    /// exist. Its index is [`yobirin_domain::model::delivery::fallback_index`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback: Option<Outgoing>,
    /// Messages of the escalation, in the order of their times; messages with the same time are one step. The relay
    /// sends them while nobody has answered, at the times of [`yobirin_domain::escalation::step_time()`]. Their
    /// indices are [`yobirin_domain::model::delivery::later_message_index`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub later: Vec<LaterMessage>,
    /// Task that is created when nobody has answered by the deadline; missing when the button's setting is off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missed: Option<MissedVisit>,
    /// Trace of the routing, for the history.
    pub trace: Vec<TraceStep>,
}

impl Call {
    /// True when retention has erased the texts of the messages.
    #[must_use]
    pub fn is_erased(&self) -> bool {
        self.deliveries.iter().all(|sent| sent.text.is_empty())
    }

    /// Converts the call for [`yobirin_domain::admission::admit`].
    #[must_use]
    pub fn as_submitted(&self, reference: Reference) -> SubmittedCall<'_> {
        SubmittedCall {
            target: &self.target,
            visitor: &self.visitor,
            deliveries: self.deliveries.iter().map(Outgoing::message).collect(),
            fallback: self.fallback.as_ref().map(Outgoing::message),
            later: self.later.iter().map(LaterMessage::message).collect(),
            missed: self.missed.as_ref().map(MissedVisit::as_submitted),
            trace: &self.trace,
            reference,
        }
    }

    /// Returns the fallback of the delivery at `index`, with the fallback's own index. Only the notifications that
    /// the tablet requested have one.
    #[must_use]
    pub fn fallback_of(&self, index: usize) -> Option<(usize, &Outgoing)> {
        let fallback = self.fallback.as_ref()?;
        let count = self.deliveries.len();
        (index < count).then_some((fallback_index(count), fallback))
    }

    /// Returns the later messages with their own indices.
    pub fn later_messages_with_index(&self) -> impl Iterator<Item = (usize, &LaterMessage)> {
        let index = |position| later_message_index(self.deliveries.len(), position);
        let later = self.later.iter().enumerate();
        later.map(move |(position, later)| (index(position), later))
    }

    /// Returns the message of the delivery at `index`, which may be the fallback or a later message; `None` for
    /// retractions and the task for a missed visit.
    #[must_use]
    pub fn message_of(&self, index: usize) -> Option<Message<'_>> {
        let count = self.deliveries.len();
        if let Some(position) = later_message_position(count, index) {
            return self
                .later
                .get(position)
                .map(|later| later.message().message);
        }
        let outgoing = if index == fallback_index(count) {
            self.fallback.as_ref()
        } else {
            self.deliveries.get(index)
        };
        outgoing.map(Outgoing::message)
    }

    /// Returns the retraction of the delivery at `index`, which may be the fallback or a later message, with the
    /// retraction's own index.
    #[must_use]
    pub fn retraction_of(&self, index: usize) -> Option<(usize, &str)> {
        let text = self.message_of(index)?.retraction?;
        Some((retraction_index(self.deliveries.len(), index), text))
    }
}

/// Message to send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Outgoing {
    /// Destination.
    pub to: Destination,
    /// Text in Chatwork's notation, with the call's reference.
    pub text: String,
    /// Text of the retraction, posted if the visitor cancels after the message was delivered. The rules for
    /// [`Self::text`] hold for it too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retraction: Option<String>,
    /// Heading that is put on top of the message once somebody has answered, with `{who}` and `{time}`:
    /// [`yobirin_domain::answer::fill_heading`] and [`yobirin_domain::answer::edited_post`]. Missing while answers
    /// are off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered: Option<String>,
}

impl CallStatus {
    /// Status of a call that was just accepted.
    #[must_use]
    pub fn of_new_call(id: CallId, call: &Call, sequence: u64) -> Self {
        Self {
            deliveries: vec![DeliveryState::Waiting; call.deliveries.len()],
            sequence,
            ..Self::without_deliveries(id, CallState::Sending)
        }
    }

    /// Status of a call that was cancelled before it was handed over.
    #[must_use]
    pub fn of_early_cancellation(id: CallId) -> Self {
        Self {
            cancelled: true,
            ..Self::without_deliveries(id, CallState::Withdrawn)
        }
    }

    fn without_deliveries(id: CallId, state: CallState) -> Self {
        Self {
            id,
            state,
            deliveries: Vec::new(),
            fallback: None,
            cancelled: false,
            retractions: Vec::new(),
            later: Vec::new(),
            answer: None,
            sequence: 0,
        }
    }
}

impl Outgoing {
    fn message(&self) -> Message<'_> {
        Message {
            to: self.to,
            text: &self.text,
            retraction: self.retraction.as_deref(),
            answered: self.answered.as_deref(),
        }
    }
}

/// `GET /api/calls/{id}`, and the response to `PUT` and `DELETE`: state of a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CallStatus {
    /// Id of the call.
    pub id: CallId,
    /// State of the whole call.
    pub state: CallState,
    /// State of each delivery, in the order of the request.
    pub deliveries: Vec<DeliveryState>,
    /// State of the fallback, once it was needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback: Option<DeliveryState>,
    /// True when the visitor cancelled the call or called again (`DELETE /api/calls/{id}`). Unsent deliveries are
    /// withdrawn; each destination that was notified gets a retraction, and so does a delivery that still arrives.
    #[serde(default)]
    pub cancelled: bool,
    /// States of the retractions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub retractions: Vec<DeliveryState>,
    /// States of the later messages, in the order of the request. A message whose time has not come is waiting.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub later: Vec<DeliveryState>,
    /// Answer to show: the latest that was not deleted in Chatwork; missing without one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<ShownAnswer>,
    /// Sequence number of the latest event that is included.
    pub sequence: u64,
}

/// `GET /api/calls?before=…&limit=…`: a page of the history, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CallPage {
    /// Calls of the page.
    pub calls: Vec<CallRecord>,
    /// Value of `before` for the next page; `None` at the end.
    pub next: Option<CallId>,
}

/// Call of the history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CallRecord {
    /// Id of the call.
    pub id: CallId,
    /// Tablet that submitted it.
    pub device: DeviceId,
    /// Call as it was submitted.
    pub call: Call,
    /// Time of acceptance.
    pub accepted: Millis,
    /// Deadline by the relay's clock. A call that was handed over late has less time than [`Call::deadline`] says.
    pub expires: Millis,
    /// Time from which the retention of the call's words counts: the time of acceptance, unless the relay's clock was
    /// wrong then.
    pub kept_from: Millis,
    /// State of the whole call.
    pub state: CallState,
    /// Deliveries.
    pub deliveries: Vec<DeliveryRecord>,
    /// Fallback, once it was needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback: Option<DeliveryRecord>,
    /// Time at which the visitor cancelled the call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cancelled: Option<Millis>,
    /// Retractions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub retractions: Vec<DeliveryRecord>,
    /// Later messages, in the order of the call.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub later: Vec<DeliveryRecord>,
    /// Answers, oldest first, including answers that were deleted in Chatwork or came after a cancellation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<AnswerRecord>,
    /// Missed visit, once the relay has decided that the call was missed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missed: Option<MissedRecord>,
    /// Time at which the tablet was revoked while the call was open. The revocation withdraws unsent deliveries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked: Option<Millis>,
    /// Time at which a message notified the default room that it is not known whether a delivery arrived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doubted: Option<Millis>,
    /// Time at which the visitor's words were erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erased: Option<Millis>,
    /// Time at which an admin asked to erase all words of the visit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erase_requested: Option<Millis>,
}

/// Delivery of the history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeliveryRecord {
    /// State of the delivery.
    pub state: DeliveryState,
    /// Attempts, oldest first.
    pub attempts: Vec<Attempt>,
}

impl DeliveryRecord {
    /// True when it is not known whether Chatwork has stored the message of the last attempt.
    #[must_use]
    pub fn is_in_doubt(&self) -> bool {
        match self.attempts.last() {
            Some(last) => matches!(last.outcome, None | Some(Outcome::Unknown)),
            None => false,
        }
    }
}

/// Attempt at a delivery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Attempt {
    /// Start of the attempt.
    pub at: Millis,
    /// Outcome; `None` while the attempt runs, or when the relay stopped during it.
    pub outcome: Option<Outcome>,
}

/// Outcome of an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Chatwork returned a message id.
    Delivered,
    /// The message of an earlier attempt was found in the room, by its reference.
    Found,
    /// Chatwork has not stored the message, and the relay tries again.
    Retry,
    /// Chatwork refused the message and would refuse it again.
    Rejected,
    /// The message was sent without a response, so Chatwork may have stored it.
    Unknown,
    /// Chatwork refused the token. Deliveries wait until it accepts the token again.
    TokenRefused,
}
