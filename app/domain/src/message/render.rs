//! Filling a template: what each placeholder stands for, and how lines take it in.

use super::escape::fullwidth;
use super::template::{Lines, Piece};
use super::{Facts, escape};
use crate::model::call::Visitor;
use crate::model::directory::Host;
use crate::model::lang::Lang;
use crate::model::settings::Settings;
use crate::routing::{Delivery, Target};

/// Longest name of a host, group, device, place or button in a message, in characters.
const MAX_NAME_CHARS: usize = 80;
/// Longest time of day, in characters.
const MAX_TIME_CHARS: usize = 40;
/// With names beside them mentions take at most this many bytes; beyond it they come without.
const MAX_NAMED_MENTIONS_BYTES: usize = 5_000;

/// What every placeholder stands for, harmless already.
pub(super) struct Values(Vec<(&'static str, String)>);

impl Values {
    pub(super) fn of(settings: &Settings, facts: &Facts<'_>, delivery: &Delivery) -> Self {
        let own = settings.site().own_language();
        let visitor = facts.visitor;
        let name = |text: &str| escape(text, MAX_NAME_CHARS);
        let short = |text: &str| escape(text, Visitor::MAX_NAME_CHARS);
        let foreign = visitor.language.filter(|&lang| lang != own);
        Self(vec![
            ("mentions", mentions(settings, delivery, own)),
            ("device", name(&facts.device.name)),
            ("place", name(&facts.device.place)),
            ("button", name(button(facts, own))),
            ("target", name(target(settings, facts.target, own))),
            ("company", short(&visitor.company)),
            ("name", short(&visitor.name)),
            (
                "people",
                visitor.people.map_or_else(String::new, |n| n.to_string()),
            ),
            (
                "purpose",
                escape(&visitor.purpose, Visitor::MAX_PURPOSE_CHARS),
            ),
            (
                "language",
                foreign.map_or_else(String::new, |lang| name(lang.own_name())),
            ),
            ("time", escape(facts.time, MAX_TIME_CHARS)),
            ("reference", facts.reference.to_string()),
        ])
    }

    /// The same with a notice, harmless already.
    pub(super) fn with_notice(mut self, notice: &str) -> Self {
        self.0.push(("notice", notice.to_owned()));
        self
    }

    fn get(&self, placeholder: &str) -> &str {
        let found = self.0.iter().find(|(name, _)| *name == placeholder);
        found.map_or("", |(_, value)| value)
    }
}

fn button<'a>(facts: &Facts<'a>, own: Lang) -> &'a str {
    match (facts.button, own) {
        (Some(button), _) => button.label.best(own),
        (None, Lang::Ja) => "スタッフを呼ぶ",
        (None, _) => "Call staff",
    }
}

fn target<'a>(settings: &'a Settings, target: &Target, own: Lang) -> &'a str {
    match target {
        Target::Host(id) => settings.host(id).map_or("", |host| host.name.as_str()),
        Target::Group(id) => settings.group(id).map_or("", |group| group.name.best(own)),
        Target::Staff if own == Lang::Ja => "スタッフ",
        Target::Staff => "staff",
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
    if lines.len() <= MAX_NAMED_MENTIONS_BYTES {
        lines
    } else {
        tags.concat()
    }
}

fn addressed(host: &Host, own: Lang) -> String {
    let name = escape(&host.name, MAX_NAME_CHARS);
    match own {
        Lang::Ja => format!("{name}さん"),
        Lang::En | Lang::Zh | Lang::Ko | Lang::Vi => name,
    }
}

/// The template with every placeholder filled in. A line of which nothing could be filled in is left
/// out, all but its tags.
pub(super) fn render_template(template: &Lines, values: &Values) -> String {
    let lines = template.iter().filter_map(|pieces| line(pieces, values));
    lines.collect::<Vec<_>>().join("\n")
}

/// Part of a line that is being filled in.
enum Part<'a> {
    /// The admin's own words.
    Words(String),
    Tag(&'static str),
    /// What stands for a placeholder; never empty.
    Value(&'a str),
}

fn line(pieces: &[Piece], values: &Values) -> Option<String> {
    let mut parts: Vec<Part<'_>> = Vec::new();
    let (mut any_value, mut any_gap, mut gap) = (false, false, false);
    for piece in pieces {
        match piece {
            Piece::Tag(tag) => parts.push(Part::Tag(tag)),
            Piece::Words(words) => add_words(&mut parts, words, gap),
            Piece::Blank(name) => match values.get(name) {
                "" => any_gap = true,
                value => {
                    any_value = true;
                    parts.push(Part::Value(value));
                }
            },
        }
        gap = matches!(piece, Piece::Blank(name) if values.get(name).is_empty());
    }
    if any_gap && !any_value {
        return only_tags(&parts);
    }
    let line = joined(&parts);
    let end = if any_gap {
        line.trim_end_matches(' ').len()
    } else {
        line.len()
    };
    Some(line[..end].to_owned())
}

fn only_tags(parts: &[Part<'_>]) -> Option<String> {
    let tags = parts.iter().filter_map(|part| match part {
        Part::Tag(tag) => Some(*tag),
        Part::Words(_) | Part::Value(_) => None,
    });
    Some(tags.collect::<String>()).filter(|tags| !tags.is_empty())
}

/// Adds words; after a gap, without one of the two spaces that an empty value leaves around itself.
fn add_words(parts: &mut Vec<Part<'_>>, words: &str, gap: bool) {
    let ends_apart = match parts.last() {
        Some(Part::Words(before)) => before.ends_with([' ', '：']),
        Some(Part::Value(_)) => false,
        Some(Part::Tag(_)) | None => true,
    };
    let words = words
        .strip_prefix(' ')
        .filter(|_| gap && ends_apart)
        .unwrap_or(words);
    match parts.last_mut() {
        Some(Part::Words(before)) => before.push_str(words),
        _ => parts.push(Part::Words(words.to_owned())),
    }
}

fn joined(parts: &[Part<'_>]) -> String {
    let is_value = |at: Option<usize>| {
        let part = at.and_then(|at| parts.get(at));
        matches!(part, Some(Part::Value(_)))
    };
    let text = |(at, part): (usize, &Part<'_>)| match part {
        Part::Words(words) => separate(words, is_value(at.checked_sub(1)), is_value(Some(at + 1))),
        Part::Tag(tag) => (*tag).to_owned(),
        Part::Value(value) => (*value).to_owned(),
    };
    parts.iter().enumerate().map(text).collect()
}

/// Keeps the admin's words, except that signs which touch a value before or after them cannot make a
/// face with it: `({company})` must not become the flower `(F)` for the company F.
fn separate(words: &str, after_value: bool, before_value: bool) -> String {
    let mut signs: Vec<char> = words.chars().collect();
    let disarm = |sign: &mut char| {
        if matches!(sign, '(' | ')' | ':' | ';' | '|') {
            *sign = fullwidth(*sign);
        }
    };
    let touching = |sign: &&mut char| sign.is_ascii_punctuation();
    if after_value {
        signs.iter_mut().take_while(touching).for_each(disarm);
    }
    if before_value {
        signs.iter_mut().rev().take_while(touching).for_each(disarm);
    }
    signs.into_iter().collect()
}
