//! Small words and iteration marks inside names in kanji, which are written in several ways: 鶴ヶ谷, 鶴ケ谷 and 鶴が谷;
//! 井ノ上, 井之上 and 井の上; 佐々木 and 佐佐木.

use super::bitmap_index::WORD_MARK;
use super::kanji::is_kanji;

/// Spelling of folded letters with one kanji for 々 and one kana for each small word; `None` when it has neither.
///
/// A small word stands between two kanji, but a query may begin or end with it.
pub(super) fn unified(letters: &str) -> Option<String> {
    let is_candidate = |c| matches!(c, '々') || particle(c).is_some();
    if !letters.contains(is_candidate) {
        return None;
    }
    let mut out = String::with_capacity(letters.len());
    let mut before = None;
    let mut rest = letters.chars().peekable();
    while let Some(c) = rest.next() {
        let after = rest.peek().copied().filter(|c| *c != char::from(WORD_MARK));
        let unified = match (c, particle(c)) {
            ('々', _) => before.filter(|c| is_kanji(*c)),
            (_, Some(particle)) => {
                let is_between = before.is_none_or(is_kanji) && after.is_none_or(is_kanji);
                Some(particle).filter(|_| is_between && (before, after) != (None, None))
            }
            _ => None,
        };
        let c = unified.unwrap_or(c);
        out.push(c);
        before = Some(c);
    }
    (out != letters).then_some(out)
}

/// Kana for all spellings of a small word.
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
