//! Fields that pick rooms, accounts and hosts, by name or by a pasted id.

mod host;
mod room;

pub(crate) use host::HostList;
pub(crate) use room::{AccountField, RoomField};

use crate::components::ComboboxOption;
use crate::components::combobox::SearchResult;
use crate::i18n::fill;
use crate::i18n::setup::Words;
use yobirin_domain::chatwork_id::ParseIdError;
use yobirin_domain::search::fold;

/// Maximum of choices shown.
const MAX_SUGGESTIONS: usize = 8;

/// True when one of the texts contains `query`, folded as in the kiosk's search: without regard to width, case, kana
/// and kanji variants.
pub(crate) fn matches(query: &str, texts: &[&str]) -> bool {
    let folded = fold(query);
    let mut texts = texts.iter();
    // A query of punctuation folds to nothing and matches nothing.
    query.trim().is_empty() || !folded.is_empty() && texts.any(|text| fold(text).contains(&folded))
}

/// The first choices. Without any, a text that says that nothing matches the query; no text for an empty query.
pub(crate) fn search_result(
    words: &Words,
    query: &str,
    choices: impl Iterator<Item = ComboboxOption>,
) -> SearchResult {
    let choices: Vec<ComboboxOption> = choices.take(MAX_SUGGESTIONS).collect();
    match (choices.is_empty(), query.trim()) {
        (false, _) => SearchResult::Choices(choices),
        (true, "") => SearchResult::Nothing(String::new()),
        (true, query) => SearchResult::Nothing(fill(words.pickers.no_match, &[("query", query)])),
    }
}

/// Problem of a pasted id; `None` for a text that is no id, but a part of a name.
pub(crate) fn id_problem(words: &Words, error: ParseIdError) -> Option<&'static str> {
    let pickers = &words.pickers;
    match error {
        ParseIdError::Empty | ParseIdError::NoIdFound => None,
        ParseIdError::SeveralIds => Some(pickers.several_ids),
        ParseIdError::AccountForRoom => Some(pickers.account_for_room),
        ParseIdError::RoomForAccount => Some(pickers.room_for_account),
        ParseIdError::OutOfRange => Some(pickers.out_of_range),
        ParseIdError::ChatworkName => Some(pickers.chatwork_name),
        ParseIdError::Rounded => Some(pickers.rounded_id),
    }
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_name_is_found_by_any_part_of_it() {
        assert!(matches("sato", &["佐藤 花", "Sato Hana"]));
        assert!(matches(" 花 ", &["佐藤 花"]));
        assert!(matches("ｻﾄｳ", &["佐藤 花", "さとう はな"]));
        assert!(matches("渡辺", &["渡邉 彩"]));
        assert!(matches("", &["佐藤"]));
        assert!(!matches("・", &["佐藤"]));
        assert!(!matches("鈴木", &["佐藤 花", "さとう"]));
    }
}
