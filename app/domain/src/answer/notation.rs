//! Chatwork's message notation, as far as answers need it: replies and mentions, and the parts of a message that are
//! no words of its author. Linear in the length of the message.
//!
//! Source: <https://developer.chatwork.com/docs/message-notation>, and the tags that Chatwork's own messages contain.
//! Tags are read leniently, as Chatwork does: in any case, with spaces, and with the Japanese names that Chatwork's
//! editor inserts.

use std::ops::Range;

/// Maximum length of a tag, in bytes. Longer text in brackets is plain text.
const MAX_TAG_BYTES: usize = 300;

/// Tag of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// `[rp aid=… to=ROOM-MESSAGE]`: a reply.
    Reply {
        /// Account of the author of the message that is replied to.
        account: u64,
        /// Ids of the room and of the message that are replied to, not parsed.
        to: Option<(String, String)>,
    },
    /// `[To:…]`: a mention.
    Mention(u64),
    /// Start of a block.
    Open(Block),
    /// End of a block.
    Close(Block),
    /// `[task …]`: Chatwork's own message about a task that was given or done.
    Task,
    /// Any other tag.
    Other,
}

/// Block whose content does not count as the author's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// `[qt]…[/qt]`: a quote. Quotes nest.
    Quote,
    /// `[code]…[/code]`: code, in which tags are plain text.
    Code,
    /// `[download:…]…[/download]`: an attached file.
    Download,
}

/// Part of a message outside the blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// Plain text.
    Text(&'a str),
    /// A tag.
    Tag(Tag),
}

/// Parts of a message, without blocks; each block becomes a line break. The content of a block that is not closed is
/// plain text.
pub(super) fn parts(message: &str) -> Vec<Part<'_>> {
    let tags = tags(message);
    let mut blocks = blocks(&tags).into_iter().peekable();
    let mut parts = Vec::new();
    let mut end = 0;
    let add_text = |parts: &mut Vec<_>, range: Range<usize>| {
        let text = message.get(range).unwrap_or_default();
        if !text.is_empty() {
            parts.push(Part::Text(text));
        }
    };
    for (range, tag) in tags {
        if range.start < end {
            continue; // within a block
        }
        add_text(&mut parts, end..range.start);
        end = range.end;
        if let Some(block) = blocks.next_if(|block| block.start == range.start) {
            end = block.end;
            // Words before and after a block do not belong together.
            parts.push(Part::Text("\n"));
        } else {
            parts.push(Part::Tag(tag));
        }
    }
    add_text(&mut parts, end..message.len());
    parts
}

/// All tags, with their positions. Tags in code are included.
fn tags(message: &str) -> Vec<(Range<usize>, Tag)> {
    let mut tags = Vec::new();
    for (start, _) in message.match_indices('[') {
        let limit = (start + 1 + MAX_TAG_BYTES).min(message.len());
        let length = message.as_bytes()[start + 1..limit]
            .iter()
            .position(|byte| matches!(byte, b']' | b'[' | b'\n'));
        let Some(length) = length else { continue };
        let end = start + 1 + length;
        if message.as_bytes()[end] != b']' {
            continue;
        }
        // Brackets and line breaks are ASCII, so the positions are character boundaries.
        if let Some(tag) = parse_tag(&message[start + 1..end]) {
            tags.push((start..end + 1, tag));
        }
    }
    tags
}

/// Ranges of the outermost blocks, in order.
fn blocks(tags: &[(Range<usize>, Tag)]) -> Vec<Range<usize>> {
    let mut blocks: Vec<Range<usize>> = Vec::new();
    let mut quotes: Vec<usize> = Vec::new();
    let mut closing_tags = ClosingTags::of(tags);
    let mut index = 0;
    while let Some((range, tag)) = tags.get(index) {
        index += 1;
        match tag {
            Tag::Open(Block::Quote) => quotes.push(range.start),
            Tag::Close(Block::Quote) => {
                if let Some(start) = quotes.pop() {
                    // Blocks within this one are part of it.
                    while blocks.pop_if(|inner| inner.start > start).is_some() {}
                    blocks.push(start..range.end);
                }
            }
            Tag::Open(block) => {
                if let Some(close) = closing_tags.after(*block, index) {
                    blocks.push(range.start..tags[close].0.end);
                    index = close + 1;
                }
            }
            _ => {}
        }
    }
    blocks
}

/// Closing tags of code and of attached files, as indexes of the tags, the last one first, so that tags which are passed
/// are removed from the end.
struct ClosingTags {
    code: Vec<usize>,
    download: Vec<usize>,
}

impl ClosingTags {
    fn of(tags: &[(Range<usize>, Tag)]) -> Self {
        let closing_tags = |block: Block| {
            let tags = tags.iter().enumerate().rev();
            let closing = tags.filter(|(_, (_, tag))| *tag == Tag::Close(block));
            closing.map(|(index, _)| index).collect()
        };
        Self {
            code: closing_tags(Block::Code),
            download: closing_tags(Block::Download),
        }
    }

    /// Index of the first closing tag from `index` on. `index` must not be smaller than in the call before.
    fn after(&mut self, block: Block, index: usize) -> Option<usize> {
        let indexes = match block {
            Block::Code => &mut self.code,
            Block::Download => &mut self.download,
            Block::Quote => return None,
        };
        while indexes.pop_if(|closing| *closing < index).is_some() {}
        indexes.last().copied()
    }
}

/// Parses the text between the brackets; `None` for a text that is not a tag.
fn parse_tag(inside: &str) -> Option<Tag> {
    let word = inside.trim().to_lowercase();
    let name_end = word.find(|c: char| c == ':' || c == '=' || c.is_whitespace());
    let (name, attributes) = word.split_at(name_end.unwrap_or(word.len()));
    Some(match name {
        "rp" | "返信" => parse_reply(attributes)?,
        "to" => {
            let account = attributes.trim_start().strip_prefix(':')?;
            Tag::Mention(account.trim().parse().ok()?)
        }
        "qt" | "引用" => Tag::Open(Block::Quote),
        "/qt" | "/引用" => Tag::Close(Block::Quote),
        "code" => Tag::Open(Block::Code),
        "/code" => Tag::Close(Block::Code),
        "download" => Tag::Open(Block::Download),
        "/download" => Tag::Close(Block::Download),
        "task" => Tag::Task,
        "toall" | "info" | "/info" | "title" | "/title" | "hr" | "picon" | "pname"
        | "piconname" | "qtmeta" | "preview" | "dtext" | "/task" | "live" | "deleted" => Tag::Other,
        _ => return None,
    })
}

fn parse_reply(attributes: &str) -> Option<Tag> {
    let value = |key: &str| {
        let mut parts = attributes.split_whitespace();
        parts.find_map(|part| part.strip_prefix(key)?.strip_prefix('='))
    };
    let to = value("to").and_then(|to| to.split_once('-'));
    Some(Tag::Reply {
        account: value("aid")?.parse().ok()?,
        to: to.map(|(room, message)| (room.to_owned(), message.to_owned())),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Plain text of a message outside tags and blocks.
    fn text(message: &str) -> String {
        let text = |part| match part {
            Part::Text(text) => text.to_owned(),
            Part::Tag(_) => String::new(),
        };
        parts(message).into_iter().map(text).collect()
    }

    #[test]
    fn tags_are_read_leniently_and_other_brackets_are_text() {
        let reply = |to: Option<(&str, &str)>| {
            Some(Tag::Reply {
                account: 12,
                to: to.map(|(room, message)| (room.to_owned(), message.to_owned())),
            })
        };
        for (inside, tag) in [
            ("rp aid=12 to=3-45", reply(Some(("3", "45")))),
            ("RP to=3-45  aid=12", reply(Some(("3", "45")))),
            ("返信 aid=12 to=3-45", reply(Some(("3", "45")))),
            ("rp aid=12", reply(None)),
            ("rp to=3-45", None),
            ("To:12", Some(Tag::Mention(12))),
            (" to : 12 ", Some(Tag::Mention(12))),
            ("to: 12 ", Some(Tag::Mention(12))),
            ("To:12x", None),
            ("toall", Some(Tag::Other)),
            ("qt", Some(Tag::Open(Block::Quote))),
            ("引用 aid=1 time=2", Some(Tag::Open(Block::Quote))),
            ("至急", None),
            ("", None),
        ] {
            assert_eq!(parse_tag(inside), tag, "[{inside}]");
        }
    }

    #[test]
    fn blocks_are_left_out_with_their_content() {
        for (message, expected) in [
            ("a[qt]b[/qt]c", "a\nc"),
            ("a[qt][qtmeta aid=1 time=2]b[qt]c[/qt]d[/qt]e", "a\ne"),
            ("a[code]b[qt]c[/code]d[/qt]e", "a\nde"),
            ("a[download:1]b.pdf[/download]c", "a\nc"),
            ("a[qt]b[code]c[/code]d[/qt]e", "a\ne"),
            ("[qt]a[/qt]b[qt]c[/qt]", "\nb\n"),
        ] {
            assert_eq!(text(message), expected, "{message}");
        }
    }

    #[test]
    fn unclosed_blocks_are_text() {
        for (message, expected) in [
            ("a[qt]b", "ab"),
            ("a[code]b", "ab"),
            ("a[/qt]b", "ab"),
            ("[qt]a[qt]b[/qt]c", "a\nc"),
            ("a[info]b", "ab"),
            ("[[[", "[[["),
            ("[To:", "[To:"),
            ("[To:\n1]", "[To:\n1]"),
        ] {
            assert_eq!(text(message), expected, "{message}");
        }
    }
}
