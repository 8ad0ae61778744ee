//! What is typed: what the keys on the screen do to a text, and what of it counts.

use yobirin_domain::search::{VoicingMark, toggle_mark};

/// Longest text that is looked for, in characters.
pub(crate) const MAX_QUERY_CHARS: usize = 60;

/// The part of a text that can be searched for: while an input method composes, the Latin letters at
/// its end are a half-typed kana (`さt`) and do not count yet.
pub(crate) fn searchable_part(text: &str, composing: bool) -> &str {
    let half = |c: char| c.is_ascii_alphabetic() || ('ａ'..='ｚ').contains(&c);
    if composing && !text.is_ascii() {
        text.trim_end_matches(half)
    } else if composing {
        ""
    } else {
        text
    }
}

/// The text after a key of the screen: a letter, or the name of what the key does.
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
        for (text, composing, counts) in cases {
            assert_eq!(
                searchable_part(text, composing),
                counts,
                "{text} composing: {composing}"
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
