//! Reading romaji of any school (Hepburn, Kunrei, passport, keyboard) as sound.

use super::kana;

/// A word of romaji as sound, and the consonants at its end that wait for their vowel.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Romaji<'a> {
    pub(super) sound: String,
    pub(super) unfinished: &'a str,
}

/// Reads a word of small Latin letters; `None` when it is not romaji.
pub(super) fn read(word: &str) -> Option<Romaji<'_>> {
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
        syllable(consonants, vowel, &mut out)?;
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

/// Takes ん, っ and the h of long vowels off the front of a cluster of consonants; what is left
/// belongs to the vowel after it, or waits for one at the end of the word.
fn leading_sounds<'a>(cluster: &'a str, at_end: bool, out: &mut String) -> &'a str {
    let mut rest = cluster;
    loop {
        let mut letters = rest.chars();
        let (Some(first), Some(second)) = (letters.next(), letters.next()) else {
            return rest;
        };
        let after_vowel = out.ends_with(|c: char| is_vowel(c.to_ascii_lowercase()));
        match (first, second) {
            // しんにち, and けんいち as keyboards want it; at the end the second n is that of ん too.
            ('n', 'n') if at_end && rest.len() == 2 => {
                out.push('Q');
                return "";
            }
            ('n', 'y') => return rest,
            ('n', _) | ('m', 'b' | 'm' | 'p') => out.push('Q'),
            // Ohta, Ohno: the h says that the vowel is long.
            ('h', second) if after_vowel && second != 'y' => {}
            // Hattori, Hatchi.
            (first, second) if first == second => {}
            ('t', 'c') => {}
            _ => return rest,
        }
        rest = &rest[1..];
    }
}

fn syllable(consonants: &str, vowel: char, out: &mut String) -> Option<()> {
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

/// How the sound may go on after consonants at the end of what has been typed so far: the beginnings
/// of every mora that they begin.
pub(super) fn continuations(unfinished: &str, before: &str) -> Option<&'static [&'static str]> {
    Some(match unfinished {
        "" => &[""],
        "n" => &["Q", "N"],
        "ny" => &["Ny", "QY"],
        "m" => &["M", "QB", "QM", "QP"],
        "my" => &["My"],
        // Satoh: the h may only say that the vowel is long.
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
