//! Parses words of kana into morae, and decides which vowels are long.
//!
//! A reading does not tell whether two vowels are one long vowel (佐藤 さとう) or belong to two kanji (井上 いのうえ,
//! 松浦 まつうら, 広岡 ひろおか). The rules here are right for the frequent names; a host's name in Latin letters corrects
//! the others.

/// One mora of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mora {
    /// Consonant and vowel.
    Syllable {
        /// Consonant in the order of the 五十音 table: `s` of し, `t` of つ; empty for vowels; `v`, `f`, `c` (ツァ) and
        /// `tw`, `dw` (トゥ, ドゥ), `tj`, `dj` (ティ, ディ) in foreign names.
        consonant: &'static str,
        /// True for ゃ, ゅ, ょ and for シェ, ジェ, チェ.
        is_palatal: bool,
        /// One of `a`, `i`, `u`, `e`, `o`.
        vowel: char,
    },
    /// ん
    Nasal,
    /// っ
    Geminate,
    /// ー, or a vowel that lengthens the o or u before it.
    Long,
    /// Long a, i or e in the spelling of two vowels, which Latin letters keep (飯田 Iida).
    Doubled,
}

/// Rows of the 五十音 table.
const ROWS: [(&str, &str, &str); 19] = [
    ("", "あいうえお", "aiueo"),
    ("k", "かきくけこ", "aiueo"),
    ("g", "がぎぐげご", "aiueo"),
    ("s", "さしすせそ", "aiueo"),
    ("z", "ざじずぜぞ", "aiueo"),
    ("t", "たちつてと", "aiueo"),
    ("d", "だでど", "aeo"),
    ("z", "ぢづ", "iu"),
    ("n", "なにぬねの", "aiueo"),
    ("h", "はひふへほ", "aiueo"),
    ("b", "ばびぶべぼ", "aiueo"),
    ("p", "ぱぴぷぺぽ", "aiueo"),
    ("m", "まみむめも", "aiueo"),
    ("y", "やゆよ", "auo"),
    ("r", "らりるれろ", "aiueo"),
    ("w", "わ", "a"),
    ("", "ゐゑを", "ieo"),
    ("v", "ゔ", "u"),
    ("k", "ゕゖ", "ae"),
];

/// Morae of a word of hiragana; `None` when it has another letter.
pub(super) fn morae(word: &str) -> Option<Vec<Mora>> {
    let mut morae = Vec::new();
    for c in word.chars() {
        match c {
            'ん' => morae.push(Mora::Nasal),
            'っ' => morae.push(Mora::Geminate),
            'ー' => morae.push(Mora::Long),
            _ => add_kana(c, &mut morae)?,
        }
    }
    mark_long_vowels(&mut morae);
    Some(morae)
}

fn add_kana(c: char, morae: &mut Vec<Mora>) -> Option<()> {
    let small = "ぁぃぅぇぉゃゅょゎ".chars().position(|small| small == c);
    let Some(small) = small else {
        let (consonant, vowel) = syllable(c)?;
        morae.push(Mora::Syllable {
            consonant,
            is_palatal: false,
            vowel,
        });
        return Some(());
    };
    let vowel = "aiueoauoa".chars().nth(small)?;
    let joined = match morae.last() {
        Some(&Mora::Syllable {
            consonant,
            is_palatal: false,
            vowel: before,
        }) => join_small_kana(consonant, before, small, vowel),
        _ => None,
    };
    if let Some(joined) = joined {
        morae.pop();
        morae.push(joined);
    } else {
        let is_glide = small > 4;
        let consonant = if !is_glide {
            ""
        } else if small == 8 {
            "w"
        } else {
            "y"
        };
        morae.push(Mora::Syllable {
            consonant,
            is_palatal: false,
            vowel,
        });
    }
    Some(())
}

fn syllable(c: char) -> Option<(&'static str, char)> {
    ROWS.iter().find_map(|(consonant, kana, vowels)| {
        let at = kana.chars().position(|kana| kana == c)?;
        Some((*consonant, vowels.chars().nth(at)?))
    })
}

/// Mora of a kana and a small kana after it, by the position of the small kana in ぁぃぅぇぉゃゅょゎ.
fn join_small_kana(
    consonant: &'static str,
    before: char,
    small: usize,
    vowel: char,
) -> Option<Mora> {
    let mora = |consonant, is_palatal| {
        Some(Mora::Syllable {
            consonant,
            is_palatal,
            vowel,
        })
    };
    match (consonant, before, small) {
        ("", 'i', 5..=7) => mora("y", false),
        ("", 'i', 3) => mora("y", false),
        ("", 'u', 1 | 3 | 4) => mora("w", false),
        ("t", 'e', 1) => mora("tj", false),
        ("d", 'e', 1) => mora("dj", false),
        ("t", 'o', 2) => mora("tw", false),
        ("d", 'o', 2) => mora("dw", false),
        ("t", 'e', 6) => mora("tj", true),
        ("d", 'e', 6) => mora("dj", true),
        ("t", 'u', 0..=4) => mora("c", false),
        ("h", 'u', 0..=4) => mora("f", false),
        ("h", 'u', 5..=7) => mora("f", true),
        ("v", 'u', 0..=4) => mora("v", false),
        ("v", 'u', 5..=7) => mora("v", true),
        ("k", 'u', 0..=4 | 8) => mora("kw", false),
        ("g", 'u', 0..=4 | 8) => mora("gw", false),
        ("s", 'u', 1) => mora("sw", false),
        ("z", 'u', 1) => mora("zw", false),
        (_, 'i', 5..=7) => mora(consonant, true),
        ("s" | "z" | "t", 'i', 3) => mora(consonant, true),
        _ => None,
    }
}

/// Replaces the vowels that lengthen the one before them by [`Mora::Long`] and [`Mora::Doubled`].
fn mark_long_vowels(morae: &mut [Mora]) {
    for at in 1..morae.len() {
        let is_long = match (vowel(morae[at - 1]), lone_vowel(morae[at])) {
            (Some('o'), Some('u')) => is_long_ou(morae, at),
            (Some('u'), Some('u')) => is_long_uu(morae, at),
            (Some(before), Some(vowel)) if before == vowel => is_long_pair(morae, at),
            _ => false,
        };
        if is_long {
            morae[at] = match lone_vowel(morae[at]) {
                Some('o' | 'u') => Mora::Long,
                _ => Mora::Doubled,
            };
        }
    }
}

fn vowel(mora: Mora) -> Option<char> {
    match mora {
        Mora::Syllable { vowel, .. } => Some(vowel),
        _ => None,
    }
}

fn lone_vowel(mora: Mora) -> Option<char> {
    match mora {
        Mora::Syllable {
            consonant: "",
            vowel,
            ..
        } => Some(vowel),
        _ => None,
    }
}

/// おう is long, but in うえ (井上, 尾上) and in うら after の (箕浦).
fn is_long_ou(morae: &[Mora], at: usize) -> bool {
    let is_after_no = matches!(
        morae[at - 1],
        Mora::Syllable {
            consonant: "n",
            vowel: 'o',
            ..
        }
    );
    !(is_ue(morae, at) || is_after_no && is_ura(morae, at))
}

/// うう is long at the start of a word (ふうか, ゆうき) and after ゆ and ゅ; else う starts another kanji (松浦, 勝浦).
fn is_long_uu(morae: &[Mora], at: usize) -> bool {
    let is_after_yu = matches!(
        morae[at - 1],
        Mora::Syllable { consonant: "y", .. }
            | Mora::Syllable {
                is_palatal: true,
                ..
            }
    );
    (at == 1 || is_after_yu) && !is_ue(morae, at) && !is_ura(morae, at)
}

/// おお and other equal vowels are long at the start of a word (大野, 遠山), but not at its end (高遠, 横尾); else the
/// second one starts another kanji (広岡, 豊岡).
fn is_long_pair(morae: &[Mora], at: usize) -> bool {
    at == 1 && at + 1 < morae.len()
}

/// True for うえ at the end of a word.
fn is_ue(morae: &[Mora], at: usize) -> bool {
    at + 2 == morae.len() && lone_vowel(morae[at + 1]) == Some('e')
}

/// True for うら at the end of a word.
fn is_ura(morae: &[Mora], at: usize) -> bool {
    let next = morae.get(at + 1);
    let is_ra = matches!(
        next,
        Some(Mora::Syllable {
            consonant: "r",
            vowel: 'a',
            ..
        })
    );
    is_ra && at + 2 == morae.len()
}
