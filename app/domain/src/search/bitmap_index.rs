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
    /// For each mark, who has it: a bit for each host. The hosts of one mark are side by side, because
    /// going over all of them is what takes time.
    marks: Vec<u64>,
    /// How many numbers each mark has.
    blocks: usize,
}

/// Hosts whose bits are in one number.
pub(super) const BLOCK: usize = u64::BITS as usize;

/// Hosts that are looked for in one go: enough that going from mark to mark costs nothing, and few enough
/// that a list which is soon full does not wait for all.
pub(super) const STRETCH: usize = BLOCKS * BLOCK;
const BLOCKS: usize = 64;

/// Some of the hosts of a stretch, a bit for each.
pub(super) type Stretch = [u64; BLOCKS];
pub(super) const EVERYBODY: Stretch = [u64::MAX; BLOCKS];

/// Different units, and pairs, may share a mark.
const MARKS: usize = UNITS + PAIRS + STARTS;
const UNITS: usize = 64;
const PAIRS: usize = 256;
/// The unit that a form begins with.
const STARTS: usize = 128;

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
        each_mark(&text, &mut |mark| marks.push(mark));
        let start = text.first().map(|&first| start_mark(first));
        Self { text, marks, start }
    }
}

impl<T: Unit> Haystacks<T> {
    /// For so many hosts.
    pub(super) fn of(hosts: usize) -> Self {
        let blocks = hosts.div_ceil(BLOCK);
        Self {
            text: Vec::new(),
            ends: Vec::with_capacity(hosts),
            marks: vec![0; MARKS * blocks],
            blocks,
        }
    }

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
        let (block, bit) = (self.ends.len() / BLOCK, self.ends.len() % BLOCK);
        let start = self.end();
        let mut note = |mark| self.marks[mark * self.blocks + block] |= 1 << bit;
        let is_break = |unit: &T| *unit == T::from(BREAK);
        for form in self.text[start..].split(is_break) {
            each_mark(form, &mut note);
            if let Some(&first) = form.first() {
                note(start_mark(first));
            }
        }
        // Four billion units would be more than a tablet's memory.
        self.ends
            .push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }

    /// Where the last host's forms end.
    fn end(&self) -> usize {
        self.ends.last().map_or(0, |end| *end as usize)
    }

    /// Who of a stretch of hosts may have the needle in their forms, or may begin one with it: nobody
    /// else does.
    pub(super) fn candidates(&self, needle: &Needle<T>, stretch: usize, starting: bool) -> Stretch {
        let mut candidates = EVERYBODY;
        let start = needle.start.filter(|_| starting);
        for &mark in needle.marks.iter().chain(&start) {
            let who = &self.marks[mark * self.blocks..][..self.blocks];
            let who = who.iter().skip(stretch * BLOCKS);
            candidates
                .iter_mut()
                .zip(who)
                .for_each(|(all, who)| *all &= who);
        }
        candidates
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
fn each_mark<T: Unit>(text: &[T], mark: &mut impl FnMut(usize)) {
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
