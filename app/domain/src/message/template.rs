//! Reading a template: words, the few tags it may carry, and placeholders in braces.

use thiserror::Error;

/// Every placeholder a template can carry, without its braces.
pub const PLACEHOLDERS: [&str; 13] = [
    "mentions",
    "device",
    "place",
    "button",
    "target",
    "notice",
    "company",
    "name",
    "people",
    "purpose",
    "language",
    "time",
    "reference",
];

/// Placeholders without which a template would tell nobody, or could not be found again.
const REQUIRED_PLACEHOLDERS: [&str; 2] = ["mentions", "reference"];

/// Tags that a notification may carry besides mentions.
pub(crate) const ALLOWED_TAGS: [&str; 5] = ["[info]", "[/info]", "[title]", "[/title]", "[hr]"];

/// Part of a line of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// The admin's own words.
    Words(String),
    /// One of [`TAGS`].
    Tag(&'static str),
    /// A place to fill: one of [`PLACEHOLDERS`].
    Blank(&'static str),
}

/// Why a template is refused.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum TemplateError {
    /// A placeholder that is none of [`PLACEHOLDERS`].
    #[error("there is no placeholder {{{name}}}")]
    UnknownPlaceholder {
        /// The name between the braces.
        name: String,
    },
    /// A tag that a notification may not carry, such as `[toall]`.
    #[error("the tag {tag} is not allowed in a message")]
    ForbiddenTag {
        /// The tag as written.
        tag: String,
    },
    /// `{mentions}` or `{reference}` is missing.
    #[error("a template needs {{{name}}}")]
    MissingPlaceholder {
        /// The missing placeholder.
        name: String,
    },
    /// The same placeholder twice.
    #[error("{{{name}}} may stand only once")]
    RepeatedPlaceholder {
        /// The placeholder.
        name: String,
    },
    /// A `{` or `}` that belongs to no placeholder.
    #[error("write {{{{ or }}}} for a brace that is no placeholder")]
    LoneBrace,
}

/// A template, line by line.
pub(crate) type Lines = Vec<Vec<Piece>>;

/// Reads a template and says everything that is wrong with it; what is wrong is left out of the
/// lines.
pub(crate) fn parse(text: &str) -> (Lines, Vec<TemplateError>) {
    let mut reader = Parser::default();
    let lines = text.lines().map(|line| reader.line(line)).collect();
    for name in REQUIRED_PLACEHOLDERS {
        if !reader.used.contains(&name) {
            reader.fault(TemplateError::MissingPlaceholder { name: name.into() });
        }
    }
    (lines, reader.faults)
}

/// True when a template has a place for this.
pub(super) fn has(template: &Lines, placeholder: &str) -> bool {
    let mut pieces = template.iter().flatten();
    pieces.any(|piece| matches!(piece, Piece::Blank(name) if *name == placeholder))
}

#[derive(Default)]
struct Parser {
    used: Vec<&'static str>,
    faults: Vec<TemplateError>,
}

impl Parser {
    fn line(&mut self, line: &str) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut rest = line;
        while let Some(next) = rest.chars().next() {
            let (piece, length) = match next {
                '{' | '}' => self.brace(rest),
                '[' => self.tag(rest),
                _ => {
                    let end = rest.find(['{', '}', '[']).unwrap_or(rest.len());
                    (Some(Piece::Words(rest[..end].to_owned())), end)
                }
            };
            push(&mut pieces, piece);
            rest = &rest[length..];
        }
        pieces
    }

    /// Reads what begins with a brace: a placeholder, or a doubled brace that stands for one.
    fn brace(&mut self, rest: &str) -> (Option<Piece>, usize) {
        for doubled in ["{{", "}}"] {
            if rest.starts_with(doubled) {
                return (Some(Piece::Words(doubled[..1].to_owned())), 2);
            }
        }
        let inside = &rest[1..];
        let end = inside.find(['{', '}']);
        let Some(end) = end.filter(|&end| rest.starts_with('{') && inside[end..].starts_with('}'))
        else {
            self.fault(TemplateError::LoneBrace);
            return (None, 1);
        };
        (self.placeholder(&inside[..end]), end + 2)
    }

    fn placeholder(&mut self, name: &str) -> Option<Piece> {
        let Some(known) = PLACEHOLDERS.into_iter().find(|known| *known == name) else {
            self.fault(TemplateError::UnknownPlaceholder { name: name.into() });
            return None;
        };
        if self.used.contains(&known) {
            // Once each keeps the length of a message within bounds.
            self.fault(TemplateError::RepeatedPlaceholder { name: name.into() });
            return None;
        }
        self.used.push(known);
        Some(Piece::Blank(known))
    }

    fn tag(&mut self, rest: &str) -> (Option<Piece>, usize) {
        if let Some(tag) = ALLOWED_TAGS.into_iter().find(|tag| rest.starts_with(tag)) {
            return (Some(Piece::Tag(tag)), tag.len());
        }
        self.fault(TemplateError::ForbiddenTag { tag: excerpt(rest) });
        (None, 1)
    }

    /// Notes a fault once.
    fn fault(&mut self, fault: TemplateError) {
        if !self.faults.contains(&fault) {
            self.faults.push(fault);
        }
    }
}

/// Adds a piece; words join the words before them.
fn push(pieces: &mut Vec<Piece>, piece: Option<Piece>) {
    match (pieces.last_mut(), piece) {
        (Some(Piece::Words(before)), Some(Piece::Words(words))) => before.push_str(&words),
        (_, Some(piece)) => pieces.push(piece),
        (_, None) => {}
    }
}

/// The tag that begins here as its writer would recognise it, at most 30 characters.
pub(crate) fn excerpt(rest: &str) -> String {
    let mut tag = String::new();
    for c in rest.chars().take(30) {
        tag.push(c);
        if c == ']' {
            break;
        }
    }
    tag
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<TemplateError> {
        parse(&format!("{{mentions}}{text}{{reference}}")).1
    }

    #[test]
    fn a_template_may_carry_words_tags_and_placeholders() {
        for good in [
            "",
            "[info][title]来訪[/title]{company}[hr]\n{name}[/info]",
            "{{reference}} is written like this",
            "{{{name}}}",
        ] {
            assert_eq!(faults(good), [], "{good:?} should be a template");
        }
    }

    #[test]
    fn doubled_braces_stand_for_braces() {
        let words = |text: &str| Piece::Words(text.to_owned());
        assert_eq!(
            parse("{{a}} {{{name}}}").0,
            [[words("{a} {"), Piece::Blank("name"), words("}")]]
        );
    }

    #[test]
    fn placeholders_that_nobody_fills_and_lone_braces_are_faults() {
        let unknown = |name: &str| TemplateError::UnknownPlaceholder { name: name.into() };
        for (text, fault) in [
            ("{visitor}", unknown("visitor")),
            ("{Name}", unknown("Name")),
            ("{}", unknown("")),
            ("{name", TemplateError::LoneBrace),
            ("name}", TemplateError::LoneBrace),
            ("{na\nme}", TemplateError::LoneBrace),
            (
                "{name}{name}",
                TemplateError::RepeatedPlaceholder {
                    name: "name".into(),
                },
            ),
        ] {
            assert_eq!(faults(text), [fault], "{text:?}");
        }
    }

    #[test]
    fn tags_that_mention_or_imitate_are_faults() {
        for tag in [
            "[toall]",
            "[To:1]",
            "[rp aid=1 to=2-3]",
            "[qt]",
            "[INFO]",
            "[ info]",
            "[",
            "[返信 aid=1]",
        ] {
            assert_eq!(faults(tag).len(), 1, "{tag} should be refused once");
            assert!(
                matches!(&faults(tag)[0], TemplateError::ForbiddenTag { .. }),
                "{tag}"
            );
        }
    }

    #[test]
    fn a_template_without_mentions_or_reference_is_at_fault() {
        let missing = |name: &str| TemplateError::MissingPlaceholder { name: name.into() };
        assert_eq!(
            parse("hello").1,
            [missing("mentions"), missing("reference")]
        );
        assert_eq!(parse("{{mentions}} {reference}").1, [missing("mentions")]);
    }
}
