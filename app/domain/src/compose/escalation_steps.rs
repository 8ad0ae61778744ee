//! Steps of the escalation of a call that nobody answers, and the task for a missed visit.

use std::collections::BTreeSet;

use super::ComposedMessage;
use crate::answer;
use crate::escalation::{self, StepReason};
use crate::message::{self, CallDetails};
use crate::missed_visit;
use crate::model::escalation_step::EscalationStep;
use crate::model::hours::{LocalDateTime, TimeOfDay};
use crate::model::id::AccountId;
use crate::model::menu::Button;
use crate::model::settings::Settings;
use crate::routing::{Delivery, Destination, Resolution, RouteRequest};

/// One step of the escalation with its messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComposedStep {
    /// Time and recipients as the settings say.
    pub step: EscalationStep,
    /// Messages; empty when the step has no recipients, or when all their messages are left out.
    pub messages: Vec<ComposedMessage>,
    /// Reasons for the destinations, and for the destinations that are left out.
    pub reasons: Vec<StepReason>,
}

impl ComposedStep {
    /// Adds the reason for messages that are left out because the call has too many, once.
    pub(super) fn add_too_many_messages(&mut self) {
        if self.reasons.last() != Some(&StepReason::TooManyMessages) {
            self.reasons.push(StepReason::TooManyMessages);
        }
    }
}

/// Task for a call that nobody has answered by the deadline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComposedMissedVisit {
    /// Accounts that get the task; a message is posted when empty.
    pub assignees: Vec<AccountId>,
    /// Text of the task or of the message.
    pub text: String,
    /// Heading that is put on top of the posts of the call, with the placeholder of [`answer::fill_time`].
    pub unanswered: &'static str,
    /// Due time of the task, in the site's time zone.
    pub due: LocalDateTime,
}

/// Steps of a call with their messages. `compose_message` gets a delivery, and true when its destination was notified
/// before.
pub(super) fn steps(
    settings: &Settings,
    request: &RouteRequest,
    button: Option<&Button>,
    resolution: &Resolution,
    compose_message: impl Fn(&Delivery, bool) -> ComposedMessage,
) -> Vec<ComposedStep> {
    let steps = escalation::steps_of(settings, button);
    let mut notified: BTreeSet<Destination> = BTreeSet::new();
    notified.extend(resolution.deliveries.iter().map(|delivery| delivery.to));
    let resolved = escalation::resolve(settings, request, resolution, steps);
    let composed = resolved.into_iter().map(|step| {
        let messages = step.deliveries.iter().map(|delivery| {
            let is_repeated = !notified.insert(delivery.to);
            compose_message(delivery, is_repeated)
        });
        ComposedStep {
            step: step.step,
            messages: messages.collect(),
            reasons: step.reasons,
        }
    });
    composed.collect()
}

/// Task for a missed visit; `None` when the button does not ask for it.
pub(super) fn missed_visit(
    settings: &Settings,
    request: &RouteRequest,
    details: &CallDetails<'_>,
) -> Option<ComposedMissedVisit> {
    if !missed_visit::is_on(settings, details.button) {
        return None;
    }
    // The time is formatted by the app; an unreadable one must not lose the task.
    let tapped = LocalDateTime {
        day: request.today,
        time: details.time.parse().unwrap_or(TimeOfDay::MIDNIGHT),
    };
    Some(ComposedMissedVisit {
        assignees: missed_visit::assignees(settings, request),
        text: message::missed_visit(settings, details),
        unanswered: answer::unanswered_heading(settings.site().office_language()),
        due: missed_visit::due(settings, details.device, tapped),
    })
}
