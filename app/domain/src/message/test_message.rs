//! The words of a test: what an admin sends to see whether messages arrive.

use super::escape;
use crate::model::id::Reference;
use crate::model::lang::Lang;
use crate::model::settings::Settings;

/// Longest name of a site in it, in characters.
const MAX_NAME_CHARS: usize = 80;

/// A test, in the office's own language. It mentions nobody and passes
/// [`crate::outbound_policy::OutboundPolicy::check`].
#[must_use]
pub fn test_message(settings: &Settings, reference: Reference) -> String {
    let site = settings.site();
    let name = escape(&site.name, MAX_NAME_CHARS);
    match site.own_language() {
        Lang::Ja => format!(
            "[info][title]テスト通知[/title]{name} 受付からのテストです。ここに来訪のお知らせが届きます。\n\
             受付番号 {reference}[/info]"
        ),
        Lang::En | Lang::Zh | Lang::Ko | Lang::Vi => format!(
            "[info][title]Test[/title]This is a test from the reception desk of {name}. \
             Visitors will be announced here.\nCall {reference}[/info]"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{office, room_id};
    use crate::model::id::CallId;
    use crate::outbound_policy::OutboundPolicy;
    use crate::routing::Destination;

    #[test]
    fn a_test_may_be_sent_whatever_the_office_is_called() {
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
