//! Texts for a saved version: its author, and a summary of its changes.

use yobirin_api::settings::SavedVersion;
use yobirin_domain::diff::ChangeCounts;

use crate::i18n::fill;
use crate::i18n::setup::{Words, counted};

use super::display_names::DisplayNames;

/// Name of the person who saved a version: as the browser stated it, else as the relay knows it.
pub(crate) fn author_text(words: &Words, names: DisplayNames, version: &SavedVersion) -> String {
    let texts = &words.versions;
    if let Some(name) = &version.editor {
        return name.clone();
    }
    if let Some(id) = version.by.strip_prefix("host:")
        && let Ok(host) = id.parse()
    {
        return fill(texts.host_author, &[("name", &names.host(&host))]);
    }
    match version.by.as_str() {
        "demo" => texts.demo_author.to_owned(),
        _ => texts.unnamed_admin.to_owned(),
    }
}

/// Counts of the changes of a version, such as “3 hosts, 1 menu entry” (担当者 3 人、メニュー 1 件).
pub(crate) fn summary_text(words: &Words, changes: ChangeCounts) -> String {
    let texts = &words.versions;
    let pages = &words.layout;
    let parts = [
        (changes.office_fields, pages.site),
        (changes.chatwork_fields, pages.chatwork),
        (changes.answer_fields, pages.answers),
        (changes.purpose_notice_fields, pages.purpose_notice),
        (changes.alarm_fields, pages.alarms),
        (changes.retention_fields, pages.retention),
        (changes.hosts, texts.changed_hosts),
        (changes.groups, texts.changed_groups),
        (changes.devices, texts.changed_devices),
        (changes.buttons, texts.changed_buttons),
    ];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0);
    let parts = parts.map(|(count, text)| counted(text, count as usize));
    parts.collect::<Vec<_>>().join(words.names.list_separator)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::setup::SetupLang;

    #[test]
    fn a_summary_names_only_what_changed() {
        let changes = ChangeCounts {
            answer_fields: 2,
            hosts: 3,
            buttons: 1,
            ..ChangeCounts::default()
        };
        let summary_in = |lang: SetupLang| summary_text(lang.words(), changes);
        assert_eq!(
            summary_in(SetupLang::Ja),
            "応答と再通知、担当者 3\u{a0}人、メニュー 1\u{a0}件"
        );
        assert_eq!(
            summary_in(SetupLang::En),
            "Answers and reminders, 3 hosts, 1 menu entry"
        );
        assert_eq!(
            summary_text(SetupLang::En.words(), ChangeCounts::default()),
            ""
        );
    }
}
