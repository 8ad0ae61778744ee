//! Steps of an escalation as the tablet shows them to the visitor, once their messages have arrived.

use super::ComposedCall;
use crate::model::escalation_step::{EscalationStep, EscalationTarget};
use crate::model::settings::Settings;
use crate::routing::Destination;

impl ComposedCall {
    /// Returns for each later message, in order, its time and the recipients that the visitor may see. A destination
    /// that was notified before is shown as [`EscalationTarget::Again`], the default room as itself for every step
    /// that leads to it.
    #[must_use]
    pub fn shown_steps(&self, settings: &Settings) -> Vec<EscalationStep> {
        let default_room = settings.site().default_room.map(Destination::Room);
        let mut notified: Vec<Destination> =
            self.messages.iter().map(|message| message.to).collect();
        let mut steps = Vec::new();
        for step in &self.later {
            for message in &step.messages {
                let to = if notified.contains(&message.to) {
                    EscalationTarget::Again
                } else if Some(message.to) == default_room {
                    EscalationTarget::DefaultRoom
                } else {
                    step.step.to
                };
                notified.push(message.to);
                steps.push(EscalationStep { to, ..step.step });
            }
        }
        steps
    }
}
