//! Renders a template: values of the placeholders, and the lines they are inserted into.

use super::default::reply_hint;
use super::escape::fullwidth;
use super::template::{Piece, TemplateLines};
use super::{CallDetails, escape};
use crate::model::call::Visitor;
use crate::model::directory::Host;
use crate::model::id::HostId;
use crate::model::lang::Lang;
use crate::model::settings::Settings;
use crate::routing::Target;

/// Maximum length of the name of a host, group, device, place or button, in characters.
const MAX_NAME_CHARS: usize = 80;
/// Maximum length of the time, in characters.
const MAX_TIME_CHARS: usize = 40;
/// Maximum size of mentions with names, in bytes; longer lists are written without names.
const MAX_NAMED_MENTIONS_BYTES: usize = 5_000;

/// Escaped values of the placeholders.
pub(super) struct Values(Vec<(&'static str, String)>);

impl Values {
    /// Values for one delivery that mentions the hosts `mentioned`, without the notice.
    pub(super) fn of(settings: &Settings, details: &CallDetails<'_>, mentioned: &[HostId]) -> Self {
        let office_language = settings.site().office_language();
        let visitor = details.visitor;
        let name = |text: &str| escape(text, MAX_NAME_CHARS);
        let visitor_text = |text: &str| escape(text, Visitor::MAX_NAME_CHARS);
        let foreign_language = visitor.language.filter(|&lang| lang != office_language);
        Self(vec![
            ("mentions", mentions(settings, mentioned, office_language)),
            ("device", name(&details.device.name)),
            ("place", name(&details.device.place)),
            ("button", name(button_label(details, office_language))),
            (
                "target",
                name(target_name(settings, details.target, office_language)),
            ),
            ("company", visitor_text(&visitor.company)),
            ("name", visitor_text(&visitor.name)),
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
                foreign_language.map_or_else(String::new, |lang| name(lang.own_name())),
            ),
            ("time", escape(details.time, MAX_TIME_CHARS)),
            ("reference", details.reference.to_string()),
            ("reply_hint", reply_hint(settings.site()).to_owned()),
        ])
    }

    /// Adds the notice, which is escaped already.
    pub(super) fn with_notice(mut self, notice: &str) -> Self {
        self.0.push(("notice", notice.to_owned()));
        self
    }

    fn get(&self, placeholder: &str) -> &str {
        let found = self.0.iter().find(|(name, _)| *name == placeholder);
        found.map_or("", |(_, value)| value)
    }
}

fn button_label<'a>(details: &CallDetails<'a>, office_language: Lang) -> &'a str {
    match (details.button, office_language) {
        (Some(button), _) => button.label.best(office_language),
        (None, Lang::Ja) => "スタッフを呼ぶ",
        (None, _) => "Call staff",
    }
}

/// Name of the called host, group or staff.
pub(super) fn target_name<'a>(
    settings: &'a Settings,
    target: &Target,
    office_language: Lang,
) -> &'a str {
    match target {
        Target::Host(id) => settings.host(id).map_or("", |host| host.name.as_str()),
        Target::Group(id) => settings
            .group(id)
            .map_or("", |group| group.name.best(office_language)),
        Target::Staff if office_language == Lang::Ja => "スタッフ",
        Target::Staff => "staff",
    }
}

/// One line per mention. Chatwork renders the tag as a picture only, so the name follows.
fn mentions(settings: &Settings, mentioned: &[HostId], office_language: Lang) -> String {
    let hosts = mentioned.iter().filter_map(|id| settings.host(id));
    let (mut tags, mut named) = (Vec::new(), Vec::new());
    for (host, account) in hosts.filter_map(|host| Some((host, host.account?))) {
        let tag = format!("[To:{account}]");
        named.push(format!("{tag} {}", addressee(host, office_language)));
        tags.push(tag);
    }
    let with_names = named.join("\n");
    if with_names.len() <= MAX_NAMED_MENTIONS_BYTES {
        with_names
    } else {
        tags.concat()
    }
}

/// Name and form of address of a mentioned host, as written after the mention.
fn addressee(host: &Host, office_language: Lang) -> String {
    let name = escape(&host.name, MAX_NAME_CHARS);
    match office_language {
        Lang::Ja => format!("{name}さん"),
        Lang::En | Lang::Zh | Lang::Ko | Lang::Vi => name,
    }
}

/// Renders a template. A line whose placeholders are all empty is left out, except for its tags.
pub(super) fn render_template(template: &TemplateLines, values: &Values) -> String {
    let lines = template
        .iter()
        .filter_map(|pieces| render_line(pieces, values));
    lines.collect::<Vec<_>>().join("\n")
}

/// Part of a rendered line.
enum Part<'a> {
    /// Literal text of the template.
    Text(String),
    Tag(&'static str),
    /// Value of a placeholder; never empty.
    Value(&'a str),
}

/// Renders one line; `None` when it is left out, because it has placeholders, all of them are empty, and it has no
/// tags.
fn render_line(pieces: &[Piece], values: &Values) -> Option<String> {
    let mut parts: Vec<Part<'_>> = Vec::new();
    let (mut has_value, mut has_empty) = (false, false);
    let mut is_after_empty = false; // the piece before is a placeholder without value
    for piece in pieces {
        match piece {
            Piece::Tag(tag) => parts.push(Part::Tag(tag)),
            Piece::Text(text) => push_text(&mut parts, text, is_after_empty),
            Piece::Placeholder(name) => match values.get(name) {
                "" => has_empty = true,
                value => {
                    has_value = true;
                    parts.push(Part::Value(value));
                }
            },
        }
        is_after_empty = matches!(piece, Piece::Placeholder(name) if values.get(name).is_empty());
    }
    if has_empty && !has_value {
        return only_tags(&parts);
    }
    let line = join_parts(&parts);
    // The space before an empty value at the end of the line.
    Some(if has_empty {
        line.trim_end_matches(' ').to_owned()
    } else {
        line
    })
}

/// The tags of a line without its texts; `None` when it has no tags.
fn only_tags(parts: &[Part<'_>]) -> Option<String> {
    let tags = parts.iter().filter_map(|part| match part {
        Part::Tag(tag) => Some(*tag),
        Part::Text(_) | Part::Value(_) => None,
    });
    Some(tags.collect::<String>()).filter(|tags| !tags.is_empty())
}

/// Appends literal text of the template. After an empty value, its leading space is left out if a space, a full-width
/// colon, a tag or the start of the line precedes that value.
fn push_text(parts: &mut Vec<Part<'_>>, text: &str, is_after_empty: bool) {
    let needs_no_space = match parts.last() {
        Some(Part::Text(before)) => before.ends_with([' ', '：']),
        Some(Part::Value(_)) => false,
        Some(Part::Tag(_)) | None => true,
    };
    let text = match text.strip_prefix(' ') {
        Some(without_space) if is_after_empty && needs_no_space => without_space,
        _ => text,
    };
    match parts.last_mut() {
        Some(Part::Text(before)) => before.push_str(text),
        _ => parts.push(Part::Text(text.to_owned())),
    }
}

/// Joins the parts of a line; punctuation around values becomes full-width.
fn join_parts(parts: &[Part<'_>]) -> String {
    let is_value = |index: Option<usize>| {
        let part = index.and_then(|index| parts.get(index));
        matches!(part, Some(Part::Value(_)))
    };
    let text = |(index, part): (usize, &Part<'_>)| match part {
        Part::Text(text) => {
            let after_value = is_value(index.checked_sub(1));
            let before_value = is_value(Some(index + 1));
            widen_punctuation(text, after_value, before_value)
        }
        Part::Tag(tag) => (*tag).to_owned(),
        Part::Value(value) => (*value).to_owned(),
    };
    parts.iter().enumerate().map(text).collect()
}

/// Makes punctuation that touches a value full-width, so that both cannot form an emoticon: `({company})` must not
/// become `(F)` for the company F.
fn widen_punctuation(text: &str, after_value: bool, before_value: bool) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    let widen = |c: &mut char| {
        if matches!(c, '(' | ')' | ':' | ';' | '|') {
            *c = fullwidth(*c);
        }
    };
    let is_punctuation = |c: &&mut char| c.is_ascii_punctuation();
    if after_value {
        chars.iter_mut().take_while(is_punctuation).for_each(widen);
    }
    if before_value {
        chars
            .iter_mut()
            .rev()
            .take_while(is_punctuation)
            .for_each(widen);
    }
    chars.into_iter().collect()
}
