//! The kana themselves: which are variants of which, and which sound each stands for.

use std::sync::LazyLock;

/// Kana with a mark, or small, and the plain ones they are made of, in the same order.
const VOICED: [(&str, &str); 5] = [
    ("がぎぐげご", "かきくけこ"),
    ("ざじずぜぞ", "さしすせそ"),
    ("だぢづでど", "たちつてと"),
    ("ばびぶべぼ", "はひふへほ"),
    ("ゔゞ", "うゝ"),
];
const HALF_VOICED: [(&str, &str); 1] = [("ぱぴぷぺぽ", "はひふへほ")];
const SMALL: [(&str, &str); 2] = [
    ("ぁぃぅぇぉ", "あいうえお"),
    ("ゃゅょゎっゕゖ", "やゆよわつかけ"),
];

/// The kana of half-width katakana, from U+FF66 on.
const HALF_WIDTH: &str = "をぁぃぅぇぉゃゅょっーあいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわん";

/// Rows of the table of sounds: kana, consonant, vowels.
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

/// The twin of a kana in the second column.
fn twin(rows: &[(&str, &str)], c: char) -> Option<char> {
    rows.iter().find_map(|(from, to)| {
        let at = from.chars().position(|from| from == c)?;
        to.chars().nth(at)
    })
}

/// The twin of a kana in the first column.
fn marked(rows: &[(&str, &str)], c: char) -> Option<char> {
    rows.iter().find_map(|(to, from)| {
        let at = from.chars().position(|from| from == c)?;
        to.chars().nth(at)
    })
}

/// True for hiragana and the long mark; katakana have been folded before.
pub(super) fn is_kana(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ゝ' | 'ゞ' | 'ー')
}

/// The kana with a dakuten (`か` → `が`), if there is one.
pub(super) fn voiced(c: char) -> Option<char> {
    marked(&VOICED, c)
}

/// The kana with a handakuten (`は` → `ぱ`), if there is one.
pub(super) fn half_voiced(c: char) -> Option<char> {
    marked(&HALF_VOICED, c)
}

/// The small kana of a full-size one.
pub(super) fn small(c: char) -> Option<char> {
    marked(&SMALL, c)
}

/// The kana without mark and in full size, as the 五十音 table has it.
pub(super) fn unmarked(c: char) -> char {
    entry(c).map_or(c, |entry| entry.unmarked)
}

/// The full-size kana of a small one.
pub(super) fn full_size(c: char) -> Option<char> {
    entry(c)?.full_size
}

/// Consonant (may be empty) and vowel of a full-size kana; nothing for ん, っ and ー.
pub(super) fn sound(c: char) -> Option<(&'static str, char)> {
    entry(c)?.sound
}

/// The mora of a full-size kana, `Ka` for か; nothing for small ones, ん, っ and ー.
pub(super) fn mora(c: char) -> Option<&'static str> {
    let entry = entry(c)?;
    let whole = entry.full_size.is_none() || matches!(c, 'ゕ' | 'ゖ');
    Some(entry.mora.as_str()).filter(|mora| whole && !mora.is_empty())
}

/// Adds a mora: the first letter large, the others small.
pub(super) fn push_mora(out: &mut String, consonant: &str, vowel: char) {
    let mut letters = consonant.chars().chain([vowel]);
    out.extend(letters.next().map(|first| first.to_ascii_uppercase()));
    out.extend(letters);
}

/// What is known of one hiragana.
struct Entry {
    unmarked: char,
    full_size: Option<char>,
    sound: Option<(&'static str, char)>,
    /// The same as a mora of `sound`; empty where there is none.
    mora: String,
}

/// Every hiragana in the order of Unicode, worked out once: names are folded by the thousand.
static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let entry = |c: char| {
        let full_size = twin(&SMALL, c);
        let plain = twin(&VOICED, c).or_else(|| twin(&HALF_VOICED, c));
        let sound = SOUNDS.iter().find_map(|(kana, consonant, vowels)| {
            let at = kana.chars().position(|kana| kana == c)?;
            Some((*consonant, vowels.chars().nth(at)?))
        });
        let mut mora = String::new();
        if let Some((consonant, vowel)) = sound {
            push_mora(&mut mora, consonant, vowel);
        }
        Entry {
            unmarked: plain.or(full_size).unwrap_or(c),
            full_size,
            sound,
            mora,
        }
    };
    ('ぁ'..='ゞ').map(entry).collect()
});

fn entry(c: char) -> Option<&'static Entry> {
    let at = u32::from(c).checked_sub(u32::from('ぁ'))?;
    ENTRIES.get(at as usize)
}

/// Hiragana of katakana of either width; everything else as it is.
pub(super) fn hiragana(c: char) -> char {
    match c {
        'ァ'..='ヶ' | 'ヽ' | 'ヾ' => char::from_u32(u32::from(c) - 0x60).unwrap_or(c),
        '\u{ff66}'..='\u{ff9d}' => {
            let at = u32::from(c) - 0xff66;
            HALF_WIDTH.chars().nth(at as usize).unwrap_or(c)
        }
        other => other,
    }
}
