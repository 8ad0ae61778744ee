//! Message to the default room about a notification whose delivery cannot be confirmed.

use super::bot_message_parts::reference_line;
use super::fallback_message::destination_name;
use crate::model::id::Reference;
use crate::model::lang::Lang;
use crate::model::settings::Settings;
use crate::routing::Destination;

/// Text, in the office's own language, which says that the delivery of a notification to `to` cannot be confirmed and
/// asks to look at the reception. `reference` belongs to this message: with the call's reference, reconciliation of
/// the default room would mistake this message for the unconfirmed one.
///
/// Mentions nobody and passes [`crate::outbound_policy::OutboundPolicy::check`].
#[must_use]
pub fn doubt_message(settings: &Settings, to: Destination, reference: Reference) -> String {
    let office_language = settings.site().office_language();
    let name = destination_name(settings, to, office_language);
    let reference_line = reference_line(office_language, reference);
    match office_language {
        Lang::Ja => format!(
            "[info][title]届いたか確認できないお知らせがあります[/title]\
             {name} あての来訪のお知らせが届いたかどうか、Chatworkで確認できません。\
             二重のお知らせを避けるため、送り直していません。\n\
             来訪者がお待ちかもしれません。受付の様子をご確認ください。\n{reference_line}[/info]"
        ),
        Lang::En | Lang::Zh | Lang::Ko | Lang::Vi => format!(
            "[info][title]A notification may not have arrived[/title]\
             A notification was sent to {name}, but Chatwork does not show whether it arrived. \
             It was not sent again, so that nobody is notified twice.\n\
             The visitor may still be waiting. Please check the reception.\n{reference_line}[/info]"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::CallId;
    use crate::outbound_policy::OutboundPolicy;
    use crate::test_office::{account_id, office, room_id};

    #[test]
    fn the_message_passes_the_policy_with_any_names() {
        let reference = CallId::new(1, &[7; 10]).reference();
        for host in ["佐藤", "[toall](F)[/info]", &"長".repeat(80)] {
            for lang in Lang::ALL {
                let office = office(|document| {
                    document.site.languages = vec![lang];
                    document.site.default_room = Some(room_id(1));
                    document.hosts[0].name = host.to_owned();
                    document.hosts[0].account = Some(account_id(1));
                });
                let default_room = Destination::Room(room_id(1));
                for to in [default_room, Destination::Account(account_id(1))] {
                    let text = doubt_message(&office, to, reference);
                    let admitted =
                        OutboundPolicy::of(&office).check(&default_room, &text, reference);
                    assert_eq!(admitted, Ok(()), "{text}");
                }
            }
        }
    }
}
