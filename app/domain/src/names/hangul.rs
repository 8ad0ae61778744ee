//! Readings in Hangul by the orthography of foreign words (외래어 표기법) of the National Institute of Korean Language:
//! the table for Japanese kana, k, t and ch written 가, 다 and 자 at the start of a word, long vowels not written.

use super::reading::{self, Mora};
use crate::search::normal_words;

/// Initial consonants of Unicode's syllables in order.
const INITIALS: &str = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
/// Vowels of Unicode's syllables in order.
const VOWELS: &str = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ";
/// First syllable, 가.
const FIRST_SYLLABLE: u32 = 0xac00;
/// Number of final consonants of a syllable, none included.
const FINALS: u32 = 28;
/// Position of ㄴ, for ん, among the final consonants.
const FINAL_N: u32 = 4;
/// Position of ㅅ, for っ, among the final consonants.
const FINAL_S: u32 = 19;

/// Reading in Hangul, word by word: すずき だいすけ is `스즈키 다이스케`. `None` when a word is not in kana.
#[must_use]
pub fn hangul_of_reading(reading: &str) -> Option<String> {
    let words: Option<Vec<String>> = normal_words(reading)
        .iter()
        .map(|word| hangul_of_word(word))
        .collect();
    words
        .filter(|words| !words.is_empty())
        .map(|words| words.join(" "))
}

fn hangul_of_word(word: &str) -> Option<String> {
    let mut out = String::new();
    for (index, &mora) in reading::morae(word)?.iter().enumerate() {
        match mora {
            Mora::Syllable {
                consonant,
                is_palatal,
                vowel,
            } => {
                let (initial, vowel) = jamo(consonant, is_palatal, vowel, index == 0)?;
                out.push(syllable(initial, vowel)?);
            }
            Mora::Nasal => add_final(&mut out, FINAL_N),
            Mora::Geminate => add_final(&mut out, FINAL_S),
            Mora::Long | Mora::Doubled => {}
        }
    }
    Some(out)
}

/// Initial consonant and vowel of a mora. `starts_word` is true for the first mora of a word.
fn jamo(consonant: &str, is_palatal: bool, vowel: char, starts_word: bool) -> Option<(char, char)> {
    let plain_at_start = |plain, aspirated| if starts_word { plain } else { aspirated };
    let plain_vowel = match vowel {
        'a' => 'ㅏ',
        'i' => 'ㅣ',
        'u' => 'ㅜ',
        'e' => 'ㅔ',
        _ => 'ㅗ',
    };
    // The vowel after y.
    let glided = match vowel {
        'a' => 'ㅑ',
        'u' => 'ㅠ',
        'e' => 'ㅖ',
        'o' => 'ㅛ',
        _ => 'ㅣ',
    };
    // The vowel after w.
    let rounded = match vowel {
        'a' => 'ㅘ',
        'i' => 'ㅟ',
        'e' => 'ㅞ',
        _ => 'ㅝ',
    };
    let initial = match (consonant, vowel) {
        ("" | "y" | "w", _) => 'ㅇ',
        ("k" | "kw", _) => plain_at_start('ㄱ', 'ㅋ'),
        ("g" | "gw", _) => 'ㄱ',
        ("s" | "sw", _) => 'ㅅ',
        ("z" | "zw", _) => 'ㅈ',
        ("t", 'i') => plain_at_start('ㅈ', 'ㅊ'),
        ("t", _) if is_palatal => plain_at_start('ㅈ', 'ㅊ'),
        ("t", 'u') => 'ㅆ',
        ("t", _) => plain_at_start('ㄷ', 'ㅌ'),
        ("tj" | "tw", _) => 'ㅌ',
        ("d" | "dj" | "dw", _) => 'ㄷ',
        ("c", _) => 'ㅊ',
        ("n", _) => 'ㄴ',
        ("h", _) => 'ㅎ',
        ("b" | "v", _) => 'ㅂ',
        ("p" | "f", _) => 'ㅍ',
        ("m", _) => 'ㅁ',
        ("r", _) => 'ㄹ',
        _ => return None,
    };
    let vowel = match (consonant, is_palatal, vowel) {
        // す, ず and つ.
        ("s" | "z" | "t", false, 'u') => 'ㅡ',
        // じゃ and ちゃ are 자 and 차: ㅈ and ㅊ are palatal by themselves.
        ("z" | "t", true, _) => plain_vowel,
        ("y", ..) | (_, true, _) => glided,
        ("w" | "kw" | "gw", ..) => rounded,
        _ => plain_vowel,
    };
    Some((initial, vowel))
}

/// Syllable of an initial consonant and a vowel, without final consonant.
fn syllable(initial: char, vowel: char) -> Option<char> {
    let position = |all: &str, jamo| all.chars().position(|c| c == jamo);
    let (initial, vowel) = (position(INITIALS, initial)?, position(VOWELS, vowel)?);
    let vowels = VOWELS.chars().count();
    let offset = u32::try_from(initial * vowels + vowel).ok()? * FINALS;
    char::from_u32(FIRST_SYLLABLE + offset)
}

/// Adds the final consonant at this position to the last syllable, if the syllable has none.
fn add_final(out: &mut String, final_position: u32) {
    let Some(last) = out.chars().next_back().map(u32::from) else {
        return;
    };
    let has_no_final = last >= FIRST_SYLLABLE && (last - FIRST_SYLLABLE).is_multiple_of(FINALS);
    if has_no_final && let Some(with_final) = char::from_u32(last + final_position) {
        out.pop();
        out.push(with_final);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_are_written_by_the_korean_rules() {
        for (reading, hangul) in [
            ("すずき だいすけ", "스즈키 다이스케"),
            ("たなか かずお", "다나카 가즈오"),
            ("さとう こうた", "사토 고타"),
            ("おおの ちづる", "오노 지즈루"),
            ("いのうえ つばさ", "이노우에 쓰바사"),
            ("まつうら しんいち", "마쓰우라 신이치"),
            ("はっとり じゅん", "핫토리 준"),
            ("とうきょう おおさか", "도쿄 오사카"),
            ("きゅうしゅう にいがた", "규슈 니가타"),
            ("さっぽろ ぐんま", "삿포로 군마"),
            ("わたなべ ちゃちゃ", "와타나베 자차"),
            ("けいこ ようこ", "게이코 요코"),
            ("ほんだ へいじ", "혼다 헤이지"),
            ("ごとう ぎん", "고토 긴"),
            ("ジェーン フォン", "젠 폰"),
            ("いいだ ひろおか", "이다 히로오카"),
        ] {
            let found = hangul_of_reading(reading);
            assert_eq!(found.as_deref(), Some(hangul), "{reading}");
        }
        assert_eq!(hangul_of_reading("佐藤"), None);
    }
}
