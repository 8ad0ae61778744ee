//! Looking for one text in a hundred thousand: all texts in one piece of memory, and for each which
//! bytes and pairs of bytes occur in it, so that most are passed over without being read.

/// Between the forms of one host. Folded forms have no line breaks.
const BREAK: u8 = b'\n';

/// Where a needle was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Found {
    /// Somewhere after the beginning of a form.
    Inside,
    /// At the beginning of a form.
    Start,
}

/// The forms of every host, host by host.
#[derive(Clone, Debug, Default)]
pub(super) struct Haystacks {
    text: Vec<u8>,
    /// Where each host's forms end in `text`.
    ends: Vec<usize>,
    marks: Vec<Marks>,
}

/// A text to look for.
#[derive(Debug)]
pub(super) struct Needle {
    text: String,
    marks: Marks,
}

impl Needle {
    pub(super) fn new(text: String) -> Self {
        let marks = Marks::of(text.as_bytes());
        Self { text, marks }
    }

    #[cfg(test)]
    pub(super) fn text(&self) -> &str {
        &self.text
    }
}

impl Haystacks {
    /// Adds the forms of the next host.
    pub(super) fn push(&mut self, forms: &[String]) {
        let start = self.text.len();
        for form in forms {
            self.text.push(BREAK);
            self.text.extend_from_slice(form.as_bytes());
        }
        self.ends.push(self.text.len());
        self.marks.push(Marks::of(&self.text[start..]));
    }

    /// Where the needle stands in the forms of host number `at`, the best place if there are
    /// several.
    pub(super) fn find(&self, needle: &Needle, at: usize) -> Option<Found> {
        if !self.marks[at].has_all(&needle.marks) {
            return None;
        }
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        best_place(&self.text[start..self.ends[at]], needle.text.as_bytes())
    }
}

fn best_place(text: &[u8], needle: &[u8]) -> Option<Found> {
    // The library's search prepares each needle anew, which costs more than these short texts.
    let (first, rest) = needle.split_first()?;
    let mut best = None;
    for (at, _) in text.iter().enumerate().filter(|(_, byte)| *byte == first) {
        if text[at + 1..].starts_with(rest) {
            // Every form has a break before it, so there is always a byte before a match.
            if at > 0 && text[at - 1] == BREAK {
                return Some(Found::Start);
            }
            best = Some(Found::Inside);
        }
    }
    best
}

/// What occurs in a text.
#[derive(Clone, Copy, Debug, Default)]
struct Marks {
    /// One bit for each ASCII character.
    ascii: u128,
    /// One bit for each pair of neighbouring bytes; different pairs may share one.
    pairs: u128,
}

impl Marks {
    fn of(text: &[u8]) -> Self {
        let ascii = text.iter().filter(|byte| byte.is_ascii());
        Self {
            ascii: ascii.fold(0, |marks, byte| marks | 1 << byte),
            pairs: text
                .windows(2)
                .fold(0, |marks, pair| marks | 1 << slot(pair[0], pair[1])),
        }
    }

    /// False when something of `other` surely does not occur here.
    fn has_all(&self, other: &Self) -> bool {
        self.ascii & other.ascii == other.ascii && self.pairs & other.pairs == other.pairs
    }
}

/// Spreads pairs over the 128 bits.
fn slot(first: u8, second: u8) -> u32 {
    let spread =
        u32::from(first).wrapping_mul(0x9e37_79b1) ^ u32::from(second).wrapping_mul(0x85eb_ca77);
    spread >> 25
}
