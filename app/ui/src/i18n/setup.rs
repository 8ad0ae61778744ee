//! Translations of set-up, in Japanese and English, one struct per page. [`words!`] declares both languages of a word
//! side by side, so a word that lacks one does not compile.

mod alarms;
mod answers;
mod api_errors;
mod backup;
mod chatwork;
mod controls;
mod devices;
mod doctor;
mod editing;
mod engine_gaps;
mod escalation;
mod groups;
mod guide;
mod history;
mod history_csv;
mod hosts;
mod hours;
mod import;
mod layout;
mod live_preview;
mod loopback;
mod menu;
mod moments;
mod names;
mod overview;
mod people_from_chatwork;
mod pickers;
mod preview;
mod purpose_notice;
mod retention;
mod route_trace;
mod security;
mod self_service;
mod settings_diff;
mod sign_in;
mod site;
mod unbroken;
mod validation;
mod versions;
#[cfg(test)]
mod vocabulary;
mod webhook;

use serde::{Deserialize, Serialize};
use yobirin_domain::model::lang::Lang;

use super::fill;
use validation::ValidationTexts;

/// Declares the words of one page: `key: "日本語", "English";`.
macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($key:ident: $ja:literal, $en:literal;)* }) => {
        $(#[$about])*
        pub(crate) struct $name {
            $(pub(crate) $key: &'static str,)*
        }
        impl $name {
            pub(crate) const JA: Self = Self { $($key: crate::i18n::setup::unbroken::unbroken!($ja),)* };
            pub(crate) const EN: Self = Self { $($key: $en,)* };
        }
    };
}
pub(crate) use words;

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

/// All texts of set-up in one language. In the code they are called `words`, and the texts of one page `texts`.
pub(crate) struct Words {
    pub(crate) lang: SetupLang,
    pub(crate) controls: controls::Controls,
    pub(crate) alarms: alarms::Alarms,
    pub(crate) answers: answers::AnswersTexts,
    pub(crate) backup: backup::Backup,
    pub(crate) escalation: escalation::EscalationTexts,
    pub(crate) webhook: webhook::WebhookTexts,
    pub(crate) api_errors: api_errors::ApiErrors,
    pub(crate) names: names::Names,
    pub(crate) pickers: pickers::Pickers,
    pub(crate) settings_diff: settings_diff::SettingsDiff,
    pub(crate) editing: editing::Editing,
    pub(crate) sign_in: sign_in::SignIn,
    pub(crate) layout: layout::Layout,
    pub(crate) overview: overview::Overview,
    pub(crate) guide: guide::Guide,
    pub(crate) chatwork: chatwork::Chatwork,
    pub(crate) hosts: hosts::Hosts,
    pub(crate) people_from_chatwork: people_from_chatwork::PeopleFromChatwork,
    pub(crate) import: import::Import,
    pub(crate) groups: groups::Groups,
    pub(crate) devices: devices::Devices,
    pub(crate) engine_gaps: engine_gaps::EngineGaps,
    pub(crate) doctor: doctor::Doctor,
    pub(crate) menu: menu::Menu,
    pub(crate) moments: moments::Moments,
    pub(crate) preview: preview::Preview,
    pub(crate) purpose_notice: purpose_notice::PurposeNoticeTexts,
    pub(crate) retention: retention::RetentionTexts,
    pub(crate) route_trace: route_trace::RouteTraceTexts,
    pub(crate) history: history::History,
    pub(crate) history_csv: history_csv::HistoryCsvTexts,
    pub(crate) hours: hours::HoursTexts,
    pub(crate) site: site::SiteTexts,
    pub(crate) security: security::Security,
    pub(crate) self_service: self_service::SelfServiceTexts,
    pub(crate) versions: versions::Versions,
    pub(crate) live_preview: live_preview::LivePreviewTexts,
    pub(crate) loopback: loopback::Loopback,
    pub(crate) validation: ValidationTexts,
}

/// Defines the static with all texts of one language.
macro_rules! every_page {
    ($lang:ident, $variant:ident) => {
        static $lang: Words = Words {
            lang: SetupLang::$variant,
            controls: controls::Controls::$lang,
            alarms: alarms::Alarms::$lang,
            answers: answers::AnswersTexts::$lang,
            backup: backup::Backup::$lang,
            escalation: escalation::EscalationTexts::$lang,
            webhook: webhook::WebhookTexts::$lang,
            api_errors: api_errors::ApiErrors::$lang,
            names: names::Names::$lang,
            pickers: pickers::Pickers::$lang,
            settings_diff: settings_diff::SettingsDiff::$lang,
            editing: editing::Editing::$lang,
            sign_in: sign_in::SignIn::$lang,
            layout: layout::Layout::$lang,
            overview: overview::Overview::$lang,
            guide: guide::Guide::$lang,
            chatwork: chatwork::Chatwork::$lang,
            hosts: hosts::Hosts::$lang,
            people_from_chatwork: people_from_chatwork::PeopleFromChatwork::$lang,
            import: import::Import::$lang,
            groups: groups::Groups::$lang,
            devices: devices::Devices::$lang,
            engine_gaps: engine_gaps::EngineGaps::$lang,
            doctor: doctor::Doctor::$lang,
            menu: menu::Menu::$lang,
            moments: moments::Moments::$lang,
            preview: preview::Preview::$lang,
            purpose_notice: purpose_notice::PurposeNoticeTexts::$lang,
            retention: retention::RetentionTexts::$lang,
            route_trace: route_trace::RouteTraceTexts::$lang,
            history: history::History::$lang,
            history_csv: history_csv::HistoryCsvTexts::$lang,
            hours: hours::HoursTexts::$lang,
            site: site::SiteTexts::$lang,
            security: security::Security::$lang,
            self_service: self_service::SelfServiceTexts::$lang,
            versions: versions::Versions::$lang,
            live_preview: live_preview::LivePreviewTexts::$lang,
            loopback: loopback::Loopback::$lang,
            validation: ValidationTexts::$lang,
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
