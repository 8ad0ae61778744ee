//! Phonetic form of a reading: a sequence of morae, each one upper-case and then lower-case letters (さとう is
//! `SaToU`), so that substring search only matches at the start of a mora. There is one spelling per sound: `Si` for
//! し, `Tu` for つ, `Zi` for じ and ぢ, `Q` for ん; っ is left out. Digits stay.

use super::kana;

/// Placeholder for a part whose reading is unknown. Queries never contain it.
pub(super) const UNREAD: u8 = b'?';

/// Appends the sound of a word in kana; false, with partial output, when the word contains other characters.
pub(super) fn add_kana(word: &str, out: &mut String) -> bool {
    let start = out.len();
    for c in word.chars() {
        match (c, kana::mora(c)) {
            (_, Some(mora)) => out.push_str(mora),
            ('ん', _) => out.push('Q'),
            ('っ' | 'ー', _) => {}
            _ => {
                let Some((consonant, vowel)) = kana::full_size(c).and_then(kana::sound) else {
                    return false;
                };
                if !join_small_kana(start, out, consonant, vowel) {
                    kana::push_mora(out, consonant, vowel);
                }
            }
        }
    }
    true
}

/// Joins a small kana, given by the sound of its full-size kana, to the mora before it (き + ゃ = `Kya`, ふ + ぁ = `Fa`);
/// false when they do not combine. The word starts at `word_start` in `out`.
fn join_small_kana(word_start: usize, out: &mut String, consonant: &str, vowel: char) -> bool {
    let last_mora = out[word_start..].rfind(|c: char| c.is_ascii_uppercase());
    let start = word_start + last_mora.unwrap_or(0);
    let joined = match (consonant, &out[start..]) {
        ("y", "Te") => Some("Ty"),
        ("y", "De") => Some("Dy"),
        ("y", mora) => palatal(mora),
        ("w", "Ku") => Some("Kw"),
        ("w", "Gu") => Some("Gw"),
        ("", mora) => foreign(mora, vowel),
        _ => None,
    };
    let Some(joined) = joined.map(str::to_owned) else {
        return false;
    };
    out.truncate(start);
    out.push_str(&joined);
    out.push(vowel);
    true
}

/// Consonants of a mora before ゃ, ゅ, ょ.
fn palatal(mora: &str) -> Option<&'static str> {
    const PAIRS: [(&str, &str); 12] = [
        ("Ki", "Ky"),
        ("Si", "Sy"),
        ("Ti", "Ty"),
        ("Ni", "Ny"),
        ("Hi", "Hy"),
        ("Mi", "My"),
        ("Ri", "Ry"),
        ("Gi", "Gy"),
        ("Zi", "Zy"),
        ("Bi", "By"),
        ("Pi", "Py"),
        ("Hu", "Hy"),
    ];
    PAIRS
        .iter()
        .find(|(from, _)| *from == mora)
        .map(|(_, to)| *to)
}

/// Consonants of a mora before ァ, ィ, ゥ, ェ, ォ in foreign names.
fn foreign(mora: &str, vowel: char) -> Option<&'static str> {
    match (mora, vowel) {
        ("Hu", _) => Some("F"),
        ("Bu", _) => Some("B"),
        ("Tu", _) => Some("C"),
        ("Ku", _) => Some("Kw"),
        ("Gu", _) => Some("Gw"),
        ("U", 'i' | 'e' | 'o') => Some("W"),
        ("Te", 'i') | ("To", 'u') => Some("T"),
        ("De", 'i') => Some("D"),
        ("Do", 'u') => Some("Z"),
        ("Si", 'e') => Some("Sy"),
        ("Zi", 'e') => Some("Zy"),
        ("Ti", 'e') => Some("Ty"),
        _ => None,
    }
}

/// Folds a sound, because romaji rarely distinguishes the following: long vowels become short (おおた, おうた and
/// おた; いいだ and いだ), and ん joins the vowel or n after it (けんいち and けにち). Idempotent.
pub(super) fn folded(sound: &str) -> String {
    let mut out = String::with_capacity(sound.len());
    add_folded(sound, &mut out);
    out
}

/// True when folding may have an effect: the sound has a vowel without consonant, or ん.
pub(super) fn needs_folding(sound: &str) -> bool {
    sound.contains(['A', 'I', 'U', 'E', 'O', 'Q'])
}

/// Appends the folded sound.
pub(super) fn add_folded(sound: &str, out: &mut String) {
    // True after a ん, which is written together with the mora after it.
    let mut is_after_n = false;
    let mut last_vowel = None;
    for mora in morae(sound) {
        if mora == "Q" {
            is_after_n = true;
            continue;
        }
        let is_lone_vowel = matches!(mora, "A" | "I" | "U" | "E" | "O");
        let vowel = mora.as_bytes().last().map(u8::to_ascii_lowercase);
        let lengthens_last = vowel == last_vowel || (vowel, last_vowel) == (Some(b'u'), Some(b'o'));
        if is_after_n && (is_lone_vowel || mora.starts_with('Y')) {
            out.push('N');
            out.extend(mora.chars().map(|c| c.to_ascii_lowercase()));
        } else if is_after_n {
            if !mora.starts_with('N') {
                out.push('Q');
            }
            out.push_str(mora);
        } else if is_lone_vowel && lengthens_last {
            continue;
        } else {
            out.push_str(mora);
        }
        is_after_n = false;
        last_vowel = vowel;
    }
    if is_after_n {
        out.push('Q');
    }
}

/// Morae of a sound in order. Sounds are ASCII letters, digits, placeholders of unread parts and marks between words.
fn morae(sound: &str) -> impl Iterator<Item = &str> {
    let mut rest = sound;
    std::iter::from_fn(move || {
        let after = rest.as_bytes().get(1..)?;
        let starts_mora = |b: &u8| !b.is_ascii_lowercase();
        let end = after.iter().position(starts_mora);
        let (mora, more) = rest.split_at(end.map_or(rest.len(), |end| end + 1));
        rest = more;
        Some(mora)
    })
}
