//! The words that a tablet has at hand: Japanese comes with the app, other languages as files of their
//! own when they are first wanted, and stay while the page does.

use std::sync::OnceLock;

use yobirin_domain::model::lang::Lang;

use super::{Words, ja};
use crate::api::client;

static LOADED: [OnceLock<Words>; Lang::ALL.len()] = [const { OnceLock::new() }; Lang::ALL.len()];

/// The words of a language, if they are here.
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

/// Loads the words of a language; false when they cannot be had now.
pub async fn load(lang: Lang) -> bool {
    if get_loaded(lang).is_some() {
        return true;
    }
    let list = client::words(lang).await.unwrap_or_default();
    let Some(words) = read(list) else {
        return false;
    };
    LOADED[lang as usize].get_or_init(|| words);
    true
}

/// Words out of a list in the order in which they are declared. They stay for the page's life.
fn read(list: Vec<String>) -> Option<Words> {
    let mut words = ja::WORDS;
    let places = words.all();
    if places.len() != list.len() {
        return None;
    }
    for (place, word) in places.into_iter().zip(list) {
        *place = String::leak(word);
    }
    Some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_another_version_of_the_app_is_not_taken() {
        let words = |count: usize| read(vec!["x".to_owned(); count]);
        let right = (1..1_000).find(|count| words(*count).is_some());
        let right = right.expect("some number of words is right");
        assert!(right > 100);
        assert!(words(right - 1).is_none() && words(right + 1).is_none());
    }
}
