//! Splits a name in Chatwork into its parts: 佐藤 花 / Sato Hana, 佐藤花（さとう はな）, 佐藤花【開発部】.

use crate::account_match::PART_SEPARATORS;
use crate::text::{Lines, clean, clean_name};
use crate::validate::text_limits::MAX_NAME_CHARS;

/// Parts of a name in Chatwork.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonName {
    /// Name as colleagues write it.
    pub name: String,
    /// Reading in kana, or `""`.
    pub kana: String,
    /// Name in Latin letters, or `""`.
    pub latin_name: String,
}

/// Splits a name. The first part is the name; a later part is the reading when it is hiragana, or katakana of two
/// words, and the Latin name when it is two or more Latin words. Other parts, such as a department, are dropped.
#[must_use]
pub fn split_name(text: &str) -> PersonName {
    let text = &clean_name(text);
    let parts = text.split(PART_SEPARATORS);
    let mut parts = parts.map(str::trim).filter(|part| !part.is_empty());
    let first = parts.next().unwrap_or(text);
    let mut name = PersonName {
        name: clean(first, MAX_NAME_CHARS, Lines::One),
        ..PersonName::default()
    };
    for part in parts {
        if name.kana.is_empty() && is_reading(part) {
            name.kana = clean(part, MAX_NAME_CHARS, Lines::One);
        } else if name.latin_name.is_empty() && is_latin_name(part) {
            name.latin_name = clean(part, MAX_NAME_CHARS, Lines::One);
        }
    }
    // A name such as さとう はな is its own reading.
    if name.kana.is_empty() && is_reading(&name.name) {
        name.kana.clone_from(&name.name);
    }
    name
}

fn word_count(text: &str) -> usize {
    text.split_whitespace().count()
}

fn is_reading(text: &str) -> bool {
    let is_hiragana = |c: char| matches!(c, 'ぁ'..='ゖ' | 'ー') || c.is_whitespace();
    let is_kana = |c: char| is_hiragana(c) || matches!(c, 'ァ'..='ヺ');
    text.chars().all(is_hiragana) || (word_count(text) > 1 && text.chars().all(is_kana))
}

fn is_latin_name(text: &str) -> bool {
    let is_latin = |c: char| {
        c.is_whitespace()
            || matches!(c, '.' | '-' | '\'' | '’')
            || c.is_ascii_alphabetic()
            || ('À'..='ɏ').contains(&c) // European letters with marks
            || ('Ạ'..='ỹ').contains(&c) // Vietnamese letters
    };
    word_count(text) > 1 && text.chars().all(is_latin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_split_into_name_reading_and_latin_name() {
        for (text, name, kana, latin_name) in [
            ("佐藤 花", "佐藤 花", "", ""),
            ("佐藤 花 / Sato Hana", "佐藤 花", "", "Sato Hana"),
            ("佐藤花（さとう はな）", "佐藤花", "さとう はな", ""),
            ("佐藤花（サトウ　ハナ）", "佐藤花", "サトウ ハナ", ""),
            ("佐藤　花（ｻﾄｳ ﾊﾅ）", "佐藤 花", "サトウ ハナ", ""),
            ("佐藤花（サポート）", "佐藤花", "", ""),
            ("佐藤花【開発部】Tokyo", "佐藤花", "", ""),
            ("（株）", "株", "", ""),
            ("Sato Hana", "Sato Hana", "", ""),
            ("さとう はな", "さとう はな", "さとう はな", ""),
            ("Nguyễn Văn Minh", "Nguyễn Văn Minh", "", ""),
        ] {
            let parts = split_name(text);
            assert_eq!(parts.name, name, "{text}");
            assert_eq!(parts.kana, kana, "{text}");
            assert_eq!(parts.latin_name, latin_name, "{text}");
        }
    }

    #[test]
    fn a_name_fits_into_the_settings() {
        let long = split_name(&"長".repeat(200));
        assert_eq!(long.name.chars().count(), MAX_NAME_CHARS);
        assert_eq!(split_name("").name, "");
    }
}
