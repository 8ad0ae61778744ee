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

/// Beginnings of the reason in all office languages.
const REASON_BEGINNINGS: [&str; 2] = ["（再通知）", "Reminder: "];

/// Text of a message of an escalation step without the reason, which says that nobody has answered: once the outcome
/// of the call is known, that is not true any more. A text without a reason of [`escalation_message`] stays as it is.
#[must_use]
pub(crate) fn without_reason(text: &str) -> &str {
    match text.split_once('\n') {
        Some((reason, notification))
            if REASON_BEGINNINGS
                .iter()
                .any(|start| reason.starts_with(start)) =>
        {
            notification
        }
        _ => text,
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::{Visit, compose};
    use crate::escalation::preset;
    use crate::model::call::Visitor;
    use crate::model::id::CallId;
    use crate::model::menu::Method;
    use crate::routing::RouteRequest;
    use crate::test_office::{PEOPLE_BUTTON, host_id, office, today};

    #[test]
    fn a_message_without_its_reason_is_the_notification() {
        for lang in Lang::ALL {
            let office = office(|document| {
                document.site.languages = vec![lang];
                document.site.escalation = preset();
            });
            let device = &office.devices()[0];
            let request = RouteRequest {
                target: Target::Host(host_id("suzuki")),
                method: Method::Direct,
                today: today(),
            };
            let visit = Visit {
                device,
                button: Some(&device.menu[PEOPLE_BUTTON]),
                visitor: &Visitor::default(),
                time: "10:30",
                reference: CallId::new(1, &[7; 10]).reference(),
            };
            let call = compose(&office, &request, &visit);
            let notification = call.messages[0].text.as_str();
            let later: Vec<_> = call.later.iter().flat_map(|step| &step.messages).collect();
            assert_eq!(later.len(), 3, "{lang:?}");
            for message in later {
                let found = without_reason(&message.text);
                assert!(message.text.len() > found.len(), "{}", message.text);
                assert!(found.ends_with(notification), "{found}");
            }
            assert_eq!(without_reason(notification), notification);
        }
        assert_eq!(
            without_reason("Reminder: 1"),
            "Reminder: 1",
            "nothing else is left"
        );
    }
}
