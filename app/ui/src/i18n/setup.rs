//! Translations of set-up, in Japanese and English. The texts are data, one file per language in `app/ui/i18n/setup`;
//! `build.rs` generates [`Words`] and its parts, one per page, from them, and compares the languages. In the code the
//! texts of a language are called `words`, and the texts of one page `texts`.

#[cfg(test)]
mod unbroken;
mod validation;
#[cfg(test)]
mod vocabulary;

use serde::{Deserialize, Serialize};
use yobirin_domain::model::lang::Lang;

use super::fill;

include!(concat!(env!("OUT_DIR"), "/setup_words.rs"));

/// Separates the parts of a line. Where the line breaks, the dot stays at its end.
pub(crate) const SEPARATOR: &str = "\u{a0}· ";

/// Replaces `{count}` in a text, and of forms such as `{host|hosts}` selects the singular or the plural.
pub(crate) fn counted(sentence: &str, count: usize) -> String {
    let mut text = String::with_capacity(sentence.len());
    let mut remaining = sentence;
    while let Some((before, from_brace)) = remaining.split_once('{') {
        text.push_str(before);
        let Some((braced, after)) = from_brace.split_once('}') else {
            text.push('{');
            remaining = from_brace;
            break;
        };
        match braced.split_once('|') {
            Some((singular, _)) if count == 1 => text.push_str(singular),
            Some((_, plural)) => text.push_str(plural),
            None => text.extend(["{", braced, "}"]),
        }
        remaining = after;
    }
    text.push_str(remaining);
    fill(&text, &[("count", &count.to_string())])
}

/// A language of set-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum SetupLang {
    /// 日本語
    Ja,
    /// English
    En,
}

impl SetupLang {
    /// Both languages, in the order of the buttons that switch between them.
    pub(crate) const ALL: [Self; 2] = [Self::Ja, Self::En];

    /// The same language as a [`Lang`].
    pub(crate) fn to_lang(self) -> Lang {
        match self {
            Self::Ja => Lang::Ja,
            Self::En => Lang::En,
        }
    }

    /// The first of the browser's preferred languages that set-up has, else Japanese.
    pub(crate) fn preferred(tags: &[String]) -> Self {
        let available = tags.iter().find_map(|tag| match Lang::from_tag(tag) {
            Some(Lang::Ja) => Some(Self::Ja),
            Some(Lang::En) => Some(Self::En),
            Some(Lang::Zh | Lang::Ko | Lang::Vi) | None => None,
        });
        available.unwrap_or(Self::Ja)
    }

    /// The words of this language.
    pub(crate) fn words(self) -> &'static Words {
        match self {
            Self::Ja => &JA,
            Self::En => &EN,
        }
    }
}

impl Words {
    /// The language of these words.
    pub(crate) fn language(&self) -> Lang {
        self.lang.to_lang()
    }

    /// Text between two sentences: none in Japanese, whose full stop brings its own space.
    pub(crate) fn sentence_gap(&self) -> &'static str {
        match self.lang {
            SetupLang::Ja => "",
            SetupLang::En => " ",
        }
    }

    /// Name of a language in the reader's language.
    pub(crate) fn language_name(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Ja => self.names.japanese,
            Lang::En => self.names.english,
            Lang::Zh => self.names.chinese,
            Lang::Ko => self.names.korean,
            Lang::Vi => self.names.vietnamese,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{SetupLang, counted};

    #[test]
    fn singular_and_plural_forms_are_selected() {
        let question = "Delete {count} {host|hosts} of {name}?";
        assert_eq!(counted(question, 1), "Delete 1 host of {name}?");
        assert_eq!(counted(question, 2), "Delete 2 hosts of {name}?");
        assert_eq!(counted("{count} 人を削除", 0), "0 人を削除");
        assert_eq!(counted("{count} {", 1), "1 {");
        let groups = counted(SetupLang::En.words().overview.groups_done, 1);
        assert_eq!(groups, "1 group, {rooms} with its own room.");
    }

    #[test]
    fn the_first_preferred_language_that_set_up_has_is_used() {
        let tags = |list: &[&str]| list.iter().map(|&tag| tag.to_owned()).collect::<Vec<_>>();
        assert_eq!(
            SetupLang::preferred(&tags(&["fr", "en-GB", "ja"])),
            SetupLang::En
        );
        assert_eq!(SetupLang::preferred(&tags(&["ja-JP", "en"])), SetupLang::Ja);
        assert_eq!(SetupLang::preferred(&tags(&["ko"])), SetupLang::Ja);
    }
}
