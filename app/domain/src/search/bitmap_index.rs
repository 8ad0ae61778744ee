//! Bitmap index for substring search among 100,000 hosts. Units and pairs of units (bigrams) are hashed to buckets; a
//! bucket has one bit per host. The intersection of a query's buckets leaves few candidates for comparison.
//!
//! A unit is a byte for ASCII forms and a UTF-16 code unit for kana and kanji, whose UTF-8 forms share their first
//! bytes.

/// Separator between the forms of one host. Folded forms contain no line breaks.
const FORM_SEPARATOR: u8 = b'\n';

/// Unit of an indexed text.
pub(super) trait Unit: Copy + PartialEq + From<u8> + Into<u32> {}
impl Unit for u8 {}
impl Unit for u16 {}

/// Position of a match in a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum MatchKind {
    /// After the start of a form.
    Inside,
    /// At the start of a form.
    Prefix,
}

/// Forms of all hosts, host by host, with the bitmaps of their buckets.
#[derive(Clone, Debug)]
pub(super) struct BitmapIndex<T> {
    text: Vec<T>,
    /// End of each host's forms in `text`.
    ends: Vec<u32>,
    /// Bitmap of each bucket, one bit per host. The blocks of a bucket are contiguous for fast scans.
    buckets: Vec<u64>,
    /// Blocks per bucket.
    blocks: usize,
}

/// Hosts in one 64-bit block.
pub(super) const HOSTS_PER_BLOCK: usize = u64::BITS as usize;

/// Hosts per chunk, the unit of work of a search: large enough to amortize switching between buckets, small enough
/// that a full result list ends the search early.
pub(super) const HOSTS_PER_CHUNK: usize = BLOCKS_PER_CHUNK * HOSTS_PER_BLOCK;
const BLOCKS_PER_CHUNK: usize = 64;

/// Set of hosts of one chunk, one bit per host.
pub(super) type HostSet = [u64; BLOCKS_PER_CHUNK];
pub(super) const ALL_HOSTS: HostSet = [u64::MAX; BLOCKS_PER_CHUNK];

/// Number of buckets. Different units or bigrams may share a bucket.
const BUCKETS: usize = UNIT_BUCKETS + BIGRAM_BUCKETS + PREFIX_BUCKETS;
const UNIT_BUCKETS: usize = 64;
const BIGRAM_BUCKETS: usize = 256;
/// Buckets of the first unit of a form.
const PREFIX_BUCKETS: usize = 128;

/// Text to search for.
#[derive(Debug)]
pub(super) struct Needle<T> {
    text: Vec<T>,
    /// Buckets of every host whose forms contain the text.
    buckets: Vec<usize>,
    /// Bucket of every host with a form that starts with the text.
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
    /// Creates an index for the given number of hosts.
    pub(super) fn of(hosts: usize) -> Self {
        let blocks = hosts.div_ceil(HOSTS_PER_BLOCK);
        Self {
            text: Vec::new(),
            ends: Vec::with_capacity(hosts),
            buckets: vec![0; BUCKETS * blocks],
            blocks,
        }
    }

    /// Adds a form of the current host, unless it is empty or a duplicate.
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

    /// Ends the current host and sets its buckets.
    pub(super) fn finish_host(&mut self) {
        let (block, bit) = (
            self.ends.len() / HOSTS_PER_BLOCK,
            self.ends.len() % HOSTS_PER_BLOCK,
        );
        let start = self.end();
        let mut set = |bucket| self.buckets[bucket * self.blocks + block] |= 1 << bit;
        let is_separator = |unit: &T| *unit == T::from(FORM_SEPARATOR);
        for form in self.text[start..].split(is_separator) {
            for_each_bucket(form, &mut set);
            if let Some(&first) = form.first() {
                set(prefix_bucket(first));
            }
        }
        // 2^32 units exceed a tablet's memory.
        self.ends
            .push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }

    /// End of the last host's forms.
    fn end(&self) -> usize {
        self.ends.last().map_or(0, |end| *end as usize)
    }

    /// Superset of the hosts of a chunk whose forms contain the needle, or start with it when `is_prefix`.
    pub(super) fn candidates(&self, needle: &Needle<T>, chunk: usize, is_prefix: bool) -> HostSet {
        let mut candidates = ALL_HOSTS;
        let prefix = needle.prefix_bucket.filter(|_| is_prefix);
        for &bucket in needle.buckets.iter().chain(&prefix) {
            let bitmap = &self.buckets[bucket * self.blocks..][..self.blocks];
            let blocks = bitmap.iter().skip(chunk * BLOCKS_PER_CHUNK);
            candidates
                .iter_mut()
                .zip(blocks)
                .for_each(|(candidates, block)| *candidates &= block);
        }
        candidates
    }

    /// Best match of the needle in the forms of host number `at`.
    pub(super) fn find(&self, needle: &Needle<T>, at: usize) -> Option<MatchKind> {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        let forms = &self.text[start as usize..self.ends[at] as usize];
        best_match(forms, &needle.text)
    }
}

fn best_match<T: Unit>(text: &[T], needle: &[T]) -> Option<MatchKind> {
    // std's substring search prepares each needle, which costs more than comparing these short texts.
    let (first, rest) = needle.split_first()?;
    let mut best = None;
    for (at, _) in text.iter().enumerate().filter(|(_, unit)| *unit == first) {
        if text[at + 1..].starts_with(rest) {
            // Every form follows a separator, so a unit precedes every match.
            if at > 0 && text[at - 1] == T::from(FORM_SEPARATOR) {
                return Some(MatchKind::Prefix);
            }
            best = Some(MatchKind::Inside);
        }
    }
    best
}

/// Calls `visit` with the buckets of the units and bigrams of a text.
fn for_each_bucket<T: Unit>(text: &[T], visit: &mut impl FnMut(usize)) {
    let mut before = None;
    for &unit in text {
        let unit: u32 = unit.into();
        visit(hash(unit, UNIT_BUCKETS));
        if let Some(before) = before {
            visit(UNIT_BUCKETS + hash(unit ^ before, BIGRAM_BUCKETS));
        }
        before = Some(unit.wrapping_mul(HASH_MULTIPLIER));
    }
}

fn prefix_bucket<T: Unit>(first: T) -> usize {
    UNIT_BUCKETS + BIGRAM_BUCKETS + hash(first.into(), PREFIX_BUCKETS)
}

/// Multiplier of Fibonacci hashing: 2^32 divided by the golden ratio.
const HASH_MULTIPLIER: u32 = 0x9e37_79b1;

/// Hashes a number to one of `buckets`, a power of two.
fn hash(number: u32, buckets: usize) -> usize {
    number.wrapping_mul(HASH_MULTIPLIER) as usize >> (u32::BITS - buckets.trailing_zeros())
}
