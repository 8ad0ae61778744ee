//! 五十音 order of people, and the rows of the table by which lists are cut.

use super::{kana, letters};
use crate::directory::Host;
use crate::places;

/// What hosts are sorted by: 五十音 order of the reading, marks and size of kana aside at first; names
/// without kana come after those with, Latin before kanji.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KanaKey {
    script: u8,
    plain: String,
    exact: String,
}

/// The key of a host: of the reading, else of the name the tablet shows.
#[must_use]
pub fn kana_key(host: &Host) -> KanaKey {
    let mut exact = String::with_capacity(host.kana.len());
    add_words(&host.kana, &mut exact);
    if exact.is_empty() {
        add_words(host.shown_name(), &mut exact);
    }
    let script = match exact.chars().next() {
        Some(c) if kana::is_kana(c) => 0,
        Some(c) if c.is_ascii_alphanumeric() => 1,
        _ => 2,
    };
    KanaKey {
        script,
        plain: plain(&exact),
        exact,
    }
}

/// Adds the words of a text with one space between them.
fn add_words(text: &str, out: &mut String) {
    for word in letters::split(&letters::normal(text)) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
}

/// Hosts in 五十音 order; equal ones stay as they were.
pub fn in_kana_order<'a>(hosts: impl Iterator<Item = &'a Host>) -> Vec<&'a Host> {
    let hosts: Vec<&Host> = hosts.collect();
    let keys: Vec<KanaKey> = hosts.iter().map(|host| kana_key(host)).collect();
    let heads: Vec<u64> = keys.iter().map(KanaKey::head).collect();
    let order = places::sorted(hosts.len(), &|a, b| {
        let whole = || keys[a].cmp(&keys[b]);
        heads[a].cmp(&heads[b]).then_with(whole)
    });
    order.into_iter().map(|place| hosts[place]).collect()
}

impl KanaKey {
    /// As much of the key as fits a number: most are told apart by it. Where two numbers differ, so do
    /// the keys, in the same direction.
    fn head(&self) -> u64 {
        let mut bytes = [self.script, 0, 0, 0, 0, 0, 0, 0];
        for (byte, c) in bytes[1..].iter_mut().zip(self.plain.chars()) {
            let number = u32::from(c);
            let (place, is_exact) = match c {
                ' ' => (1, true),
                '0'..='z' => (number - 46, true),
                'ぁ'..='ゟ' => (number - u32::from('ぁ') + 80, true),
                c if c < 'ぁ' => (79, false),
                _ => (255, false),
            };
            *byte = u8::try_from(place).unwrap_or(u8::MAX);
            if !is_exact {
                break; // what follows counts only between equal letters
            }
        }
        u64::from_be_bytes(bytes)
    }
}

/// The kana of the table itself; a long mark is the vowel it lengthens (JIS X 4061).
fn plain(exact: &str) -> String {
    let mut out = String::with_capacity(exact.len());
    let mut last = None;
    for c in exact.chars().map(kana::unmarked) {
        match c {
            'ー' => out.push(last.and_then(lengthened).unwrap_or(c)),
            _ => {
                out.push(c);
                last = Some(c);
            }
        }
    }
    out
}

/// The vowel with which a kana ends.
fn lengthened(kana: char) -> Option<char> {
    let (_, vowel) = kana::sound(kana)?;
    let at = "aiueo".find(vowel)?;
    "あいうえお".chars().nth(at)
}

/// The rows of the 五十音 table, in order.
pub const KANA_ROWS: [char; 10] = ['あ', 'か', 'さ', 'た', 'な', 'は', 'ま', 'や', 'ら', 'わ'];

const ROWS: [&str; 10] = [
    "あいうえお",
    "かきくけこ",
    "さしすせそ",
    "たちつてと",
    "なにぬねの",
    "はひふへほ",
    "まみむめも",
    "やゆよ",
    "らりるれろ",
    "わゐゑをん",
];

/// The row of the 五十音 table (one of [`KANA_ROWS`]) that a reading begins in; ん is in わ.
/// `None` when it does not begin with kana.
#[must_use]
pub fn kana_row(reading: &str) -> Option<char> {
    let words = letters::words(reading);
    let first = kana::unmarked(words.first()?.chars().next()?);
    let row = ROWS.iter().find(|row| row.contains(first))?;
    row.chars().next()
}
