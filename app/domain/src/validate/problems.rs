//! List of problems, and checks shared by all parts of a document.

use super::{Problem, ValidationError};
use crate::model::lang::TranslatedText;
use crate::text::{self, Lines, is_blank};

/// Problems found so far.
#[derive(Default)]
pub(super) struct Problems(Vec<Problem>);

impl Problems {
    pub(super) fn into_vec(self) -> Vec<Problem> {
        self.0
    }

    pub(super) fn add(&mut self, path: impl Into<String>, error: ValidationError) {
        let path = path.into();
        self.0.push(Problem { path, error });
    }

    /// Checks an optional line of at most `max` characters.
    pub(super) fn check_line(&mut self, path: &str, text: &str, max: usize) {
        self.check_text(path, text, max, Lines::One);
    }

    /// Checks a text of at most `max` characters. Marks of direction are rejected like control characters, because
    /// the text would look different from its characters.
    pub(super) fn check_text(&mut self, path: &str, text: &str, max: usize, lines: Lines) {
        let found = text::find_control(text, lines).or_else(|| text::find_direction_mark(text));
        if let Some(found) = found {
            let character = found.into();
            self.add(path, ValidationError::ControlCharacter { character });
        }
        if text.chars().count() > max {
            self.add(path, ValidationError::TooLong { max });
        }
    }

    /// Checks a required line of at most `max` characters.
    pub(super) fn check_required_line(&mut self, path: &str, text: &str, max: usize) {
        self.check_not_blank(path, text);
        self.check_line(path, text, max);
    }

    /// Checks that a text has a visible character.
    pub(super) fn check_not_blank(&mut self, path: &str, text: &str) {
        if is_blank(text) {
            self.add(path, ValidationError::Empty);
        }
    }

    /// Checks that a text exists in at least one language and is visible in each.
    pub(super) fn check_translated_text(&mut self, path: &str, text: &TranslatedText, max: usize) {
        if text.is_empty() {
            self.add(path, ValidationError::Empty);
        }
        self.check_translations(path, text, max);
    }

    /// Checks that a text is visible in each language that has one.
    pub(super) fn check_translations(&mut self, path: &str, text: &TranslatedText, max: usize) {
        for (lang, text) in text.iter() {
            self.check_required_line(&format!("{path}.{}", lang.key()), text, max);
        }
    }
}
