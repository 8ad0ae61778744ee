//! Length, control characters and invisible characters of text from outside.
//!
//! Control characters (Unicode category Cc) are invisible, and PostgreSQL cannot store NUL. The relay rejects them
//! with [`check`]; the app cleans every text with [`clean`] before it sends it.

mod invisible;
mod name;
mod placeholders;
mod tags;
mod width;

use thiserror::Error;

pub use self::invisible::is_blank;
pub(crate) use self::invisible::{
    BRAILLE_BLANK, find_direction_mark, is_invisible, is_variation_selector, without_invisible,
};
pub(crate) use self::name::{clean_name, usual_width};
pub use self::placeholders::{fill, placeholders};
pub(crate) use self::tags::strip_tags;
pub(crate) use self::width::{is_rounded_number, narrow, narrow_lowercase, plain_number};

/// Line breaks (LF and CR) that a text may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    /// No line breaks.
    One,
    /// Line breaks are allowed.
    Many,
}

/// Reason for rejecting a text.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum TextError {
    /// The text contains this control character, which is forbidden.
    #[error("contains the control character U+{:04X}; remove it", u32::from(*.0))]
    ControlCharacter(char),
    /// The text has more characters than this maximum.
    #[error("must be at most {0} characters")]
    TooLong(usize),
}

/// First forbidden control character of a text, if any.
#[must_use]
pub fn find_control(text: &str, lines: Lines) -> Option<char> {
    text.chars().find(|c| is_forbidden(*c, lines))
}

fn is_forbidden(c: char, lines: Lines) -> bool {
    c.is_control() && !(lines == Lines::Many && matches!(c, '\n' | '\r'))
}

/// Checks that a text has at most `max` characters and no forbidden control character.
///
/// # Errors
/// The first problem found.
pub fn check(text: &str, max: usize, lines: Lines) -> Result<(), TextError> {
    if let Some(found) = find_control(text, lines) {
        return Err(TextError::ControlCharacter(found));
    }
    if text.chars().nth(max).is_some() {
        return Err(TextError::TooLong(max));
    }
    Ok(())
}

/// Replaces control characters with spaces, removes invisible characters, trims the text and truncates it to `max`
/// characters. A text without a visible character becomes empty. The result passes [`check`].
#[must_use]
pub fn clean(text: &str, max: usize, lines: Lines) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        let before = plain.chars().next_back();
        if is_forbidden(c, lines) || matches!(c, '\u{2028}' | '\u{2029}') {
            if !before.is_some_and(char::is_whitespace) {
                plain.push(' ');
            }
        } else if !is_invisible(c) || invisible::is_joiner_after(c, before) {
            plain.push(c);
        }
    }
    if is_blank(&plain) {
        return String::new();
    }
    let cut: String = plain.trim().chars().take(max).collect();
    cut.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn control_characters_are_rejected_except_allowed_line_breaks() {
        for c in ['\0', '\t', '\u{b}', '\u{1a}', '\u{1b}', '\u{7f}', '\u{85}'] {
            let text = format!("山{c}田");
            for lines in [Lines::One, Lines::Many] {
                assert_eq!(
                    check(&text, 10, lines),
                    Err(TextError::ControlCharacter(c)),
                    "{c:?}"
                );
            }
        }
        let two = "一行目\r\n二行目";
        assert_eq!(check(two, 10, Lines::Many), Ok(()));
        assert_eq!(
            check(two, 10, Lines::One),
            Err(TextError::ControlCharacter('\r'))
        );
        let words = TextError::ControlCharacter('\0').to_string();
        assert_eq!(words, "contains the control character U+0000; remove it");
    }

    #[test]
    fn the_length_is_in_characters() {
        assert_eq!(check("𠮷𠮷", 2, Lines::One), Ok(()));
        assert_eq!(check("𠮷𠮷𠮷", 2, Lines::One), Err(TextError::TooLong(2)));
    }

    #[test]
    fn clean_keeps_words_apart_and_trims() {
        assert_eq!(clean("\0 山田\t太郎\n", 20, Lines::One), "山田 太郎");
        assert_eq!(clean("a\nb\0", 20, Lines::Many), "a\nb");
        assert_eq!(clean("ab cd", 3, Lines::One), "ab");
        assert_eq!(clean("山田\r\n太郎", 20, Lines::One), "山田 太郎");
    }

    #[test]
    fn clean_removes_invisible_characters() {
        for hidden in [
            "\u{200b}", "\u{feff}", "\u{ad}", "\u{202e}", "\u{2066}", "\u{200d}", "\u{3164}",
        ] {
            let name = format!("{hidden}山{hidden}田{hidden}");
            assert_eq!(clean(&name, 20, Lines::One), "山田", "{hidden:?}");
            assert_eq!(clean(hidden, 20, Lines::One), "", "{hidden:?}");
        }
        for nothing in ["\u{1a}", "\u{2800}", "\u{fe0f}", "\0\u{b}"] {
            assert_eq!(clean(nothing, 20, Lines::Many), "", "{nothing:?}");
        }
        for whole in [
            "葛\u{e0100}城",
            "👩\u{200d}💻 開発部",
            "❤\u{fe0f}\u{200d}🔥",
            "می\u{200c}خواهم",
        ] {
            assert_eq!(clean(whole, 20, Lines::One), whole);
        }
    }

    proptest! {
        #[test]
        fn every_cleaned_text_passes_the_check(text in any::<String>(), max in 0_usize..20) {
            for lines in [Lines::One, Lines::Many] {
                prop_assert_eq!(check(&clean(&text, max, lines), max, lines), Ok(()));
            }
        }
    }
}
