//! Admission control: checks the number of deliveries, their destinations, the visitor's answers, the trace, and the
//! texts, mentions and links of a submitted call before the relay accepts it. Every call of
//! [`crate::compose::compose`] passes (property test in `message/properties.rs`).
//!
//! The tablet has routed the call; it is not routed again here.

use std::collections::BTreeSet;

use thiserror::Error;

use crate::caller_limits::{CALL_DELIVERIES, CALL_TRACE_NAMES, CALL_TRACE_STEPS, MESSAGE_MENTIONS};
use crate::model::call::{Visitor, VisitorError};
use crate::model::id::{AccountId, Reference};
use crate::model::settings::Settings;
use crate::outbound_policy::{OutboundPolicy, PolicyViolation, mentions};
use crate::routing::{Destination, Target, TraceStep, possible_recipients};
use crate::text::{self, Lines};

/// One message of a submitted call.
#[derive(Clone, Copy, Debug)]
pub struct Message<'a> {
    /// Destination.
    pub to: Destination,
    /// Text in Chatwork notation.
    pub text: &'a str,
    /// Text of the message that follows when the visitor cancels the call.
    pub retraction: Option<&'a str>,
}

/// A call as the tablet submits it.
#[derive(Clone, Debug)]
pub struct SubmittedCall<'a> {
    /// Button target that the visitor chose: a host, a group or the staff.
    pub target: &'a Target,
    /// Answers to the button's questions; their lengths are checked.
    pub visitor: &'a Visitor,
    /// One message per destination, in the order of the tablet's routing.
    pub deliveries: Vec<Message<'a>>,
    /// Message to the default room, sent when Chatwork rejects the destination of a delivery.
    pub fallback: Option<Message<'a>>,
    /// Reasons for the destinations.
    pub trace: &'a [TraceStep],
    /// The call's `XXXX-XXXX`, which every message must contain.
    pub reference: Reference,
}

/// Why a call is rejected.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum AdmissionError {
    /// The number of deliveries, without the fallback, is not in 1 to [`CALL_DELIVERIES`].
    #[error("deliveries: 1 to {CALL_DELIVERIES}")]
    DeliveryCount,
    /// Two deliveries, or a delivery and the fallback, have the same destination.
    #[error("deliveries and fallback: each destination once")]
    DuplicateDestination,
    /// An answer of the visitor is invalid.
    #[error(transparent)]
    InvalidVisitor(#[from] VisitorError),
    /// The trace has more than [`CALL_TRACE_STEPS`] steps or [`CALL_TRACE_NAMES`] ids. Routing cuts a longer trace.
    #[error("trace: at most {CALL_TRACE_STEPS} steps with {CALL_TRACE_NAMES} hosts and groups")]
    TraceTooLong,
    /// A message or a retraction contains a forbidden control character.
    #[error("deliveries: the text {0}")]
    InvalidText(text::TextError),
    /// A message violates the outbound policy; the settings may have changed since the tap.
    #[error(transparent)]
    PolicyViolation(#[from] PolicyViolation),
}

/// Checks a call against the current settings and the policy derived from them.
///
/// # Errors
/// The first violation found: number of deliveries, visitor, trace, then the messages in order, the fallback last.
pub fn admit(
    settings: &Settings,
    policy: &OutboundPolicy,
    call: &SubmittedCall<'_>,
) -> Result<(), AdmissionError> {
    if !(1..=CALL_DELIVERIES).contains(&call.deliveries.len()) {
        return Err(AdmissionError::DeliveryCount);
    }
    call.visitor.check()?;
    if truncate_trace(call.trace).len() < call.trace.len() {
        return Err(AdmissionError::TraceTooLong);
    }
    let recipients = possible_recipients(settings, call.target);
    let mut seen = BTreeSet::new();
    for message in call.deliveries.iter().chain(&call.fallback) {
        if !seen.insert(message.to) {
            return Err(AdmissionError::DuplicateDestination);
        }
        for text in [Some(message.text), message.retraction]
            .into_iter()
            .flatten()
        {
            text::check(text, usize::MAX, Lines::Many).map_err(AdmissionError::InvalidText)?;
            policy.check(&message.to, text, call.reference)?;
            policy.check_links(text)?;
            check_mentions(text, &recipients)?;
        }
    }
    Ok(())
}

/// Checks that a message mentions only recipients of the call, and no more than [`MESSAGE_MENTIONS`].
///
/// # Errors
/// [`PolicyViolation::MentionOfNonRecipient`] with the first mention of an account that is no recipient, or with the
/// first mention beyond the maximum. There is no separate error for too many mentions: composed calls never have them.
fn check_mentions(text: &str, recipients: &BTreeSet<AccountId>) -> Result<(), PolicyViolation> {
    for (count, id) in mentions(text).enumerate() {
        if count >= MESSAGE_MENTIONS || !recipients.iter().any(|account| account.get() == id) {
            return Err(PolicyViolation::MentionOfNonRecipient(id));
        }
    }
    Ok(())
}

/// Longest prefix of a trace that a call may carry.
pub(crate) fn truncate_trace(trace: &[TraceStep]) -> &[TraceStep] {
    let mut ids = 0;
    let fits = |step: &&TraceStep| {
        ids += step.id_count();
        ids <= CALL_TRACE_NAMES
    };
    let steps = trace.iter().take(CALL_TRACE_STEPS).take_while(fits).count();
    &trace[..steps]
}

#[cfg(test)]
mod tests;
