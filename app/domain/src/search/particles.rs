//! Small words and iteration marks inside names in kanji, which are written in several ways: 鶴ヶ谷, 鶴ケ谷 and 鶴が谷;
//! 井ノ上, 井之上 and 井の上; 佐々木 and 佐佐木.

use super::bitmap_index::WORD_MARK;
use super::kanji::is_kanji;

/// Spelling of folded letters in which the kanji is repeated for 々, and each small word is written with one kana;
/// `None` when that is the same spelling.
///
/// A small word stands between two kanji, but a query may begin or end with it.
pub(super) fn unified(letters: &str) -> Option<String> {
    let is_candidate = |c| matches!(c, '々') || particle(c).is_some();
    if !letters.contains(is_candidate) {
        return None;
    }
    let mut out = String::with_capacity(letters.len());
    let mut before = None;
    let mut remaining = letters.chars().peekable();
    while let Some(c) = remaining.next() {
        let after = remaining
            .peek()
            .copied()
            .filter(|c| *c != char::from(WORD_MARK));
        let is_alone = before.is_none() && after.is_none();
        let is_between_kanji = before.is_none_or(is_kanji) && after.is_none_or(is_kanji);
        let unified = match (c, before, particle(c)) {
            ('々', Some(kanji), _) if is_kanji(kanji) => kanji,
            (_, _, Some(particle)) if is_between_kanji && !is_alone => particle,
            _ => c,
        };
        out.push(unified);
        before = Some(unified);
    }
    (out != letters).then_some(out)
}

/// One kana for all spellings of a small word.
fn particle(c: char) -> Option<char> {
    match c {
        'ゕ' | 'ゖ' | 'か' | 'け' | 'が' | '箇' => Some('が'),
        'の' | '之' | '乃' => Some('の'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_words_and_iteration_marks_have_one_spelling() {
        for (spellings, expected) in [
            ("鶴ゖ谷 鶴け谷 鶴が谷", "鶴が谷"),
            ("井の上 井之上", "井の上"),
            ("佐々木", "佐佐木"),
            ("ゖ谷 け谷", "が谷"),
            ("鶴ゖ", "鶴が"),
        ] {
            for spelling in spellings.split(' ') {
                let found = unified(spelling);
                assert_eq!(found.as_deref().unwrap_or(spelling), expected, "{spelling}");
            }
        }
        for other in ["", "佐藤", "さがの", "の", "山のべ", "々木", "け"] {
            assert_eq!(unified(other), None, "{other}");
        }
    }
}
