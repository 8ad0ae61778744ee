//! Words of an answer as a tablet shows them.

use unicode_segmentation::UnicodeSegmentation;

use super::emoticon;
use super::matching::Bot;
use super::notation::{Part, Tag, parts};
use crate::text::{BRAILLE_BLANK, is_invisible, is_variation_selector};

/// Maximum length of the words, in characters, the ellipsis included.
pub const MAX_WORDS_CHARS: usize = 80;

/// Honorifics that Chatwork or an author writes behind a name.
const HONORIFICS: [&str; 4] = ["さん", "様", "-san", "氏"];
/// Start markers of a URL, in lower case.
const URL_MARKERS: [&str; 3] = ["https://", "http://", "www."];
/// Spaces that authors write around the bot's name: the ASCII space and the ideographic space.
const NAME_SPACES: [char; 2] = [' ', '\u{3000}'];

/// Character that joins the one before it and the one behind it into one picture.
const ZERO_WIDTH_JOINER: char = '\u{200d}';

/// Words of a message: without tags, quotes, code, files, URLs, emoticons, and the bot's name behind a tag that
/// addresses it; without control characters and marks of writing direction; on one line of at most [`MAX_WORDS_CHARS`]
/// characters, cut with an ellipsis between two whole characters as readers see them. `""` when nothing is left.
#[must_use]
pub fn words(body: &str, bot: Bot<'_>) -> String {
    let mut line = Line::default();
    let mut addresses_bot = false;
    for part in parts(body) {
        match part {
            Part::Text(text) => {
                let text = if addresses_bot {
                    strip_name(text, bot.name)
                } else {
                    text
                };
                addresses_bot = false;
                line.push_text(text);
            }
            Part::Tag(Tag::Mention(account) | Tag::Reply { account, .. }) => {
                addresses_bot = account == bot.account.get();
                line.push_space();
            }
            Part::Tag(Tag::Open(_) | Tag::Close(_) | Tag::Task | Tag::Other) => line.push_space(),
        }
        if line.is_full() {
            break;
        }
    }
    truncate(line.text)
}

/// Text without the bot's name and honorific at its start.
fn strip_name<'a>(text: &'a str, name: &str) -> &'a str {
    let name = name.trim();
    if name.is_empty() {
        return text;
    }
    let Some(after_name) = text.trim_start_matches(NAME_SPACES).strip_prefix(name) else {
        return text;
    };
    let may_be_honorific = after_name.trim_start_matches(NAME_SPACES);
    let mut honorifics = HONORIFICS.into_iter();
    if let Some(words) = honorifics.find_map(|known| may_be_honorific.strip_prefix(known)) {
        let is_punctuation = |c: char| matches!(c, '、' | ',' | '，' | ':' | '：');
        return words.trim_start_matches(|c| NAME_SPACES.contains(&c) || is_punctuation(c));
    }
    // A name followed by more letters is the start of a word: 受付に行きます.
    let name_ends = after_name.chars().next().is_none_or(char::is_whitespace);
    if name_ends { after_name } else { text }
}

/// Number of Unicode characters after which no more are collected. More than [`MAX_WORDS_CHARS`], because one character as
/// readers see it may consist of several.
const MAX_COLLECTED_CHARS: usize = 4 * MAX_WORDS_CHARS;

/// Line of words with single spaces between them and none around them.
#[derive(Default)]
struct Line {
    text: String,
    /// Number of collected characters.
    count: usize,
    /// True when a space follows before the next character.
    needs_space: bool,
}

impl Line {
    fn is_full(&self) -> bool {
        self.count >= MAX_COLLECTED_CHARS
    }

    fn push_space(&mut self) {
        self.needs_space = true;
    }

    fn push_text(&mut self, text: &str) {
        let mut remaining = text;
        let mut previous = None;
        while let Some(c) = remaining.chars().next() {
            if self.is_full() {
                return;
            }
            let skipped_length =
                emoticon::length_at_start(remaining).or_else(|| url_length(remaining, previous));
            if let Some(length) = skipped_length {
                self.push_space();
                previous = None;
                remaining = &remaining[length..];
                continue;
            }
            remaining = &remaining[c.len_utf8()..];
            self.push(c, remaining.chars().next());
            previous = Some(c);
        }
    }

    /// Adds a visible character, or a space in place of white space and controls. `next` is the character behind it.
    fn push(&mut self, c: char, next: Option<char>) {
        if c.is_whitespace() || c.is_control() || c == BRAILLE_BLANK {
            self.push_space();
        } else if is_variation_selector(c) && (self.needs_space || self.text.is_empty()) {
            // Skipped: a variation selector belongs to the character before it, which was left out.
        } else if !is_invisible(c) || is_joiner(c, self.text.chars().next_back(), next) {
            if self.needs_space && !self.text.is_empty() {
                self.text.push(' ');
            }
            self.needs_space = false;
            self.text.push(c);
            self.count += 1;
        }
    }
}

/// True for a zero-width joiner that combines two pictures into one (👨‍👩‍👧).
fn is_joiner(c: char, before: Option<char>, next: Option<char>) -> bool {
    let is_picture = |c: char| {
        matches!(
            c,
            '\u{2190}'..='\u{2bff}' // arrows, technical signs, dingbats and other symbols
                | '\u{fe0f}' // the selector that shows the sign before it as a picture
                | '\u{1f000}'..='\u{1faff}' // emoji
        )
    };
    c == ZERO_WIDTH_JOINER && before.is_some_and(is_picture) && next.is_some_and(is_picture)
}

/// Length in bytes of the URL at the start of a text. `before` is the character before it: no URL begins inside a word.
fn url_length(text: &str, before: Option<char>) -> Option<usize> {
    if before.is_some_and(|c| c.is_ascii_alphanumeric()) {
        return None;
    }
    let starts_with = |marker: &&&str| {
        let start = text.as_bytes().get(..marker.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(marker.as_bytes()))
    };
    URL_MARKERS.iter().find(starts_with)?;
    let is_end = |c: char| !c.is_ascii_graphic() || matches!(c, '[' | ']' | '<' | '>' | '"');
    Some(text.find(is_end).unwrap_or(text.len()))
}

/// At most [`MAX_WORDS_CHARS`] characters, cut with an ellipsis where no picture or accented letter is divided.
fn truncate(mut text: String) -> String {
    if text.chars().nth(MAX_WORDS_CHARS).is_none() {
        return text;
    }
    let (mut end, mut count) = (0, 0);
    for (start, cluster) in text.grapheme_indices(true) {
        count += cluster.chars().count();
        if count >= MAX_WORDS_CHARS {
            break; // the ellipsis is the last character
        }
        end = start + cluster.len();
    }
    text.truncate(text[..end].trim_end().len());
    text.push('…');
    text
}

#[cfg(test)]
mod tests;
