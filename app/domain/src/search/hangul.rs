//! Hangul as a sequence of initial consonants and vowels, and the Japanese sounds that Hangul writes.
//!
//! Final consonants become the initial ones of the same letter. So a syllable that an IME has not finished finds its
//! name: 기 finds 김, and 김 finds 기무라.

/// Initial consonants in Unicode, without obsolete letters.
pub(super) const INITIALS: std::ops::RangeInclusive<char> = '\u{1100}'..='\u{1112}';
/// Vowels in Unicode, without obsolete letters.
const VOWEL_LETTERS: std::ops::RangeInclusive<char> = '\u{1161}'..='\u{1175}';
/// First final consonant in Unicode.
pub(super) const FIRST_FINAL: char = '\u{11a8}';
/// Last final consonant in Unicode.
pub(super) const LAST_FINAL: char = '\u{11c2}';

/// Initial consonants with the same letters as each final consonant, from [`FIRST_FINAL`] on.
const INITIALS_OF_FINALS: &str = "\u{1100} \u{1101} \u{1100}\u{1109} \u{1102} \u{1102}\u{110c} \u{1102}\u{1112} \u{1103} \u{1105} \u{1105}\u{1100} \u{1105}\u{1106} \u{1105}\u{1107} \u{1105}\u{1109} \u{1105}\u{1110} \u{1105}\u{1111} \u{1105}\u{1112} \u{1106} \u{1107} \u{1107}\u{1109} \u{1109} \u{110a} \u{110b} \u{110c} \u{110e} \u{110f} \u{1110} \u{1111} \u{1112}";

/// Maximum number of readings of one word, which are multiplied by each consonant that stands for several.
const MAX_READINGS: usize = 64;

/// Initial consonants with the same letters as a final consonant.
pub(super) fn initials_of_final(final_consonant: char) -> &'static str {
    let index = u32::from(final_consonant) - u32::from(FIRST_FINAL);
    INITIALS_OF_FINALS
        .split(' ')
        .nth(index as usize)
        .unwrap_or_default()
}

/// True for an initial consonant.
pub(super) fn is_consonant(c: char) -> bool {
    INITIALS.contains(&c)
}

fn is_vowel(c: char) -> bool {
    VOWEL_LETTERS.contains(&c)
}

/// True for a word of Hangul.
pub(super) fn is_hangul(word: &str) -> bool {
    word.chars().all(|c| is_consonant(c) || is_vowel(c))
}

/// Vowels and their sounds.
const VOWELS: [(char, &str); 11] = [
    ('ᅡ', "a"),
    ('ᅵ', "i"),
    ('ᅮ', "u"),
    ('ᅳ', "u"),
    ('ᅦ', "e"),
    ('ᅢ', "e"),
    ('ᅩ', "o"),
    ('ᅣ', "ya"),
    ('ᅲ', "yu"),
    ('ᅭ', "yo"),
    ('ᅪ', "wa"),
];

/// Initial consonants, first letters of vowel sounds, and the Japanese consonants that the initial consonants stand
/// for before these vowels.
const CONSONANTS: [(&str, &str, &str); 20] = [
    ("ᄋ", "aiueoyw", ""),
    ("ᄀ", "aiueoyw", "k g"),
    ("ᄏᄁ", "aiueoyw", "k"),
    ("ᄂ", "aiueoyw", "n"),
    ("ᄃ", "aiueoyw", "t d"),
    ("ᄐᄄ", "aiueoyw", "t"),
    ("ᄅ", "aiueoyw", "r"),
    ("ᄆ", "aiueoyw", "m"),
    ("ᄇ", "aiueoyw", "b"),
    ("ᄑᄈ", "aiueoyw", "p"),
    ("ᄉ", "aiueoyw", "s"),
    ("ᄒ", "aiueoyw", "h"),
    ("ᄊ", "u", "t s"),
    ("ᄊ", "aieoyw", "s"),
    ("ᄌ", "i", "t z"),
    ("ᄌ", "e", "z"),
    ("ᄌ", "auo", "ty zy z"),
    ("ᄎᄍ", "i", "t"),
    ("ᄎᄍ", "u", "ty t"),
    ("ᄎᄍ", "aeo", "ty"),
];

/// Phonetic forms of a Japanese name in Hangul, by the rules of the National Institute of Korean Language and by
/// common habit. The rules write か and が alike at the start of a word, so a word has several readings. Empty when the
/// word is not a Japanese name.
pub(super) fn sounds(word: &str) -> Vec<String> {
    let mut sounds = vec![String::new()];
    let mut rest = word.chars().peekable();
    // Each round appends one syllable to each reading so far; no reading is left when the syllable is not Japanese.
    while let Some(consonant) = rest.next() {
        let vowel = rest.next_if(|c| is_vowel(*c));
        let mut longer = Vec::new();
        if let Some((consonants, vowel_sound)) = vowel.and_then(|vowel| syllable(consonant, vowel))
        {
            for sound in &sounds {
                for consonant in consonants.split(' ').take(MAX_READINGS - longer.len()) {
                    let mut sound = sound.clone();
                    let mut letters = consonant.chars().chain(vowel_sound.chars());
                    // The first letter of a mora is in upper case.
                    sound.extend(letters.next().map(|first| first.to_ascii_uppercase()));
                    sound.extend(letters);
                    longer.push(sound);
                }
            }
        } else if vowel.is_none()
            && let Some(closing) = closing_sound(consonant)
        {
            longer = sounds;
            for sound in &mut longer {
                sound.push_str(closing);
            }
        }
        sounds = longer;
    }
    sounds
}

/// Japanese consonants, separated by spaces, and vowel sound of a syllable.
fn syllable(consonant: char, vowel: char) -> Option<(&'static str, &'static str)> {
    let (_, vowel_sound) = VOWELS.iter().find(|(letter, _)| *letter == vowel)?;
    let first = vowel_sound.chars().next()?;
    let mut rows = CONSONANTS.iter();
    let (_, _, japanese_consonants) = rows
        .find(|(consonants, starts, _)| consonants.contains(consonant) && starts.contains(first))?;
    Some((japanese_consonants, vowel_sound))
}

/// Sound of a consonant that closes a syllable: ん, or っ, which phonetic forms leave out.
fn closing_sound(consonant: char) -> Option<&'static str> {
    match consonant {
        'ᄂ' | 'ᄆ' | 'ᄋ' => Some("Q"),
        'ᄉ' => Some(""),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::fold;

    #[test]
    fn hangul_is_read_as_japanese_sounds() {
        for (hangul, sound) in [
            ("스즈키", "SuZuKi"),
            ("다이스케", "TaISuKe"),
            ("다이스케", "DaISuKe"),
            ("혼다", "HoQDa"),
            ("삿포로", "SaPoRo"),
            ("도쿄", "ToKyo"),
            ("와타나베", "WaTaNaBe"),
            ("준이치", "ZyuQITi"),
            ("쓰지", "TuZi"),
        ] {
            let sounds = sounds(&fold(hangul));
            assert!(sounds.iter().any(|one| one == sound), "{hangul} {sounds:?}");
        }
        assert!(sounds(&fold("철수")).is_empty());
        assert!(sounds(&fold("다가다가다가다가다가")).len() <= MAX_READINGS);
    }
}
