//! Looking for one text in a hundred thousand: all texts in one piece of memory, and for each which
//! units and pairs of units occur in it, so that most are passed over without being read.
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
    marks: Vec<Marks>,
}

impl<T> Default for Haystacks<T> {
    fn default() -> Self {
        Self {
            text: Vec::new(),
            ends: Vec::new(),
            marks: Vec::new(),
        }
    }
}

/// A text to look for.
#[derive(Debug)]
pub(super) struct Needle<T> {
    text: Vec<T>,
    marks: Marks,
}

impl<T: Unit> Needle<T> {
    pub(super) fn new(text: impl Iterator<Item = T>) -> Self {
        let text: Vec<T> = text.collect();
        let marks = Marks::of(&text);
        Self { text, marks }
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
        self.marks.push(Marks::of(&self.text[start..]));
        // Four billion units would be more than a tablet's memory.
        self.ends
            .push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }

    /// Makes room for this many hosts, and for texts as long as those so far.
    pub(super) fn reserve(&mut self, hosts: usize) {
        self.ends.reserve_exact(hosts);
        self.marks.reserve_exact(hosts);
    }

    /// Where the last host's forms end.
    fn end(&self) -> usize {
        self.ends.last().map_or(0, |end| *end as usize)
    }

    #[cfg(test)]
    pub(super) fn bytes(&self) -> usize {
        self.text.capacity() * size_of::<T>()
            + self.ends.capacity() * size_of::<u32>()
            + self.marks.capacity() * size_of::<Marks>()
    }

    /// Where the needle stands in the forms of host number `at`, the best place if there are
    /// several.
    pub(super) fn find(&self, needle: &Needle<T>, at: usize) -> Option<Found> {
        if !self.marks[at].has_all(&needle.marks) {
            return None;
        }
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

/// What occurs in a text. Different units, and pairs, may share a bit.
#[derive(Clone, Copy, Debug, Default)]
struct Marks {
    units: u64,
    pairs: [u64; 2],
}

impl Marks {
    fn of<T: Unit>(text: &[T]) -> Self {
        let mut marks = Self::default();
        let mut before = None;
        for unit in text {
            let unit: u32 = (*unit).into();
            marks.units |= 1 << (spread(unit) >> 26);
            if let Some(before) = before {
                let pair = spread(unit ^ spread(before)) >> 25;
                marks.pairs[(pair >> 6) as usize] |= 1 << (pair & 63);
            }
            before = Some(unit);
        }
        marks
    }

    /// False when something of `other` surely does not occur here.
    fn has_all(&self, other: &Self) -> bool {
        self.units & other.units == other.units
            && self.pairs[0] & other.pairs[0] == other.pairs[0]
            && self.pairs[1] & other.pairs[1] == other.pairs[1]
    }
}

fn spread(number: u32) -> u32 {
    number.wrapping_mul(0x9e37_79b1)
}
