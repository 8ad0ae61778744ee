//! Pronunciation of words: their sounds, from kana, romaji and digits.

use super::{phonetic, romaji};

/// Splits a word into parts of digits, of Latin letters, of kana, and of anything else.
pub(super) fn parts(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let kind = Script::of(rest.chars().next()?);
        let end = rest.find(|c: char| Script::of(c) != kind);
        let (part, after) = rest.split_at(end.unwrap_or(rest.len()));
        rest = after;
        Some(part)
    })
}

/// Kind of the characters of a part.
#[derive(PartialEq, Eq)]
enum Script {
    Digits,
    Latin,
    Kana,
    Other,
}

impl Script {
    fn of(c: char) -> Self {
        match c {
            '0'..='9' => Self::Digits,
            'a'..='z' => Self::Latin,
            c if super::kana::is_kana(c) => Self::Kana,
            _ => Self::Other,
        }
    }
}

/// Appends the phonetic form of a part in kana, romaji or digits; false, with nothing appended, when it is none of
/// them. Digits stay: だい2えいぎょう is found by `dai2` and by `eigyou`.
pub(super) fn append_sound(part: &str, out: &mut String) -> bool {
    let start = out.len();
    let is_read = match part.chars().next().map(Script::of) {
        Some(Script::Digits) => {
            out.push_str(part);
            true
        }
        Some(Script::Latin) => add_romaji(part, out),
        Some(Script::Kana) => phonetic::add_kana(part, out),
        _ => false,
    };
    if !is_read {
        out.truncate(start);
    }
    is_read
}

/// Appends the sound of a complete part in romaji; false when it is none. A final n is ん, a final h marks a long
/// vowel.
fn add_romaji(part: &str, out: &mut String) -> bool {
    let Some(romaji) = romaji::parse_romaji(part) else {
        return false;
    };
    let end = match romaji.unfinished {
        "" | "h" => "",
        "n" => "Q",
        _ => return false,
    };
    out.push_str(&romaji.sound);
    out.push_str(end);
    true
}

/// Phonetic form of a word; `None` when a part of it has none.
pub(super) fn sound_of(word: &str) -> Option<String> {
    let mut sound = String::new();
    parts(word)
        .all(|part| append_sound(part, &mut sound))
        .then_some(sound)
}

/// True for a word of Latin letters and digits.
pub(super) fn is_latin(word: &str) -> bool {
    let is_latin = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    word.bytes().all(is_latin)
}

/// True for a part of digits.
pub(super) fn is_number(part: &str) -> bool {
    part.starts_with(|c: char| c.is_ascii_digit())
}

/// Adds a form unless it is empty or known.
pub(super) fn add_new(forms: &mut Vec<String>, form: String) {
    if !form.is_empty() && !forms.contains(&form) {
        forms.push(form);
    }
}

/// Phonetic forms of several words together: unfolded, folded word by word, and folded as one word for queries
/// without space (さとう うめ: `SaToUUMe`, `SaToUMe`, `SaToMe`).
pub(super) fn spellings(words: &[String]) -> Vec<String> {
    let written = words.concat();
    let by_word: String = words.iter().map(|word| phonetic::folded(word)).collect();
    let as_one = phonetic::folded(&written);
    let mut spellings = Vec::new();
    for spelling in [written, by_word, as_one] {
        add_new(&mut spellings, spelling);
    }
    spellings
}

/// Phonetic forms of a query. One vowel three times is not folded: ああああ is not the start of あべ.
pub(super) fn query_spellings(words: &[String]) -> Vec<String> {
    let written = words.concat();
    // A vowel without consonant is one capital letter.
    let is_one_vowel = |three: &[u8]| three[0].is_ascii_uppercase() && three[1..] == [three[0]; 2];
    if written.as_bytes().windows(3).any(is_one_vowel) {
        vec![written]
    } else {
        spellings(words)
    }
}
