//! Folded forms of names and queries, and matching of a query against the forms of a host.

use super::bitmap_index::{ALL_HOSTS, BitmapIndex, HostSet, MatchKind, Needle};
use super::{normalize, phonetic, romaji};
use crate::model::directory::Host;

/// Folded forms of all hosts.
#[derive(Clone, Debug)]
pub(super) struct FormIndex {
    /// Written forms.
    letters: BitmapIndex<u16>,
    /// Phonetic forms.
    sounds: BitmapIndex<u8>,
}

impl FormIndex {
    /// Creates an index for the given number of hosts.
    pub(super) fn of(hosts: usize) -> Self {
        Self {
            letters: BitmapIndex::of(hosts),
            sounds: BitmapIndex::of(hosts),
        }
    }
}

/// Adds the folded forms of hosts to the index. Its buffers are reused, because allocation would take longer than
/// folding.
#[derive(Debug, Default)]
pub(super) struct FormWriter {
    normal: String,
    letters: String,
    /// Unfolded phonetic form.
    written: String,
    /// End of each word in `written`.
    words: Vec<usize>,
    /// Phonetic form, folded word by word.
    by_word: String,
    /// Phonetic form, folded as one word.
    as_one: String,
}

impl FormWriter {
    /// Adds the forms of name, display name, reading and search keys of a host.
    pub(super) fn add(&mut self, host: &Host, to: &mut FormIndex) {
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
            if self.read_sound() {
                to.sounds.add(self.written.bytes());
                if phonetic::needs_folding(&self.written) {
                    self.fold();
                    to.sounds.add(self.by_word.bytes());
                    to.sounds.add(self.as_one.bytes());
                }
            }
        }
        to.letters.finish_host();
        to.sounds.finish_host();
    }

    /// Converts the words to phonetic form; false when a word has none.
    fn read_sound(&mut self) -> bool {
        self.written.clear();
        self.words.clear();
        normalize::split(&self.normal).all(|word| {
            let has_sound = push_sound(word, &mut self.written);
            self.words.push(self.written.len());
            has_sound
        })
    }

    fn fold(&mut self) {
        self.by_word.clear();
        self.as_one.clear();
        let mut start = 0;
        for &end in &self.words {
            phonetic::add_folded(&self.written[start..end], &mut self.by_word);
            start = end;
        }
        phonetic::add_folded(&self.written, &mut self.as_one);
    }
}

/// Appends the phonetic form of a word in kana or romaji; false when it is neither. Digits stay: だい2えいぎょう is
/// found by `dai2` and by `eigyou`.
fn push_sound(word: &str, out: &mut String) -> bool {
    runs(word).all(|run| {
        if is_number(run) {
            out.push_str(run);
            true
        } else if is_latin(run) {
            push_romaji(run, out)
        } else {
            phonetic::add_kana(run, out)
        }
    })
}

fn push_romaji(word: &str, out: &mut String) -> bool {
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

fn sound_of(word: &str) -> Option<String> {
    let mut sound = String::new();
    push_sound(word, &mut sound).then_some(sound)
}

/// True for a word of Latin letters and digits.
fn is_latin(word: &str) -> bool {
    let is_latin = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    word.bytes().all(is_latin)
}

fn is_number(run: &str) -> bool {
    run.starts_with(|c: char| c.is_ascii_digit())
}

/// Splits a word into runs of digits and of other characters.
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

/// Phonetic forms of several words together: unfolded, folded word by word, and folded as one word for queries
/// without space (さとう うめ: `SaToUUMe`, `SaToUMe`, `SaToMe`).
fn spellings(words: &[String]) -> Vec<String> {
    let written = words.concat();
    let by_word: String = words.iter().map(|word| phonetic::folded(word)).collect();
    let as_one = phonetic::folded(&written);
    let mut spellings = Vec::new();
    for spelling in [written, by_word, as_one] {
        add_new(&mut spellings, spelling);
    }
    spellings
}

/// Query in all its forms.
#[derive(Debug)]
pub(super) struct Query {
    whole: QueryPart,
    /// Each word separately, when there are several.
    words: Vec<QueryPart>,
}

/// Written and phonetic forms of a query; any of them may match.
#[derive(Debug)]
struct QueryPart {
    letters: Needle<u16>,
    sounds: Vec<Needle<u8>>,
}

impl Query {
    /// Folds a query; `None` when nothing is left.
    pub(super) fn of(text: &str) -> Option<Self> {
        let words = normalize::words(text);
        let whole = QueryPart::of(&words)?;
        let words = match words.as_slice() {
            [_] => Vec::new(),
            several => several.chunks(1).filter_map(QueryPart::of).collect(),
        };
        Some(Self { whole, words })
    }

    /// Superset of the matching hosts of a chunk, or of the prefix matches when `is_prefix`.
    pub(super) fn candidates(&self, forms: &FormIndex, chunk: usize, is_prefix: bool) -> HostSet {
        let mut candidates = self.whole.candidates(forms, chunk, is_prefix);
        if is_prefix || self.words.is_empty() {
            return candidates;
        }
        let mut all_words = ALL_HOSTS;
        for word in &self.words {
            let word_candidates = word.candidates(forms, chunk, false);
            all_words
                .iter_mut()
                .zip(word_candidates)
                .for_each(|(hosts, block)| *hosts &= block);
        }
        union(&mut candidates, all_words);
        candidates
    }

    /// Best match of the query in the forms of one host.
    pub(super) fn find(&self, forms: &FormIndex, at: usize) -> Option<MatchKind> {
        let find = |part: &QueryPart| part.find(forms, at);
        find(&self.whole).or_else(|| {
            let all_match =
                !self.words.is_empty() && self.words.iter().all(|word| find(word).is_some());
            all_match.then_some(MatchKind::Inside)
        })
    }
}

impl QueryPart {
    fn of(words: &[String]) -> Option<Self> {
        let (letters, sounds) = query_forms(words);
        (!letters.is_empty()).then(|| Self {
            letters: Needle::new(letters.encode_utf16()),
            sounds: sounds
                .iter()
                .map(|sound| Needle::new(sound.bytes()))
                .collect(),
        })
    }

    fn candidates(&self, forms: &FormIndex, chunk: usize, is_prefix: bool) -> HostSet {
        let mut candidates = forms.letters.candidates(&self.letters, chunk, is_prefix);
        for sound in &self.sounds {
            union(
                &mut candidates,
                forms.sounds.candidates(sound, chunk, is_prefix),
            );
        }
        candidates
    }

    fn find(&self, forms: &FormIndex, at: usize) -> Option<MatchKind> {
        let mut best = forms.letters.find(&self.letters, at);
        for sound in &self.sounds {
            if best == Some(MatchKind::Prefix) {
                break;
            }
            best = best.max(forms.sounds.find(sound, at));
        }
        best
    }
}

fn union(hosts: &mut HostSet, other: HostSet) {
    hosts
        .iter_mut()
        .zip(other)
        .for_each(|(hosts, block)| *hosts |= block);
}

/// Written and phonetic forms to search for.
fn query_forms(words: &[String]) -> (String, Vec<String>) {
    let letters = normalize::fold(&words.concat());
    let sounds = if words.iter().all(|word| is_latin(word)) {
        partial_romaji(words)
    } else {
        let sounds: Option<Vec<String>> = words.iter().map(|word| kana_sound(word)).collect();
        sounds.map(|words| spellings(&words)).unwrap_or_default()
    };
    (letters, sounds)
}

fn kana_sound(word: &str) -> Option<String> {
    // Kana and Latin letters in one word are an unfinished input of an IME.
    let is_mixed = word.contains(|c: char| c.is_ascii_lowercase());
    sound_of(word).filter(|_| !is_mixed)
}

/// Phonetic forms of partly typed romaji: the last consonants may start any mora that begins with them.
fn partial_romaji(words: &[String]) -> Vec<String> {
    let Some((last, before)) = words.split_last() else {
        return Vec::new();
    };
    let before: Option<Vec<String>> = before.iter().map(|word| sound_of(word)).collect();
    let number = last.rfind(|c: char| c.is_ascii_digit());
    let (complete, typing) = last.split_at(number.map_or(0, |at| at + 1));
    let (Some(before), Some(complete), Some(read)) =
        (before, sound_of(complete), romaji::read(typing))
    else {
        return Vec::new();
    };
    let ends = romaji::continuations(read.unfinished, &read.sound).unwrap_or_default();
    let mut sounds = Vec::new();
    for end in ends {
        let mut words = before.clone();
        words.push(format!("{complete}{}{end}", read.sound));
        for spelling in spellings(&words) {
            add_new(&mut sounds, spelling);
        }
    }
    sounds
}

/// Forms of a query, the whole first, for the reference implementation in tests.
#[cfg(test)]
pub(super) fn needles(query: &str) -> Vec<(String, Vec<String>)> {
    let words = normalize::words(query);
    let parts = match words.as_slice() {
        [_] => vec![words.as_slice()],
        several => std::iter::once(several).chain(several.chunks(1)).collect(),
    };
    let parts = parts.into_iter().map(query_forms);
    parts.filter(|(letters, _)| !letters.is_empty()).collect()
}

/// Folded forms of one host.
#[derive(Debug, Default)]
pub(crate) struct Forms {
    pub(crate) letters: Vec<String>,
    pub(crate) sounds: Vec<String>,
}

/// Folded forms of name, display name, reading and search keys of one host, without an index.
pub(crate) fn forms_of(host: &Host) -> Forms {
    let fields = [&host.name, &host.display_name, &host.kana];
    let mut forms = Forms::default();
    for text in fields.into_iter().chain(&host.search_keys) {
        add_new(&mut forms.letters, normalize::fold(text));
        let words: Option<Vec<String>> = normalize::words(text)
            .iter()
            .map(|word| sound_of(word))
            .collect();
        for sound in words.iter().flat_map(|words| spellings(words)) {
            add_new(&mut forms.sounds, sound);
        }
    }
    forms
}
