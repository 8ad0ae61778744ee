//! Spelling of names in lists: payroll programs write half-width katakana, and people put full-width spaces.

use super::{Lines, clean};

/// First half-width form of [`FULL_WIDTH_KATAKANA`].
const FIRST_HALF_WIDTH: char = '｡';
/// Full-width forms of U+FF61 to U+FF9F, in Unicode's order.
const FULL_WIDTH_KATAKANA: &str = "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜";

/// Cleans a name as [`clean`] does, and writes full-width katakana for half-width ones and spaces for full-width
/// ones. Other letters keep their width: ＮＴＴ is how its company writes it.
#[must_use]
pub(crate) fn clean_name(text: &str) -> String {
    clean(&usual_width(text), usize::MAX, Lines::One)
}

/// Name with full-width katakana and half-width spaces.
#[must_use]
pub(crate) fn usual_width(text: &str) -> String {
    let mut name = String::with_capacity(text.len());
    for c in text.chars() {
        let marked = match c {
            'ﾞ' => name.chars().next_back().and_then(voiced),
            'ﾟ' => name.chars().next_back().and_then(half_voiced),
            _ => None,
        };
        if let Some(marked) = marked {
            name.pop();
            name.push(marked);
        } else {
            name.push(widened(c));
        }
    }
    name
}

fn widened(c: char) -> char {
    let index = u32::from(c).checked_sub(u32::from(FIRST_HALF_WIDTH));
    match index.and_then(|index| FULL_WIDTH_KATAKANA.chars().nth(index as usize)) {
        Some(katakana) => katakana,
        None if c == '\u{3000}' => ' ',
        None => c,
    }
}

/// Katakana with the mark of a voiced sound, which follows it in Unicode's order; `None` for one without such a form.
fn voiced(c: char) -> Option<char> {
    match c {
        'ウ' => Some('ヴ'),
        _ if "カキクケコサシスセソタチツテトハヒフヘホ".contains(c) => {
            char::from_u32(u32::from(c) + 1)
        }
        _ => None,
    }
}

/// Katakana with the mark of a half-voiced sound; `None` for one that has no such form.
fn half_voiced(c: char) -> Option<char> {
    let is_marked = "ハヒフヘホ".contains(c);
    is_marked
        .then(|| char::from_u32(u32::from(c) + 2))
        .flatten()
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    #[test]
    fn half_width_kana_and_full_width_spaces_are_written_as_visitors_expect_them() {
        for (written, name) in [
            ("ｺﾝﾄﾞｳ ｶｽﾞｵ", "コンドウ カズオ"),
            ("サトウ　ハナコ", "サトウ ハナコ"),
            ("　三浦　幸子　", "三浦 幸子"),
            ("ﾊﾟｸ･ｳﾞｨﾙﾏ", "パク・ヴィルマ"),
            ("ｱﾞ", "ア゛"),
            ("ＮＴＴ 山﨑", "ＮＴＴ 山﨑"),
        ] {
            assert_eq!(clean_name(written), name);
        }
    }

    #[test]
    fn every_half_width_kana_has_the_full_width_form_of_unicode() {
        for c in ('｡'..='ﾝ').filter(|c| *c != '･') {
            for written in [format!("{c}"), format!("{c}ﾞ"), format!("{c}ﾟ")] {
                let composed: String = written.nfkc().collect();
                if composed.chars().count() == 1 && !"ヷヺ".contains(&composed) {
                    assert_eq!(clean_name(&written), composed);
                }
            }
        }
    }
}
