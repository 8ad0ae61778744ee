//! Name of the person who edits the settings. The person types it in the browser; it is shown beside the versions
//! that the person saves. Nobody signs in with it, and nothing checks that it is true.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::text::{self, Lines, TextError};

/// Maximum length of an editor's name, in characters. Our decision.
pub const MAX_EDITOR_NAME_CHARS: usize = 40;

/// Name of an editor: 1 to [`MAX_EDITOR_NAME_CHARS`] characters on one line, without control or invisible characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditorName(String);

/// Reason for which a text is not an editor's name.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum EditorNameError {
    /// The text has no visible character.
    #[error("an editor's name must have a visible character")]
    Blank,
    /// The text is too long or has a control character: the reason.
    #[error("an editor's name {0}")]
    Text(TextError),
    /// The text has invisible characters, or white space around it.
    #[error("an editor's name must have no invisible characters and no white space around it")]
    NotClean,
}

impl EditorName {
    /// The name that somebody typed, cleaned and cut to its maximum; `None` when nothing visible is left.
    #[must_use]
    pub fn from_typed(text: &str) -> Option<Self> {
        let cleaned = text::clean(text, MAX_EDITOR_NAME_CHARS, Lines::One);
        (!cleaned.is_empty()).then_some(Self(cleaned))
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for EditorName {
    type Err = EditorNameError;

    fn from_str(text: &str) -> Result<Self, EditorNameError> {
        text::check(text, MAX_EDITOR_NAME_CHARS, Lines::One).map_err(EditorNameError::Text)?;
        match Self::from_typed(text) {
            None => Err(EditorNameError::Blank),
            Some(name) if name.as_str() == text => Ok(name),
            Some(_) => Err(EditorNameError::NotClean),
        }
    }
}

impl fmt::Display for EditorName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_invisible_or_too_long_text_is_not_a_name() {
        let long = "あ".repeat(MAX_EDITOR_NAME_CHARS + 1);
        for (text, expected) in [
            ("", EditorNameError::Blank),
            ("\u{200b}", EditorNameError::Blank),
            (" 佐藤", EditorNameError::NotClean),
            ("佐藤\u{202e}", EditorNameError::NotClean),
            (
                "佐藤\n花子",
                EditorNameError::Text(TextError::ControlCharacter('\n')),
            ),
            (
                "佐藤\0",
                EditorNameError::Text(TextError::ControlCharacter('\0')),
            ),
            (
                long.as_str(),
                EditorNameError::Text(TextError::TooLong(MAX_EDITOR_NAME_CHARS)),
            ),
        ] {
            assert_eq!(text.parse::<EditorName>(), Err(expected), "{text:?}");
        }
        let markup = "<b>佐藤</b> & [To:1]";
        let name: EditorName = markup.parse().expect("text like any other");
        assert_eq!(name.as_str(), markup);
    }

    proptest! {
        #[test]
        fn every_typed_name_is_one_that_the_relay_takes(text in any::<String>()) {
            if let Some(name) = EditorName::from_typed(&text) {
                prop_assert_eq!(name.as_str().parse::<EditorName>(), Ok(name.clone()));
            }
        }
    }
}
