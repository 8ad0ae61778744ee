//! Words of a notification: templates, what fills them, and Chatwork's notation.
//!
//! Chatwork has no escape (its documentation names none), so whatever an admin or a visitor wrote
//! goes through [`neutralise`] here and nowhere else; links that are not the settings' own are defused
//! in whole messages. Where a message goes is `route`'s to say;
//! whether it may leave is `reach`'s.

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
pub use template::PLACEHOLDERS;
pub use test_message::test_message;

pub(crate) use escape::{is_blank, is_invisible};
pub(crate) use links::Links;

use crate::model::call::Visitor;
use crate::model::id::Reference;
use crate::model::menu::{Button, Device};
use crate::model::settings::Settings;
use crate::routing::{Delivery, Resolution, Target};

/// What a notification tells.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// The tablet.
    pub device: &'a Device,
    /// The button of the menu that was pressed; `None` for スタッフを呼ぶ.
    pub button: Option<&'a Button>,
    /// Whom the visitor called.
    pub target: &'a Target,
    /// Who is asking.
    pub visitor: &'a Visitor,
    /// Time of the tap in the site's time zone, as it is to be read (`10:30`).
    pub time: &'a str,
    /// The call's reference.
    pub reference: Reference,
}

/// The text of one delivery, in Chatwork notation: the button's template, or the default one of the
/// office's own language, filled in. When somebody else is told than whom the visitor called, a notice
/// says why; it stands first where the template has no place for it.
///
/// For settings that have passed `validate` the text is never longer than
/// [`crate::outbound_policy::MAX_TEXT`] and always passes [`crate::outbound_policy::OutboundPolicy::check`].
#[must_use]
pub fn render(
    settings: &Settings,
    facts: &Facts<'_>,
    resolution: &Resolution,
    delivery: &Delivery,
) -> String {
    let own = settings.site().own_language();
    let default = default_template(own);
    let button = facts.button.and_then(|button| button.template.as_deref());
    let written = button.unwrap_or(default);
    let (mut template, faults) = template::parse(written);
    if !faults.is_empty() {
        // `validate` refuses such a template; somebody in the lobby still has to be announced.
        template = template::parse(default).0;
    }
    let notice = notice::notice(settings, facts.target, resolution, delivery);
    let has_place = template::has(&template, "notice");
    let values = render::Values::of(settings, facts, delivery).with_notice(&notice);
    let text = render::render_template(&template, &values);
    links::break_links(
        settings,
        if has_place || notice.is_empty() {
            text
        } else {
            format!("{notice}\n{text}")
        },
    )
}

fn words(
    settings: &Settings,
    facts: &Facts<'_>,
    delivery: &Delivery,
    template: &template::Lines,
) -> String {
    let values = render::Values::of(settings, facts, delivery);
    links::break_links(settings, render::render_template(template, &values))
}

/// The text that follows a delivery when the visitor takes the call back: to the same people, with the
/// same reference. Admins do not word it, so that it always says what happened.
///
/// Like [`render`] it always passes [`crate::outbound_policy::OutboundPolicy::check`].
#[must_use]
pub fn retraction(settings: &Settings, facts: &Facts<'_>, delivery: &Delivery) -> String {
    let (template, _) = template::parse(retraction_template(settings.site().own_language()));
    words(settings, facts, delivery, &template)
}
