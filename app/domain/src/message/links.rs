//! Links in a message. Chatwork turns addresses into links, so a message holds none but those that admins
//! and hosts wrote into the settings, letter for letter.
//!
//! A link begins with `://` or `www.` and ends at white space or a tag. A placeholder that touches a link
//! would make another one of it, and is treated so.

use std::collections::BTreeSet;

use super::escape::fullwidth;
use super::template::{self, Piece};
use crate::model::settings::Settings;

/// Beginnings of a link, in lower case.
const MARKS: [&str; 2] = ["://", "www."];
/// Stands for a placeholder while links are looked for; `validate` refuses it in every text.
const PLACEHOLDER: &str = "\0";

/// Every link that settings contain, each from its mark on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Links(BTreeSet<String>);

impl Links {
    /// The links in templates and in hosts' messages.
    pub(crate) fn of(settings: &Settings) -> Self {
        let buttons = settings.devices().iter().flat_map(|device| &device.menu);
        let templates = buttons.filter_map(|button| button.template.as_deref());
        let messages = settings.hosts().iter().map(|host| &*host.visitor_message);
        let texts = templates.map(as_filled).chain(messages.map(str::to_owned));
        let keys = texts.flat_map(|text| {
            let found = found(&text).map(|link| link.key());
            found.collect::<Vec<_>>()
        });
        Self(keys.collect())
    }

    /// The first link of a text that is none of these.
    pub(crate) fn foreign<'a>(&self, text: &'a str) -> Option<Link<'a>> {
        found(text).find(|link| !self.0.contains(&link.key()))
    }
}

/// A link in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Link<'a> {
    /// Where the sign stands that makes it a link.
    sign: usize,
    mark: &'static str,
    /// What follows the mark.
    pub(crate) address: &'a str,
}

impl Link<'_> {
    fn key(&self) -> String {
        [self.mark, self.address].concat()
    }
}

/// The text with a full-width sign in each link that the settings do not contain: it reads the same and
/// opens nothing.
pub(super) fn break_links(settings: &Settings, mut text: String) -> String {
    if found(&text).next().is_none() {
        return text;
    }
    let own = Links::of(settings);
    while let Some(Link { sign: at, .. }) = own.foreign(&text) {
        let sign = char::from(text.as_bytes()[at]);
        text.replace_range(at..=at, fullwidth(sign).encode_utf8(&mut [0; 4]));
    }
    text
}

/// A template with its tags and words as a message has them.
fn as_filled(written: &str) -> String {
    let (lines, _) = template::parse(written);
    let pieces = lines.iter().flat_map(|line| {
        let end = Piece::Words("\n".to_owned());
        line.iter().cloned().chain([end])
    });
    let text = |piece| match piece {
        Piece::Words(words) => words,
        Piece::Tag(tag) => tag.to_owned(),
        Piece::Blank(_) => PLACEHOLDER.to_owned(),
    };
    pieces.map(text).collect()
}

/// Links of a text, in its order.
fn found(text: &str) -> impl Iterator<Item = Link<'_>> {
    let lower = text.to_ascii_lowercase();
    let mut marks: Vec<(usize, &'static str)> = Vec::new();
    for mark in MARKS {
        marks.extend(lower.match_indices(mark).map(|(at, _)| (at, mark)));
    }
    marks.sort_unstable();
    let links = marks.into_iter().map(|(at, mark)| {
        let rest = &text[at + mark.len()..];
        let end = rest.find(|c: char| c.is_whitespace() || c == '[');
        Link {
            sign: at + mark.find([':', '.']).unwrap_or_default(),
            mark,
            address: &rest[..end.unwrap_or(rest.len())],
        }
    });
    links.filter(|link| !link.address.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{host_in, office};

    fn with(template: &str) -> Settings {
        office(|document| {
            document.devices[0].menu[2].template = Some(format!("{{mentions}}\n{template}"));
            host_in(document, "sato").visitor_message = "地図 https://example.com/map".to_owned();
        })
    }

    #[test]
    fn links_of_templates_and_hosts_messages_are_the_settings_own() {
        let own = Links::of(&with(
            "{reference} https://example.jp/入館?a=1 です www.example.jp",
        ));
        for text in [
            "https://example.jp/入館?a=1",
            "[info]https://example.jp/入館?a=1[/info]",
            "地図 https://example.com/map\nほか",
            "WWW.example.jp",
            "a://",
            "example.com",
        ] {
            assert_eq!(own.foreign(text), None, "{text}");
        }
        for text in [
            "https://evil.example",
            "HTTPS://evil.example",
            "https://example.jp/入館?a=1&b=2",
            "https://example.jp/入館?a=1/../",
            "https://example.jp",
            "x:https://example.com/map.evil.example",
            "www.evil.example",
            "https://www.example.jp",
            "ftp://evil.example",
        ] {
            assert!(own.foreign(text).is_some(), "{text}");
        }
    }

    #[test]
    fn a_link_that_a_placeholder_touches_is_none_of_the_settings() {
        let settings = with("{reference} https://example.jp/{company} www.{name}");
        let text = "Z7QK-03MX https://example.jp/ACME www.evil.example";
        assert_eq!(
            break_links(&settings, text.to_owned()),
            "Z7QK-03MX https：//example.jp/ACME www．evil.example"
        );
        assert!(
            Links::of(&settings)
                .foreign("https://example.jp/")
                .is_some()
        );
    }

    #[test]
    fn a_link_within_a_link_is_defused_with_it() {
        let settings = with("{reference} https://a.example/?u=https://b.example");
        let own = "https://a.example/?u=https://b.example".to_owned();
        assert_eq!(break_links(&settings, own.clone()), own);
        let foreign = "https://c.example/?u=https://www.d.example".to_owned();
        assert_eq!(
            break_links(&settings, foreign),
            "https：//c.example/?u=https：//www．d.example"
        );
    }
}
