//! Composes all messages of a call: routing, escalation and rendering in one step. The kiosk sends the result; set-up
//! shows it in the preview.

mod escalation_steps;
mod shown_steps;
#[cfg(test)]
mod tests;

pub use escalation_steps::{ComposedMissedVisit, ComposedStep};

use crate::admission;
use crate::answer;
use crate::caller_limits::CALL_TEXT_BYTES;
use crate::message::{self, CallDetails};
use crate::model::call::Visitor;
use crate::model::id::{HostId, Reference};
use crate::model::menu::{Button, Device};
use crate::model::settings::Settings;
use crate::routing::{self, Destination, RouteRequest, TraceStep};

/// Context of a call besides its target.
#[derive(Clone, Copy, Debug)]
pub struct Visit<'a> {
    /// Tablet of the call.
    pub device: &'a Device,
    /// Pressed button; `None` for スタッフを呼ぶ, which is on no menu.
    pub button: Option<&'a Button>,
    /// Answers of the visitor.
    pub visitor: &'a Visitor,
    /// Time of the tap in the site's time zone, formatted (`10:30`).
    pub time: &'a str,
    /// Reference of the call.
    pub reference: Reference,
}

/// One message with its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComposedMessage {
    /// Destination.
    pub to: Destination,
    /// Mentioned hosts.
    pub mentions: Vec<HostId>,
    /// Text in Chatwork notation.
    pub text: String,
    /// Text of the retraction: the message that says afterwards that the visitor has cancelled or called again.
    pub retraction: String,
    /// Heading that is put on top of the message once somebody has answered, with the placeholders of
    /// [`answer::fill_heading`]; `None` while answers are off.
    pub answered: Option<&'static str>,
}

/// Result of [`compose`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComposedCall {
    /// Messages in the order of [`routing::Resolution::deliveries`]; empty only without a destination.
    pub messages: Vec<ComposedMessage>,
    /// Message to the default room, sent when Chatwork rejects a message because its room or private chat does not
    /// exist. `None` when the default room is not set or gets a message anyway.
    pub fallback: Option<ComposedMessage>,
    /// Steps of the escalation, in order of time, with the steps that send nothing.
    pub later: Vec<ComposedStep>,
    /// Task for the case that nobody answers, when the button asks for it.
    pub missed: Option<ComposedMissedVisit>,
    /// Reasons for the destinations of [`Self::messages`].
    pub trace: Vec<TraceStep>,
}

/// Routes a call and composes its messages, which pass [`admission::admit`].
///
/// When the texts exceed [`CALL_TEXT_BYTES`] together, the default template is used. When the steps of the escalation
/// still do not fit, the last messages of the escalation are left out.
#[must_use]
pub fn compose(settings: &Settings, request: &RouteRequest, visit: &Visit<'_>) -> ComposedCall {
    let call = compose_with_template(settings, request, visit);
    if call.text_bytes() <= CALL_TEXT_BYTES {
        return call;
    }
    let button = visit.button.map(|button| Button {
        template: None,
        ..button.clone()
    });
    let button = button.as_ref();
    let mut call = compose_with_template(settings, request, &Visit { button, ..*visit });
    call.truncate_later_messages();
    call
}

fn compose_with_template(
    settings: &Settings,
    request: &RouteRequest,
    visit: &Visit<'_>,
) -> ComposedCall {
    let details = CallDetails {
        device: visit.device,
        button: visit.button,
        target: &request.target,
        visitor: visit.visitor,
        time: visit.time,
        reference: visit.reference,
    };
    let resolution = routing::resolve(settings, request);
    let site = settings.site();
    let answered = site
        .answers
        .is_on()
        .then(|| answer::answered_heading(site.office_language()));
    let compose_message = |delivery: &routing::Delivery, text: String| ComposedMessage {
        to: delivery.to,
        text,
        retraction: message::retraction(settings, &details, delivery),
        mentions: delivery.mentions.clone(),
        answered,
    };
    let fallback = routing::fallback(settings, &resolution).map(|delivery| {
        let text = message::fallback_message(settings, &details, &resolution, &delivery);
        compose_message(&delivery, text)
    });
    let messages = resolution.deliveries.iter().map(|delivery| {
        let text = message::render(settings, &details, &resolution, delivery);
        compose_message(delivery, text)
    });
    let compose_later_message = |delivery: &routing::Delivery, is_repeated| {
        let text =
            message::escalation_message(settings, &details, &resolution, delivery, is_repeated);
        compose_message(delivery, text)
    };
    let later = escalation_steps::steps(
        settings,
        request,
        visit.button,
        &resolution,
        compose_later_message,
    );
    ComposedCall {
        messages: messages.collect(),
        fallback,
        later,
        missed: escalation_steps::missed_visit(settings, request, &details),
        trace: admission::truncate_trace(&resolution.trace).to_vec(),
    }
}

impl ComposedCall {
    /// Size of all texts in JSON, in bytes.
    fn text_bytes(&self) -> usize {
        let later = self.later.iter().flat_map(|step| &step.messages);
        let messages = self.messages.iter().chain(&self.fallback).chain(later);
        let missed = self
            .missed
            .as_ref()
            .map_or(0, |missed| json_bytes(&missed.text));
        missed + messages.map(ComposedMessage::text_bytes).sum::<usize>()
    }

    /// Leaves out the last messages of the escalation until the texts fit into a call or no such message is left.
    fn truncate_later_messages(&mut self) {
        let mut bytes = self.text_bytes();
        for step in self.later.iter_mut().rev() {
            while bytes > CALL_TEXT_BYTES
                && let Some(message) = step.messages.pop()
            {
                bytes -= message.text_bytes();
                step.add_too_many_messages();
            }
        }
    }
}

impl ComposedMessage {
    /// Size of the texts in JSON, in bytes.
    fn text_bytes(&self) -> usize {
        let answered = self.answered.map_or(0, json_bytes);
        json_bytes(&self.text) + json_bytes(&self.retraction) + answered
    }
}

/// Size of a text in JSON, in bytes. Messages contain no other characters that JSON escapes.
fn json_bytes(text: &str) -> usize {
    let is_escaped = |byte: &u8| matches!(byte, b'"' | b'\\' | b'\n' | b'\r');
    text.len()
        + text
            .as_bytes()
            .iter()
            .filter(|byte| is_escaped(byte))
            .count()
}
