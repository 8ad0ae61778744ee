//! What a tablet says of the later messages of a call once they have arrived.

use super::ComposedCall;
use crate::model::escalation_step::{EscalationStep, EscalationTarget};
use crate::model::settings::Settings;
use crate::routing::Destination;

impl ComposedCall {
    /// For each later message in order, its time and the recipients that a visitor may be told of: a destination that
    /// was notified before is [`EscalationTarget::Again`], the default room is itself whichever step leads to it.
    #[must_use]
    pub fn told_steps(&self, settings: &Settings) -> Vec<EscalationStep> {
        let default_room = settings.site().default_room.map(Destination::Room);
        let mut notified: Vec<Destination> =
            self.messages.iter().map(|message| message.to).collect();
        let mut told = Vec::new();
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
                told.push(EscalationStep { to, ..step.step });
            }
        }
        told
    }
}
