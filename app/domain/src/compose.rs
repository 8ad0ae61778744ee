//! From a tap to worded messages in one step: the kiosk sends what this returns, the set-up preview
//! shows it.

use crate::admission;
use crate::caller_limits::CALL_TEXT_BYTES;
use crate::message::{self, Facts};
use crate::model::call::Visitor;
use crate::model::id::{HostId, Reference};
use crate::model::menu::{Button, Device};
use crate::model::settings::Settings;
use crate::routing::{self, Destination, RouteRequest, TraceStep};

/// Everything about a tap besides whom it calls.
#[derive(Clone, Copy, Debug)]
pub struct Visit<'a> {
    /// The tablet.
    pub device: &'a Device,
    /// The button of the menu that was pressed; `None` for スタッフを呼ぶ, which is on no menu.
    pub button: Option<&'a Button>,
    /// Who is asking.
    pub visitor: &'a Visitor,
    /// Time of the tap in the site's time zone, as it is to be read (`10:30`).
    pub time: &'a str,
    /// The call's reference.
    pub reference: Reference,
}

/// One message, ready to be handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComposedMessage {
    /// Where it goes.
    pub to: Destination,
    /// Whom it mentions.
    pub mentions: Vec<HostId>,
    /// Chatwork notation.
    pub text: String,
    /// What follows it when the visitor takes the call back.
    pub retraction: String,
}

/// What a tap leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComposedCall {
    /// Messages in the order of [`routing::Resolution::deliveries`]; empty only when there is nowhere
    /// to go.
    pub messages: Vec<ComposedMessage>,
    /// Sent instead when one of them is refused because its room or private chat is not there.
    pub fallback: Option<ComposedMessage>,
    /// Why they go where they go.
    pub trace: Vec<TraceStep>,
}

/// Resolves a tap and words every message of it, so that [`admission::admit`] admits the call.
///
/// A call to many people whose messages are too long together gets the default template's words, which
/// always fit.
#[must_use]
pub fn compose(settings: &Settings, tap: &RouteRequest, visit: &Visit<'_>) -> ComposedCall {
    let plan = compose_with_template(settings, tap, visit);
    if plan.text_bytes() <= CALL_TEXT_BYTES {
        return plan;
    }
    let button = visit.button.map(|button| Button {
        template: None,
        ..button.clone()
    });
    let button = button.as_ref();
    compose_with_template(settings, tap, &Visit { button, ..*visit })
}

fn compose_with_template(
    settings: &Settings,
    tap: &RouteRequest,
    visit: &Visit<'_>,
) -> ComposedCall {
    let facts = Facts {
        device: visit.device,
        button: visit.button,
        target: &tap.target,
        visitor: visit.visitor,
        time: visit.time,
        reference: visit.reference,
    };
    let resolution = routing::resolve(settings, tap);
    let fallback = routing::fallback(settings, &resolution).map(|delivery| ComposedMessage {
        to: delivery.to,
        text: message::fallback_notice(settings, &facts, &resolution, &delivery),
        retraction: message::retraction(settings, &facts, &delivery),
        mentions: delivery.mentions,
    });
    let word = |delivery: &routing::Delivery| ComposedMessage {
        to: delivery.to,
        text: message::render(settings, &facts, &resolution, delivery),
        retraction: message::retraction(settings, &facts, delivery),
        mentions: delivery.mentions.clone(),
    };
    ComposedCall {
        messages: resolution.deliveries.iter().map(word).collect(),
        fallback,
        trace: admission::truncate_trace(&resolution.trace).to_vec(),
    }
}

impl ComposedCall {
    /// Bytes that its texts take in JSON.
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
