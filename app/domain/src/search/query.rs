//! Folded forms of a query, and matching against the forms of an entry.

use super::bitmap_index::{
    ALL_ENTRIES, ENTRIES_PER_BLOCK, ENTRIES_PER_CHUNK, EntrySet, MatchKind, NO_ENTRIES, Needle,
};
use super::form_index::FormIndex;
use super::{hangul, normalize, particles, phonetic, pronunciation, romaji};

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
    letters: Vec<Needle<u16>>,
    sounds: Vec<Needle<u8>>,
}

impl Query {
    /// Creates a query of normalized words; `None` when they are empty.
    pub(super) fn of(words: &[String]) -> Option<Self> {
        let whole = QueryPart::of(words)?;
        let words = match words {
            [_] => Vec::new(),
            several => several.chunks(1).filter_map(QueryPart::of).collect(),
        };
        Some(Self { whole, words })
    }

    /// Positions of at most `limit` matching entries, with true for matches at the start of a form: these first, then
    /// matches at the start of another word, then inside a word; in the order of the index within each.
    pub(super) fn positions(&self, forms: &FormIndex, limit: usize) -> Vec<(usize, bool)> {
        let mut prefixes = Vec::new();
        let mut words = Vec::new();
        // Starts of words first: prefix matches often reach the limit, so that no other candidates need to be
        // checked.
        self.visit(forms, true, |entry, kind| {
            match kind {
                MatchKind::Prefix => prefixes.push((entry, true)),
                MatchKind::Word if words.len() < limit => words.push((entry, false)),
                MatchKind::Word | MatchKind::Inside => {}
            }
            prefixes.len() < limit
        });
        prefixes.extend(words);
        prefixes.truncate(limit);
        let mut positions = prefixes;
        if positions.len() < limit {
            self.visit(forms, false, |entry, kind| {
                if kind == MatchKind::Inside {
                    positions.push((entry, false));
                }
                positions.len() < limit
            });
        }
        positions
    }

    /// Calls `on_match` with the matching entries in order until it returns false; with `is_word_start` perhaps
    /// without the matches inside a word.
    fn visit(
        &self,
        forms: &FormIndex,
        is_word_start: bool,
        mut on_match: impl FnMut(usize, MatchKind) -> bool,
    ) {
        let entries = forms.len();
        for chunk in 0..entries.div_ceil(ENTRIES_PER_CHUNK) {
            let candidates = self.candidates(forms, chunk, is_word_start);
            for (block, mut candidates) in candidates.into_iter().enumerate() {
                let first_of_block = chunk * ENTRIES_PER_CHUNK + block * ENTRIES_PER_BLOCK;
                while candidates != 0 {
                    let entry = first_of_block + candidates.trailing_zeros() as usize;
                    candidates &= candidates - 1; // clears the lowest bit
                    if entry >= entries {
                        return;
                    }
                    let kind = self.find(forms, entry);
                    if kind.is_some_and(|kind| !on_match(entry, kind)) {
                        return;
                    }
                }
            }
        }
    }

    /// Superset of the matching entries of a chunk, or of the matches at the start of a word when `is_word_start`.
    fn candidates(&self, forms: &FormIndex, chunk: usize, is_word_start: bool) -> EntrySet {
        let mut candidates = self.whole.candidates(forms, chunk, is_word_start);
        if is_word_start || self.words.is_empty() {
            return candidates;
        }
        let mut all_words = ALL_ENTRIES;
        for word in &self.words {
            let word_candidates = word.candidates(forms, chunk, false);
            all_words
                .iter_mut()
                .zip(word_candidates)
                .for_each(|(entries, block)| *entries &= block);
        }
        unite(&mut candidates, &all_words);
        candidates
    }

    /// Best match of the query in the forms of one entry.
    fn find(&self, forms: &FormIndex, entry: usize) -> Option<MatchKind> {
        if let Some(kind) = self.whole.find(forms, entry) {
            return Some(kind);
        }
        let mut words = self.words.iter();
        let do_words_match =
            !self.words.is_empty() && words.all(|word| word.find(forms, entry).is_some());
        do_words_match.then_some(MatchKind::Inside)
    }
}

impl QueryPart {
    fn of(words: &[String]) -> Option<Self> {
        let (letters, sounds) = query_forms(words);
        if letters.is_empty() {
            return None;
        }
        let letters = letters.iter();
        let sounds = sounds.iter();
        Some(Self {
            letters: letters
                .map(|letters| Needle::new(letters.encode_utf16()))
                .collect(),
            sounds: sounds.map(|sound| Needle::new(sound.bytes())).collect(),
        })
    }

    fn candidates(&self, forms: &FormIndex, chunk: usize, is_word_start: bool) -> EntrySet {
        let mut candidates = NO_ENTRIES;
        for letters in &self.letters {
            let found = forms.letters.candidates(letters, chunk, is_word_start);
            unite(&mut candidates, &found);
        }
        for sound in &self.sounds {
            let found = forms.sounds.candidates(sound, chunk, is_word_start);
            unite(&mut candidates, &found);
        }
        candidates
    }

    fn find(&self, forms: &FormIndex, entry: usize) -> Option<MatchKind> {
        let letters = self.letters.iter();
        let letters = letters.filter_map(|letters| forms.letters.find(letters, entry));
        let sounds = self.sounds.iter();
        let sounds = sounds.filter_map(|sound| forms.sounds.find(sound, entry));
        let mut best = None;
        for kind in letters.chain(sounds) {
            best = best.max(Some(kind));
            if best == Some(MatchKind::Prefix) {
                break;
            }
        }
        best
    }
}

/// Adds `others` to a set of entries.
fn unite(entries: &mut EntrySet, others: &EntrySet) {
    for (entries, block) in entries.iter_mut().zip(others) {
        *entries |= block;
    }
}

/// Written forms and phonetic forms to search for.
fn query_forms(words: &[String]) -> (Vec<String>, Vec<String>) {
    let mut folded = String::new();
    normalize::add_folded(&words.concat(), &mut folded);
    let unified = particles::unified(&folded);
    let mut letters = Vec::new();
    for form in std::iter::once(folded).chain(unified) {
        pronunciation::add_new(&mut letters, form);
    }
    let sounds = if words.iter().all(|word| pronunciation::is_latin(word)) {
        partial_romaji(words)
    } else if words.iter().all(|word| hangul::is_hangul(word)) {
        let sounds = hangul::sounds(&words.concat()).into_iter();
        sounds.map(|sound| phonetic::folded(&sound)).collect()
    } else {
        let sounds: Option<Vec<String>> = words.iter().map(|word| kana_sound(word)).collect();
        let sounds = sounds.map(|words| pronunciation::query_spellings(&words));
        sounds.unwrap_or_default()
    };
    (letters, sounds)
}

/// Phonetic form of a word in kana; `None` when it has none.
fn kana_sound(word: &str) -> Option<String> {
    // Kana and Latin letters in one word are an unfinished input of an IME.
    let is_mixed = word.contains(|c: char| c.is_ascii_lowercase());
    if is_mixed {
        return None;
    }
    pronunciation::sound_of(word)
}

/// Phonetic forms of partly typed romaji: the last consonants may start any mora that begins with them.
fn partial_romaji(words: &[String]) -> Vec<String> {
    let Some((last_word, words_before)) = words.split_last() else {
        return Vec::new();
    };
    let sounds_before: Option<Vec<String>> = words_before
        .iter()
        .map(|word| pronunciation::sound_of(word))
        .collect();
    let last_digit = last_word.rfind(|c: char| c.is_ascii_digit());
    let (complete, typing) = last_word.split_at(last_digit.map_or(0, |index| index + 1));
    let (Some(sounds_before), Some(complete), Some(typed)) = (
        sounds_before,
        pronunciation::sound_of(complete),
        romaji::parse_romaji(typing),
    ) else {
        return Vec::new();
    };
    let ends = romaji::continuations(typed.unfinished, &typed.sound).unwrap_or_default();
    let mut sounds = Vec::new();
    for end in ends {
        let mut words = sounds_before.clone();
        words.push(format!("{complete}{}{end}", typed.sound));
        for spelling in pronunciation::query_spellings(&words) {
            pronunciation::add_new(&mut sounds, spelling);
        }
    }
    sounds
}

/// Forms of a query, the whole first, for the reference implementation in tests.
#[cfg(test)]
pub(super) fn needles(query: &str) -> Vec<(Vec<String>, Vec<String>)> {
    let words = normalize::words(query);
    let parts = match words.as_slice() {
        [_] => vec![words.as_slice()],
        several => std::iter::once(several).chain(several.chunks(1)).collect(),
    };
    let parts = parts.into_iter().map(query_forms);
    parts.filter(|(letters, _)| !letters.is_empty()).collect()
}
