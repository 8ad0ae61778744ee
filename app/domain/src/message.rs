//! Text of notifications: templates, placeholders and Chatwork's notation.
//!
//! Chatwork documents no escape, so every text of an admin or visitor goes through [`escape()`] in this module. Links
//! that are not in the settings are broken in the whole message. Destinations are decided in [`crate::routing`];
//! [`crate::outbound_policy`] checks the result.

pub mod chatwork_notation;
mod default;
mod escape;
mod fallback_notice;
#[cfg(test)]
mod golden_tests;
mod in_doubt;
mod links;
mod notice;
mod personal_link;
#[cfg(test)]
mod properties;
mod render;
pub(crate) mod template;
mod test_message;

pub use default::default_template;
use default::retraction_template;
pub use escape::escape;
pub use fallback_notice::fallback_notice;
pub use in_doubt::in_doubt;
pub use personal_link::personal_link;
pub use template::{PLACEHOLDERS, TemplateError};
pub use test_message::test_message;

pub(crate) use links::Links;

use crate::model::call::Visitor;
use crate::model::id::Reference;
use crate::model::menu::{Button, Device};
use crate::model::settings::Settings;
use crate::routing::{Delivery, Resolution, Target};

/// Maximum size of one message, in bytes. Our decision; Chatwork accepts up to 65,535.
pub const MAX_TEXT_BYTES: usize = 20_000;

/// Facts of a call that a notification contains.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// Tablet of the call.
    pub device: &'a Device,
    /// Pressed button; `None` for スタッフを呼ぶ.
    pub button: Option<&'a Button>,
    /// Called host, group or staff.
    pub target: &'a Target,
    /// Answers of the visitor.
    pub visitor: &'a Visitor,
    /// Time of the tap in the site's time zone, formatted (`10:30`).
    pub time: &'a str,
    /// Reference of the call.
    pub reference: Reference,
}

/// Renders the text of one delivery in Chatwork notation, from the button's template or the default template of
/// the office's own language. When the recipient is not the called host, a notice gives the reason; it comes first
/// when the template has no placeholder for it.
///
/// For valid settings the text has at most [`MAX_TEXT_BYTES`] and passes
/// [`crate::outbound_policy::OutboundPolicy::check`].
#[must_use]
pub fn render(
    settings: &Settings,
    facts: &Facts<'_>,
    resolution: &Resolution,
    delivery: &Delivery,
) -> String {
    let office_lang = settings.site().own_language();
    let default = default_template(office_lang);
    let button = facts.button.and_then(|button| button.template.as_deref());
    let source = button.unwrap_or(default);
    let (mut template, errors) = template::parse(source);
    if !errors.is_empty() {
        // Only with invalid settings. The visitor must be announced anyway.
        template = template::parse(default).0;
    }
    let notice = notice::notice(settings, facts.target, resolution, delivery);
    let has_placeholder = template::has(&template, "notice");
    let values = render::Values::of(settings, facts, delivery).with_notice(&notice);
    let text = render::render_template(&template, &values);
    links::break_links(
        settings,
        if has_placeholder || notice.is_empty() {
            text
        } else {
            format!("{notice}\n{text}")
        },
    )
}

fn render_with(
    settings: &Settings,
    facts: &Facts<'_>,
    delivery: &Delivery,
    template: &template::TemplateLines,
) -> String {
    let values = render::Values::of(settings, facts, delivery);
    links::break_links(settings, render::render_template(template, &values))
}

/// Renders the text that follows a delivery when the visitor cancels the call, with the same mentions and reference.
/// It has no template of its own, so that it always states the cancellation.
///
/// Passes [`crate::outbound_policy::OutboundPolicy::check`].
#[must_use]
pub fn retraction(settings: &Settings, facts: &Facts<'_>, delivery: &Delivery) -> String {
    let (template, _) = template::parse(retraction_template(settings.site().own_language()));
    render_with(settings, facts, delivery, &template)
}
