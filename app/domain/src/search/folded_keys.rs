//! The folded forms of a name and of a query, and when one is in the other.

use super::bitmap_index::{EVERYBODY, Found, Haystacks, Needle, Stretch};
use super::{normalize, phonetic, romaji};
use crate::model::directory::Host;

/// What every host can be found by.
#[derive(Clone, Debug)]
pub(super) struct AllForms {
    letters: Haystacks<u16>,
    sounds: Haystacks<u8>,
}

impl AllForms {
    /// For so many hosts.
    pub(super) fn of(hosts: usize) -> Self {
        Self {
            letters: Haystacks::of(hosts),
            sounds: Haystacks::of(hosts),
        }
    }
}

/// Writes down what hosts can be found by. Its strings are used again for every host: making new ones
/// would take longer than all the folding.
#[derive(Debug, Default)]
pub(super) struct Writer {
    normal: String,
    letters: String,
    /// Sounds: as written, word by word, in one breath.
    written: String,
    /// Where each word ends in `written`.
    words: Vec<usize>,
    by_word: String,
    in_one: String,
}

impl Writer {
    /// Adds name, display name, reading and search keys of a host.
    pub(super) fn add(&mut self, host: &Host, to: &mut AllForms) {
        let fields = [&host.name, &host.display_name, &host.kana];
        for text in fields.into_iter().chain(&host.search_keys) {
            if text.is_empty() {
                continue;
            }
            self.normal.clear();
            normalize::add_normal(text, &mut self.normal);
            self.letters.clear();
            normalize::add_folded(&self.normal, &mut self.letters);
            to.letters.add(self.letters.encode_utf16());
            if self.hear() {
                to.sounds.add(self.written.bytes());
                if phonetic::folds(&self.written) {
                    self.fold();
                    to.sounds.add(self.by_word.bytes());
                    to.sounds.add(self.in_one.bytes());
                }
            }
        }
        to.letters.close();
        to.sounds.close();
    }

    /// Reads the text's words as sounds; false when it cannot be read.
    fn hear(&mut self) -> bool {
        self.written.clear();
        self.words.clear();
        normalize::split(&self.normal).all(|word| {
            let heard = hear(word, &mut self.written);
            self.words.push(self.written.len());
            heard
        })
    }

    fn fold(&mut self) {
        self.by_word.clear();
        self.in_one.clear();
        let mut start = 0;
        for &end in &self.words {
            phonetic::add_folded(&self.written[start..end], &mut self.by_word);
            start = end;
        }
        phonetic::add_folded(&self.written, &mut self.in_one);
    }
}

/// Adds the sound of a whole word in kana or romaji; false when it is neither. Digits in it stand as
/// they are: だい2えいぎょう is found by `dai2` and by `eigyou`.
fn hear(word: &str, out: &mut String) -> bool {
    runs(word).all(|run| {
        if is_number(run) {
            out.push_str(run);
            true
        } else if is_latin(run) {
            hear_romaji(run, out)
        } else {
            phonetic::add_kana(run, out)
        }
    })
}

fn hear_romaji(word: &str, out: &mut String) -> bool {
    let Some(read) = romaji::read(word) else {
        return false;
    };
    let end = match read.unfinished {
        "" | "h" => "",
        "n" => "Q",
        _ => return false,
    };
    out.push_str(&read.sound);
    out.push_str(end);
    true
}

fn heard(word: &str) -> Option<String> {
    let mut sound = String::new();
    hear(word, &mut sound).then_some(sound)
}

/// Latin letters, with or without digits.
fn is_latin(word: &str) -> bool {
    let is_latin = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    word.bytes().all(is_latin)
}

fn is_number(run: &str) -> bool {
    run.starts_with(|c: char| c.is_ascii_digit())
}

/// A word cut where digits begin and end.
fn runs(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let digits = rest.chars().next()?.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != digits);
        let (run, more) = rest.split_at(end.unwrap_or(rest.len()));
        rest = more;
        Some(run)
    })
}

fn add_new(forms: &mut Vec<String>, form: String) {
    if !form.is_empty() && !forms.contains(&form) {
        forms.push(form);
    }
}

/// The sounds of several words as one: as written, as heard word by word, and as heard in one
/// breath, for those who put no space (さとう うめ: `SaToUUMe`, `SaToUMe`, `SaToMe`).
fn spellings(words: &[String]) -> Vec<String> {
    let written = words.concat();
    let by_word: String = words.iter().map(|word| phonetic::folded(word)).collect();
    let in_one = phonetic::folded(&written);
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
    letters: Needle<u16>,
    sounds: Vec<Needle<u8>>,
}

impl Query {
    /// `None` when nothing is left to look for.
    pub(super) fn of(text: &str) -> Option<Self> {
        let words = normalize::words(text);
        let whole = Part::of(&words)?;
        let words = match words.as_slice() {
            [_] => Vec::new(),
            several => several.chunks(1).filter_map(Part::of).collect(),
        };
        Some(Self { whole, words })
    }

    /// Who of a stretch of hosts may be found, or may have a form that begins with the query: nobody
    /// else is.
    pub(super) fn candidates(&self, forms: &AllForms, stretch: usize, starting: bool) -> Stretch {
        let mut candidates = self.whole.candidates(forms, stretch, starting);
        if starting || self.words.is_empty() {
            return candidates;
        }
        let mut each = EVERYBODY;
        for word in &self.words {
            let some = word.candidates(forms, stretch, false);
            each.iter_mut()
                .zip(some)
                .for_each(|(all, some)| *all &= some);
        }
        join(&mut candidates, each);
        candidates
    }

    /// Where the query is found in the forms of one host.
    pub(super) fn find(&self, forms: &AllForms, at: usize) -> Option<Found> {
        let find = |part: &Part| part.find(forms, at);
        find(&self.whole).or_else(|| {
            let each = !self.words.is_empty() && self.words.iter().all(|word| find(word).is_some());
            each.then_some(Found::Inside)
        })
    }
}

impl Part {
    fn of(words: &[String]) -> Option<Self> {
        let (letters, sounds) = sought(words);
        (!letters.is_empty()).then(|| Self {
            letters: Needle::new(letters.encode_utf16()),
            sounds: sounds
                .iter()
                .map(|sound| Needle::new(sound.bytes()))
                .collect(),
        })
    }

    fn candidates(&self, forms: &AllForms, stretch: usize, starting: bool) -> Stretch {
        let mut any = forms.letters.candidates(&self.letters, stretch, starting);
        for sound in &self.sounds {
            join(&mut any, forms.sounds.candidates(sound, stretch, starting));
        }
        any
    }

    fn find(&self, forms: &AllForms, at: usize) -> Option<Found> {
        let mut best = forms.letters.find(&self.letters, at);
        for sound in &self.sounds {
            if best == Some(Found::Start) {
                break;
            }
            best = best.max(forms.sounds.find(sound, at));
        }
        best
    }
}

fn join(some: &mut Stretch, more: Stretch) {
    some.iter_mut()
        .zip(more)
        .for_each(|(any, more)| *any |= more);
}

/// The letters and sounds that words are looked for by.
fn sought(words: &[String]) -> (String, Vec<String>) {
    let letters = normalize::fold(&words.concat());
    let sounds = if words.iter().all(|word| is_latin(word)) {
        typed_romaji(words)
    } else {
        let heard: Option<Vec<String>> = words.iter().map(|word| heard_kana(word)).collect();
        heard.map(|words| spellings(&words)).unwrap_or_default()
    };
    (letters, sounds)
}

fn heard_kana(word: &str) -> Option<String> {
    // Kana and Latin letters in one word are a composition that is half typed.
    let mixed = word.contains(|c: char| c.is_ascii_lowercase());
    heard(word).filter(|_| !mixed)
}

/// Romaji that is still being typed: the last consonants may begin any mora that they can begin.
fn typed_romaji(words: &[String]) -> Vec<String> {
    let Some((last, before)) = words.split_last() else {
        return Vec::new();
    };
    let before: Option<Vec<String>> = before.iter().map(|word| heard(word)).collect();
    let number = last.rfind(|c: char| c.is_ascii_digit());
    let (settled, typing) = last.split_at(number.map_or(0, |at| at + 1));
    let (Some(before), Some(settled), Some(read)) = (before, heard(settled), romaji::read(typing))
    else {
        return Vec::new();
    };
    let ends = romaji::continuations(read.unfinished, &read.sound).unwrap_or_default();
    let mut sounds = Vec::new();
    for end in ends {
        let mut words = before.clone();
        words.push(format!("{settled}{}{end}", read.sound));
        for spelling in spellings(&words) {
            add_new(&mut sounds, spelling);
        }
    }
    sounds
}

/// The letters and sounds a query looks for, the whole first: what the naive oracle asks for.
#[cfg(test)]
pub(super) fn needles(query: &str) -> Vec<(String, Vec<String>)> {
    let words = normalize::words(query);
    let parts = match words.as_slice() {
        [_] => vec![words.as_slice()],
        several => std::iter::once(several).chain(several.chunks(1)).collect(),
    };
    let parts = parts.into_iter().map(sought);
    parts.filter(|(letters, _)| !letters.is_empty()).collect()
}

/// Everything a host can be found by.
#[derive(Debug, Default)]
pub(crate) struct Forms {
    pub(crate) letters: Vec<String>,
    pub(crate) sounds: Vec<String>,
}

/// Name, display name, reading and search keys of one host, where an index would be too much.
pub(crate) fn of_host(host: &Host) -> Forms {
    let fields = [&host.name, &host.display_name, &host.kana];
    let mut forms = Forms::default();
    for text in fields.into_iter().chain(&host.search_keys) {
        add_new(&mut forms.letters, normalize::fold(text));
        let words: Option<Vec<String>> = normalize::words(text)
            .iter()
            .map(|word| heard(word))
            .collect();
        for sound in words.iter().flat_map(|words| spellings(words)) {
            add_new(&mut forms.sounds, sound);
        }
    }
    forms
}
