//! Validation of the purpose notice: lengths, control characters and placeholders of the office's own texts.

use super::text_limits::{MAX_NOTICE_CHARS, MAX_NOTICE_CONTACT_CHARS};
use super::{Problems, ValidationError};
use crate::model::purpose_notice::PurposeNotice;
use crate::purpose_notice::PLACEHOLDERS;
use crate::text::{Lines, fill, placeholders};

pub(super) fn check(path: &str, notice: &PurposeNotice, problems: &mut Problems) {
    // A blank text is valid: the standard text is shown.
    for (lang, text) in notice.texts.iter() {
        let path = format!("{path}.texts.{}", lang.key());
        problems.check_text(&path, text, MAX_NOTICE_CHARS, Lines::Many);
        if let Some(error) = placeholder_error(text) {
            problems.add(&path, error);
        }
    }
    for (field, text) in [
        ("responsible", &notice.responsible),
        ("inquiries", &notice.inquiries),
    ] {
        problems.check_line(&format!("{path}.{field}"), text, MAX_NOTICE_CONTACT_CHARS);
    }
}

/// Mistake in the placeholders of a text: the first misspelt name, else an unknown name. Braces around other words
/// are no mistake.
fn placeholder_error(text: &str) -> Option<ValidationError> {
    // Filling the correct placeholders leaves only other braces.
    let unfilled = fill(text, &PLACEHOLDERS.map(|name| (name, "\n")));
    let mut braces = unfilled
        .char_indices()
        .filter(|(_, c)| "{}｛｝".contains(*c));
    if let Some(name) = braces.find_map(|(index, brace)| misspelt(&unfilled, index, brace)) {
        let name = name.to_owned();
        return Some(ValidationError::MisspeltPlaceholder { name });
    }
    let closed = placeholders(&unfilled).find(|name| is_name(name.trim()));
    let unknown = closed.or_else(|| unfilled.split('{').skip(1).find_map(unclosed_word));
    let name = unknown?.to_owned();
    Some(ValidationError::UnknownPlaceholder { name })
}

/// Placeholder whose name stands beside a brace although it was not filled: the other brace is missing, a brace is
/// full-width, or the name has spaces around it or capital letters.
fn misspelt(text: &str, index: usize, brace: char) -> Option<&'static str> {
    let (before, after) = (&text[..index], &text[index + brace.len_utf8()..]);
    let is_opening = matches!(brace, '{' | '｛');
    let is_separator = |c: char| !c.is_ascii_alphanumeric() && c != '_';
    let word = if is_opening {
        after.trim_start().split(is_separator).next()?
    } else {
        before.trim_end().rsplit(is_separator).next()?
    };
    PLACEHOLDERS
        .into_iter()
        .find(|name| name.eq_ignore_ascii_case(word))
}

/// Word in Latin letters at the beginning of a text without a closing brace.
fn unclosed_word(text: &str) -> Option<&str> {
    if text.contains('}') {
        return None;
    }
    let mut words = text.split(|c: char| !c.is_ascii_alphabetic() && c != '_');
    words.next().filter(|word| !word.is_empty())
}

/// True for the text between two braces that is meant as a placeholder, not as words in braces.
fn is_name(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn misspelt(name: &str) -> Option<ValidationError> {
        let name = name.to_owned();
        Some(ValidationError::MisspeltPlaceholder { name })
    }

    fn unknown(name: &str) -> Option<ValidationError> {
        let name = name.to_owned();
        Some(ValidationError::UnknownPlaceholder { name })
    }

    #[test]
    fn a_placeholder_without_both_its_braces_is_found() {
        for text in [
            "{kept",
            "{kept だけ保存します。",
            "{kept日保存します。{office}",
            "{kept {visitors_kept}",
            "{kept だけ。(注）}",
            "保存期間は kept}",
            "kept}です。{kept}",
            "｛kept｝保存します。",
            "{kept｝",
            "{ kept }",
            "{Kept}",
        ] {
            assert_eq!(placeholder_error(text), misspelt("kept"), "{text}");
        }
        assert_eq!(placeholder_error("{answers_kept"), misspelt("answers_kept"));
    }

    #[test]
    fn an_unknown_name_is_found_and_words_in_braces_are_not() {
        assert_eq!(placeholder_error("{days}"), unknown("days"));
        assert_eq!(placeholder_error("{保存期間}だけ"), unknown("保存期間"));
        assert_eq!(placeholder_error("{kep だけ"), unknown("kep"));
        for valid in [
            "",
            "{kept}",
            "{kept}{office}、{visitors_kept}。",
            "{注: 例外 あり}",
            "{ } {} } {",
            "集合 {1, 2, 3}",
            "keptという語",
            "｛ABC｝",
        ] {
            assert_eq!(placeholder_error(valid), None, "{valid}");
        }
    }
}
