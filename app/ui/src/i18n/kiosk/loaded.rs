//! Words by language on the tablet: Japanese comes with the app, the other languages are loaded on demand and kept for
//! the life of the page.

use std::sync::OnceLock;

use yobirin_domain::model::lang::Lang;

use super::{Words, ja};

static LOADED: [OnceLock<Words>; Lang::ALL.len()] = [const { OnceLock::new() }; Lang::ALL.len()];

/// The words of a language, if they are loaded.
#[must_use]
pub fn get_loaded(lang: Lang) -> Option<&'static Words> {
    match lang {
        Lang::Ja => Some(&ja::WORDS),
        other => LOADED[other as usize].get(),
    }
}

/// The words of a language, or the Japanese ones until it is loaded.
#[must_use]
pub fn words(lang: Lang) -> &'static Words {
    get_loaded(lang).unwrap_or(&ja::WORDS)
}

/// Keeps the words of a language, a list as the build writes it; false when it has the wrong length.
pub fn set_loaded(lang: Lang, list: Vec<String>) -> bool {
    let Some(words) = parse(list) else {
        return false;
    };
    LOADED[lang as usize].get_or_init(|| words);
    true
}

/// Words from a list in the order of their declaration. They are leaked: they stay for the life of the page.
fn parse(list: Vec<String>) -> Option<Words> {
    let mut words = ja::WORDS;
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
    use super::*;

    #[test]
    fn a_list_of_another_version_is_refused() {
        let words = |count: usize| parse(vec!["x".to_owned(); count]);
        let right = (1..1_000).find(|count| words(*count).is_some());
        let right = right.expect("some number of words is right");
        assert!(right > 100);
        assert!(words(right - 1).is_none() && words(right + 1).is_none());
    }
}
