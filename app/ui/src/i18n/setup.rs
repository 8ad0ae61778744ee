//! Translations of set-up, in Japanese and English, one struct per page. [`words!`] declares both languages of a word side by
//! side, so a word that lacks one does not compile.

mod changes;
mod chatwork;
mod common;
mod devices;
mod doctor;
mod editing;
mod entry;
mod groups;
mod history;
mod history_csv;
mod hosts;
mod hours;
mod import;
mod me;
mod menu;
mod overview;
mod preview;
mod problem;
mod security;
mod shell;
mod site;
mod tablet;
mod trace;
mod versions;

use serde::{Deserialize, Serialize};
use yobirin_domain::model::lang::Lang;

use super::fill;
use problem::ProblemWords;

/// Declares the words of one page: `key: "日本語", "English";`.
macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($key:ident: $ja:literal, $en:literal;)* }) => {
        $(#[$about])*
        pub(crate) struct $name {
            $(pub(crate) $key: &'static str,)*
        }
        impl $name {
            pub(crate) const JA: Self = Self { $($key: $ja,)* };
            pub(crate) const EN: Self = Self { $($key: $en,)* };
        }
    };
}
pub(crate) use words;

/// Replaces `{count}` in a text, and selects singular or plural forms, written `{host|hosts}`.
pub(crate) fn counted(sentence: &str, count: usize) -> String {
    let mut text = String::with_capacity(sentence.len());
    let mut rest = sentence;
    while let Some((before, from)) = rest.split_once('{') {
        text.push_str(before);
        let Some((gap, after)) = from.split_once('}') else {
            text.push('{');
            rest = from;
            break;
        };
        match gap.split_once('|') {
            Some((one, _)) if count == 1 => text.push_str(one),
            Some((_, several)) => text.push_str(several),
            None => text.extend(["{", gap, "}"]),
        }
        rest = after;
    }
    text.push_str(rest);
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
    /// Both, in the order of the switch.
    pub(crate) const ALL: [Self; 2] = [Self::Ja, Self::En];

    /// The same language as a [`Lang`].
    pub(crate) fn lang(self) -> Lang {
        match self {
            Self::Ja => Lang::Ja,
            Self::En => Lang::En,
        }
    }

    /// The first of the browser's preferred languages that set-up has, else Japanese.
    pub(crate) fn preferred(tags: &[String]) -> Self {
        let spoken = tags.iter().find_map(|tag| match Lang::from_tag(tag) {
            Some(Lang::Ja) => Some(Self::Ja),
            Some(Lang::En) => Some(Self::En),
            Some(Lang::Zh | Lang::Ko | Lang::Vi) | None => None,
        });
        spoken.unwrap_or(Self::Ja)
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
    /// Name of a language in the reader's language.
    pub(crate) fn language(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Ja => self.common.lang_ja,
            Lang::En => self.common.lang_en,
            Lang::Zh => self.common.lang_zh,
            Lang::Ko => self.common.lang_ko,
            Lang::Vi => self.common.lang_vi,
        }
    }
}

/// All words of set-up.
pub(crate) struct Words {
    pub(crate) lang: SetupLang,
    pub(crate) common: common::Common,
    pub(crate) changes: changes::Changes,
    pub(crate) editing: editing::Editing,
    pub(crate) entry: entry::Entry,
    pub(crate) shell: shell::Shell,
    pub(crate) overview: overview::Overview,
    pub(crate) chatwork: chatwork::Chatwork,
    pub(crate) hosts: hosts::Hosts,
    pub(crate) import: import::Import,
    pub(crate) groups: groups::Groups,
    pub(crate) devices: devices::Devices,
    pub(crate) doctor: doctor::Doctor,
    pub(crate) menu: menu::Menu,
    pub(crate) preview: preview::Preview,
    pub(crate) trace: trace::Trace,
    pub(crate) history: history::History,
    pub(crate) history_csv: history_csv::HistoryCsvWords,
    pub(crate) hours: hours::HoursWords,
    pub(crate) site: site::SiteWords,
    pub(crate) security: security::Security,
    pub(crate) me: me::MeWords,
    pub(crate) versions: versions::Versions,
    pub(crate) tablet: tablet::TabletWords,
    pub(crate) problem: ProblemWords,
}

macro_rules! every_page {
    ($lang:ident, $variant:ident) => {
        static $lang: Words = Words {
            lang: SetupLang::$variant,
            common: common::Common::$lang,
            changes: changes::Changes::$lang,
            editing: editing::Editing::$lang,
            entry: entry::Entry::$lang,
            shell: shell::Shell::$lang,
            overview: overview::Overview::$lang,
            chatwork: chatwork::Chatwork::$lang,
            hosts: hosts::Hosts::$lang,
            import: import::Import::$lang,
            groups: groups::Groups::$lang,
            devices: devices::Devices::$lang,
            doctor: doctor::Doctor::$lang,
            menu: menu::Menu::$lang,
            preview: preview::Preview::$lang,
            trace: trace::Trace::$lang,
            history: history::History::$lang,
            history_csv: history_csv::HistoryCsvWords::$lang,
            hours: hours::HoursWords::$lang,
            site: site::SiteWords::$lang,
            security: security::Security::$lang,
            me: me::MeWords::$lang,
            versions: versions::Versions::$lang,
            tablet: tablet::TabletWords::$lang,
            problem: ProblemWords::$lang,
        };
    };
}
every_page!(JA, Ja);
every_page!(EN, En);

#[cfg(test)]
mod tests {
    use super::{SetupLang, counted};

    #[test]
    fn singular_and_plural_forms_are_selected() {
        let ask = "Delete {count} {host|hosts} of {name}?";
        assert_eq!(counted(ask, 1), "Delete 1 host of {name}?");
        assert_eq!(counted(ask, 2), "Delete 2 hosts of {name}?");
        assert_eq!(counted("{count} 人を削除", 0), "0 人を削除");
        assert_eq!(counted("{count} {", 1), "1 {");
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
