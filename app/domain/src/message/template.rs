//! Parses a template: text, allowed tags, and placeholders in braces.

use thiserror::Error;

/// All placeholders, without braces.
pub const PLACEHOLDERS: [&str; 14] = [
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
    "reply_hint",
];

/// Required placeholders: without them nobody is alerted, or the message cannot be identified.
const REQUIRED_PLACEHOLDERS: [&str; 2] = ["mentions", "reference"];

/// Tags that a notification may contain besides mentions.
pub(crate) const ALLOWED_TAGS: [&str; 5] = ["[info]", "[/info]", "[title]", "[/title]", "[hr]"];

/// Part of a template line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Literal text.
    Text(String),
    /// One of [`ALLOWED_TAGS`].
    Tag(&'static str),
    /// One of [`PLACEHOLDERS`].
    Placeholder(&'static str),
}

/// Reason for rejecting a template.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum TemplateError {
    /// A placeholder that is none of [`PLACEHOLDERS`].
    #[error("there is no placeholder {{{name}}}")]
    UnknownPlaceholder {
        /// Text between the braces.
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
    /// A placeholder stands more than once.
    #[error("{{{name}}} may be used only once")]
    RepeatedPlaceholder {
        /// The placeholder.
        name: String,
    },
    /// A `{` or `}` that belongs to no placeholder.
    #[error("write {{{{ or }}}} for a brace that is no placeholder")]
    UnmatchedBrace,
}

/// Parsed template, line by line.
pub(crate) type TemplateLines = Vec<Vec<Piece>>;

/// Parses a template and returns all errors; erroneous parts are left out of the lines.
pub(crate) fn parse(text: &str) -> (TemplateLines, Vec<TemplateError>) {
    let mut parser = Parser::default();
    let lines = text.lines().map(|line| parser.parse_line(line)).collect();
    for name in REQUIRED_PLACEHOLDERS {
        if !parser.used.contains(&name) {
            parser.report(TemplateError::MissingPlaceholder { name: name.into() });
        }
    }
    (lines, parser.errors)
}

/// True when a template contains the placeholder.
pub(super) fn has_placeholder(template: &TemplateLines, placeholder: &str) -> bool {
    let mut pieces = template.iter().flatten();
    pieces.any(|piece| matches!(piece, Piece::Placeholder(name) if *name == placeholder))
}

/// Parser of one template.
#[derive(Default)]
struct Parser {
    /// Placeholders found so far.
    used: Vec<&'static str>,
    errors: Vec<TemplateError>,
}

impl Parser {
    /// Parses one line; adjacent texts are one piece.
    fn parse_line(&mut self, line: &str) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut rest = line;
        while let Some(next) = rest.chars().next() {
            let (piece, consumed) = match next {
                '{' | '}' => self.parse_brace(rest),
                '[' => self.parse_tag(rest),
                _ => {
                    let end = rest.find(['{', '}', '[']).unwrap_or(rest.len());
                    (Some(Piece::Text(rest[..end].to_owned())), end)
                }
            };
            push_piece(&mut pieces, piece);
            rest = &rest[consumed..];
        }
        pieces
    }

    /// Parses a placeholder or a doubled brace, which stands for one brace. Returns the piece, `None` after an error,
    /// and the number of bytes consumed.
    fn parse_brace(&mut self, rest: &str) -> (Option<Piece>, usize) {
        for doubled in ["{{", "}}"] {
            if rest.starts_with(doubled) {
                return (Some(Piece::Text(doubled[..1].to_owned())), 2);
            }
        }
        let inside = &rest[1..];
        let end = inside.find(['{', '}']);
        let Some(end) = end.filter(|&end| rest.starts_with('{') && inside[end..].starts_with('}'))
        else {
            self.report(TemplateError::UnmatchedBrace);
            return (None, 1);
        };
        (self.use_placeholder(&inside[..end]), end + 2)
    }

    /// Finds the placeholder with this name, and records its use.
    fn use_placeholder(&mut self, name: &str) -> Option<Piece> {
        let Some(known) = PLACEHOLDERS.into_iter().find(|known| *known == name) else {
            self.report(TemplateError::UnknownPlaceholder { name: name.into() });
            return None;
        };
        if self.used.contains(&known) {
            // Repetitions are refused, so that the length of a message is bounded.
            self.report(TemplateError::RepeatedPlaceholder { name: name.into() });
            return None;
        }
        self.used.push(known);
        Some(Piece::Placeholder(known))
    }

    /// Parses one of [`ALLOWED_TAGS`]. Returns the piece, `None` after an error, and the number of bytes consumed.
    fn parse_tag(&mut self, rest: &str) -> (Option<Piece>, usize) {
        if let Some(tag) = ALLOWED_TAGS.into_iter().find(|tag| rest.starts_with(tag)) {
            return (Some(Piece::Tag(tag)), tag.len());
        }
        self.report(TemplateError::ForbiddenTag { tag: excerpt(rest) });
        (None, 1)
    }

    /// Adds an error, unless it was reported before.
    fn report(&mut self, error: TemplateError) {
        if !self.errors.contains(&error) {
            self.errors.push(error);
        }
    }
}

/// Appends a piece; adjacent texts are joined.
fn push_piece(pieces: &mut Vec<Piece>, piece: Option<Piece>) {
    match (pieces.last_mut(), piece) {
        (Some(Piece::Text(before)), Some(Piece::Text(text))) => before.push_str(&text),
        (_, Some(piece)) => pieces.push(piece),
        (_, None) => {}
    }
}

/// Maximum length of a tag in an error, in characters.
const MAX_REPORTED_TAG_CHARS: usize = 30;

/// The tag at the start of a text, up to `]` and at most [`MAX_REPORTED_TAG_CHARS`] characters, for error messages.
pub(crate) fn excerpt(text: &str) -> String {
    let mut tag = String::new();
    for c in text.chars().take(MAX_REPORTED_TAG_CHARS) {
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

    fn errors(text: &str) -> Vec<TemplateError> {
        parse(&format!("{{mentions}}{text}{{reference}}")).1
    }

    #[test]
    fn a_template_may_contain_text_tags_and_placeholders() {
        for good in [
            "",
            "[info][title]来訪[/title]{company}[hr]\n{name}[/info]",
            "{{reference}} is written like this",
            "{{{name}}}",
        ] {
            assert_eq!(errors(good), [], "{good:?} should be accepted");
        }
    }

    #[test]
    fn doubled_braces_are_literal_braces() {
        let text = |text: &str| Piece::Text(text.to_owned());
        assert_eq!(
            parse("{{a}} {{{name}}}").0,
            [[text("{a} {"), Piece::Placeholder("name"), text("}")]]
        );
    }

    #[test]
    fn unknown_or_repeated_placeholders_and_unmatched_braces_are_errors() {
        let unknown = |name: &str| TemplateError::UnknownPlaceholder { name: name.into() };
        for (text, error) in [
            ("{visitor}", unknown("visitor")),
            ("{Name}", unknown("Name")),
            ("{}", unknown("")),
            ("{name", TemplateError::UnmatchedBrace),
            ("name}", TemplateError::UnmatchedBrace),
            ("{na\nme}", TemplateError::UnmatchedBrace),
            (
                "{name}{name}",
                TemplateError::RepeatedPlaceholder {
                    name: "name".into(),
                },
            ),
        ] {
            assert_eq!(errors(text), [error], "{text:?}");
        }
    }

    #[test]
    fn forbidden_tags_are_errors() {
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
            assert_eq!(errors(tag).len(), 1, "{tag} should be rejected once");
            assert!(
                matches!(&errors(tag)[0], TemplateError::ForbiddenTag { .. }),
                "{tag}"
            );
        }
    }

    #[test]
    fn missing_required_placeholders_are_errors() {
        let missing = |name: &str| TemplateError::MissingPlaceholder { name: name.into() };
        assert_eq!(
            parse("hello").1,
            [missing("mentions"), missing("reference")]
        );
        assert_eq!(parse("{{mentions}} {reference}").1, [missing("mentions")]);
    }
}
