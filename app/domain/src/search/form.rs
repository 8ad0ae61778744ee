//! The folded forms of a name and of a query, and when one is in the other.

use super::haystack::{Found, Haystacks, Needle};
use super::{letters, romaji, sound};
use crate::directory::Host;

/// Everything a host can be found by.
#[derive(Debug, Default)]
pub(crate) struct Forms {
    pub(crate) letters: Vec<String>,
    pub(crate) sounds: Vec<String>,
}

/// Name, display name, reading and search keys of a host.
pub(crate) fn of_host(host: &Host) -> Forms {
    let fields = [&host.name, &host.display_name, &host.kana];
    let mut forms = Forms::default();
    for text in fields.into_iter().chain(&host.search_keys) {
        add_new(&mut forms.letters, letters::fold(text));
        let words: Option<Vec<String>> = letters::words(text)
            .iter()
            .map(|word| heard(word))
            .collect();
        for sound in words.iter().flat_map(|words| spellings(words)) {
            add_new(&mut forms.sounds, sound);
        }
    }
    forms
}

fn add_new(forms: &mut Vec<String>, form: String) {
    if !form.is_empty() && !forms.contains(&form) {
        forms.push(form);
    }
}

/// The sound of a whole word in kana or romaji.
fn heard(word: &str) -> Option<String> {
    if is_latin(word) {
        let read = romaji::read(word)?;
        let end = match read.unfinished {
            "" | "h" => "",
            "n" => "Q",
            _ => return None,
        };
        return Some(read.sound + end);
    }
    sound::of_kana(word)
}

fn is_latin(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_lowercase())
}

/// The sounds of several words as one: as written, as heard word by word, and as heard in one
/// breath, for those who put no space (さとう うめ: `SaToUUMe`, `SaToUMe`, `SaToMe`).
fn spellings(words: &[String]) -> Vec<String> {
    let written = words.concat();
    let by_word: String = words.iter().map(|word| sound::folded(word)).collect();
    let in_one = sound::folded(&written);
    let mut spellings = Vec::new();
    for spelling in [written, by_word, in_one] {
        add_new(&mut spellings, spelling);
    }
    spellings
}

/// What a visitor typed, in all its forms.
#[derive(Debug)]
pub(super) struct Query {
    whole: Part,
    /// Each word on its own, when there are several.
    words: Vec<Part>,
}

/// Letters and sounds of which any may be found.
#[derive(Debug)]
struct Part {
    letters: Needle,
    sounds: Vec<Needle>,
}

impl Query {
    /// `None` when nothing is left to look for.
    pub(super) fn of(text: &str) -> Option<Self> {
        let words = letters::words(text);
        let whole = Part::of(&words)?;
        let words = match words.as_slice() {
            [_] => Vec::new(),
            several => several.chunks(1).filter_map(Part::of).collect(),
        };
        Some(Self { whole, words })
    }

    /// Where the query is found in the forms of one host.
    pub(super) fn find(&self, letters: &Haystacks, sounds: &Haystacks, at: usize) -> Option<Found> {
        let find = |part: &Part| part.find(letters, sounds, at);
        find(&self.whole).or_else(|| {
            let each = !self.words.is_empty() && self.words.iter().all(|word| find(word).is_some());
            each.then_some(Found::Inside)
        })
    }
}

impl Part {
    fn of(words: &[String]) -> Option<Self> {
        let letters = letters::fold(&words.concat());
        let sounds = if words.iter().all(|word| is_latin(word)) {
            typed_romaji(words)
        } else {
            let heard: Option<Vec<String>> =
                words.iter().map(|word| sound::of_kana(word)).collect();
            heard.map(|words| spellings(&words)).unwrap_or_default()
        };
        let sounds = sounds.into_iter().map(Needle::new).collect();
        (!letters.is_empty()).then(|| Self {
            letters: Needle::new(letters),
            sounds,
        })
    }

    fn find(&self, letters: &Haystacks, sounds: &Haystacks, at: usize) -> Option<Found> {
        let mut best = letters.find(&self.letters, at);
        for sound in &self.sounds {
            if best == Some(Found::Start) {
                break;
            }
            best = best.max(sounds.find(sound, at));
        }
        best
    }
}

/// Romaji that is still being typed: the last consonants may begin any mora that they can begin.
fn typed_romaji(words: &[String]) -> Vec<String> {
    let Some((last, before)) = words.split_last() else {
        return Vec::new();
    };
    let before: Option<Vec<String>> = before.iter().map(|word| heard(word)).collect();
    let (Some(before), Some(read)) = (before, romaji::read(last)) else {
        return Vec::new();
    };
    let ends = romaji::continuations(read.unfinished, &read.sound).unwrap_or_default();
    let mut sounds = Vec::new();
    for end in ends {
        let mut words = before.clone();
        words.push(format!("{}{end}", read.sound));
        for spelling in spellings(&words) {
            add_new(&mut sounds, spelling);
        }
    }
    sounds
}

/// The letters and sounds a query looks for, the whole first: what the naive oracle asks for.
#[cfg(test)]
pub(super) fn needles(query: &str) -> Vec<(String, Vec<String>)> {
    let text = |part: &Part| {
        let sounds = part.sounds.iter().map(|sound| sound.text().to_owned());
        (part.letters.text().to_owned(), sounds.collect())
    };
    let query = Query::of(query);
    let parts = query
        .iter()
        .flat_map(|query| std::iter::once(&query.whole).chain(&query.words));
    parts.map(text).collect()
}
