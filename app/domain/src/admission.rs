//! Admission control: checks the number of deliveries, their destinations, the visitor's answers, the trace, and the
//! texts, mentions and links of a submitted call before the relay accepts it. Every call of
//! [`crate::compose::compose`] passes (property test in `message/properties.rs`).
//!
//! The tablet has routed the call; it is not routed again here.

mod deadline;

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

use crate::answer::MAX_HEADING_CHARS;
use crate::caller_limits::{
    CALL_DELIVERIES, CALL_LATER_DELIVERIES, CALL_TRACE_NAMES, CALL_TRACE_STEPS, MESSAGE_MENTIONS,
};
use crate::escalation::MAX_MESSAGES_PER_DESTINATION;
use crate::model::call::{Visitor, VisitorError};
use crate::model::escalation_step::{MAX_ESCALATION_STEPS, MAX_STEP_SECONDS, MIN_STEP_GAP_SECONDS};
use crate::model::id::{AccountId, Reference};
use crate::model::settings::Settings;
use crate::outbound_policy::{OutboundPolicy, PolicyViolation, mentions};
use crate::routing::{
    Destination, MAX_RECIPIENTS, Target, TraceStep, possible_recipients,
    possible_recipients_of_later_messages,
};
use crate::text::{self, Lines};

pub use deadline::{ClockReadings, DeadlineError};

/// One message of a submitted call.
#[derive(Clone, Copy, Debug)]
pub struct Message<'a> {
    /// Destination.
    pub to: Destination,
    /// Text in Chatwork notation.
    pub text: &'a str,
    /// Text of the retraction: the message that says afterwards that the visitor has cancelled or called again.
    pub retraction: Option<&'a str>,
    /// Heading that is put on top of the message once somebody has answered.
    pub answered: Option<&'a str>,
}

/// Message of an escalation step, sent while nobody has answered.
#[derive(Clone, Copy, Debug)]
pub struct LaterMessage<'a> {
    /// Time after the first delivery has arrived, in seconds.
    pub after_seconds: u16,
    /// The message.
    pub message: Message<'a>,
}

/// Task for a call that nobody has answered by the deadline.
#[derive(Clone, Copy, Debug)]
pub struct MissedVisit<'a> {
    /// Accounts that get the task; a plain message is posted when empty.
    pub assignees: &'a [AccountId],
    /// Text of the task or of the message.
    pub text: &'a str,
    /// Heading that is put on top of the posts of the call.
    pub unanswered: &'a str,
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
    /// Messages of the escalation, in the order of their times.
    pub later: Vec<LaterMessage<'a>>,
    /// Task for a missed visit.
    pub missed: Option<MissedVisit<'a>>,
    /// Reasons for the destinations.
    pub trace: &'a [TraceStep],
    /// Reference of the call (`XXXX-XXXX`), which every message must contain.
    pub reference: Reference,
}

/// Reason for rejecting a call.
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
    /// The trace has more than [`CALL_TRACE_STEPS`] steps or [`CALL_TRACE_NAMES`] ids. The app shortens a longer
    /// trace when it composes the call.
    #[error("trace: at most {CALL_TRACE_STEPS} steps with {CALL_TRACE_NAMES} hosts and groups")]
    TraceTooLong,
    /// The number of later messages exceeds [`CALL_LATER_DELIVERIES`].
    #[error("later: at most {CALL_LATER_DELIVERIES}")]
    TooManyLaterMessages,
    /// The times of the later messages are not the times of the steps of an escalation.
    #[error(
        "later: in order of time, at most {MAX_ESCALATION_STEPS} times from {MIN_STEP_GAP_SECONDS} to \
         {MAX_STEP_SECONDS} seconds, {MIN_STEP_GAP_SECONDS} seconds apart"
    )]
    InvalidStepTimes,
    /// The call has more than [`MAX_MESSAGES_PER_DESTINATION`] messages for one destination. The fallback does not
    /// count: once it is needed, it takes the place of a later message.
    #[error("deliveries and later: each destination at most {MAX_MESSAGES_PER_DESTINATION} times")]
    DestinationTooOften,
    /// The number of assignees of the task exceeds [`MAX_RECIPIENTS`].
    #[error("missed.assignees: at most {MAX_RECIPIENTS}")]
    AssigneeCount,
    /// A heading for answered or unanswered posts is too long or has a tag.
    #[error(
        "answered and unanswered: one line of at most {MAX_HEADING_CHARS} characters without tags"
    )]
    InvalidHeading,
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
/// The first violation found: number of deliveries, visitor, trace, then the messages in order, the fallback, the later
/// messages and the task last.
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
    let checker = Checker {
        policy,
        reference: call.reference,
        are_answers_on: settings.site().answers.is_on(),
    };
    let recipients = possible_recipients(settings, call.target);
    let mut message_counts: BTreeMap<Destination, usize> = BTreeMap::new();
    for message in &call.deliveries {
        if message_counts.insert(message.to, 1).is_some() {
            return Err(AdmissionError::DuplicateDestination);
        }
        checker.check_message(message, &recipients)?;
    }
    if let Some(fallback) = &call.fallback {
        if message_counts.contains_key(&fallback.to) {
            return Err(AdmissionError::DuplicateDestination);
        }
        checker.check_message(fallback, &recipients)?;
    }
    if call.later.is_empty() && call.missed.is_none() {
        return Ok(());
    }
    // Later messages and the task depend on answers, for which the relay does not listen while answers are off.
    if !checker.are_answers_on {
        return Err(PolicyViolation::AnswersOff.into());
    }
    check_times(&call.later)?;
    let recipients = possible_recipients_of_later_messages(settings, call.target);
    for LaterMessage { message, .. } in &call.later {
        let count = message_counts.entry(message.to).or_default();
        *count += 1;
        if *count > MAX_MESSAGES_PER_DESTINATION {
            return Err(AdmissionError::DestinationTooOften);
        }
        checker.check_message(message, &recipients)?;
    }
    match &call.missed {
        Some(missed) => checker.check_missed(missed, call.deliveries[0].to, &recipients),
        None => Ok(()),
    }
}

/// Checks that the times can belong to the steps of an escalation: one time per step, and the messages of a step together.
fn check_times(later: &[LaterMessage<'_>]) -> Result<(), AdmissionError> {
    if later.len() > CALL_LATER_DELIVERIES {
        return Err(AdmissionError::TooManyLaterMessages);
    }
    let (mut steps, mut last_time) = (0, 0_u16);
    for time in later.iter().map(|later| later.after_seconds) {
        if steps > 0 && time == last_time {
            continue; // another message of the same step
        }
        let earliest = last_time.saturating_add(MIN_STEP_GAP_SECONDS);
        if !(earliest..=MAX_STEP_SECONDS).contains(&time) || steps == MAX_ESCALATION_STEPS {
            return Err(AdmissionError::InvalidStepTimes);
        }
        steps += 1;
        last_time = time;
    }
    Ok(())
}

struct Checker<'a> {
    policy: &'a OutboundPolicy,
    reference: Reference,
    /// True while the office shows answers on its tablets.
    are_answers_on: bool,
}

impl Checker<'_> {
    fn check_message(
        &self,
        message: &Message<'_>,
        recipients: &BTreeSet<AccountId>,
    ) -> Result<(), AdmissionError> {
        self.check_text(message.to, message.text, recipients)?;
        if let Some(retraction) = message.retraction {
            self.check_text(message.to, retraction, recipients)?;
        }
        match message.answered {
            Some(_) if !self.are_answers_on => Err(PolicyViolation::AnswersOff.into()),
            Some(heading) => self.check_heading(heading),
            None => Ok(()),
        }
    }

    /// Checks the task, which is given in the destination of the first delivery.
    fn check_missed(
        &self,
        missed: &MissedVisit<'_>,
        to: Destination,
        recipients: &BTreeSet<AccountId>,
    ) -> Result<(), AdmissionError> {
        if missed.assignees.len() > MAX_RECIPIENTS {
            return Err(AdmissionError::AssigneeCount);
        }
        let mut assignees = missed.assignees.iter();
        if let Some(account) = assignees.find(|account| !recipients.contains(account)) {
            return Err(PolicyViolation::UnknownAssignee(account.get()).into());
        }
        // Neither a task nor the message in its place mentions anybody.
        self.check_text(to, missed.text, &BTreeSet::new())?;
        self.check_heading(missed.unanswered)
    }

    fn check_text(
        &self,
        to: Destination,
        text: &str,
        recipients: &BTreeSet<AccountId>,
    ) -> Result<(), AdmissionError> {
        text::check(text, usize::MAX, Lines::Many).map_err(AdmissionError::InvalidText)?;
        self.policy.check(&to, text, self.reference)?;
        self.policy.check_links(text)?;
        check_mentions(text, recipients)?;
        Ok(())
    }

    fn check_heading(&self, heading: &str) -> Result<(), AdmissionError> {
        let is_line = text::check(heading, MAX_HEADING_CHARS, Lines::One).is_ok();
        if !is_line || heading.contains('[') {
            return Err(AdmissionError::InvalidHeading);
        }
        Ok(self.policy.check_links(heading)?)
    }
}

/// Checks that a message mentions only recipients of the call, and no more than [`MESSAGE_MENTIONS`].
///
/// # Errors
/// [`PolicyViolation::MentionOfNonRecipient`] with the first mention of an account that is not a recipient, or with the
/// first mention beyond the maximum. There is no separate error for too many mentions: composed calls never have them.
fn check_mentions(text: &str, recipients: &BTreeSet<AccountId>) -> Result<(), PolicyViolation> {
    for (count, id) in mentions(text).enumerate() {
        if count >= MESSAGE_MENTIONS || !recipients.iter().any(|account| account.get() == id) {
            return Err(PolicyViolation::MentionOfNonRecipient(id));
        }
    }
    Ok(())
}

/// Returns the longest prefix of a trace that a call may carry.
pub(crate) fn truncate_trace(trace: &[TraceStep]) -> &[TraceStep] {
    let mut id_count = 0;
    for (index, step) in trace.iter().enumerate() {
        id_count += step.id_count();
        if index == CALL_TRACE_STEPS || id_count > CALL_TRACE_NAMES {
            return &trace[..index];
        }
    }
    trace
}

#[cfg(test)]
mod tests;
