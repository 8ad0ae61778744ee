//! Links in messages. Chatwork makes URLs clickable, so a message may only contain links that occur literally in the
//! settings (templates and hosts' messages).
//!
//! A link starts with `://` or `www.` and ends at white space or a tag. A link that touches a placeholder is not a
//! link of the settings, because the value of the placeholder changes it.

use std::collections::BTreeSet;

use super::escape::fullwidth;
use super::template::{self, Piece};
use crate::model::settings::Settings;

/// Start markers of a link, in lower case.
const LINK_MARKERS: [&str; 2] = ["://", "www."];
/// Character that replaces each placeholder in the search for links. Validation rejects it in every text.
const PLACEHOLDER_MARK: &str = "\0";

/// Links of the settings, each from its marker.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Links(BTreeSet<String>);

impl Links {
    /// Collects the links of templates and of hosts' messages.
    pub(crate) fn of(settings: &Settings) -> Self {
        let mut links = BTreeSet::new();
        for button in settings.devices().iter().flat_map(|device| &device.menu) {
            if let Some(template) = &button.template {
                let text = text_of_template(template);
                links.extend(find_links(&text).map(|link| link.key()));
            }
        }
        for host in settings.hosts() {
            links.extend(find_links(&host.visitor_message).map(|link| link.key()));
        }
        Self(links)
    }

    /// First link of a text that is not in the settings.
    pub(crate) fn find_unknown<'a>(&self, text: &'a str) -> Option<Link<'a>> {
        find_links(text).find(|link| !self.0.contains(&link.key()))
    }
}

/// A link in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Link<'a> {
    /// Position of the `:` or `.` of the marker, whose full-width form makes the link unclickable.
    sign_at: usize,
    /// One of [`LINK_MARKERS`].
    marker: &'static str,
    /// Text after the marker.
    pub(crate) address: &'a str,
}

impl Link<'_> {
    /// Marker and address, by which a link is looked up in [`Links`].
    fn key(&self) -> String {
        [self.marker, self.address].concat()
    }
}

/// Replaces the `:` or `.` of each unknown link with its full-width form, so that it is not clickable.
pub(super) fn disable_unknown_links(settings: &Settings, mut text: String) -> String {
    if find_links(&text).next().is_none() {
        return text;
    }
    let settings_links = Links::of(settings);
    while let Some(Link { sign_at, .. }) = settings_links.find_unknown(&text) {
        let sign = char::from(text.as_bytes()[sign_at]);
        let fullwidth_sign = fullwidth(sign).encode_utf8(&mut [0; 4]).to_owned();
        text.replace_range(sign_at..=sign_at, &fullwidth_sign);
    }
    text
}

/// Text of a template with [`PLACEHOLDER_MARK`] for each placeholder.
fn text_of_template(source: &str) -> String {
    let (lines, _) = template::parse(source);
    let pieces = lines.iter().flat_map(|line| {
        let end = Piece::Text("\n".to_owned());
        line.iter().cloned().chain([end])
    });
    let text = |piece| match piece {
        Piece::Text(text) => text,
        Piece::Tag(tag) => tag.to_owned(),
        Piece::Placeholder(_) => PLACEHOLDER_MARK.to_owned(),
    };
    pieces.map(text).collect()
}

/// Links of a text in order.
fn find_links(text: &str) -> impl Iterator<Item = Link<'_>> {
    let lower = text.to_ascii_lowercase();
    let mut markers: Vec<(usize, &'static str)> = Vec::new();
    for marker in LINK_MARKERS {
        let found = lower.match_indices(marker);
        markers.extend(found.map(|(start, _)| (start, marker)));
    }
    markers.sort_unstable();
    let links = markers.into_iter().map(|(start, marker)| {
        let rest = &text[start + marker.len()..];
        let end = rest.find(|c: char| c.is_whitespace() || c == '[');
        Link {
            sign_at: start + marker.find([':', '.']).unwrap_or_default(),
            marker,
            address: &rest[..end.unwrap_or(rest.len())],
        }
    });
    links.filter(|link| !link.address.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_office::{host_in, office};

    fn with(template: &str) -> Settings {
        office(|document| {
            document.devices[0].menu[2].template = Some(format!("{{mentions}}\n{template}"));
            host_in(document, "sato").visitor_message = "地図 https://example.com/map".to_owned();
        })
    }

    #[test]
    fn links_of_templates_and_hosts_messages_are_known() {
        let settings_links = Links::of(&with(
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
            assert_eq!(settings_links.find_unknown(text), None, "{text}");
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
            assert!(settings_links.find_unknown(text).is_some(), "{text}");
        }
    }

    #[test]
    fn a_link_that_touches_a_placeholder_is_unknown() {
        let settings = with("{reference} https://example.jp/{company} www.{name}");
        let text = "Z7QK-03MX https://example.jp/ACME www.evil.example";
        assert_eq!(
            disable_unknown_links(&settings, text.to_owned()),
            "Z7QK-03MX https：//example.jp/ACME www．evil.example"
        );
        assert!(
            Links::of(&settings)
                .find_unknown("https://example.jp/")
                .is_some()
        );
    }

    #[test]
    fn a_link_inside_a_link_is_disabled_too() {
        let settings = with("{reference} https://a.example/?u=https://b.example");
        let own_link = "https://a.example/?u=https://b.example".to_owned();
        assert_eq!(disable_unknown_links(&settings, own_link.clone()), own_link);
        let other = "https://c.example/?u=https://www.d.example".to_owned();
        assert_eq!(
            disable_unknown_links(&settings, other),
            "https：//c.example/?u=https：//www．d.example"
        );
    }
}
