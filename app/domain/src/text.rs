//! Texts that enter from outside: how long they may be, and that they hold no control characters.
//!
//! Control characters (Unicode category Cc) show nothing, and PostgreSQL stores no NUL. The relay refuses
//! them with [`validate`]; the app makes every text it sends pass with [`clean`].

use thiserror::Error;

/// Whether a text may have line breaks (LF and CR).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    /// One line: no line break.
    One,
    /// Several lines.
    Many,
}

/// Why a text is refused.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum TextError {
    /// It holds a control character that it may not hold.
    #[error("holds the control character U+{:04X}; remove it", u32::from(*.0))]
    Control(char),
    /// It has more characters than this.
    #[error("must be at most {0} characters")]
    TooLong(usize),
}

/// The first control character that a text may not hold.
#[must_use]
pub fn control(text: &str, lines: Lines) -> Option<char> {
    let refused = |c: char| c.is_control() && !(lines == Lines::Many && matches!(c, '\n' | '\r'));
    text.chars().find(|c| refused(*c))
}

/// Checks a text of at most `max` characters.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn check(text: &str, max: usize, lines: Lines) -> Result<(), TextError> {
    if let Some(found) = control(text, lines) {
        return Err(TextError::Control(found));
    }
    if text.chars().nth(max).is_some() {
        return Err(TextError::TooLong(max));
    }
    Ok(())
}

/// The text with spaces in place of control characters, trimmed, and cut to `max` characters: it passes
/// [`validate`].
#[must_use]
pub fn clean(text: &str, max: usize, lines: Lines) -> String {
    let mut room = [0; 4];
    let shown = |c: char| match control(c.encode_utf8(&mut room), lines) {
        Some(_) => ' ',
        None => c,
    };
    let plain: String = text.chars().map(shown).collect();
    let cut: String = plain.trim().chars().take(max).collect();
    cut.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn control_characters_are_refused_but_for_line_breaks_where_lines_are_allowed() {
        for c in ['\0', '\t', '\u{b}', '\u{1a}', '\u{1b}', '\u{7f}', '\u{85}'] {
            let text = format!("山{c}田");
            for lines in [Lines::One, Lines::Many] {
                assert_eq!(check(&text, 10, lines), Err(TextError::Control(c)), "{c:?}");
            }
        }
        let two = "一行目\r\n二行目";
        assert_eq!(check(two, 10, Lines::Many), Ok(()));
        assert_eq!(check(two, 10, Lines::One), Err(TextError::Control('\r')));
        let words = TextError::Control('\0').to_string();
        assert_eq!(words, "holds the control character U+0000; remove it");
    }

    #[test]
    fn length_counts_characters() {
        assert_eq!(check("𠮷𠮷", 2, Lines::One), Ok(()));
        assert_eq!(check("𠮷𠮷𠮷", 2, Lines::One), Err(TextError::TooLong(2)));
    }

    #[test]
    fn clean_keeps_words_apart_and_drops_what_is_around_them() {
        assert_eq!(clean("\0 山田\t太郎\n", 20, Lines::One), "山田 太郎");
        assert_eq!(clean("a\nb\0", 20, Lines::Many), "a\nb");
        assert_eq!(clean("ab cd", 3, Lines::One), "ab");
    }

    proptest! {
        #[test]
        fn every_clean_text_passes(text in any::<String>(), max in 0_usize..20) {
            for lines in [Lines::One, Lines::Many] {
                prop_assert_eq!(check(&clean(&text, max, lines), max, lines), Ok(()));
            }
        }
    }
}
