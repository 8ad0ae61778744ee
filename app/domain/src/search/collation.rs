//! 五十音 order of people, and the rows of the table by which lists are cut.

use super::{kana, normalize};
use crate::argsort;
use crate::model::directory::Host;

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
    let (mut normal, mut exact) = (String::new(), String::new());
    write_exact(host, &mut normal, &mut exact);
    KanaKey {
        script: script(&exact),
        plain: plain(&exact).collect(),
        exact,
    }
}

/// What a host is sorted by, as it is spelled; `normal` is only room to work in.
fn write_exact(host: &Host, normal: &mut String, exact: &mut String) {
    exact.clear();
    add_words(&host.kana, normal, exact);
    if exact.is_empty() {
        add_words(host.shown_name(), normal, exact);
    }
}

fn script(exact: &str) -> u8 {
    match exact.chars().next() {
        Some(c) if kana::is_kana(c) => 0,
        Some(c) if c.is_ascii_alphanumeric() => 1,
        _ => 2,
    }
}

/// Adds the words of a text with one space between them.
fn add_words(text: &str, normal: &mut String, out: &mut String) {
    normal.clear();
    normalize::add_normal(text, normal);
    for word in normalize::split(normal) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
}

/// Hosts in 五十音 order; equal ones stay as they were.
pub fn in_kana_order<'a>(hosts: impl Iterator<Item = &'a Host>) -> Vec<&'a Host> {
    let hosts: Vec<&Host> = hosts.collect();
    let order = places_in_kana_order(&hosts).into_iter();
    order.map(|place| hosts[place]).collect()
}

/// The same as places in the list.
#[must_use]
pub fn places_in_kana_order(hosts: &[&Host]) -> Vec<usize> {
    let (mut normal, mut exact) = (String::new(), String::new());
    let heads: Vec<u128> = hosts
        .iter()
        .map(|host| {
            write_exact(host, &mut normal, &mut exact);
            head(&exact)
        })
        .collect();
    let mut order = argsort::argsort(hosts.len(), &|a, b| heads[a].cmp(&heads[b]));
    // Whole keys are made only for those whom the heads do not tell apart.
    for alike in order.chunk_by_mut(|&a, &b| heads[a] == heads[b]) {
        if alike.len() > 1 {
            let keys: Vec<KanaKey> = alike.iter().map(|&at| kana_key(hosts[at])).collect();
            let sorted = argsort::argsort(keys.len(), &|a, b| keys[a].cmp(&keys[b]));
            let sorted: Vec<usize> = sorted.into_iter().map(|place| alike[place]).collect();
            alike.copy_from_slice(&sorted);
        }
    }
    order
}

/// As much of a key as fits a number: most are told apart by it. Where two numbers differ, so do the
/// keys, in the same direction.
fn head(exact: &str) -> u128 {
    let mut bytes = [0; 16];
    bytes[0] = script(exact);
    for (byte, c) in bytes[1..].iter_mut().zip(plain(exact)) {
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
    u128::from_be_bytes(bytes)
}

/// The kana of the table itself; a long mark is the vowel it lengthens (JIS X 4061).
fn plain(exact: &str) -> impl Iterator<Item = char> {
    let mut last = None;
    exact.chars().map(move |c| match kana::unmarked(c) {
        'ー' => last.and_then(lengthened).unwrap_or('ー'),
        c => {
            last = Some(c);
            c
        }
    })
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
    let words = normalize::words(reading);
    let first = kana::unmarked(words.first()?.chars().next()?);
    let row = ROWS.iter().find(|row| row.contains(first))?;
    row.chars().next()
}
