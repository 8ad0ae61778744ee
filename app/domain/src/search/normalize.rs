//! Folds the written form: one Unicode form, case, accents, katakana, variant kanji, and separators between words.

use super::{hangul, kana, kanji, nfkd};

/// Latin letters that Unicode does not decompose into a base letter and an accent.
const UNDECOMPOSED_LATIN: [(char, &str); 9] = [
    ('đ', "d"),
    ('ħ', "h"),
    ('ı', "i"),
    ('ł', "l"),
    ('ø', "o"),
    ('ŧ', "t"),
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
];

/// Combining mark of voiced kana, which NFKD separates from the kana.
const COMBINING_DAKUTEN: char = '\u{3099}';
/// Combining mark of half-voiced kana, which NFKD separates from the kana.
const COMBINING_HANDAKUTEN: char = '\u{309a}';

/// Folds a text for comparison: normalized, without separators and long vowel marks. Idempotent, unless a combining
/// mark stands after a separator.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    add_folded(&normal(text), &mut out);
    out
}

/// Length of a normalized or folded text in letters. A syllable of Hangul counts as one letter, separators and long
/// vowel marks do not count.
#[must_use]
pub fn letter_count(normal: &str) -> usize {
    let letters = normal.chars().filter(|&c| is_letter(c) && c != 'ー');
    letters.filter(|&c| !hangul::is_consonant(c)).count()
}

/// Appends a normalized text without separators and long vowel marks.
pub(super) fn add_folded(normal: &str, out: &mut String) {
    out.extend(normal.chars().filter(|&c| is_letter(c) && c != 'ー'));
}

/// Normalized words of a text, with long vowel marks.
pub(crate) fn words(text: &str) -> Vec<String> {
    split_words(&normal(text)).map(str::to_owned).collect()
}

/// Words of a normalized text.
pub(super) fn split_words(normal: &str) -> impl Iterator<Item = &str> {
    let words = normal.split(|c| !is_letter(c));
    words.filter(|word| !word.is_empty())
}

/// True for letters, digits, kana and kanji, which make words; false for spaces, middle dots, hyphens and other
/// separators. Decides by Unicode's blocks, because exact tables would add several kB to the kiosk's download.
fn is_letter(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphanumeric(),
        'ぁ'..='ゖ' | '一'..='龥' => true,
        '\u{80}'..='\u{bf}' => matches!(c, 'ª' | '²' | '³' | 'µ' | '¹' | 'º' | '¼'..='¾'),
        // Punctuation, signs and pictures, with numbers among them.
        '\u{2000}'..='\u{2bff}' => {
            matches!(c, '\u{2070}'..='\u{209c}' | '\u{2150}'..='\u{218b}' | '\u{2460}'..='\u{24ff}')
        }
        '\u{2ff0}'..='\u{303f}' => matches!(c, '々'..='〇' | '\u{3021}'..='\u{3035}' | '〸'..='〼'),
        '×' | '÷' | '゠' | '・' | '\u{2e00}'..='\u{2e7f}' | '\u{fe10}'..='\u{fe6f}' => false,
        '\u{ff5f}'..='\u{ff65}' | '\u{ffe0}'..='\u{ffff}' | '\u{1f000}'..='\u{1faff}' => false,
        _ => true,
    }
}

/// The small letter of a Latin, Greek or Cyrillic capital, by its distance in Unicode.
fn to_lowercase(c: char) -> char {
    let odd = u32::from(c) % 2;
    let distance = match c {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ω' | 'А'..='Я' => 0x20,
        'Ѐ'..='Џ' => 0x50,
        // In these blocks a small letter comes right after its capital, whose code point is odd in the first row and
        // even in the second.
        'Ĺ'..='ň' | 'Ź'..='ž' | 'Ư' | 'Ǎ'..='ǜ' => odd,
        'Ā'..='ŷ' | 'Ơ' | 'Ǟ'..='ǯ' | 'Ǹ'..='ȳ' | 'Ḁ'..='ẕ' | 'Ạ'..='ỿ' => 1 - odd,
        _ => 0,
    };
    char::from_u32(u32::from(c) + distance).unwrap_or(c)
}

/// Normalizes a text character by character; separators stay.
pub(super) fn normal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    add_normal(text, &mut out);
    out
}

/// Appends the normalized text.
pub(super) fn add_normal(text: &str, out: &mut String) {
    if nfkd::is_simple(text) {
        add_letters(text, out);
    } else {
        add_letters(&nfkd::nfkd(text), out);
    }
}

/// Appends normalized letters of a text that is simple or decomposed.
fn add_letters(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            // Fast path for most characters of names.
            '\0'..='\x7f' => out.push(c.to_ascii_lowercase()),
            'ぁ'..='ゖ' => out.push(c),
            '一'..='龥' => out.push(kanji::canonical(c)),
            '\u{3000}' => out.push(' '),
            _ => add_letter(out, to_lowercase(c)),
        }
    }
}

/// Appends one normalized letter, or applies a mark to the letter before it.
fn add_letter(out: &mut String, c: char) {
    match kana::hiragana(c) {
        COMBINING_DAKUTEN => mark_last_kana(out, kana::voiced),
        COMBINING_HANDAKUTEN => mark_last_kana(out, kana::half_voiced),
        'ゝ' => repeat_last_kana(out, Some),
        'ゞ' => repeat_last_kana(out, kana::voiced),
        c if is_invisible(c) => {}
        c @ hangul::FIRST_FINAL..=hangul::LAST_FINAL => out.push_str(hangul::initials_of_final(c)),
        c @ 'ß'..='ſ' => match UNDECOMPOSED_LATIN.iter().find(|(letter, _)| *letter == c) {
            Some((_, plain)) => out.push_str(plain),
            None => out.push(c),
        },
        other => out.push(kanji::canonical(other)),
    }
}

/// True for combining accents, variation selectors, and characters without width.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{300}'..='\u{36f}' // combining accents
            | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' // variation selectors
            | '\u{ad}' // soft hyphen
            | '\u{200c}'..='\u{200f}' // joiners and marks of direction
            | '\u{2060}'..='\u{2064}' // word joiner and invisible operators
            | '\u{feff}' // byte order mark
    )
}

/// Replaces the last kana with its marked form. A spacing mark (゛) is decomposed to a space and a combining mark, so
/// the space is removed.
fn mark_last_kana(out: &mut String, marked: impl Fn(char) -> Option<char>) {
    if out.ends_with(' ') {
        out.pop();
    }
    if let Some(with_mark) = out.chars().next_back().and_then(marked) {
        out.pop();
        out.push(with_mark);
    }
}

/// Appends the kana before an iteration mark (さゝき, みすゞ) once more, in the form of `as_marked`.
fn repeat_last_kana(out: &mut String, as_marked: impl Fn(char) -> Option<char>) {
    let before = out.chars().next_back().filter(|&c| kana::is_kana(c));
    if let Some(again) = before.map(kana::unmarked).and_then(as_marked) {
        out.push(again);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn upper_case_is_folded_like_lower_case() {
        let latin = ('à'..='ž').chain("ǎǐǒǔơưș".chars());
        let vietnamese = 'ḁ'..='ỹ';
        for c in latin
            .chain(vietnamese)
            .chain('a'..='z')
            .chain('α'..='ω')
            .chain('а'..='џ')
        {
            let capital: String = c.to_uppercase().collect();
            if capital.to_lowercase() == c.to_string() {
                assert_eq!(fold(&capital), fold(&c.to_string()), "{c} {capital}");
            }
        }
    }

    #[test]
    fn no_letter_of_a_name_separates_words() {
        let names = ('\0'..='\u{1fff}').chain('\u{2e80}'..='\u{d7ff}');
        for c in names
            .chain('\u{f900}'..='\u{fdff}')
            .chain('\u{ff10}'..='\u{ffdc}')
        {
            assert!(
                is_letter(c) || !c.is_alphanumeric(),
                "{c} {}",
                c.escape_unicode()
            );
        }
    }

    #[test]
    fn separators_are_not_letters() {
        let signs =
            " \u{a0}\u{3000}\u{200b}・･-‐–—―〜~/／|｜,、.。'’\"「」()（）[]【】&＆+＋@★☆♪→©®™😀";
        for c in normal(signs).chars().filter(|c| *c != 't' && *c != 'm') {
            assert!(!is_letter(c), "{c}");
        }
    }
}
