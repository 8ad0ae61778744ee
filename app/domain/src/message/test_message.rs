//! Test message that an admin sends from set-up.

use super::bot_message_parts::{reception_desk, reference_line};
use crate::model::id::Reference;
use crate::model::lang::Lang;
use crate::model::settings::Settings;

/// Text of a test message, in the office's own language. Mentions nobody and passes
/// [`crate::outbound_policy::OutboundPolicy::check`].
#[must_use]
pub fn test_message(settings: &Settings, reference: Reference) -> String {
    let office_language = settings.site().office_language();
    let desk = reception_desk(settings);
    let reference_line = reference_line(office_language, reference);
    match office_language {
        Lang::Ja => format!(
            "[info][title]テスト通知[/title]{desk}からのテストです。ここに来訪のお知らせが届きます。\n\
             {reference_line}[/info]"
        ),
        Lang::En | Lang::Zh | Lang::Ko | Lang::Vi => format!(
            "[info][title]Test[/title]This is a test from {desk}. \
             Notifications of visitors arrive here.\n{reference_line}[/info]"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::CallId;
    use crate::outbound_policy::OutboundPolicy;
    use crate::routing::Destination;
    use crate::test_office::{office, room_id};

    #[test]
    fn the_message_passes_the_policy_with_any_site_name() {
        let reference = CallId::new(1, &[7; 10]).reference();
        for name in ["本社", "[toall](F)[/info]", &"長".repeat(80)] {
            for lang in Lang::ALL {
                let office = office(|document| {
                    document.site.name = name.to_owned();
                    document.site.languages = vec![lang];
                });
                let text = test_message(&office, reference);
                let to = Destination::Room(room_id(1));
                assert_eq!(
                    OutboundPolicy::of(&office).check(&to, &text, reference),
                    Ok(()),
                    "{text}"
                );
            }
        }
    }
}
