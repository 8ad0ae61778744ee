//! 五十音 order of hosts, and the rows of the 五十音 table that group lists.

use super::{kana, normalize};
use crate::argsort;
use crate::model::directory::Host;

/// Sort key of a host: 五十音 order of the reading, with voicing marks and size of kana as tie-breakers. Names without
/// reading come last, Latin before kanji.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KanaKey {
    /// Rank of the script; see [`script`].
    script: u8,
    /// Sort text without voicing marks and small kana.
    base: String,
    /// Sort text, which decides among equal `base`.
    exact: String,
}

/// Sort key of a host: its reading, or the shown name without one.
#[must_use]
pub fn kana_key(host: &Host) -> KanaKey {
    let (mut normal, mut exact) = (String::new(), String::new());
    write_exact(host, &mut normal, &mut exact);
    KanaKey {
        script: script(&exact),
        base: base_kana(&exact).collect(),
        exact,
    }
}

/// Writes the sort text of a host to `exact`; `normal` is a buffer.
fn write_exact(host: &Host, normal: &mut String, exact: &mut String) {
    exact.clear();
    add_words(&host.kana, normal, exact);
    if exact.is_empty() {
        add_words(host.shown_name(), normal, exact);
    }
}

/// Rank of the script in which a sort text starts: kana, then Latin letters and digits, then everything else.
fn script(exact: &str) -> u8 {
    match exact.chars().next() {
        Some(c) if kana::is_kana(c) => 0,
        Some(c) if c.is_ascii_alphanumeric() => 1,
        _ => 2,
    }
}

/// Appends the words of a text, separated by one space.
fn add_words(text: &str, normal: &mut String, out: &mut String) {
    normal.clear();
    normalize::add_normal(text, normal);
    for word in normalize::split_words(normal) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
}

/// Sorts hosts in 五十音 order; the sort is stable.
pub fn in_kana_order<'a>(hosts: impl Iterator<Item = &'a Host>) -> Vec<&'a Host> {
    let hosts: Vec<&Host> = hosts.collect();
    let order = positions_in_kana_order(&hosts).into_iter();
    order.map(|index| hosts[index]).collect()
}

/// Positions of the hosts in 五十音 order; the sort is stable.
#[must_use]
pub fn positions_in_kana_order(hosts: &[&Host]) -> Vec<usize> {
    let (mut normal, mut exact) = (String::new(), String::new());
    let prefixes: Vec<u128> = hosts
        .iter()
        .map(|host| {
            write_exact(host, &mut normal, &mut exact);
            key_prefix(&exact)
        })
        .collect();
    let mut order = argsort::argsort(hosts.len(), &|a, b| prefixes[a].cmp(&prefixes[b]));
    // Whole keys are only built for hosts with equal prefixes.
    for equal in order.chunk_by_mut(|&a, &b| prefixes[a] == prefixes[b]) {
        if equal.len() > 1 {
            let keys: Vec<KanaKey> = equal.iter().map(|&index| kana_key(hosts[index])).collect();
            let sorted = argsort::argsort(keys.len(), &|a, b| keys[a].cmp(&keys[b]));
            let sorted: Vec<usize> = sorted.into_iter().map(|index| equal[index]).collect();
            equal.copy_from_slice(&sorted);
        }
    }
    order
}

/// First part of a key as a number, which decides most comparisons. Different prefixes are in the order of the
/// keys. One byte per character, in ascending order: space, ASCII, other characters before kana, kana, all others.
fn key_prefix(exact: &str) -> u128 {
    let mut bytes = [0; 16];
    bytes[0] = script(exact);
    for (byte, c) in bytes[1..].iter_mut().zip(base_kana(exact)) {
        let number = u32::from(c);
        // Ranks 2 to 76 for ASCII from '0', 80 to 174 for hiragana. Ranks 79 and 255 stand for many characters, which
        // are not distinguished.
        let (rank, is_exact) = match c {
            ' ' => (1, true),
            '0'..='z' => (number - u32::from('0') + 2, true),
            'ぁ'..='ゟ' => (number - u32::from('ぁ') + 80, true),
            c if c < 'ぁ' => (79, false),
            _ => (255, false),
        };
        *byte = u8::try_from(rank).unwrap_or(u8::MAX);
        if !is_exact {
            break; // later characters may only be compared after equal ones
        }
    }
    u128::from_be_bytes(bytes)
}

/// Kana without marks; a long vowel mark becomes the vowel it lengthens (JIS X 4061).
fn base_kana(exact: &str) -> impl Iterator<Item = char> {
    let mut last = None;
    exact.chars().map(move |c| match kana::unmarked(c) {
        'ー' => last.and_then(lengthened).unwrap_or('ー'),
        c => {
            last = Some(c);
            c
        }
    })
}

/// Kana of the vowel with which a kana ends.
fn lengthened(kana: char) -> Option<char> {
    let (_, vowel) = kana::sound(kana)?;
    let index = "aiueo".find(vowel)?;
    "あいうえお".chars().nth(index)
}

/// First kana of each row of the 五十音 table, in order.
pub const KANA_ROWS: [char; 10] = ['あ', 'か', 'さ', 'た', 'な', 'は', 'ま', 'や', 'ら', 'わ'];

/// Kana of each of [`KANA_ROWS`].
const ROW_MEMBERS: [&str; 10] = [
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

/// Row of the 五十音 table (one of [`KANA_ROWS`]) in which a reading starts; ん is in わ. `None` when the reading does
/// not start with kana.
#[must_use]
pub fn kana_row(reading: &str) -> Option<char> {
    let words = normalize::words(reading);
    let first = kana::unmarked(words.first()?.chars().next()?);
    let row = ROW_MEMBERS.iter().find(|row| row.contains(first))?;
    row.chars().next()
}
