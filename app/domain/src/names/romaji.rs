//! Readings in Latin letters by Hepburn romanization.

use super::reading::{self, Mora};
use crate::search::normal_words;

/// Hepburn style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Romanization {
    /// As in Japanese passports and on most business cards: long o and u without sign, m before b, m and p (Ono,
    /// Homma).
    Passport,
    /// Modified Hepburn, as in libraries: macrons, always n, an apostrophe before vowels and y (Ōno, Honma,
    /// Shin'ichi).
    Modified,
}

/// Romaji of a reading, word by word with a capital: すずき だいすけ is `Suzuki Daisuke`. `None` when a word is not in
/// kana.
#[must_use]
pub fn romaji_of_reading(reading: &str, style: Romanization) -> Option<String> {
    let words: Option<Vec<String>> = normal_words(reading)
        .iter()
        .map(|word| romaji_of_word(word, style))
        .collect();
    words
        .filter(|words| !words.is_empty())
        .map(|words| words.join(" "))
}

fn romaji_of_word(word: &str, style: Romanization) -> Option<String> {
    let morae = reading::morae(word)?;
    let mut out = String::new();
    let mut is_after_geminate = false;
    for (index, &mora) in morae.iter().enumerate() {
        match mora {
            Mora::Geminate => is_after_geminate = true,
            Mora::Nasal => {
                let next = morae
                    .get(index + 1)
                    .copied()
                    .map(letters)
                    .unwrap_or_default();
                out.push(nasal_before(&next, style));
                let is_ambiguous = next.starts_with(['a', 'i', 'u', 'e', 'o', 'y']);
                if is_ambiguous && style == Romanization::Modified {
                    out.push('\'');
                }
            }
            Mora::Long => lengthen(&mut out, style),
            Mora::Doubled => out.extend(out.chars().next_back()),
            Mora::Syllable { .. } => {
                let letters = letters(mora);
                if std::mem::take(&mut is_after_geminate) {
                    out.extend(geminate_letter(&letters));
                }
                out.push_str(&letters);
            }
        }
    }
    let mut chars = out.chars();
    let first = chars.next()?;
    Some(first.to_uppercase().chain(chars).collect())
}

/// Letter of ん before these letters.
fn nasal_before(next: &str, style: Romanization) -> char {
    match style {
        Romanization::Passport if next.starts_with(['b', 'm', 'p']) => 'm',
        _ => 'n',
    }
}

/// Letter of っ before a syllable with these letters: the first consonant again, but t before ch; none before a vowel.
fn geminate_letter(letters: &str) -> Option<char> {
    let first = letters.chars().next()?;
    match first {
        'c' => Some('t'),
        'a' | 'i' | 'u' | 'e' | 'o' => None,
        consonant => Some(consonant),
    }
}

/// Puts a macron on the last vowel, if the style has macrons.
fn lengthen(out: &mut String, style: Romanization) {
    let macron = match (style, out.chars().next_back()) {
        (Romanization::Passport, _) => None,
        (_, Some('a')) => Some('ā'),
        (_, Some('i')) => Some('ī'),
        (_, Some('u')) => Some('ū'),
        (_, Some('e')) => Some('ē'),
        (_, Some('o')) => Some('ō'),
        _ => None,
    };
    if let Some(macron) = macron {
        out.pop();
        out.push(macron);
    }
}

/// Letters of a syllable; `""` for a mora that is none.
fn letters(mora: Mora) -> String {
    let Mora::Syllable {
        consonant,
        is_palatal,
        vowel,
    } = mora
    else {
        return String::new();
    };
    let consonant = match (consonant, is_palatal, vowel) {
        ("s", true, _) | ("s", _, 'i') => "sh",
        ("t", true, _) | ("t", _, 'i') => "ch",
        ("z", true, _) | ("z", _, 'i') => "j",
        ("t", _, 'u') | ("c", ..) => "ts",
        ("h", false, 'u') => "f",
        ("tj", true, _) => "ty",
        ("dj", true, _) => "dy",
        ("tj" | "tw", ..) => "t",
        ("dj" | "dw", ..) => "d",
        ("sw", ..) => "s",
        ("zw", ..) => "z",
        (consonant, true, _) => return format!("{consonant}y{vowel}"),
        (consonant, ..) => consonant,
    };
    format!("{consonant}{vowel}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_are_written_as_in_passports() {
        for (reading, romaji) in [
            ("すずき だいすけ", "Suzuki Daisuke"),
            ("さとう しんいち", "Sato Shinichi"),
            ("おおの ゆうき", "Ono Yuki"),
            ("ほんま じゅんぺい", "Homma Jumpei"),
            ("なんば しょうへい", "Namba Shohei"),
            ("はっとり はっちょう", "Hattori Hatcho"),
            ("つちや ふじお", "Tsuchiya Fujio"),
            ("いのうえ かおる", "Inoue Kaoru"),
            ("まつうら ちひろ", "Matsuura Chihiro"),
            ("みのうら こうえい", "Minoura Koei"),
            ("ひろおか とよお", "Hirooka Toyoo"),
            ("おおおか とおる", "Ooka Toru"),
            ("たかとお よこお", "Takatoo Yokoo"),
            ("いいだ にいがた", "Iida Niigata"),
            ("おおうち しゅうじ", "Ouchi Shuji"),
            ("こんの じゅん", "Konno Jun"),
            ("きゃりー ぎょうだ", "Kyari Gyoda"),
            ("ヴァン・ティエン", "Van Tien"),
            ("フォン ヴィクター", "Fon Vikuta"),
            ("ジェーン デュボワ", "Jen Dyubowa"),
            ("ウィリアム クォン", "Wiriamu Kwon"),
            ("チェ ツァオ", "Che Tsao"),
            ("ドゥオン トゥイ", "Duon Tui"),
            ("ﾀﾅｶ ｶｽﾞｵ", "Tanaka Kazuo"),
        ] {
            let found = romaji_of_reading(reading, Romanization::Passport);
            assert_eq!(found.as_deref(), Some(romaji), "{reading}");
        }
    }

    #[test]
    fn modified_hepburn_has_macrons_and_apostrophes() {
        for (reading, romaji) in [
            ("おおの しんいち", "Ōno Shin'ichi"),
            ("さとう ゆうき", "Satō Yūki"),
            ("ほんま こんや", "Honma Kon'ya"),
            ("おおおか ジェーン", "Ōoka Jēn"),
            ("いいだ いのうえ", "Iida Inoue"),
        ] {
            let found = romaji_of_reading(reading, Romanization::Modified);
            assert_eq!(found.as_deref(), Some(romaji), "{reading}");
        }
    }

    #[test]
    fn words_that_are_not_kana_have_no_romaji() {
        for reading in ["", " ", "佐藤", "さとう 花子", "Smith"] {
            assert_eq!(
                romaji_of_reading(reading, Romanization::Passport),
                None,
                "{reading}"
            );
        }
    }
}
