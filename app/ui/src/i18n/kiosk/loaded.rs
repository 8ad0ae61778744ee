//! Words by language on the tablet: Japanese comes with the app, the other languages are loaded on demand and kept for
//! the life of the page.

use std::sync::OnceLock;

use yobirin_domain::model::lang::Lang;

use super::{JA, Words};

static LOADED: [OnceLock<Words>; Lang::ALL.len()] = [const { OnceLock::new() }; Lang::ALL.len()];

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

/// Keeps the words of a language, a list ordered by part and name as `.make/pack.mjs` writes it. False when it has the
/// wrong length.
pub fn set_loaded(lang: Lang, list: Vec<String>) -> bool {
    let Some(words) = parse(list) else {
        return false;
    };
    LOADED[lang as usize].get_or_init(|| words);
    true
}

/// Words from a list ordered by part and name. They are leaked: they stay for the life of the page.
fn parse(list: Vec<String>) -> Option<Words> {
    let mut words = JA;
    let fields = words.all();
    if fields.len() != list.len() {
        return None;
    }
    for (field, word) in fields.into_iter().zip(list) {
        *field = String::leak(word);
    }
    Some(words)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    /// The texts of a file, ordered by part and name.
    fn list(json: &str) -> Vec<String> {
        let texts: BTreeMap<String, BTreeMap<String, String>> = serde_json::from_str(json).unwrap();
        texts
            .into_values()
            .flat_map(BTreeMap::into_values)
            .collect()
    }

    #[test]
    fn a_loaded_list_is_the_language_that_set_up_contains() {
        let files = [
            (Lang::En, include_str!("../../../i18n/kiosk/en.json")),
            (Lang::Zh, include_str!("../../../i18n/kiosk/zh.json")),
            (Lang::Ko, include_str!("../../../i18n/kiosk/ko.json")),
            (Lang::Vi, include_str!("../../../i18n/kiosk/vi.json")),
        ];
        for (lang, json) in files {
            let loaded = parse(list(json)).expect("the list is complete");
            let contained = super::super::words(lang);
            assert_eq!(format!("{loaded:#?}"), format!("{contained:#?}"));
        }
    }

    #[test]
    fn a_list_of_another_version_is_refused() {
        let words = |count: usize| parse(vec!["x".to_owned(); count]);
        let right = list(include_str!("../../../i18n/kiosk/en.json")).len();
        assert!(right > 100 && words(right).is_some());
        assert!(words(right - 1).is_none() && words(right + 1).is_none());
    }
}
