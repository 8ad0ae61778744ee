//! A call ready to go: its body written once, so that every repetition is the same to the byte, and
//! beside it the few facts that the tablet itself still needs.

use serde::{Deserialize, Serialize};
use yobirin_api::Millis;
use yobirin_api::call::Call;
use yobirin_domain::model::call::Visitor;
use yobirin_domain::model::id::ButtonId;
use yobirin_domain::recipients::Recipients;
use yobirin_domain::routing::Target;

use crate::json;

/// A call that will not change any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PreparedCall {
    pub(crate) button: ButtonId,
    pub(crate) target: Target,
    pub(crate) visitor: Visitor,
    pub(crate) tapped: Millis,
    pub(crate) deadline: Millis,
    /// Recipients of each message.
    pub(crate) recipients: Recipients,
    /// How many messages it is.
    pub(crate) deliveries: usize,
    /// The request's body, JSON of [`Call`].
    pub(crate) body: String,
}

impl PreparedCall {
    /// Writes a call. `None` never happens: a call is strings, numbers and lists.
    pub(crate) fn from_call(call: Call) -> Option<Self> {
        let to = call.deliveries.iter().map(|delivery| delivery.to);
        Some(Self {
            recipients: Recipients::of(&call.target, to, &call.trace),
            body: json::write(&call)?,
            button: call.button,
            target: call.target,
            visitor: call.visitor,
            tapped: call.tapped,
            deadline: call.deadline,
            deliveries: call.deliveries.len(),
        })
    }
}
