//! Whether a call is admitted: its sizes, its texts, whom it mentions, which links it holds. The relay asks
//! before it accepts a call; whatever [`crate::compose::plan`] composes passes (a property test says so).
//!
//! Where a call goes was decided on the tablet and is not decided again.

use std::collections::BTreeSet;

use thiserror::Error;

use crate::caller_limits::{CALL_DELIVERIES, CALL_TRACE_NAMES, CALL_TRACE_STEPS, MESSAGE_MENTIONS};
use crate::model::call::{Visitor, VisitorError};
use crate::model::id::{AccountId, Reference};
use crate::model::settings::Settings;
use crate::outbound_policy::{OutboundPolicy, PolicyViolation, mentions};
use crate::routing::{Destination, Target, TraceStep, possible_recipients};
use crate::text::{self, Lines};

/// One message of a call.
#[derive(Clone, Copy, Debug)]
pub struct Message<'a> {
    /// Where it goes.
    pub to: Destination,
    /// What it says.
    pub text: &'a str,
    /// What follows it when the visitor takes the call back.
    pub retraction: Option<&'a str>,
}

/// A call as a tablet hands it over.
#[derive(Clone, Debug)]
pub struct SubmittedCall<'a> {
    /// Whom the visitor called.
    pub target: &'a Target,
    /// Who is asking.
    pub visitor: &'a Visitor,
    /// The messages.
    pub deliveries: Vec<Message<'a>>,
    /// What replaces them.
    pub fallback: Option<Message<'a>>,
    /// Why they go where they go.
    pub trace: &'a [TraceStep],
    /// The call's reference.
    pub reference: Reference,
}

/// Why a call is not admitted.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum AdmissionError {
    /// Too few or too many messages.
    #[error("deliveries: 1 to {CALL_DELIVERIES}")]
    DeliveryCount,
    /// Two messages to one destination.
    #[error("deliveries and fallback: each destination once")]
    DuplicateDestination,
    /// An answer of the visitor.
    #[error(transparent)]
    InvalidVisitor(#[from] VisitorError),
    /// A longer trace than routing ever makes.
    #[error(
        "trace: at most {CALL_TRACE_STEPS} steps that name {CALL_TRACE_NAMES} hosts and groups"
    )]
    TraceTooLong,
    /// A control character in a message.
    #[error("deliveries: the text {0}")]
    InvalidText(text::TextError),
    /// A message leaves what the settings allow. They may have changed since the tap.
    #[error(transparent)]
    PolicyViolation(#[from] PolicyViolation),
}

/// Checks a call against the settings in force. `policy` is theirs.
///
/// # Errors
/// The first thing that is wrong with it.
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
    let people = possible_recipients(settings, call.target);
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
            check_mentions(text, &people)?;
        }
    }
    Ok(())
}

/// A message mentions only people whom the call is for.
fn check_mentions(text: &str, people: &BTreeSet<AccountId>) -> Result<(), PolicyViolation> {
    for (count, id) in mentions(text).enumerate() {
        if count >= MESSAGE_MENTIONS || !people.iter().any(|account| account.get() == id) {
            return Err(PolicyViolation::MentionOfNonRecipient(id));
        }
    }
    Ok(())
}

/// As much of a trace, from its beginning, as a call may carry.
pub(crate) fn truncate_trace(trace: &[TraceStep]) -> &[TraceStep] {
    let mut names = 0;
    let fits = |step: &&TraceStep| {
        names += step.id_count();
        names <= CALL_TRACE_NAMES
    };
    let steps = trace.iter().take(CALL_TRACE_STEPS).take_while(fits).count();
    &trace[..steps]
}

#[cfg(test)]
mod tests;
