//! Converts romaji of any system (Hepburn, Kunrei, passport, keyboard input) to sound.

use super::kana;

/// A word of romaji, converted.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Romaji<'a> {
    /// Phonetic form of the complete syllables.
    pub(super) sound: String,
    /// Consonants without vowel at the end of the word.
    pub(super) unfinished: &'a str,
}

/// Converts a word of lower-case Latin letters; `None` when it is not romaji.
pub(super) fn parse_romaji(word: &str) -> Option<Romaji<'_>> {
    let mut out = String::new();
    let mut rest = word;
    while !rest.is_empty() {
        let end = rest.find(is_vowel);
        let cluster = &rest[..end.unwrap_or(rest.len())];
        let consonants = leading_sounds(cluster, end.is_none(), &mut out);
        let Some(end) = end else {
            return Some(Romaji {
                sound: out,
                unfinished: consonants,
            });
        };
        let vowel = rest[end..].chars().next()?;
        push_syllable(consonants, vowel, &mut out)?;
        rest = &rest[end + 1..];
    }
    Some(Romaji {
        sound: out,
        unfinished: "",
    })
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'i' | 'u' | 'e' | 'o')
}

/// Strips ん, っ and the h of long vowels from the start of a consonant cluster, and writes each ん to `out`. The
/// returned rest belongs to the next vowel or, if `is_at_end` of the word, is unfinished. A consonant is doubled
/// once, and not without any vowel around it, so `zzz` is not romaji.
fn leading_sounds<'a>(cluster: &'a str, is_at_end: bool, out: &mut String) -> &'a str {
    let mut rest = cluster;
    loop {
        let mut letters = rest.chars();
        let (Some(first), Some(second)) = (letters.next(), letters.next()) else {
            return rest;
        };
        let is_after_vowel = out.ends_with(|c: char| is_vowel(c.to_ascii_lowercase()));
        let is_last_pair = rest.len() == 2;
        let has_neighbor = is_after_vowel || out.ends_with('Q') || !is_at_end;
        match (first, second) {
            // "nn" at the end of the word is ん, as in keyboard input.
            ('n', 'n') if is_at_end && is_last_pair && has_neighbor => {
                out.push('Q');
                return "";
            }
            ('n', 'y') => return rest,
            ('n', 'n') if !(is_after_vowel || is_last_pair && has_neighbor) => return rest,
            ('m', 'm') if !is_after_vowel && (is_at_end || !is_last_pair) => return rest,
            ('n', _) | ('m', 'b' | 'm' | 'p') => out.push('Q'),
            // Ohta, Ohno: the h marks a long vowel.
            ('h', second) if is_after_vowel && second != 'y' && second != 'h' => {}
            // Hattori, Hatchi; ttori inside a name.
            (first, second) if first == second => {
                let is_doubled_once = letters.next() != Some(first);
                if !is_doubled_once || !(is_after_vowel || is_last_pair && !is_at_end) {
                    return rest;
                }
            }
            ('t', 'c') => {}
            _ => return rest,
        }
        rest = &rest[1..];
    }
}

/// Appends the mora of a syllable of romaji; `None` when there is no such syllable.
fn push_syllable(consonants: &str, vowel: char, out: &mut String) -> Option<()> {
    let consonant = match (consonants, vowel) {
        ("", _) => "",
        ("c", 'a' | 'u' | 'o') => "k",
        ("sh", 'i') => "s",
        ("sh" | "sy", _) => "sy",
        ("ch" | "th", 'i') | ("ts", 'u') => "t",
        ("ch" | "ty" | "cy", _) | ("th", 'u') => "ty",
        ("ts", _) => "c",
        ("j", 'i') | ("d" | "dz", 'u') => "z",
        ("j" | "jy" | "zy" | "dy", _) => "zy",
        ("dh", 'i') => "d",
        ("dh", 'u') => "dy",
        ("f", 'u') => "h",
        ("hy" | "fy", _) => "hy",
        ("l", _) => "r",
        ("ry" | "ly", _) => "ry",
        ("v", _) => "b",
        ("by" | "vy", _) => "by",
        ("y", 'a' | 'u' | 'e' | 'o') => "y",
        ("w", 'a' | 'i' | 'e' | 'o') => "w",
        (
            "k" | "s" | "t" | "n" | "h" | "m" | "r" | "g" | "z" | "d" | "b" | "p" | "f" | "ky"
            | "ny" | "my" | "gy" | "py" | "kw" | "gw",
            _,
        ) => consonants,
        _ => return None,
    };
    kana::push_mora(out, consonant, vowel);
    Some(())
}

/// Starts of the morae that unfinished consonants at the end of a query may become, after the sound `before`; `None`
/// for consonants that no mora starts with.
pub(super) fn continuations(unfinished: &str, before: &str) -> Option<&'static [&'static str]> {
    Some(match unfinished {
        "" => &[""],
        "n" => &["Q", "N"],
        "ny" => &["Ny", "QY"],
        "m" => &["M", "QB", "QM", "QP"],
        "my" => &["My"],
        // Satoh: the h may mark a long vowel.
        "h" if before.ends_with(['o', 'u', 'O', 'U']) => &[""],
        "h" => &["H"],
        "hy" | "fy" => &["Hy"],
        "f" => &["Hu", "Hy", "F"],
        "k" => &["K"],
        "ky" => &["Ky"],
        "kw" => &["Kw"],
        "c" => &["K", "T"],
        "ch" | "tc" | "cy" => &["Ti", "Ty"],
        "s" => &["S"],
        "sh" => &["Si", "Sy"],
        "sy" => &["Sy"],
        "t" => &["T", "C"],
        "ts" => &["Tu", "C"],
        "ty" => &["Ty"],
        "th" => &["Ti", "Ty"],
        "y" => &["Y"],
        "r" | "l" => &["R"],
        "ry" | "ly" => &["Ry"],
        "w" => &["W"],
        "g" => &["G"],
        "gy" => &["Gy"],
        "gw" => &["Gw"],
        "z" => &["Z"],
        "j" => &["Zi", "Zy"],
        "jy" | "zy" | "dy" => &["Zy"],
        "d" => &["D", "Zu", "Zy"],
        "dz" => &["Zu"],
        "dh" => &["Di", "Dy"],
        "b" | "v" => &["B"],
        "by" | "vy" => &["By"],
        "p" => &["P"],
        "py" => &["Py"],
        _ => return None,
    })
}
