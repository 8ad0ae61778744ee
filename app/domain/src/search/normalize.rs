//! Folds the written form: width, case, accents, katakana, variant kanji, and separators between words.

use super::{kana, kanji};

/// Accented Latin letters of European and Vietnamese names, with their base letter.
const ACCENTS: [(&str, &str); 20] = [
    ("àáâãäåāăąǎạảấầẩẫậắằẳẵặ", "a"),
    ("çćčĉċ", "c"),
    ("ďđ", "d"),
    ("èéêëēĕėęěẹẻẽếềểễệ", "e"),
    ("ĝğġģ", "g"),
    ("ĥħ", "h"),
    ("ìíîïĩīĭįıǐịỉ", "i"),
    ("ĵ", "j"),
    ("ķ", "k"),
    ("ĺļľł", "l"),
    ("ñńņňŉ", "n"),
    ("òóôõöøōŏőơǒọỏốồổỗộớờởỡợ", "o"),
    ("ŕŗř", "r"),
    ("śŝşšș", "s"),
    ("ţťŧț", "t"),
    ("ùúûüũūŭůűųưǔụủứừửữự", "u"),
    ("ŵ", "w"),
    ("ýÿŷŸỳỵỷỹ", "y"),
    ("źżž", "z"),
    ("ß", "ss"),
];

/// Folds a text for comparison: normalized, without separators and long vowel marks. Idempotent.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    add_folded(&normal(text), &mut out);
    out
}

/// Appends a normalized text without separators and long vowel marks.
pub(super) fn add_folded(normal: &str, out: &mut String) {
    out.extend(normal.chars().filter(|&c| is_letter(c) && c != 'ー'));
}

/// Normalized words of a text, with long vowel marks.
pub(super) fn words(text: &str) -> Vec<String> {
    split(&normal(text)).map(str::to_owned).collect()
}

/// Words of a normalized text.
pub(super) fn split(normal: &str) -> impl Iterator<Item = &str> {
    let words = normal.split(|c| !is_letter(c));
    words.filter(|word| !word.is_empty())
}

/// Letters, digits, kana and kanji make words; spaces, middle dots, hyphens and the like only
/// separate them. Told by Unicode's blocks: exact tables would weigh several kB of what a tablet loads.
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

/// The small letter of a Latin, Greek or Cyrillic capital.
fn small(c: char) -> char {
    let odd = u32::from(c) % 2;
    let distance = match c {
        'A'..='Z' | 'À'..='Ö' | 'Ø'..='Þ' | 'Α'..='Ω' | 'А'..='Я' => 0x20,
        'Ѐ'..='Џ' => 0x50,
        // Here a small letter comes right after its capital.
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
    for c in text.chars() {
        match c {
            // Fast path for most characters of names.
            '\0'..='\x7f' => out.push(c.to_ascii_lowercase()),
            'ぁ'..='ゖ' => out.push(c),
            '一'..='龥' => out.push(kanji::canonical(c)),
            _ => letter(out, small(narrow(c))),
        }
    }
}

fn narrow(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        other => other,
    }
}

fn letter(out: &mut String, c: char) {
    match kana::hiragana(c) {
        // Dakuten and handakuten as separate characters: combining, spacing, half-width.
        '\u{3099}' | '\u{309b}' | '\u{ff9e}' => mark(out, kana::voiced),
        '\u{309a}' | '\u{309c}' | '\u{ff9f}' => mark(out, kana::half_voiced),
        'ゝ' => repeat(out, Some),
        'ゞ' => repeat(out, kana::voiced),
        // Combining accents and variation selectors.
        '\u{300}'..='\u{36f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => {}
        c @ ('\u{df}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}') => out.push_str(&accentless(c)),
        other => out.push(kanji::canonical(other)),
    }
}

fn mark(out: &mut String, marked: impl Fn(char) -> Option<char>) {
    if let Some(with_mark) = out.chars().next_back().and_then(marked) {
        out.pop();
        out.push(with_mark);
    }
}

/// Replaces an iteration mark (さゝき, みすゞ) with the kana before it.
fn repeat(out: &mut String, as_marked: impl Fn(char) -> Option<char>) {
    let before = out.chars().next_back().filter(|&c| kana::is_kana(c));
    if let Some(again) = before.map(kana::unmarked).and_then(as_marked) {
        out.push(again);
    }
}

fn accentless(c: char) -> String {
    let row = ACCENTS.iter().find(|(marked, _)| marked.contains(c));
    row.map_or_else(|| c.to_string(), |(_, plain)| (*plain).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn upper_case_is_folded_like_lower_case() {
        let latin = ACCENTS.iter().flat_map(|(marked, _)| marked.chars());
        for c in latin.chain('a'..='z').chain('α'..='ω').chain('а'..='џ') {
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
        for c in signs.chars().map(narrow) {
            assert!(!is_letter(c), "{c}");
        }
    }
}
