//! Parses words of kana into morae, and decides which vowels are long.
//!
//! A reading does not show whether two vowels are one long vowel (佐藤 さとう) or belong to two kanji (井上 いのうえ,
//! 松浦 まつうら, 広岡 ひろおか). The rules here are right for the frequent names; a host's name in Latin letters corrects
//! the others.

/// One mora of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mora {
    /// Consonant, if any, and vowel.
    Syllable {
        /// Consonant by its row of the 五十音 table: `s` of し, `t` of つ; empty for vowels; `v`, `f`, `c` (ツァ),
        /// `kw`, `gw` (クァ, グァ), `sw`, `zw` (スィ, ズィ), `tw`, `dw` (トゥ, ドゥ), `tj`, `dj` (ティ, ディ) in foreign names.
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

/// Rows of the 五十音 table: consonant, kana, and the vowel of each kana.
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

/// Small kana with their vowels. They are the only letters that [`join_small_kana`] gets, so that `'ぁ'..='ぉ'` there
/// is the small vowels and `'ゃ'..='ょ'` the small kana of the row や.
const SMALL_KANA: [(char, char); 9] = [
    ('ぁ', 'a'),
    ('ぃ', 'i'),
    ('ぅ', 'u'),
    ('ぇ', 'e'),
    ('ぉ', 'o'),
    ('ゃ', 'a'),
    ('ゅ', 'u'),
    ('ょ', 'o'),
    ('ゎ', 'a'),
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

/// Adds a kana. A small one is joined to the kana before it, where both are one mora. `None` for another letter.
fn add_kana(c: char, morae: &mut Vec<Mora>) -> Option<()> {
    let small_kana = SMALL_KANA.into_iter().find(|(small, _)| *small == c);
    let Some((small, vowel)) = small_kana else {
        let (consonant, vowel) = syllable(c)?;
        morae.push(Mora::Syllable {
            consonant,
            is_palatal: false,
            vowel,
        });
        return Some(());
    };
    let joined = match morae.last() {
        Some(&Mora::Syllable {
            consonant,
            is_palatal: false,
            vowel: vowel_before,
        }) => join_small_kana(consonant, vowel_before, small, vowel),
        _ => None,
    };
    if let Some(joined) = joined {
        morae.pop();
        morae.push(joined);
    } else {
        let consonant = match small {
            'ゎ' => "w",
            'ゃ'..='ょ' => "y",
            _ => "",
        };
        morae.push(Mora::Syllable {
            consonant,
            is_palatal: false,
            vowel,
        });
    }
    Some(())
}

/// Consonant and vowel of a full-size kana.
fn syllable(c: char) -> Option<(&'static str, char)> {
    ROWS.iter().find_map(|(consonant, kana, vowels)| {
        let index = kana.chars().position(|known| known == c)?;
        Some((*consonant, vowels.chars().nth(index)?))
    })
}

/// Mora of a kana with this consonant and the vowel `vowel_before`, joined with `small`, one of [`SMALL_KANA`], whose
/// vowel is `vowel`. `None` when the small kana is a mora of its own.
fn join_small_kana(
    consonant: &'static str,
    vowel_before: char,
    small: char,
    vowel: char,
) -> Option<Mora> {
    let mora = |consonant, is_palatal| {
        Some(Mora::Syllable {
            consonant,
            is_palatal,
            vowel,
        })
    };
    match (consonant, vowel_before, small) {
        ("", 'i', 'ぇ' | 'ゃ'..='ょ') => mora("y", false),
        ("", 'u', 'ぃ' | 'ぇ' | 'ぉ') => mora("w", false),
        ("t", 'e', 'ぃ') => mora("tj", false),
        ("d", 'e', 'ぃ') => mora("dj", false),
        ("t", 'o', 'ぅ') => mora("tw", false),
        ("d", 'o', 'ぅ') => mora("dw", false),
        ("t", 'e', 'ゅ') => mora("tj", true),
        ("d", 'e', 'ゅ') => mora("dj", true),
        ("t", 'u', 'ぁ'..='ぉ') => mora("c", false),
        ("h", 'u', 'ぁ'..='ぉ') => mora("f", false),
        ("h", 'u', 'ゃ'..='ょ') => mora("f", true),
        ("v", 'u', 'ぁ'..='ぉ') => mora("v", false),
        ("v", 'u', 'ゃ'..='ょ') => mora("v", true),
        ("k", 'u', 'ぁ'..='ぉ' | 'ゎ') => mora("kw", false),
        ("g", 'u', 'ぁ'..='ぉ' | 'ゎ') => mora("gw", false),
        ("s", 'u', 'ぃ') => mora("sw", false),
        ("z", 'u', 'ぃ') => mora("zw", false),
        (_, 'i', 'ゃ'..='ょ') => mora(consonant, true),
        ("s" | "z" | "t", 'i', 'ぇ') => mora(consonant, true),
        _ => None,
    }
}

/// Replaces vowels that lengthen the vowel before them by [`Mora::Long`] and [`Mora::Doubled`].
fn mark_long_vowels(morae: &mut [Mora]) {
    for index in 1..morae.len() {
        let is_long = match (vowel(morae[index - 1]), lone_vowel(morae[index])) {
            (Some('o'), Some('u')) => is_long_ou(morae, index),
            (Some('u'), Some('u')) => is_long_uu(morae, index),
            (Some(before), Some(vowel)) if before == vowel => is_long_pair(morae, index),
            _ => false,
        };
        if is_long {
            morae[index] = match lone_vowel(morae[index]) {
                Some('o' | 'u') => Mora::Long,
                _ => Mora::Doubled,
            };
        }
    }
}

/// Vowel of a mora; `None` for one without, such as ん.
fn vowel(mora: Mora) -> Option<char> {
    match mora {
        Mora::Syllable { vowel, .. } => Some(vowel),
        _ => None,
    }
}

/// Vowel of a mora without consonant, such as う.
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

/// おう is long, except where う belongs to うえ (井上, 尾上), or to うら after の (箕浦).
fn is_long_ou(morae: &[Mora], index: usize) -> bool {
    let is_after_no = matches!(
        morae[index - 1],
        Mora::Syllable {
            consonant: "n",
            vowel: 'o',
            ..
        }
    );
    !(is_ue(morae, index) || is_after_no && is_ura(morae, index))
}

/// うう is long at the start of a word (ふうか, ゆうき) and after ゆ and ゅ; else う starts another kanji (松浦, 勝浦).
fn is_long_uu(morae: &[Mora], index: usize) -> bool {
    let is_after_yu = matches!(
        morae[index - 1],
        Mora::Syllable { consonant: "y", .. }
            | Mora::Syllable {
                is_palatal: true,
                ..
            }
    );
    (index == 1 || is_after_yu) && !is_ue(morae, index) && !is_ura(morae, index)
}

/// おお and other equal vowels are long at the start of a word (大野, 遠山), unless they are the whole word (井伊 いい); else
/// the second one starts another kanji (広岡, 高遠, 横尾).
fn is_long_pair(morae: &[Mora], index: usize) -> bool {
    index == 1 && index + 1 < morae.len()
}

/// True for うえ at the end of a word.
fn is_ue(morae: &[Mora], index: usize) -> bool {
    index + 2 == morae.len() && lone_vowel(morae[index + 1]) == Some('e')
}

/// True for うら at the end of a word.
fn is_ura(morae: &[Mora], index: usize) -> bool {
    let next = morae.get(index + 1);
    let is_ra = matches!(
        next,
        Some(Mora::Syllable {
            consonant: "r",
            vowel: 'a',
            ..
        })
    );
    is_ra && index + 2 == morae.len()
}
