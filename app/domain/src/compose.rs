//! Composes all messages of a call: routing and rendering in one step. The kiosk sends the result; set-up shows it
//! in the preview.

use crate::admission;
use crate::caller_limits::CALL_TEXT_BYTES;
use crate::message::{self, Facts};
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
    /// Text of the message that follows when the visitor cancels the call.
    pub retraction: String,
}

/// Result of [`compose`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComposedCall {
    /// Messages in the order of [`routing::Resolution::deliveries`]; empty only without a destination.
    pub messages: Vec<ComposedMessage>,
    /// Sent when Chatwork rejects a message because its room or private chat does not exist.
    pub fallback: Option<ComposedMessage>,
    /// Reasons for the destinations.
    pub trace: Vec<TraceStep>,
}

/// Routes a call and composes its messages, which pass [`admission::admit`].
///
/// When the texts exceed [`CALL_TEXT_BYTES`] together, the default template is used, which always fits.
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
    compose_with_template(settings, request, &Visit { button, ..*visit })
}

fn compose_with_template(
    settings: &Settings,
    request: &RouteRequest,
    visit: &Visit<'_>,
) -> ComposedCall {
    let facts = Facts {
        device: visit.device,
        button: visit.button,
        target: &request.target,
        visitor: visit.visitor,
        time: visit.time,
        reference: visit.reference,
    };
    let resolution = routing::resolve(settings, request);
    let fallback = routing::fallback(settings, &resolution).map(|delivery| ComposedMessage {
        to: delivery.to,
        text: message::fallback_notice(settings, &facts, &resolution, &delivery),
        retraction: message::retraction(settings, &facts, &delivery),
        mentions: delivery.mentions,
    });
    let compose_message = |delivery: &routing::Delivery| ComposedMessage {
        to: delivery.to,
        text: message::render(settings, &facts, &resolution, delivery),
        retraction: message::retraction(settings, &facts, delivery),
        mentions: delivery.mentions.clone(),
    };
    ComposedCall {
        messages: resolution.deliveries.iter().map(compose_message).collect(),
        fallback,
        trace: admission::truncate_trace(&resolution.trace).to_vec(),
    }
}

impl ComposedCall {
    /// Size of all texts in JSON, in bytes.
    fn text_bytes(&self) -> usize {
        let escaped = |byte: u8| matches!(byte, b'"' | b'\\' | b'\n' | b'\r');
        let bytes = |text: &String| text.len() + text.bytes().filter(|byte| escaped(*byte)).count();
        let messages = self.messages.iter().chain(&self.fallback);
        messages
            .flat_map(|message| [&message.text, &message.retraction])
            .map(bytes)
            .sum()
    }
}
