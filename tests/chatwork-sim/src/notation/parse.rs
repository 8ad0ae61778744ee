//! Single-pass parser from a message's text to its segments.

use super::tag::{PairedTag, Source, Tag, TaskSource};
use super::{Segment, emoticon, link};

/// Maximum nesting of paired tags; deeper tags are plain text, so that no message exhausts the stack.
const MAX_DEPTH: usize = 16;

/// Length of the longest tag in bytes: a task of some thirty people.
const MAX_TAG_BYTES: usize = 300;

/// Parses a message. Never fails: anything that is not notation is text.
#[must_use]
pub fn parse(body: &str) -> Vec<Segment> {
    let mut parser = Parser::default();
    let mut rest = body;
    while let Some(next) = rest.chars().next() {
        let length = parser.step(rest, next);
        rest = &rest[length..];
    }
    parser.finish()
}

/// A paired tag that is not closed yet.
struct OpenTag {
    pair: PairedTag,
    /// The tag's source text, restored as text when nothing closes it.
    written: String,
    source: Source,
    task: TaskSource,
    /// Segments since the tag.
    inside: Vec<Segment>,
}

#[derive(Default)]
struct Parser {
    /// Segments outside of open tags.
    outside: Vec<Segment>,
    /// Open tags, the innermost last.
    open: Vec<OpenTag>,
    /// True once no `[/code]` follows, so that later `[code]` tags do not search again.
    has_no_code_end: bool,
}

impl Parser {
    /// Consumes the token at the start of `rest`; returns its length in bytes.
    fn step(&mut self, rest: &str, next: char) -> usize {
        if next == '['
            && let Some(taken) = self.parse_tag(rest)
        {
            return taken;
        }
        if let Some((taken, emoji)) = emoticon::at_start(rest) {
            self.push(Segment::Emoticon {
                source: rest[..taken].to_owned(),
                emoji,
            });
            return taken;
        }
        if matches!(next, 'h' | 'H')
            && let Some(taken) = link::at_start(rest)
        {
            self.push(Segment::Link {
                url: rest[..taken].to_owned(),
            });
            return taken;
        }
        self.push_text(&rest[..next.len_utf8()]);
        next.len_utf8()
    }

    /// Parses the tag at the start of `rest`; returns its length in bytes, `None` for text.
    fn parse_tag(&mut self, rest: &str) -> Option<usize> {
        // A tag is on one line and has no bracket inside.
        let end = rest[1..]
            .find(['[', ']', '\n'])
            .map(|end| end + 1)
            .filter(|end| *end < MAX_TAG_BYTES)?;
        let inside = rest[..end + 1].strip_suffix(']')?.get(1..)?;
        let written = &rest[..=end];
        match Tag::parse(inside)? {
            Tag::Single(segment) => self.push(segment),
            Tag::Open(PairedTag::Code) => return self.parse_code(rest, written.len()),
            Tag::Open(pair) => {
                self.open(pair, written)?;
            }
            Tag::OpenQuoteOf(source) => self.open(PairedTag::Quote, written)?.source = source,
            Tag::OpenTask(task) => self.open(PairedTag::Task, written)?.task = task,
            Tag::Close(pair) => self.close(pair)?,
            Tag::QuoteMeta(source) => {
                self.open
                    .iter_mut()
                    .rev()
                    .find(|open| open.pair == PairedTag::Quote)?
                    .source = source;
            }
        }
        Some(written.len())
    }

    /// Takes the text up to `[/code]`; `begin` is the length of the opening tag.
    fn parse_code(&mut self, rest: &str, begin: usize) -> Option<usize> {
        const END: &str = "[/code]";
        if self.has_no_code_end {
            return None;
        }
        let Some(length) = rest[begin..].find(END) else {
            self.has_no_code_end = true;
            return None;
        };
        self.push(Segment::Code {
            text: rest[begin..begin + length].to_owned(),
        });
        Some(begin + length + END.len())
    }

    /// Opens a tag; `None` at the maximum depth.
    fn open(&mut self, pair: PairedTag, written: &str) -> Option<&mut OpenTag> {
        if self.open.len() == MAX_DEPTH {
            return None;
        }
        self.open.push(OpenTag {
            pair,
            written: written.to_owned(),
            source: Source::default(),
            task: TaskSource::default(),
            inside: Vec::new(),
        });
        self.open.last_mut()
    }

    /// Closes the innermost tag of this kind; `None` when none is open.
    fn close(&mut self, pair: PairedTag) -> Option<()> {
        let partner = self.open.iter().rposition(|open| open.pair == pair)?;
        while self.open.len() > partner + 1 {
            self.abandon();
        }
        let OpenTag {
            source,
            task,
            inside,
            ..
        } = self.open.pop()?;
        self.push(match pair {
            // `parse_code` takes code as a whole, so that it never is an open tag.
            PairedTag::Info | PairedTag::Code => Segment::Info { inside },
            PairedTag::Title => Segment::Title { inside },
            PairedTag::Quote => Segment::Quote {
                account: source.account,
                time: source.time,
                inside,
            },
            PairedTag::Task => Segment::Task {
                accounts: task.accounts,
                done: task.done,
                limit: task.limit,
                inside,
            },
        });
        Some(())
    }

    /// Turns the innermost unclosed tag back into text.
    fn abandon(&mut self) {
        if let Some(open) = self.open.pop() {
            self.push_text(&open.written);
            for segment in open.inside {
                match segment {
                    Segment::Text { text } => self.push_text(&text),
                    other => self.push(other),
                }
            }
        }
    }

    fn finish(mut self) -> Vec<Segment> {
        while !self.open.is_empty() {
            self.abandon();
        }
        self.outside
    }

    fn current(&mut self) -> &mut Vec<Segment> {
        self.open
            .last_mut()
            .map_or(&mut self.outside, |open| &mut open.inside)
    }

    fn push(&mut self, segment: Segment) {
        self.current().push(segment);
    }

    fn push_text(&mut self, more: &str) {
        let current = self.current();
        if let Some(Segment::Text { text }) = current.last_mut() {
            text.push_str(more);
        } else {
            current.push(Segment::Text {
                text: more.to_owned(),
            });
        }
    }
}

#[cfg(test)]
#[path = "parse/tests.rs"]
mod tests;
