//! From the text of a message to its tree, in one pass.

use super::tag::{Pair, Source, Tag};
use super::{Segment, emoticon, link};

/// Boxes in boxes beyond this depth are plain text, so that no text can exhaust a stack.
const DEEPEST: usize = 16;

/// Reads a message. Never fails: what is not notation is text.
#[must_use]
pub fn parse(body: &str) -> Vec<Segment> {
    let mut reader = Reader::default();
    let mut at = 0;
    while let Some(next) = body[at..].chars().next() {
        at += reader.step(&body[at..], next);
    }
    reader.finish()
}

/// A box that is still open.
struct Open {
    pair: Pair,
    /// The tag as written: what it turns back into when nothing closes it.
    written: String,
    source: Source,
    inside: Vec<Segment>,
}

#[derive(Default)]
struct Reader {
    outside: Vec<Segment>,
    open: Vec<Open>,
    /// Set once no `[/code]` is left: later `[code]` tags need not look again.
    no_code_end: bool,
}

impl Reader {
    /// Takes what stands at the start of `rest` and says how many bytes that was.
    fn step(&mut self, rest: &str, next: char) -> usize {
        if next == '['
            && let Some(taken) = self.tag(rest)
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
        self.text(&rest[..next.len_utf8()]);
        next.len_utf8()
    }

    fn tag(&mut self, rest: &str) -> Option<usize> {
        // A tag stands on one line and holds no bracket; none of them is near this long.
        let end = rest[1..]
            .find(['[', ']', '\n'])
            .map(|end| end + 1)
            .filter(|end| *end < 100)?;
        let inside = rest[..end + 1].strip_suffix(']')?.get(1..)?;
        let written = &rest[..=end];
        match Tag::read(inside)? {
            Tag::Alone(segment) => self.push(segment),
            Tag::Open(Pair::Code) => return self.code(rest, written.len()),
            Tag::Open(pair) => self.open(pair, written, Source::default())?,
            Tag::OpenQuoteOf(source) => self.open(Pair::Quote, written, source)?,
            Tag::Close(pair) => self.close(pair)?,
            Tag::QuoteMeta(source) => {
                self.open
                    .iter_mut()
                    .rev()
                    .find(|open| open.pair == Pair::Quote)?
                    .source = source;
            }
        }
        Some(written.len())
    }

    fn code(&mut self, rest: &str, begin: usize) -> Option<usize> {
        const END: &str = "[/code]";
        if self.no_code_end {
            return None;
        }
        let Some(length) = rest[begin..].find(END) else {
            self.no_code_end = true;
            return None;
        };
        self.push(Segment::Code {
            text: rest[begin..begin + length].to_owned(),
        });
        Some(begin + length + END.len())
    }

    fn open(&mut self, pair: Pair, written: &str, source: Source) -> Option<()> {
        if self.open.len() == DEEPEST {
            return None;
        }
        self.open.push(Open {
            pair,
            written: written.to_owned(),
            source,
            inside: Vec::new(),
        });
        Some(())
    }

    fn close(&mut self, pair: Pair) -> Option<()> {
        let partner = self.open.iter().rposition(|open| open.pair == pair)?;
        while self.open.len() > partner + 1 {
            self.abandon();
        }
        let Open { source, inside, .. } = self.open.pop()?;
        self.push(match pair {
            Pair::Info | Pair::Code => Segment::Info { inside },
            Pair::Title => Segment::Title { inside },
            Pair::Quote => Segment::Quote {
                account: source.account,
                time: source.time,
                inside,
            },
        });
        Some(())
    }

    /// Turns the innermost open box back into text.
    fn abandon(&mut self) {
        if let Some(open) = self.open.pop() {
            self.text(&open.written);
            for segment in open.inside {
                match segment {
                    Segment::Text { text } => self.text(&text),
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

    fn here(&mut self) -> &mut Vec<Segment> {
        self.open
            .last_mut()
            .map_or(&mut self.outside, |open| &mut open.inside)
    }

    fn push(&mut self, segment: Segment) {
        self.here().push(segment);
    }

    fn text(&mut self, more: &str) {
        let here = self.here();
        if let Some(Segment::Text { text }) = here.last_mut() {
            text.push_str(more);
        } else {
            here.push(Segment::Text {
                text: more.to_owned(),
            });
        }
    }
}

#[cfg(test)]
#[path = "parse/tests.rs"]
mod tests;
