//! Bitmap index for substring search among 100,000 entries, hosts or groups. Units and pairs of units (bigrams) are
//! hashed to buckets; a bucket has one bit per entry. The intersection of a query's buckets leaves few candidates for
//! comparison. A scan of the same text took 9 ms (p95) among 10,000 hosts and 22 to 30 ms among 100,000, this index 0.03
//! and 0.15 ms; the budget is 16 ms (measured on 2026-11-29).
//!
//! A unit is a byte for ASCII forms and a UTF-16 code unit for kana and kanji, whose UTF-8 forms share their first
//! bytes.

/// Separator between the forms of one entry. Folded forms contain no control characters.
const FORM_SEPARATOR: u8 = b'\n';

/// Mark between the words of a form. A match skips marks. A match that starts at a word may continue from the end of
/// the form at its start, so that a form with family name first is also found with given name first. A form that
/// begins with the mark is only matched at its start.
pub(super) const WORD_MARK: u8 = b'\x01';

/// Unit of an indexed text.
pub(super) trait Unit: Copy + PartialEq + From<u8> + Into<u32> {}
impl Unit for u8 {}
impl Unit for u16 {}

/// Position of a match in a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum MatchKind {
    /// Inside a word.
    Inside,
    /// At the start of a word that is not the first.
    Word,
    /// At the start of a form.
    Prefix,
}

/// Forms of all entries, entry by entry, with the bitmaps of their buckets.
#[derive(Clone, Debug)]
pub(super) struct BitmapIndex<T> {
    text: Vec<T>,
    /// End of each entry's forms in `text`.
    ends: Vec<u32>,
    /// Bitmap of each bucket, one bit per entry. The blocks of a bucket are contiguous for fast scans.
    buckets: Vec<u64>,
    /// Blocks per bucket.
    blocks: usize,
}

/// Entries in one 64-bit block.
pub(super) const ENTRIES_PER_BLOCK: usize = u64::BITS as usize;

/// Entries per chunk, the unit of work of a search: large enough to amortize switching between buckets, small enough
/// that a full result list ends the search early.
pub(super) const ENTRIES_PER_CHUNK: usize = BLOCKS_PER_CHUNK * ENTRIES_PER_BLOCK;
const BLOCKS_PER_CHUNK: usize = 64;

/// Set of entries of one chunk, one bit per entry.
pub(super) type EntrySet = [u64; BLOCKS_PER_CHUNK];
pub(super) const NO_ENTRIES: EntrySet = [0; BLOCKS_PER_CHUNK];
pub(super) const ALL_ENTRIES: EntrySet = [u64::MAX; BLOCKS_PER_CHUNK];

/// Number of buckets. Different units or bigrams may share a bucket.
const BUCKETS: usize = UNIT_BUCKETS + BIGRAM_BUCKETS + PREFIX_BUCKETS;
const UNIT_BUCKETS: usize = 64;
const BIGRAM_BUCKETS: usize = 256;
/// Buckets of the first unit of a word.
const PREFIX_BUCKETS: usize = 128;

/// Text to search for.
#[derive(Debug)]
pub(super) struct Needle<T> {
    text: Vec<T>,
    /// Buckets of every entry whose forms contain the text.
    buckets: Vec<usize>,
    /// Bucket of every entry with a word that starts with the text.
    prefix_bucket: Option<usize>,
}

impl<T: Unit> Needle<T> {
    pub(super) fn new(text: impl Iterator<Item = T>) -> Self {
        let text: Vec<T> = text.collect();
        let mut buckets = Vec::new();
        for_each_bucket(&text, &mut |bucket| buckets.push(bucket));
        let prefix_bucket = text.first().map(|&first| prefix_bucket(first));
        Self {
            text,
            buckets,
            prefix_bucket,
        }
    }
}

impl<T: Unit> BitmapIndex<T> {
    /// Creates an index for the given number of entries.
    pub(super) fn of(entries: usize) -> Self {
        let blocks = entries.div_ceil(ENTRIES_PER_BLOCK);
        Self {
            text: Vec::new(),
            ends: Vec::with_capacity(entries),
            buckets: vec![0; BUCKETS * blocks],
            blocks,
        }
    }

    /// Adds a form of the current entry, unless it is empty or a duplicate.
    pub(super) fn add(&mut self, form: impl Iterator<Item = T>) {
        let start = self.end();
        let before = self.text.len();
        self.text.push(T::from(FORM_SEPARATOR));
        self.text.extend(form);
        let (known, new) = self.text[start..].split_at(before - start);
        let is_separator = |unit: &T| *unit == T::from(FORM_SEPARATOR);
        let is_known = known.split(is_separator).any(|form| *form == new[1..]);
        if new.len() == 1 || is_known {
            self.text.truncate(before);
        }
    }

    /// Ends the current entry and sets its buckets.
    pub(super) fn finish_entry(&mut self) {
        let entry = self.ends.len();
        let (block, bit) = (entry / ENTRIES_PER_BLOCK, entry % ENTRIES_PER_BLOCK);
        let start = self.end();
        let mut set = |bucket| self.buckets[bucket * self.blocks + block] |= 1 << bit;
        let is_separator = |unit: &T| *unit == T::from(FORM_SEPARATOR);
        for form in self.text[start..].split(is_separator) {
            for_each_bucket(form, &mut set);
            let words = form.split(|unit| *unit == T::from(WORD_MARK));
            for &first in words.filter_map(<[T]>::first) {
                set(prefix_bucket(first));
            }
        }
        // 2^32 units exceed a tablet's memory.
        self.ends
            .push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }

    /// End of the last entry's forms.
    fn end(&self) -> usize {
        self.ends.last().map_or(0, |end| *end as usize)
    }

    /// Number of finished entries.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Superset of the entries of a chunk whose forms contain the needle, or a word that starts with it when
    /// `is_word_start`.
    pub(super) fn candidates(
        &self,
        needle: &Needle<T>,
        chunk: usize,
        is_word_start: bool,
    ) -> EntrySet {
        let mut candidates = ALL_ENTRIES;
        let prefix_bucket = if is_word_start {
            needle.prefix_bucket
        } else {
            None
        };
        for &bucket in needle.buckets.iter().chain(&prefix_bucket) {
            let bitmap = &self.buckets[bucket * self.blocks..][..self.blocks];
            let blocks = bitmap.iter().skip(chunk * BLOCKS_PER_CHUNK);
            candidates
                .iter_mut()
                .zip(blocks)
                .for_each(|(candidates, block)| *candidates &= block);
        }
        candidates
    }

    /// Best match of the needle in the forms of an entry, given by its number.
    pub(super) fn find(&self, needle: &Needle<T>, entry: usize) -> Option<MatchKind> {
        let start = entry.checked_sub(1).map_or(0, |before| self.ends[before]);
        let forms = &self.text[start as usize..self.ends[entry] as usize];
        best_match(forms, &needle.text)
    }
}

/// Best match of a needle in the forms of one entry.
fn best_match<T: Unit>(text: &[T], needle: &[T]) -> Option<MatchKind> {
    // std's substring search prepares each needle, which costs more than comparing these short texts.
    let (first, after_first) = needle.split_first()?;
    let (separator, mark) = (T::from(FORM_SEPARATOR), T::from(WORD_MARK));
    let mut best = None;
    let mut form_start = 0;
    for (start, &unit) in text.iter().enumerate() {
        if unit == separator {
            form_start = start + 1;
        }
        if unit != *first {
            continue;
        }
        // A form that begins with the mark is only matched at its start.
        if text.get(form_start) == Some(&mark) && start != form_start + 1 {
            continue;
        }
        // A separator precedes every form, so a unit precedes every match.
        let before = text
            .get(start.wrapping_sub(1))
            .copied()
            .unwrap_or(separator);
        let is_word_start = before == mark;
        let missing = unmatched(&text[start + 1..], after_first);
        let kind = if missing.is_empty() {
            if before == separator {
                return Some(MatchKind::Prefix);
            }
            if is_word_start {
                MatchKind::Word
            } else {
                MatchKind::Inside
            }
        } else {
            // A match from the start of a word to the end of the form may continue at the form's start, as 太郎山田 does
            // in 山田太郎.
            let matched = after_first.len() - missing.len();
            let continues_at_start = is_word_start
                && ends_after(text, start + 1, matched)
                && unmatched(&text[form_start..start - 1], missing).is_empty();
            if !continues_at_start {
                continue;
            }
            MatchKind::Word
        };
        best = best.max(Some(kind));
    }
    best
}

/// Units of a needle that remain after those which the start of a text matches; word marks of the text are skipped.
fn unmatched<'a, T: Unit>(text: &[T], needle: &'a [T]) -> &'a [T] {
    let mut needle = needle;
    for unit in text {
        match needle.split_first() {
            None => break,
            Some((first, rest)) if first == unit => needle = rest,
            Some(_) if *unit == T::from(WORD_MARK) => {}
            Some(_) => break,
        }
    }
    needle
}

/// True when the form that `position` is in ends after `matched` more units, word marks not counted.
fn ends_after<T: Unit>(text: &[T], position: usize, matched: usize) -> bool {
    let rest = &text[position..];
    let length = rest
        .iter()
        .position(|unit| *unit == T::from(FORM_SEPARATOR));
    let form = &rest[..length.unwrap_or(rest.len())];
    let units = form.iter().filter(|unit| **unit != T::from(WORD_MARK));
    units.count() == matched
}

/// Calls `visit` with the buckets of the units and bigrams of a text. A text of several words also has the bigram of
/// its last and its first unit, for matches that continue at the start.
fn for_each_bucket<T: Unit>(text: &[T], visit: &mut impl FnMut(usize)) {
    let mark = T::from(WORD_MARK);
    let bigram = |before: T, unit: T| {
        let before: u32 = before.into();
        let pair = unit.into() ^ before.wrapping_mul(HASH_MULTIPLIER);
        UNIT_BUCKETS + hash(pair, BIGRAM_BUCKETS)
    };
    let mut before = None;
    for &unit in text.iter().filter(|unit| **unit != mark) {
        visit(hash(unit.into(), UNIT_BUCKETS));
        if let Some(before) = before {
            visit(bigram(before, unit));
        }
        before = Some(unit);
    }
    if let (Some(last), Some(&first)) = (before, text.first())
        && text.contains(&mark)
    {
        visit(bigram(last, first));
    }
}

/// Bucket of the entries with a word that starts with this unit.
fn prefix_bucket<T: Unit>(first: T) -> usize {
    UNIT_BUCKETS + BIGRAM_BUCKETS + hash(first.into(), PREFIX_BUCKETS)
}

/// Multiplier of Fibonacci hashing: 2^32 divided by the golden ratio.
const HASH_MULTIPLIER: u32 = 0x9e37_79b1;

/// Hashes a number to one of `buckets`, a power of two.
fn hash(number: u32, buckets: usize) -> usize {
    number.wrapping_mul(HASH_MULTIPLIER) as usize >> (u32::BITS - buckets.trailing_zeros())
}
