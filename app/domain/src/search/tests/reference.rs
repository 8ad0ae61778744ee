//! The index beside a search without one.

use proptest::prelude::*;

use super::super::query::{self, Query};
use super::super::{fold, normalize, particles, phonetic, pronunciation, texts};
use super::{any_name, index};
use crate::model::directory::Host;
use crate::test_office::host;

proptest! {
    #[test]
    fn find_equals_the_reference_implementation(
        names in prop::collection::vec((any_name(), any_name()), 1..12),
        query in any_name(),
    ) {
        let hosts: Vec<Host> = names.iter().enumerate()
            .map(|(i, (name, kana))| host(&format!("h{i}"), name, kana, 0, &[]))
            .collect();
        let index = index(hosts.clone());
        let wanted = Query::of(&normalize::words(&query));
        let hits = wanted.map(|query| query.positions(&index.forms, usize::MAX)).unwrap_or_default();
        for host in &hosts {
            let found = hits.iter().any(|(at, _)| index.hosts[*at] == host.id);
            prop_assert_eq!(found, matches_without_index(host, &query), "{:?} {:?} {:?}", host.name, host.kana, query);
        }
    }
}

/// Reference implementation: compares the query with all forms of the host, without the index.
fn matches_without_index(host: &Host, query: &str) -> bool {
    let forms = ReferenceForms::of(host);
    let has = |(letters, sounds): &(Vec<String>, Vec<String>)| {
        let is_in =
            |forms: &[Words], needle: &String| forms.iter().any(|words| has_needle(words, needle));
        letters.iter().any(|needle| is_in(&forms.letters, needle))
            || sounds.iter().any(|needle| {
                is_in(&forms.sounds, needle)
                    || forms.swapped.iter().any(|form| form.starts_with(needle))
            })
    };
    let needles = query::needles(query);
    needles
        .split_first()
        .is_some_and(|(whole, words)| has(whole) || !words.is_empty() && words.iter().all(has))
}

/// True when the words together contain the needle, or begin with it in any rotation.
fn has_needle(words: &[String], needle: &str) -> bool {
    let rotated = |at: usize| [&words[at..], &words[..at]].concat().concat();
    words.concat().contains(needle) || (1..words.len()).any(|at| rotated(at).starts_with(needle))
}

type Words = Vec<String>;

/// Words of the written and phonetic forms of a host.
#[derive(Default)]
struct ReferenceForms {
    letters: Vec<Words>,
    sounds: Vec<Words>,
    /// Phonetic forms in the other name order, folded as one word.
    swapped: Vec<String>,
}

impl ReferenceForms {
    fn of(host: &Host) -> Self {
        let mut forms = Self::default();
        for text in texts(host) {
            let words = normalize::words(text);
            let folded: Words = words.iter().map(|word| fold(word)).collect();
            if let Some(unified) = particles::unified(&folded.join("\u{1}")) {
                let words = unified.split('\u{1}').map(str::to_owned);
                forms.letters.push(words.collect());
            }
            forms.letters.push(folded);
            forms.add_sounds(words.iter().map(|word| sound_or_word(word)).collect());
        }
        forms
    }

    fn add_sounds(&mut self, written: Words) {
        if !written.concat().contains(|c: char| c.is_ascii_alphabetic()) {
            return;
        }
        let by_word = written.iter().map(|word| phonetic::folded(word));
        self.sounds.push(by_word.collect());
        self.sounds.push(vec![phonetic::folded(&written.concat())]);
        if let [first, rest @ ..] = written.as_slice() {
            let swapped = [&rest.concat(), first.as_str()].concat();
            self.swapped.push(phonetic::folded(&swapped));
        }
        self.sounds.push(written);
    }
}

/// Phonetic form of a word, with a question mark for each part that is not read.
fn sound_or_word(word: &str) -> String {
    let part = |part: &str| {
        let mut sound = String::new();
        let is_read = pronunciation::append_sound(part, &mut sound);
        if is_read { sound } else { "?".to_owned() }
    };
    pronunciation::parts(word).map(part).collect()
}
