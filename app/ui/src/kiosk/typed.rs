//! What counts of a text that is being typed.

/// The part of a text that can be searched for: while an input method composes, the Latin letters at
/// its end are a half-typed kana (`さt`) and do not count yet.
pub(super) fn settled(text: &str, composing: bool) -> &str {
    let half = |c: char| c.is_ascii_alphabetic() || ('ａ'..='ｚ').contains(&c);
    if composing && !text.is_ascii() {
        text.trim_end_matches(half)
    } else if composing {
        ""
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::settled;

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
                settled(text, composing),
                counts,
                "{text} composing: {composing}"
            );
        }
    }
}
