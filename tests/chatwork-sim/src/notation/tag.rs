//! One tag in square brackets, on its own: which it is and what it carries.

use super::Segment;
use crate::AccountId;

/// The tags that are closed by a partner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pair {
    Info,
    Title,
    Quote,
    Code,
}

/// What stands between `[` and `]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// Complete in itself.
    Alone(Segment),
    Open(Pair),
    Close(Pair),
    /// `[引用 aid= time=]`: opens a quotation and says whose it is, as the editor shows it.
    OpenQuoteOf(Source),
    /// `[qtmeta aid= time=]`: says whose the quotation around it is.
    QuoteMeta(Source),
}

/// Who said what is quoted, and when (Unix seconds).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Source {
    pub(super) account: Option<AccountId>,
    pub(super) time: Option<u64>,
}

impl Tag {
    /// Reads the inside of a tag; `None` when it is none of Chatwork's. Case does not matter.
    pub(super) fn read(inside: &str) -> Option<Self> {
        let word = inside.trim().to_ascii_lowercase();
        Some(match word.as_str() {
            "toall" => Self::Alone(Segment::ToAll),
            "hr" => Self::Alone(Segment::Rule),
            "info" => Self::Open(Pair::Info),
            "/info" => Self::Close(Pair::Info),
            "title" => Self::Open(Pair::Title),
            "/title" => Self::Close(Pair::Title),
            "qt" => Self::Open(Pair::Quote),
            "/qt" | "/引用" => Self::Close(Pair::Quote),
            "code" => Self::Open(Pair::Code),
            "/code" => Self::Close(Pair::Code),
            _ => return Self::with_colon(&word).or_else(|| Self::with_attributes(&word)),
        })
    }

    fn with_colon(word: &str) -> Option<Self> {
        let (name, id) = word.split_once(':')?;
        let account = id.trim().parse().ok()?;
        Some(Self::Alone(match name.trim_end() {
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
                Self::Alone(Segment::Reply {
                    account: source.account?,
                    room: to.and_then(|(room, _)| room.parse().ok()),
                    message: to.and_then(|(_, message)| message.parse().ok()),
                })
            }
            "qtmeta" => Self::QuoteMeta(source),
            "引用" => Self::OpenQuoteOf(source),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_leniently_and_strangers_are_left_alone() {
        let to = |account| Some(Tag::Alone(Segment::To { account }));
        let reply = |room, message| {
            Some(Tag::Alone(Segment::Reply {
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
            ("INFO", Some(Tag::Open(Pair::Info))),
            ("/code", Some(Tag::Close(Pair::Code))),
            ("script", None),
            ("b", None),
            ("", None),
        ];
        for (inside, tag) in cases {
            assert_eq!(Tag::read(inside), tag, "[{inside}]");
        }
    }
}
