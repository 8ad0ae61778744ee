//! Parser of a single tag in square brackets.

use super::Segment;
use crate::AccountId;

/// Tags that have a closing tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PairedTag {
    Info,
    Title,
    Quote,
    Code,
    Task,
}

/// A parsed tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// A tag without a closing tag.
    Single(Segment),
    Open(PairedTag),
    Close(PairedTag),
    /// `[引用 aid= time=]`: opens a quotation with its source, in the form that Chatwork's editor shows.
    OpenQuoteOf(Source),
    /// `[qtmeta aid= time=]`: the source of the enclosing quotation.
    QuoteMeta(Source),
    /// `[task aid= st= lt=]`: opens a task.
    OpenTask(TaskSource),
}

/// Attributes of a task.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct TaskSource {
    pub(super) accounts: Vec<AccountId>,
    pub(super) done: bool,
    /// Due time in Unix seconds; 0 without one.
    pub(super) limit: u64,
}

/// Phrases of messages that Chatwork itself posts.
const PHRASES: [&str; 3] = ["task_added", "task_edited", "task_done"];

/// Author and time (Unix seconds) of a quotation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Source {
    pub(super) account: Option<AccountId>,
    pub(super) time: Option<u64>,
}

impl Tag {
    /// Parses the text between the brackets, case-insensitively; `None` for an unknown tag.
    pub(super) fn parse(inside: &str) -> Option<Self> {
        let word = inside.trim().to_ascii_lowercase();
        Some(match word.as_str() {
            "toall" => Self::Single(Segment::ToAll),
            "hr" => Self::Single(Segment::Rule),
            "info" => Self::Open(PairedTag::Info),
            "/info" => Self::Close(PairedTag::Info),
            "title" => Self::Open(PairedTag::Title),
            "/title" => Self::Close(PairedTag::Title),
            "qt" => Self::Open(PairedTag::Quote),
            "/qt" | "/引用" => Self::Close(PairedTag::Quote),
            "code" => Self::Open(PairedTag::Code),
            "/code" => Self::Close(PairedTag::Code),
            "/task" => Self::Close(PairedTag::Task),
            "deleted" => Self::Single(Segment::Deleted),
            _ => return Self::with_colon(&word).or_else(|| Self::with_attributes(&word)),
        })
    }

    fn with_colon(word: &str) -> Option<Self> {
        let (name, id) = word.split_once(':')?;
        if name == "dtext" {
            let key = PHRASES.into_iter().find(|phrase| *phrase == id)?;
            return Some(Self::Single(Segment::Phrase { key }));
        }
        let account = id.trim().parse().ok()?;
        Some(Self::Single(match name.trim_end() {
            "to" => Segment::To { account },
            "picon" => Segment::Picture { account },
            "pname" => Segment::Name { account },
            "piconname" => Segment::PictureName { account },
            _ => return None,
        }))
    }

    fn with_attributes(word: &str) -> Option<Self> {
        let (name, attributes) = word.split_once(char::is_whitespace)?;
        let value = |key: &str| {
            attributes
                .split_whitespace()
                .find_map(|part| part.strip_prefix(key)?.strip_prefix('='))
        };
        let source = Source {
            account: value("aid").and_then(|id| id.parse().ok()),
            time: value("time").and_then(|time| time.parse().ok()),
        };
        Some(match name {
            "rp" | "返信" => {
                let to = value("to").and_then(|to| to.split_once('-'));
                Self::Single(Segment::Reply {
                    account: source.account?,
                    room: to.and_then(|(room, _)| room.parse().ok()),
                    message: to.and_then(|(_, message)| message.parse().ok()),
                })
            }
            "qtmeta" => Self::QuoteMeta(source),
            "引用" => Self::OpenQuoteOf(source),
            "task" => Self::OpenTask(TaskSource {
                accounts: value("aid")?
                    .split(',')
                    .map(|id| id.parse().ok())
                    .collect::<Option<_>>()?,
                done: value("st") == Some("done"),
                limit: value("lt")
                    .and_then(|time| time.parse().ok())
                    .unwrap_or_default(),
            }),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_parsed_leniently_and_unknown_tags_are_refused() {
        let to = |account| Some(Tag::Single(Segment::To { account }));
        let reply = |room, message| {
            Some(Tag::Single(Segment::Reply {
                account: 12,
                room,
                message,
            }))
        };
        let source = Source {
            account: Some(12),
            time: Some(34),
        };
        let cases = [
            ("To:12", to(12)),
            ("to: 12 ", to(12)),
            ("To:", None),
            ("To:12x", None),
            ("To:-12", None),
            ("rp aid=12 to=3-45", reply(Some(3), Some(45))),
            ("rp to=3-45 aid=12", reply(Some(3), Some(45))),
            ("返信 aid=12 to=3-45", reply(Some(3), Some(45))),
            ("rp aid=12", reply(None, None)),
            ("rp to=3-45", None),
            ("qtmeta aid=12 time=34", Some(Tag::QuoteMeta(source))),
            ("引用 aid=12 time=34", Some(Tag::OpenQuoteOf(source))),
            (
                "task aid=12,34 st=done lt=56 ltype=date",
                Some(Tag::OpenTask(TaskSource {
                    accounts: vec![12, 34],
                    done: true,
                    limit: 56,
                })),
            ),
            ("task st=open", None),
            ("task aid=12,x st=open lt=0", None),
            (
                "dtext:task_added",
                Some(Tag::Single(Segment::Phrase { key: "task_added" })),
            ),
            ("dtext:something", None),
            ("deleted", Some(Tag::Single(Segment::Deleted))),
            ("INFO", Some(Tag::Open(PairedTag::Info))),
            ("/code", Some(Tag::Close(PairedTag::Code))),
            ("script", None),
            ("b", None),
            ("", None),
        ];
        for (inside, tag) in cases {
            assert_eq!(Tag::parse(inside), tag, "[{inside}]");
        }
    }
}
