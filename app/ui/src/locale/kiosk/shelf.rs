//! The words that a tablet has at hand: Japanese and English come with the app, other languages as
//! files of their own when a visitor first wants them, and stay while the page does.

use std::sync::OnceLock;

use yobirin_domain::lang::Lang;

use super::{Words, en, ja};
use crate::relay_client;

static LOADED: [OnceLock<Words>; Lang::ALL.len()] = [const { OnceLock::new() }; Lang::ALL.len()];

/// The words of a language, if they are here.
#[must_use]
pub fn at_hand(lang: Lang) -> Option<&'static Words> {
    match lang {
        Lang::Ja => Some(&ja::WORDS),
        Lang::En => Some(&en::WORDS),
        other => LOADED[other as usize].get(),
    }
}

/// The words of a language, or the English ones until it is loaded.
#[must_use]
pub fn words(lang: Lang) -> &'static Words {
    at_hand(lang).unwrap_or(&en::WORDS)
}

/// Loads the words of a language; false when they cannot be had now.
pub async fn load(lang: Lang) -> bool {
    if at_hand(lang).is_some() {
        return true;
    }
    let list = relay_client::words(lang).await.unwrap_or_default();
    let Some(words) = read(list) else {
        return false;
    };
    LOADED[lang as usize].get_or_init(|| words);
    true
}

/// Words out of a list in the order in which they are declared. They stay for the page's life.
fn read(list: Vec<String>) -> Option<Words> {
    let mut missing = false;
    let mut list = list.into_iter();
    let words = Words::of(&mut || match list.next() {
        Some(word) => String::leak(word),
        None => {
            missing = true;
            ""
        }
    });
    (!missing && list.next().is_none()).then_some(words)
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
