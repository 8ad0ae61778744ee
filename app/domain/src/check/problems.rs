//! Collecting problems, and the checks that every part of a document shares.

use super::{Fault, Problem};
use crate::lang::LocalText;
use crate::message::is_blank;
use crate::text::{self, Lines};

/// Problems found so far.
#[derive(Default)]
pub(super) struct Problems(Vec<Problem>);

impl Problems {
    pub(super) fn into_vec(self) -> Vec<Problem> {
        self.0
    }

    pub(super) fn add(&mut self, path: impl Into<String>, fault: Fault) {
        let path = path.into();
        self.0.push(Problem { path, fault });
    }

    /// A line that may be empty, of at most `max` characters.
    pub(super) fn optional(&mut self, path: &str, text: &str, max: usize) {
        self.text(path, text, max, Lines::One);
    }

    /// A text of at most `max` characters.
    pub(super) fn text(&mut self, path: &str, text: &str, max: usize, lines: Lines) {
        if let Some(found) = text::control(text, lines) {
            let character = found.into();
            self.add(path, Fault::ControlCharacter { character });
        }
        if text.chars().count() > max {
            self.add(path, Fault::TooLong { max });
        }
    }

    /// A line that must show something, of at most `max` characters.
    pub(super) fn required(&mut self, path: &str, text: &str, max: usize) {
        self.shows(path, text);
        self.optional(path, text, max);
    }

    /// A text that must show something.
    pub(super) fn shows(&mut self, path: &str, text: &str) {
        if is_blank(text) {
            self.add(path, Fault::Empty);
        }
    }

    /// A text that must show something in at least one language, and in each that it has.
    pub(super) fn local(&mut self, path: &str, text: &LocalText, max: usize) {
        if text.iter().next().is_none() {
            self.add(path, Fault::Empty);
        }
        for (lang, words) in text.iter() {
            let lang = format!("{lang:?}").to_lowercase();
            self.required(&format!("{path}.{lang}"), words, max);
        }
    }
}
