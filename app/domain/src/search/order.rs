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
    let kana = letters::words(&host.kana);
    let words = if kana.is_empty() {
        letters::words(host.shown_name())
    } else {
        kana
    };
    let exact = words.join(" ");
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

/// Hosts in 五十音 order; equal ones stay as they were.
pub fn in_kana_order<'a>(hosts: impl Iterator<Item = &'a Host>) -> Vec<&'a Host> {
    let keyed: Vec<(KanaKey, &Host)> = hosts.map(|host| (kana_key(host), host)).collect();
    let order = places::sorted(keyed.len(), &|a, b| keyed[a].0.cmp(&keyed[b].0));
    order.into_iter().map(|place| keyed[place].1).collect()
}

/// The kana of the table itself; a long mark is the vowel it lengthens (JIS X 4061).
fn plain(exact: &str) -> String {
    let mut out = String::with_capacity(exact.len());
    let mut vowel = None;
    for c in exact.chars().map(kana::unmarked) {
        match (c, vowel) {
            ('ー', Some(vowel)) => out.push(vowel),
            _ => {
                out.push(c);
                vowel = kana::sound(c).and_then(|(_, vowel)| lone(vowel));
            }
        }
    }
    out
}

fn lone(vowel: char) -> Option<char> {
    let at = "aiueo".find(vowel)?;
    "あいうえお".chars().nth(at)
}

/// The row of the 五十音 table (one of あかさたなはまやらわ) that a reading begins in; ん is in わ.
/// `None` when it does not begin with kana.
#[must_use]
pub fn kana_row(reading: &str) -> Option<char> {
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
    let words = letters::words(reading);
    let first = kana::unmarked(words.first()?.chars().next()?);
    let row = ROWS.iter().find(|row| row.contains(first))?;
    row.chars().next()
}
