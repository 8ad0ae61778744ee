//! Escalation (再通知): further notifications of a call that nobody answers, with their recipients, times and reasons.
//!
//! The tablet composes the messages of all steps at the tap ([`crate::compose`]); the relay sends them later and decides
//! only their time ([`step_time()`]). All rules are our decision:
//! - each destination is notified at most twice by one call, its first notification included; the fallback, if it is
//!   needed, takes the place of the last message of a step to the default room ([`beyond_limit`]);
//! - a step whose recipients do not exist sends nothing and says so;
//! - a message in the group's room mentions the called hosts and the in-charge hosts of the group;
//! - a message in the default room mentions the in-charge hosts of the groups whose own room is the default room; if
//!   there are none, the called hosts.

#[cfg(test)]
mod properties;
mod recipients;
mod schedule;
mod step_edit;
mod step_time;
#[cfg(test)]
mod tests;

pub use recipients::{ResolvedStep, StepReason, resolve};
pub use schedule::{ScheduledDelivery, scheduled_time};
pub use step_edit::{added_step, move_step};
pub use step_time::{MAX_DOUBT_WAIT_MILLIS, PreviousStep, StepTime, StepTimeInput, step_time};

use crate::model::escalation_step::{EscalationStep, EscalationTarget};
use crate::model::menu::{Button, Device};
use crate::model::settings::{Settings, Site};
use crate::routing::Destination;

/// Maximum messages that one call may send to one destination.
pub const MAX_MESSAGES_PER_DESTINATION: usize = 2;

/// Positions of the messages beyond [`MAX_MESSAGES_PER_DESTINATION`]. The destinations are in the order of the
/// messages.
#[must_use]
pub fn beyond_limit(destinations: impl IntoIterator<Item = Destination>) -> Vec<usize> {
    let destinations: Vec<_> = destinations.into_iter().collect();
    let is_beyond = |position: &usize| {
        let (earlier, from_here) = destinations.split_at(*position);
        let same = earlier.iter().filter(|to| from_here.first() == Some(*to));
        same.count() >= MAX_MESSAGES_PER_DESTINATION
    };
    (0..destinations.len()).filter(is_beyond).collect()
}

/// Steps that set-up offers: the destinations of the call again after one minute, the group's room after two and a half,
/// the default room after five.
#[must_use]
pub fn preset() -> Vec<EscalationStep> {
    [
        (60, EscalationTarget::Again),
        (150, EscalationTarget::GroupRoom),
        (300, EscalationTarget::DefaultRoom),
    ]
    .map(|(after_seconds, to)| EscalationStep { after_seconds, to })
    .to_vec()
}

/// True when no call of an office with answers would have steps: neither the site nor a button has any.
#[must_use]
pub fn lacks_reminders(site: &Site, devices: &[Device]) -> bool {
    let mut buttons = devices.iter().flat_map(|device| &device.menu);
    let has_steps = |steps: &Vec<EscalationStep>| !steps.is_empty();
    site.answers.is_on()
        && site.escalation.is_empty()
        && !buttons.any(|button| button.escalation.as_ref().is_some_and(has_steps))
}

/// Steps of a call: the button's own, else the site's. A call has no steps while answers are off. The button is `None`
/// for スタッフを呼ぶ.
#[must_use]
pub fn steps_of<'a>(settings: &'a Settings, button: Option<&'a Button>) -> &'a [EscalationStep] {
    let site = settings.site();
    let button_steps = button.and_then(|button| button.escalation.as_deref());
    if site.answers.is_on() {
        button_steps.unwrap_or(&site.escalation)
    } else {
        &[]
    }
}

/// Time at which a tablet shows the telephone number of the office, in seconds after the first delivery: the time of the
/// last step. `None` without escalation.
#[must_use]
pub fn phone_after(settings: &Settings, button: Option<&Button>) -> Option<u16> {
    let last_step = steps_of(settings, button).last();
    last_step.map(|step| step.after_seconds)
}
