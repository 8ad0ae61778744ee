//! Filling a template: what each placeholder stands for, and how lines take it in.

use super::neutral::widened;
use super::template::{Lines, Piece};
use super::{Facts, neutralise};
use crate::call::Visitor;
use crate::directory::Host;
use crate::lang::Lang;
use crate::route::{Delivery, Target};
use crate::settings::Settings;

/// Longest name of a host, group, device, place or button in a message, in characters.
const MAX_NAME: usize = 80;
/// Longest time of day, in characters.
const MAX_TIME: usize = 40;
/// With names beside them mentions take at most this many bytes; beyond it they come without.
const MAX_MENTIONS: usize = 5_000;

/// What every placeholder stands for, harmless already.
pub(super) struct Values(Vec<(&'static str, String)>);

impl Values {
    pub(super) fn of(settings: &Settings, facts: &Facts<'_>, delivery: &Delivery) -> Self {
        let own = settings.site().own_language();
        let visitor = facts.visitor;
        let name = |text: &str| neutralise(text, MAX_NAME);
        let short = |text: &str| neutralise(text, Visitor::MAX_SHORT);
        let foreign = visitor.language.filter(|&lang| lang != own);
        Self(vec![
            ("mentions", mentions(settings, delivery, own)),
            ("device", name(&facts.device.name)),
            ("place", name(&facts.device.place)),
            ("button", name(facts.button.label.best(own))),
            ("target", name(target(settings, facts.target, own))),
            ("company", short(&visitor.company)),
            ("name", short(&visitor.name)),
            (
                "people",
                visitor.people.map_or_else(String::new, |n| n.to_string()),
            ),
            (
                "purpose",
                neutralise(&visitor.purpose, Visitor::MAX_PURPOSE),
            ),
            (
                "language",
                foreign.map_or_else(String::new, |lang| name(lang.own_name())),
            ),
            ("time", neutralise(facts.time, MAX_TIME)),
            ("reference", facts.reference.to_string()),
        ])
    }

    fn get(&self, placeholder: &str) -> &str {
        let found = self.0.iter().find(|(name, _)| *name == placeholder);
        found.map_or("", |(_, value)| value)
    }
}

fn target<'a>(settings: &'a Settings, target: &Target, own: Lang) -> &'a str {
    match target {
        Target::Host(id) => settings.host(id).map_or("", |host| host.name.as_str()),
        Target::Group(id) => settings.group(id).map_or("", |group| group.name.best(own)),
    }
}

/// One line per mention. Chatwork shows only a picture for the tag, hence the name after it.
fn mentions(settings: &Settings, delivery: &Delivery, own: Lang) -> String {
    let hosts = delivery.mentions.iter().filter_map(|id| settings.host(id));
    let (mut tags, mut named) = (Vec::new(), Vec::new());
    for (host, account) in hosts.filter_map(|host| Some((host, host.account?))) {
        let tag = format!("[To:{account}]");
        named.push(format!("{tag} {}", addressed(host, own)));
        tags.push(tag);
    }
    let lines = named.join("\n");
    if lines.len() <= MAX_MENTIONS {
        lines
    } else {
        tags.concat()
    }
}

fn addressed(host: &Host, own: Lang) -> String {
    let name = neutralise(&host.name, MAX_NAME);
    match own {
        Lang::Ja => format!("{name}さん"),
        Lang::En | Lang::Zh | Lang::Ko | Lang::Vi => name,
    }
}

/// The template with every placeholder filled in. A line of which nothing could be filled in is left
/// out, all but its tags.
pub(super) fn fill(template: &Lines, values: &Values) -> String {
    let lines = template.iter().filter_map(|pieces| line(pieces, values));
    lines.collect::<Vec<_>>().join("\n")
}

fn line(pieces: &[Piece], values: &Values) -> Option<String> {
    let value = |piece: &Piece| match piece {
        Piece::Blank(name) => Some(values.get(name).to_owned()),
        Piece::Words(_) | Piece::Tag(_) => None,
    };
    let blanks: Vec<String> = pieces.iter().filter_map(value).collect();
    if !blanks.is_empty() && blanks.iter().all(String::is_empty) {
        return only_tags(pieces);
    }
    let mut out = String::new();
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Tag(tag) => out.push_str(tag),
            Piece::Blank(name) => out.push_str(values.get(name)),
            Piece::Words(words) => {
                let filled = |at: Option<usize>| at.and_then(|at| pieces.get(at)).and_then(value);
                let before = filled(at.checked_sub(1));
                let after = filled(Some(at + 1));
                let words = close_gap(words, before.as_deref(), &out);
                out.push_str(&keep_apart(words, before.as_deref(), after.as_deref()));
            }
        }
    }
    if blanks.iter().any(String::is_empty) {
        out.truncate(out.trim_end_matches(' ').len());
    }
    Some(out)
}

fn only_tags(pieces: &[Piece]) -> Option<String> {
    let tags = pieces.iter().filter_map(|piece| match piece {
        Piece::Tag(tag) => Some(*tag),
        Piece::Words(_) | Piece::Blank(_) => None,
    });
    Some(tags.collect::<String>()).filter(|tags| !tags.is_empty())
}

/// Drops one space of the two that an empty value leaves around itself.
fn close_gap<'a>(words: &'a str, before: Option<&str>, out: &str) -> &'a str {
    let at_gap = before == Some("") && (out.is_empty() || out.ends_with([' ', '：', ']']));
    words.strip_prefix(' ').filter(|_| at_gap).unwrap_or(words)
}

/// Keeps the admin's words, except that signs which touch a filled-in value cannot make a face
/// with it: `({company})` must not become the flower `(F)` for the company F.
fn keep_apart(words: &str, before: Option<&str>, after: Option<&str>) -> String {
    let mut signs: Vec<char> = words.chars().collect();
    let touches = |value: Option<&str>| value.is_some_and(|value| !value.is_empty());
    let disarm = |sign: &mut char| {
        if matches!(sign, '(' | ')' | ':' | ';' | '|') {
            *sign = widened(*sign);
        }
    };
    if touches(before) {
        signs
            .iter_mut()
            .take_while(|c| c.is_ascii_punctuation())
            .for_each(disarm);
    }
    if touches(after) {
        signs
            .iter_mut()
            .rev()
            .take_while(|c| c.is_ascii_punctuation())
            .for_each(disarm);
    }
    signs.into_iter().collect()
}
