//! Japanese texts whose lines break in the right places: a number stays beside its counter (`24 時間`), and a Latin word
//! beside the particle that follows it (`Chatwork に`). The space between them becomes a no-break space, when the app is
//! compiled.

/// A Japanese text with its no-break spaces.
macro_rules! unbroken {
    ($text:literal) => {{
        const LENGTH: usize = crate::i18n::setup::unbroken::length($text);
        const BYTES: [u8; LENGTH] = crate::i18n::setup::unbroken::joined($text);
        match core::str::from_utf8(&BYTES) {
            Ok(text) => text,
            Err(_) => panic!("a text is UTF-8 after its spaces are replaced"),
        }
    }};
}
pub(super) use unbroken;

/// U+00A0 in UTF-8.
const NO_BREAK_SPACE: [u8; 2] = [0xC2, 0xA0];

/// Length of [`joined`] in bytes. It is computed apart, because the length of an array must be known before its
/// content.
pub(super) const fn length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut length, mut index) = (bytes.len(), 0);
    while index < bytes.len() {
        if joins(bytes, index) {
            length += NO_BREAK_SPACE.len() - 1;
        }
        index += 1;
    }
    length
}

/// The text with its no-break spaces, in UTF-8; `LENGTH` is its [`length`].
pub(super) const fn joined<const LENGTH: usize>(text: &str) -> [u8; LENGTH] {
    let bytes = text.as_bytes();
    let mut joined = [0; LENGTH];
    let (mut from, mut to) = (0, 0);
    while from < bytes.len() {
        if joins(bytes, from) {
            joined[to] = NO_BREAK_SPACE[0];
            joined[to + 1] = NO_BREAK_SPACE[1];
            to += 2;
        } else {
            joined[to] = bytes[from];
            to += 1;
        }
        from += 1;
    }
    joined
}

/// True for a space that becomes a no-break space: between a number or placeholder and a Japanese character, and
/// between a Latin word and hiragana.
const fn joins(bytes: &[u8], index: usize) -> bool {
    // Japanese characters have three bytes.
    if bytes[index] != b' ' || index == 0 || index + 3 >= bytes.len() {
        return false;
    }
    let before = bytes[index - 1];
    let after = [bytes[index + 1], bytes[index + 2], bytes[index + 3]];
    // U+3000 to U+9FFF: kana, kanji, and the punctuation that is left out.
    let is_kana_or_kanji = after[0] >= 0xE3 && after[0] <= 0xE9 && !is_punctuation(after);
    if before.is_ascii_digit() || before == b'}' {
        return is_kana_or_kanji;
    }
    (before.is_ascii_alphabetic() || before == b')' || before == b']') && is_hiragana(after)
}

/// True for the bytes of U+3040 to U+309F.
const fn is_hiragana(bytes: [u8; 3]) -> bool {
    bytes[0] == 0xE3 && (bytes[1] == 0x81 || bytes[1] == 0x82 && bytes[2] < 0xA0)
}

/// True for the bytes of U+3000 to U+303F, such as those of 「 and 、.
const fn is_punctuation(bytes: [u8; 3]) -> bool {
    bytes[0] == 0xE3 && bytes[1] == 0x80
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_number_keeps_its_counter_and_a_latin_word_its_particle() {
        for (text, expected) in [
            (unbroken!("24 時間ごと"), "24\u{a0}時間ごと"),
            (unbroken!("{count} 人"), "{count}\u{a0}人"),
            (unbroken!("2 年、3 か月"), "2\u{a0}年、3\u{a0}か月"),
            (unbroken!("Chatwork に接続"), "Chatwork\u{a0}に接続"),
            (unbroken!("[To] は付きません"), "[To]\u{a0}は付きません"),
            // These lines may break.
            (unbroken!("Chatwork 連絡先"), "Chatwork 連絡先"),
            (unbroken!("Chatwork アカウント"), "Chatwork アカウント"),
            (unbroken!("5 分間 300 回"), "5\u{a0}分間 300\u{a0}回"),
            (unbroken!("2 「名前」"), "2 「名前」"),
            (unbroken!("Wi-Fi OK 1 2"), "Wi-Fi OK 1 2"),
        ] {
            assert_eq!(text, expected);
        }
    }
}
