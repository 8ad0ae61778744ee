//! Text search in the call history: in the visitor's words, the names of the target, and the call's reference.

use crate::model::call::Visitor;
use crate::model::id::Reference;
use crate::model::lang::Lang;
use crate::model::settings::Settings;
use crate::routing::Target;
use crate::search::fold;

/// Folds a typed text as in the search for names. A text that folds to nothing, such as `_`, stays as it was typed.
#[must_use]
pub fn normalize(typed: &str) -> String {
    let typed = typed.trim();
    match fold(typed) {
        folded if folded.is_empty() => typed.to_owned(),
        folded => folded,
    }
}

/// True when a text that [`normalize`] returned occurs in a call. An empty text occurs in every call. The name of
/// the target comes from the current settings.
#[must_use]
pub fn occurs_in_call(
    text: &str,
    reference: Reference,
    visitor: &Visitor,
    target: &Target,
    settings: &Settings,
) -> bool {
    let occurs_in = |word: &str| word.contains(text) || fold(word).contains(text);
    let words = [&visitor.company, &visitor.name, &visitor.purpose];
    text.is_empty()
        || words.into_iter().any(|word| occurs_in(word))
        || occurs_in(&reference.to_string())
        || names(target, settings).into_iter().any(occurs_in)
}

/// Returns the names of the target in these settings; none when it was removed.
fn names<'a>(target: &Target, settings: &'a Settings) -> Vec<&'a str> {
    match target {
        Target::Host(id) => settings.host(id).map_or_else(Vec::new, |host| {
            let names = [&host.name, &host.kana, &host.display_name];
            names.map(String::as_str).into()
        }),
        Target::Group(id) => settings.group(id).map_or_else(Vec::new, |group| {
            Lang::ALL.map(|lang| group.name.exactly(lang)).into()
        }),
        Target::Staff => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::id::CallId;
    use crate::test_office::{host_id, office};

    #[test]
    fn a_text_is_found_in_the_words_of_the_visitor_the_target_and_the_reference() {
        let settings = office(|_| {});
        let host = &settings.hosts()[0];
        let visitor = Visitor {
            company: "青空商事".to_owned(),
            name: "ヤマダ".to_owned(),
            ..Visitor::default()
        };
        let id: CallId = "0192e4a0-0000-7000-8000-00ffffffffff".parse().unwrap();
        let target = Target::Host(host.id.clone());
        let is_found = |typed: &str, target: &Target| {
            let text = normalize(typed);
            occurs_in_call(&text, id.reference(), &visitor, target, &settings)
        };
        for typed in ["", "青空", "やまだ", "ﾔﾏﾀﾞ", "ZZZZ-ZZZZ", &host.name] {
            assert!(is_found(typed, &target), "{typed}");
        }
        assert!(!is_found("_", &target));
        assert!(!is_found(&host.name, &Target::Staff));
        let unknown = Target::Host(host_id("unknown"));
        assert!(!is_found(&host.name, &unknown));
    }
}
