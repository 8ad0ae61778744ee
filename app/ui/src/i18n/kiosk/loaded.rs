//! Words by language on the tablet: Japanese comes with the app, the other languages are loaded on demand and kept for
//! the life of the page.

use std::sync::OnceLock;

use yobirin_domain::model::lang::Lang;

use super::{JA, RareWords, Words};

/// Words by the number of their language; the place of Japanese stays empty.
static LOADED: [OnceLock<Words>; Lang::ALL.len()] = [const { OnceLock::new() }; Lang::ALL.len()];

/// Rarely shown words by the number of their language.
static RARE: [OnceLock<RareWords>; Lang::ALL.len()] = [const { OnceLock::new() }; Lang::ALL.len()];

/// The words of a language, if they are loaded.
#[must_use]
pub fn get_loaded(lang: Lang) -> Option<&'static Words> {
    match lang {
        Lang::Ja => Some(&JA),
        other => LOADED[other as usize].get(),
    }
}

/// The words of a language, or the Japanese ones until it is loaded.
#[must_use]
pub fn words(lang: Lang) -> &'static Words {
    get_loaded(lang).unwrap_or(&JA)
}

/// Stores the words of a language: a list ordered by part and name, as `.make/pack.mjs` writes it. False when the
/// list has the wrong length.
pub fn set_loaded(lang: Lang, list: Vec<String>) -> bool {
    let Some(words) = parse(list) else {
        return false;
    };
    LOADED[lang as usize].get_or_init(|| words);
    true
}

/// The rarely shown words of a language, if they are loaded.
#[must_use]
pub fn get_rare(lang: Lang) -> Option<&'static RareWords> {
    RARE[lang as usize].get()
}

/// Stores the rarely shown words of a language from a list of the same order, and returns them. `None` when the list
/// has the wrong length.
pub fn set_rare(lang: Lang, list: Vec<String>) -> Option<&'static RareWords> {
    let words = parse_rare(list)?;
    Some(RARE[lang as usize].get_or_init(|| words))
}

fn parse_rare(list: Vec<String>) -> Option<RareWords> {
    let mut words = RareWords::default();
    fill_fields(&mut words.all(), list).then_some(words)
}

/// Builds the words from a list that is ordered by part and name.
fn parse(list: Vec<String>) -> Option<Words> {
    let mut words = JA; // every field is replaced
    fill_fields(&mut words.all(), list).then_some(words)
}

/// Fills the fields with the words of a list; false when the numbers differ. The words are leaked, because they stay
/// for the life of the page.
fn fill_fields(fields: &mut [&mut &'static str], list: Vec<String>) -> bool {
    if fields.len() != list.len() {
        return false;
    }
    for (field, word) in fields.iter_mut().zip(list) {
        **field = String::leak(word);
    }
    true
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// The texts of a file, ordered by part and name: the texts of the app, and the rare texts.
    fn lists(json: &str) -> (Vec<String>, Vec<String>) {
        let mut texts: BTreeMap<String, BTreeMap<String, String>> =
            serde_json::from_str(json).unwrap();
        let rare = ["checklist", "notice_details"].map(|part| texts.remove(part).unwrap());
        let rare = rare.into_iter().flat_map(BTreeMap::into_values);
        let words = texts.into_values().flat_map(BTreeMap::into_values);
        (words.collect(), rare.collect())
    }

    #[test]
    fn a_loaded_list_is_the_language_that_set_up_contains() {
        let files = [
            (Lang::Ja, include_str!("../../../i18n/kiosk/ja.json")),
            (Lang::En, include_str!("../../../i18n/kiosk/en.json")),
            (Lang::Zh, include_str!("../../../i18n/kiosk/zh.json")),
            (Lang::Ko, include_str!("../../../i18n/kiosk/ko.json")),
            (Lang::Vi, include_str!("../../../i18n/kiosk/vi.json")),
        ];
        for (lang, json) in files {
            let (list, rare) = lists(json);
            let rare = parse_rare(rare).expect("the list of rare words is complete");
            let in_set_up = super::super::rare_words(lang);
            assert_eq!(format!("{rare:#?}"), format!("{in_set_up:#?}"));
            let loaded = parse(list).expect("the list is complete");
            let in_set_up = super::super::words(lang);
            assert_eq!(format!("{loaded:#?}"), format!("{in_set_up:#?}"));
        }
    }

    #[test]
    fn a_list_of_another_version_is_refused() {
        let parse_words = |count: usize| parse(vec!["x".to_owned(); count]);
        let (list, rare) = lists(include_str!("../../../i18n/kiosk/en.json"));
        let right_count = list.len();
        assert!(parse_rare(rare[1..].to_vec()).is_none());
        assert!(right_count > 100 && parse_words(right_count).is_some());
        assert!(parse_words(right_count - 1).is_none());
        assert!(parse_words(right_count + 1).is_none());
    }
}
