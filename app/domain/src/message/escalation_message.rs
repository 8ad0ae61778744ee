//! Message of an escalation step: why it is sent, then the notification itself.

use super::{CallDetails, escape, render, render_with_reason};
use crate::model::lang::Lang;
use crate::model::settings::Settings;
use crate::routing::{Delivery, Resolution, Target};

/// Maximum length of the name of the called host or group, in characters.
const MAX_NAME_CHARS: usize = 40;

/// Text of one message of an escalation step. `is_repeated` is true when the call has notified the destination before.
///
/// Passes [`crate::outbound_policy::OutboundPolicy::check`].
#[must_use]
pub fn escalation_message(
    settings: &Settings,
    details: &CallDetails<'_>,
    resolution: &Resolution,
    delivery: &Delivery,
    is_repeated: bool,
) -> String {
    let reason = reason(settings, details.target, is_repeated);
    render_with_reason(&reason, settings, details, resolution, delivery)
}

fn reason(settings: &Settings, target: &Target, is_repeated: bool) -> String {
    let office_language = settings.site().office_language();
    let name = render::target_name(settings, target, office_language);
    let name = escape(name, MAX_NAME_CHARS);
    let is_nameless = name.is_empty() || *target == Target::Staff;
    let is_host = matches!(target, Target::Host(_));
    match office_language {
        Lang::Ja if is_repeated => {
            "（再通知）まだ返事がありません。来訪者がお待ちです。".to_owned()
        }
        Lang::Ja => {
            let whose = match (is_nameless, is_host) {
                (true, _) => String::new(),
                (false, true) => format!("{name}さんから"),
                (false, false) => format!("{name}から"),
            };
            format!(
                "（再通知）{whose}まだ返事がないため、こちらにもお知らせします。来訪者がお待ちです。"
            )
        }
        _ if is_repeated => "Reminder: nobody has answered yet. The visitor is waiting.".to_owned(),
        _ => {
            let name = if is_nameless { "nobody" } else { &name };
            let verb = if is_nameless {
                "has answered"
            } else {
                "has not answered"
            };
            format!(
                "Reminder: {name} {verb} yet, so this is sent here too. The visitor is waiting."
            )
        }
    }
}
