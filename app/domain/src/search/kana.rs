//! Kana: voiced and small variants, and the sound of each.

use std::sync::LazyLock;

/// Voiced kana and their base kana, in the same order.
const VOICED: [(&str, &str); 5] = [
    ("がぎぐげご", "かきくけこ"),
    ("ざじずぜぞ", "さしすせそ"),
    ("だぢづでど", "たちつてと"),
    ("ばびぶべぼ", "はひふへほ"),
    ("ゔゞ", "うゝ"),
];
/// Half-voiced kana and their base kana, in the same order.
const HALF_VOICED: [(&str, &str); 1] = [("ぱぴぷぺぽ", "はひふへほ")];
/// Small kana and their full-size kana, in the same order.
const SMALL: [(&str, &str); 2] = [
    ("ぁぃぅぇぉ", "あいうえお"),
    ("ゃゅょゎっゕゖ", "やゆよわつかけ"),
];

/// Kana with their consonant, and the vowel of each kana.
const SOUNDS: [(&str, &str, &str); 19] = [
    ("あいうえお", "", "aiueo"),
    ("かきくけこ", "k", "aiueo"),
    ("さしすせそ", "s", "aiueo"),
    ("たちつてと", "t", "aiueo"),
    ("なにぬねの", "n", "aiueo"),
    ("はひふへほ", "h", "aiueo"),
    ("まみむめも", "m", "aiueo"),
    ("やゆよ", "y", "auo"),
    ("らりるれろ", "r", "aiueo"),
    ("がぎぐげご", "g", "aiueo"),
    ("ざじずぜぞ", "z", "aiueo"),
    ("だでど", "d", "aeo"),
    ("ぢづ", "z", "iu"),
    ("ばびぶべぼ", "b", "aiueo"),
    ("ぱぴぷぺぽ", "p", "aiueo"),
    ("ゐゑを", "", "ieo"),
    ("わ", "w", "a"),
    ("ゔ", "b", "u"),
    ("ゕゖ", "k", "ae"),
];

/// Base kana (second column) of a variant.
fn base_of(rows: &[(&str, &str)], variant: char) -> Option<char> {
    rows.iter().find_map(|(variants, bases)| {
        let index = variants.chars().position(|c| c == variant)?;
        bases.chars().nth(index)
    })
}

/// Variant (first column) of a base kana.
fn variant_of(rows: &[(&str, &str)], base: char) -> Option<char> {
    rows.iter().find_map(|(variants, bases)| {
        let index = bases.chars().position(|c| c == base)?;
        variants.chars().nth(index)
    })
}

/// True for hiragana, their iteration marks and the long vowel mark. Katakana are folded before.
pub(super) fn is_kana(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ゝ' | 'ゞ' | 'ー')
}

/// The kana with dakuten (`か` → `が`), if there is one.
pub(super) fn voiced(c: char) -> Option<char> {
    variant_of(&VOICED, c)
}

/// The kana with handakuten (`は` → `ぱ`), if there is one.
pub(super) fn half_voiced(c: char) -> Option<char> {
    variant_of(&HALF_VOICED, c)
}

/// The small form of a full-size kana, if there is one.
pub(super) fn small(c: char) -> Option<char> {
    variant_of(&SMALL, c)
}

/// The base kana: without mark and in full size, as in the 五十音 table.
pub(super) fn unmarked(c: char) -> char {
    entry(c).map_or(c, |entry| entry.unmarked)
}

/// The full-size form of a small kana.
pub(super) fn full_size(c: char) -> Option<char> {
    entry(c)?.full_size
}

/// Consonant (may be empty) and vowel of a full-size kana, ゕ or ゖ; `None` for other small kana, ん and ー.
pub(super) fn sound(c: char) -> Option<(&'static str, char)> {
    entry(c)?.sound
}

/// Mora of a full-size kana, ゕ or ゖ, such as `Ka` for か; `None` for other small kana, ん and ー.
pub(super) fn mora(c: char) -> Option<&'static str> {
    let mora = entry(c)?.mora.as_str();
    (!mora.is_empty()).then_some(mora)
}

/// Appends a mora: first letter in upper case, the others in lower case.
pub(super) fn push_mora(out: &mut String, consonant: &str, vowel: char) {
    let mut letters = consonant.chars().chain([vowel]);
    out.extend(letters.next().map(|first| first.to_ascii_uppercase()));
    out.extend(letters);
}

/// Properties of one hiragana.
struct KanaEntry {
    /// Kana without mark and in full size.
    unmarked: char,
    /// Full-size kana, if this one is small.
    full_size: Option<char>,
    /// Consonant and vowel, as [`sound`] returns them.
    sound: Option<(&'static str, char)>,
    /// The sound as a mora; empty without sound.
    mora: String,
}

/// All hiragana in Unicode order, computed once: names are folded by the thousand.
static ENTRIES: LazyLock<Vec<KanaEntry>> = LazyLock::new(|| {
    let entry = |c: char| {
        let full_size = base_of(&SMALL, c);
        let unvoiced = base_of(&VOICED, c).or_else(|| base_of(&HALF_VOICED, c));
        let sound = SOUNDS.iter().find_map(|(kana, consonant, vowels)| {
            let index = kana.chars().position(|known| known == c)?;
            Some((*consonant, vowels.chars().nth(index)?))
        });
        let mut mora = String::new();
        if let Some((consonant, vowel)) = sound {
            push_mora(&mut mora, consonant, vowel);
        }
        KanaEntry {
            unmarked: unvoiced.or(full_size).unwrap_or(c),
            full_size,
            sound,
            mora,
        }
    };
    ('ぁ'..='ゞ').map(entry).collect()
});

fn entry(c: char) -> Option<&'static KanaEntry> {
    let index = u32::from(c).checked_sub(u32::from('ぁ'))?;
    ENTRIES.get(index as usize)
}

/// Distance of a katakana from its hiragana; both blocks have the same order.
const KATAKANA_DISTANCE: u32 = 'ァ' as u32 - 'ぁ' as u32;

/// Converts katakana to hiragana; other characters stay. Half-width katakana are decomposed before.
pub(super) fn hiragana(c: char) -> char {
    match c {
        'ァ'..='ヶ' | 'ヽ' | 'ヾ' => {
            char::from_u32(u32::from(c) - KATAKANA_DISTANCE).unwrap_or(c)
        }
        other => other,
    }
}
