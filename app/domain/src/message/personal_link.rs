//! The words that bring a host their personal link.

use super::escape;
use crate::model::id::Reference;
use crate::model::lang::Lang;
use crate::model::settings::Settings;

/// Longest name of a site in it, in characters.
const MAX_NAME_CHARS: usize = 80;

/// A personal link for its host's private chat, in the office's own language. `link` is an address
/// that the relay made; nobody else's words are in it. It mentions nobody and passes
/// [`crate::outbound_policy::OutboundPolicy::check`].
#[must_use]
pub fn personal_link(settings: &Settings, link: &str, reference: Reference) -> String {
    let site = settings.site();
    let name = escape(&site.name, MAX_NAME_CHARS);
    match site.own_language() {
        Lang::Ja => format!(
            "[info][title]あなたの受付ページ[/title]{name} 受付で使う不在の設定や来訪者へのメッセージを、ご自分で変えられます。\n\
             {link}\n\
             このリンクはあなた専用です。ほかの人に渡さないでください。\n受付番号 {reference}[/info]"
        ),
        Lang::En | Lang::Zh | Lang::Ko | Lang::Vi => format!(
            "[info][title]Your reception page[/title]Set your absence and your message to visitors \
             at {name} yourself:\n{link}\nThis link is yours alone. Please do not pass it on.\n\
             Call {reference}[/info]"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{account_id, office};
    use crate::model::id::CallId;
    use crate::outbound_policy::OutboundPolicy;
    use crate::routing::Destination;

    const LINK: &str = "https://reception.example.jp/setup/me#link=AbC-1234-_x";

    #[test]
    fn a_link_arrives_whole_whatever_the_office_is_called() {
        let reference = CallId::new(1, &[7; 10]).reference();
        for name in ["本社", "", "[toall](F)[/info]", &"長".repeat(80)] {
            for lang in Lang::ALL {
                let office = office(|document| {
                    document.site.name = name.to_owned();
                    document.site.languages = vec![lang];
                });
                let host = office.hosts().iter().find_map(|host| host.account);
                let to = Destination::Account(host.unwrap_or_else(|| account_id(1)));
                let text = personal_link(&office, LINK, reference);
                assert!(text.contains(&format!("\n{LINK}\n")), "{text}");
                assert_eq!(
                    OutboundPolicy::of(&office).check(&to, &text, reference),
                    Ok(()),
                    "{text}"
                );
            }
        }
    }
}
