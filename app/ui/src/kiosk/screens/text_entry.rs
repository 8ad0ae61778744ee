//! Text entry: the effect of on-screen keys on a text, and the part of it that is searched for.

use yobirin_domain::search::{VoicingMark, toggle_mark};

/// Maximum length of a search query, in characters.
pub(crate) const MAX_QUERY_CHARS: usize = 60;

/// The part of a text that is searched for. While an input method composes, Latin letters at its end are left out:
/// they are a half-typed kana (`さt`).
pub(crate) fn searchable_part(text: &str, is_composing: bool) -> &str {
    let is_latin = |c: char| c.is_ascii_alphabetic() || ('ａ'..='ｚ').contains(&c);
    if is_composing && !text.is_ascii() {
        text.trim_end_matches(is_latin)
    } else if is_composing {
        ""
    } else {
        text
    }
}

/// Applies a key to a text: a letter, or the name of a function.
pub(crate) fn apply_key(text: &str, key: &str) -> String {
    match key {
        "voiced" => toggle_mark(text, VoicingMark::Voiced),
        "half-voiced" => toggle_mark(text, VoicingMark::HalfVoiced),
        "small" => toggle_mark(text, VoicingMark::Small),
        "erase" => text
            .chars()
            .take(text.chars().count().saturating_sub(1))
            .collect(),
        "clear" => String::new(),
        _ if text.chars().count() >= MAX_QUERY_CHARS => text.to_owned(),
        letter => format!("{text}{letter}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX_QUERY_CHARS, apply_key, searchable_part};

    #[test]
    fn half_typed_kana_do_not_count_while_composing() {
        let cases = [
            ("さt", true, "さ"),
            ("さｔ", true, "さ"),
            ("さとう", true, "さとう"),
            ("s", true, ""),
            ("s", false, "s"),
            ("Sato", false, "Sato"),
            ("さt", false, "さt"),
        ];
        for (text, is_composing, expected) in cases {
            assert_eq!(
                searchable_part(text, is_composing),
                expected,
                "{text} composing: {is_composing}"
            );
        }
    }

    #[test]
    fn keys_add_mark_erase_and_clear() {
        let keys = [
            "さ",
            "た",
            "voiced",
            "erase",
            "と",
            "う",
            " ",
            "は",
            "half-voiced",
            "つ",
            "small",
        ];
        let mut text = String::new();
        for key in keys {
            text = apply_key(&text, key);
        }
        assert_eq!(text, "さとう ぱっ");
        assert_eq!(apply_key(&text, "clear"), "");
        assert_eq!(apply_key("", "erase"), "");
        let full = "あ".repeat(MAX_QUERY_CHARS);
        assert_eq!(apply_key(&full, "い"), full);
    }
}
