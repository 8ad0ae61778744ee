//! A composed call. Its body is serialized once, so that every repetition of the request is identical to the byte.

use serde::{Deserialize, Serialize};
use yobirin_api::Millis;
use yobirin_api::call::Call;
use yobirin_domain::model::call::Visitor;
use yobirin_domain::model::escalation_step::EscalationStep;
use yobirin_domain::model::id::ButtonId;
use yobirin_domain::purpose_notice::NoticeVersion;
use yobirin_domain::recipients::Recipients;
use yobirin_domain::routing::Target;

use crate::json;

/// Time after a call's deadline in which the tablet still asks the relay about it.
const GRACE_MS: Millis = 60_000;

/// A call as it is sent, and the parts of it that the tablet itself uses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PreparedCall {
    pub(crate) button: ButtonId,
    pub(crate) target: Target,
    pub(crate) visitor: Visitor,
    /// Version of the purpose notice that the visitor saw.
    #[serde(default)]
    pub(crate) notice: Option<NoticeVersion>,
    /// Time of the tap, by the tablet's clock.
    #[serde(rename = "tapped")]
    pub(crate) tapped_at: Millis,
    /// After this time, by the tablet's clock, the call is not sent any more.
    pub(crate) deadline: Millis,
    /// Recipients of each message.
    pub(crate) recipients: Recipients,
    /// Number of messages that are sent at once.
    #[serde(rename = "deliveries")]
    pub(crate) delivery_count: usize,
    /// True when answers to the call are shown.
    pub(crate) awaits_answer: bool,
    /// For each later message its step of the escalation, with the target that the tablet shows.
    pub(crate) shown_steps: Vec<EscalationStep>,
    /// Seconds after the first delivery from which the screen of an unanswered call shows the telephone number: the
    /// time of the last step. `None` without escalation.
    pub(crate) phone_after: Option<u16>,
    /// The request's body, JSON of [`Call`].
    pub(crate) body: String,
}

impl PreparedCall {
    /// Serializes a call, without its escalation. Never `None`, because every call can be written as JSON.
    pub(crate) fn from_call(call: Call) -> Option<Self> {
        let to = call.deliveries.iter().map(|delivery| delivery.to);
        Some(Self {
            recipients: Recipients::of(&call.target, to, &call.trace),
            awaits_answer: call
                .deliveries
                .iter()
                .any(|delivery| delivery.answered.is_some()),
            shown_steps: Vec::new(),
            phone_after: None,
            body: json::write(&call)?,
            button: call.button,
            target: call.target,
            visitor: call.visitor,
            notice: call.notice,
            tapped_at: call.tapped,
            deadline: call.deadline,
            delivery_count: call.deliveries.len(),
        })
    }

    /// Time at which the tablet stops asking the relay about the call.
    pub(super) fn polled_until(&self) -> Millis {
        self.deadline.saturating_add(GRACE_MS)
    }

    /// Time at which the tablet stops asking the relay about the cancellation of the call.
    pub(super) fn cancellation_polled_until(&self, cancelled_at: Millis) -> Millis {
        self.deadline.max(cancelled_at).saturating_add(GRACE_MS)
    }
}
