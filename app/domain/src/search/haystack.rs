//! Looking for one text in a hundred thousand: all texts in one piece of memory, and for every 64 hosts
//! which of them have a unit, or a pair of units, anywhere in their forms, so that all but a few are
//! passed over without being looked at.
//!
//! A unit is whatever a text is made of: bytes where all is ASCII, UTF-16 where most of it is kana and
//! kanji, because their UTF-8 all begins alike.

/// Between the forms of one host. Folded forms have no line breaks.
const BREAK: u8 = b'\n';

/// What texts are made of.
pub(super) trait Unit: Copy + PartialEq + From<u8> + Into<u32> {}
impl Unit for u8 {}
impl Unit for u16 {}

/// Where a needle was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Found {
    /// Somewhere after the beginning of a form.
    Inside,
    /// At the beginning of a form.
    Start,
}

/// The forms of every host, host by host.
#[derive(Clone, Debug)]
pub(super) struct Haystacks<T> {
    text: Vec<T>,
    /// Where each host's forms end in `text`.
    ends: Vec<u32>,
    blocks: Vec<Block>,
}

/// How many hosts one block tells about: one bit each.
pub(super) const BLOCK: usize = u64::BITS as usize;

/// For each mark, who of 64 hosts has it. Different units, and pairs, may share a mark.
type Block = [u64; UNITS + PAIRS + STARTS];
const UNITS: usize = 64;
const PAIRS: usize = 128;
/// The unit that a form begins with.
const STARTS: usize = 64;

impl<T> Default for Haystacks<T> {
    fn default() -> Self {
        Self {
            text: Vec::new(),
            ends: Vec::new(),
            blocks: Vec::new(),
        }
    }
}

/// A text to look for.
#[derive(Debug)]
pub(super) struct Needle<T> {
    text: Vec<T>,
    /// What whoever has the text has.
    marks: Vec<usize>,
    /// What whoever has a form that begins with it has as well.
    start: Option<usize>,
}

impl<T: Unit> Needle<T> {
    pub(super) fn new(text: impl Iterator<Item = T>) -> Self {
        let text: Vec<T> = text.collect();
        let mut marks = Vec::new();
        each_mark(&text, |mark| marks.push(mark));
        let start = text.first().map(|&first| start_mark(first));
        Self { text, marks, start }
    }
}

impl<T: Unit> Haystacks<T> {
    /// Adds a form of the next host, unless it is empty or there already.
    pub(super) fn add(&mut self, form: impl Iterator<Item = T>) {
        let start = self.end();
        let before = self.text.len();
        self.text.push(T::from(BREAK));
        self.text.extend(form);
        let (known, new) = self.text[start..].split_at(before - start);
        let is_break = |unit: &T| *unit == T::from(BREAK);
        let is_known = known.split(is_break).any(|form| *form == new[1..]);
        if new.len() == 1 || is_known {
            self.text.truncate(before);
        }
    }

    /// No more forms of this host.
    pub(super) fn close(&mut self) {
        let start = self.end();
        let (at, bit) = (self.ends.len() / BLOCK, self.ends.len() % BLOCK);
        if bit == 0 {
            self.blocks.push([0; UNITS + PAIRS + STARTS]);
        }
        let block = &mut self.blocks[at];
        let is_break = |unit: &T| *unit == T::from(BREAK);
        for form in self.text[start..].split(is_break) {
            each_mark(form, |mark| block[mark] |= 1 << bit);
            if let Some(&first) = form.first() {
                block[start_mark(first)] |= 1 << bit;
            }
        }
        // Four billion units would be more than a tablet's memory.
        self.ends
            .push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }

    /// Makes room for this many hosts.
    pub(super) fn reserve(&mut self, hosts: usize) {
        self.ends.reserve_exact(hosts);
        self.blocks.reserve_exact(hosts.div_ceil(BLOCK));
    }

    /// Where the last host's forms end.
    fn end(&self) -> usize {
        self.ends.last().map_or(0, |end| *end as usize)
    }

    #[cfg(test)]
    pub(super) fn bytes(&self) -> usize {
        self.text.capacity() * size_of::<T>()
            + self.ends.capacity() * size_of::<u32>()
            + self.blocks.capacity() * size_of::<Block>()
    }

    /// Who of a block may have the needle in their forms, or may begin one with it: nobody else does.
    pub(super) fn candidates(&self, needle: &Needle<T>, block: usize, starting: bool) -> u64 {
        let block = &self.blocks[block];
        let marks = needle
            .marks
            .iter()
            .fold(u64::MAX, |all, &mark| all & block[mark]);
        match needle.start {
            Some(start) if starting => marks & block[start],
            _ => marks,
        }
    }

    /// Where the needle stands in the forms of host number `at`, the best place if there are
    /// several.
    pub(super) fn find(&self, needle: &Needle<T>, at: usize) -> Option<Found> {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        let forms = &self.text[start as usize..self.ends[at] as usize];
        best_place(forms, &needle.text)
    }
}

fn best_place<T: Unit>(text: &[T], needle: &[T]) -> Option<Found> {
    // The library's search prepares each needle anew, which costs more than these short texts.
    let (first, rest) = needle.split_first()?;
    let mut best = None;
    for (at, _) in text.iter().enumerate().filter(|(_, unit)| *unit == first) {
        if text[at + 1..].starts_with(rest) {
            // Every form has a break before it, so there is always a unit before a match.
            if at > 0 && text[at - 1] == T::from(BREAK) {
                return Some(Found::Start);
            }
            best = Some(Found::Inside);
        }
    }
    best
}

/// The marks of the units and pairs that occur in a text.
fn each_mark<T: Unit>(text: &[T], mut mark: impl FnMut(usize)) {
    let mut before = None;
    for &unit in text {
        let unit: u32 = unit.into();
        mark(spread(unit, UNITS));
        if let Some(before) = before {
            mark(UNITS + spread(unit ^ before, PAIRS));
        }
        before = Some(unit.wrapping_mul(SPREADING));
    }
}

fn start_mark<T: Unit>(first: T) -> usize {
    UNITS + PAIRS + spread(first.into(), STARTS)
}

const SPREADING: u32 = 0x9e37_79b1;

/// One of `places` (a power of two), likely another one for another number.
fn spread(number: u32, places: usize) -> usize {
    number.wrapping_mul(SPREADING) as usize >> (u32::BITS - places.trailing_zeros())
}
