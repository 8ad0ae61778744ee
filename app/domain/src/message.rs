//! Text of notifications: templates, placeholders and Chatwork's notation.
//!
//! Chatwork documents no escape, so every text that is inserted into a template goes through [`escape()`] in this
//! module; the admin's template itself may use Chatwork's notation. In the whole message, links that are not in the
//! settings are made unclickable. Destinations are decided in [`crate::routing`]; [`crate::outbound_policy`] checks
//! the result.

pub(crate) mod bot_message_parts;
pub mod chatwork_notation;
mod default;
mod doubt_message;
mod escalation_message;
mod escape;
mod fallback_message;
#[cfg(test)]
mod golden_tests;
mod links;
mod notice;
mod personal_link_message;
#[cfg(test)]
mod properties;
mod render;
pub(crate) mod template;
mod test_message;

pub use default::default_template;
use default::{missed_visit_template, retraction_template};
pub use doubt_message::doubt_message;
pub use escalation_message::escalation_message;
pub(crate) use escalation_message::without_reason;
pub use escape::escape;
pub use fallback_message::fallback_message;
pub use personal_link_message::personal_link_message;
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

/// Details of a call that its notification contains.
#[derive(Clone, Copy, Debug)]
pub struct CallDetails<'a> {
    /// Tablet on which the visitor pressed the button.
    pub device: &'a Device,
    /// Pressed button; `None` for “call staff” (スタッフを呼ぶ), which is not a button of the menu.
    pub button: Option<&'a Button>,
    /// Called host, group or staff.
    pub target: &'a Target,
    /// The visitor's answers: name, company, purpose, number of people; and the language of the kiosk.
    pub visitor: &'a Visitor,
    /// Time of the tap in the site's time zone, formatted (`10:30`).
    pub time: &'a str,
    /// Reference of the call (`XXXX-XXXX`), by which reconciliation finds the message in Chatwork.
    pub reference: Reference,
}

/// Renders the text of one delivery in Chatwork notation, from the button's template or the default template of
/// the office's own language. When the message goes to delegates of an absent host, or to a room because the host has
/// no account or no delegates, a notice says so; it comes first when the template has no placeholder for it.
///
/// For valid settings the text has at most [`MAX_TEXT_BYTES`] and passes
/// [`crate::outbound_policy::OutboundPolicy::check`].
#[must_use]
pub fn render(
    settings: &Settings,
    details: &CallDetails<'_>,
    resolution: &Resolution,
    delivery: &Delivery,
) -> String {
    let office_language = settings.site().office_language();
    let default_source = default_template(office_language);
    let button_template = details.button.and_then(|button| button.template.as_deref());
    let (mut template, errors) = template::parse(button_template.unwrap_or(default_source));
    if !errors.is_empty() {
        // Happens only with `Settings::unvalidated`. The visitor must be announced even so.
        template = template::parse(default_source).0;
    }
    let notice = notice::notice(settings, details.target, resolution, delivery);
    let is_notice_in_template = template::has_placeholder(&template, "notice");
    let values = render::Values::of(settings, details, &delivery.mentions).with_notice(&notice);
    let mut text = render::render_template(&template, &values);
    if !notice.is_empty() && !is_notice_in_template {
        text = format!("{notice}\n{text}");
    }
    links::disable_unknown_links(settings, text)
}

/// Renders a notification below the reason for which it is sent. A notification that would be too long is rendered
/// from the default template instead.
fn render_with_reason(
    reason: &str,
    settings: &Settings,
    details: &CallDetails<'_>,
    resolution: &Resolution,
    delivery: &Delivery,
) -> String {
    let whole = format!(
        "{reason}\n{}",
        render(settings, details, resolution, delivery)
    );
    if whole.len() <= MAX_TEXT_BYTES {
        return whole;
    }
    let (default, _) = template::parse(default_template(settings.site().office_language()));
    format!(
        "{reason}\n{}",
        render_without_notice(settings, details, delivery, &default)
    )
}

/// Renders a template without [`notice`]: for retractions, and for messages that would be too long with it.
fn render_without_notice(
    settings: &Settings,
    details: &CallDetails<'_>,
    delivery: &Delivery,
    template: &template::TemplateLines,
) -> String {
    let values = render::Values::of(settings, details, &delivery.mentions);
    links::disable_unknown_links(settings, render::render_template(template, &values))
}

/// Renders the retraction of a delivery, which says that the visitor has cancelled or called again, with the same
/// mentions and reference. It has no template of its own, so that it always says so.
///
/// Passes [`crate::outbound_policy::OutboundPolicy::check`].
#[must_use]
pub fn retraction(settings: &Settings, details: &CallDetails<'_>, delivery: &Delivery) -> String {
    let (template, _) = template::parse(retraction_template(settings.site().office_language()));
    render_without_notice(settings, details, delivery, &template)
}

/// Renders the text of the task, or of the message, that asks to call back a visitor whom nobody has answered. It
/// mentions nobody and has no template of its own.
///
/// Passes [`crate::outbound_policy::OutboundPolicy::check`].
#[must_use]
pub fn missed_visit(settings: &Settings, details: &CallDetails<'_>) -> String {
    let (template, _) = template::parse(missed_visit_template(settings.site().office_language()));
    let values = render::Values::of(settings, details, &[]);
    links::disable_unknown_links(settings, render::render_template(&template, &values))
}
