//! Test message that an admin sends from set-up.

use super::escape;
use crate::model::id::Reference;
use crate::model::lang::Lang;
use crate::model::settings::Settings;

/// Maximum length of the site's name, in characters.
const MAX_NAME_CHARS: usize = 80;

/// Text of a test message, in the office's own language. Mentions nobody and passes
/// [`crate::outbound_policy::OutboundPolicy::check`].
#[must_use]
pub fn test_message(settings: &Settings, reference: Reference) -> String {
    let site = settings.site();
    let name = escape(&site.name, MAX_NAME_CHARS);
    match site.office_language() {
        Lang::Ja => format!(
            "[info][title]テスト通知[/title]{name} 受付からのテストです。ここに来訪のお知らせが届きます。\n\
             受付番号 {reference}[/info]"
        ),
        Lang::En | Lang::Zh | Lang::Ko | Lang::Vi => format!(
            "[info][title]Test[/title]This is a test from the reception desk of {name}. \
             Notifications of visitors arrive here.\nCall {reference}[/info]"
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
