//! Labels for the keys of the settings' JSON, and for the values that are words of it, such as `host_search`.

use crate::i18n::setup::Words;
use yobirin_domain::model::answer_display::AnswerDisplay;
use yobirin_domain::model::date::Weekday;
use yobirin_domain::model::lang::Lang;

use super::field_kind::{FieldKind, split_button};
use crate::setup::shared::hours::weekday_name;

/// Labels of a path within an entry or a button; empty for the entry itself.
pub(crate) fn labels(words: &Words, path: &[String]) -> Vec<String> {
    let parts: Vec<&str> = path.iter().map(String::as_str).collect();
    let texts = &words.settings_diff;
    let (name, rest) = match parts.as_slice() {
        [] => return Vec::new(),
        ["retention", kind, ..] => {
            let name = texts.field_retention.to_owned();
            return vec![name, retention_kind(words, kind).to_owned()];
        }
        ["contact", part, rest @ ..] => {
            let label = match *part {
                "name" | "names" => texts.field_contact_name,
                _ => texts.field_contact_phone,
            };
            let mut labels = vec![label.to_owned()];
            if let Some(lang) = rest.first().and_then(|tag| Lang::from_tag(tag)) {
                labels.push(words.language_name(lang).to_owned());
            }
            return labels;
        }
        ["ask", "name", ..] => {
            return vec![
                texts.field_ask.to_owned(),
                texts.field_visitor_name.to_owned(),
            ];
        }
        [first, rest @ ..] => (*first, rest),
    };
    let mut labels = vec![field_name(words, name).unwrap_or(name).to_owned()];
    for part in rest {
        // `own` and `week` only nest a device's opening hours: they mean nothing to an admin.
        if name == "opening_hours" && matches!(*part, "own" | "week") {
            continue;
        }
        let weekday = Weekday::ALL.into_iter().find(|day| day.key() == *part);
        let label = match (Lang::from_tag(part), weekday) {
            (Some(lang), _) if matches!(name, "name" | "names" | "label" | "purpose_notice") => {
                words.language_name(lang)
            }
            (_, Some(day)) if name == "opening_hours" => weekday_name(words, day),
            _ => field_name(words, part).unwrap_or(part),
        };
        labels.push(label.to_owned());
    }
    labels
}

/// Name of the records whose retention has the JSON key `kind`.
fn retention_kind<'a>(words: &Words, kind: &'a str) -> &'a str {
    let texts = &words.retention;
    match kind {
        "visitors" => texts.visitors,
        "messages" => texts.messages,
        "answers" => texts.answers,
        "counts" => texts.counts,
        _ => kind,
    }
}

/// Admin's name for the field with this JSON key; `None` for an unknown key.
fn field_name(words: &Words, name: &str) -> Option<&'static str> {
    let texts = &words.settings_diff;
    Some(match name {
        "time_zone" => texts.field_time_zone,
        "languages" => texts.field_languages,
        "default_room" => texts.field_default_room,
        "accent" => texts.field_accent,
        "logo" => texts.field_logo,
        "opening_hours" => texts.field_opening_hours,
        "closed_days" => texts.field_closed_days,
        "exit_pin" => texts.field_exit_pin,
        "retention" => texts.field_retention,
        "answers" => texts.field_answers,
        "escalation" => texts.field_escalation,
        "purpose_notice" => words.purpose_notice.title,
        "is_shown" => words.purpose_notice.display_title,
        "texts" => words.purpose_notice.texts_title,
        "responsible" => words.purpose_notice.responsible,
        "inquiries" => words.purpose_notice.inquiries,
        "missed_visit" => texts.field_missed_visit,
        "alarms" => texts.field_alarms,
        "backup_days" => texts.field_backup_days,
        "name" => texts.field_name,
        "kana" => texts.field_kana,
        "latin_name" => texts.field_latin_name,
        "names" => texts.field_names,
        "display_name" => texts.field_display_name,
        "search_keys" => texts.field_search_keys,
        "account" => texts.field_account,
        "groups" => texts.field_groups,
        "delegates" => texts.field_delegates,
        "visitor_message" => texts.field_visitor_message,
        "absent_from" => texts.field_absent_from,
        "absent_until" => texts.field_absent_until,
        "hidden" => texts.field_hidden,
        "parent" => texts.field_parent,
        "room" => texts.field_room,
        "in_charge" => texts.field_in_charge,
        "not_callable" => texts.field_not_callable,
        "order" => texts.field_order,
        "place" => texts.field_place,
        "access" => texts.field_access,
        "text_size" => texts.field_text_size,
        "high_contrast" => texts.field_high_contrast,
        "low_reach" => texts.field_low_reach,
        "menu" => texts.field_menu,
        "label" => texts.field_label,
        "icon" => texts.field_icon,
        "action" => texts.field_action,
        "method" => texts.field_method,
        "ask" => texts.field_ask,
        "company" => texts.field_company,
        "people" => texts.field_people,
        "purpose" => texts.field_purpose,
        "template" => texts.field_template,
        _ => return None,
    })
}

/// Text of a value that is a word of the JSON form.
pub(crate) fn value_text<'a>(words: &'static Words, field: &str, value: &'a str) -> &'a str {
    let menu = &words.menu;
    match (field, value) {
        ("languages", tag) => match Lang::from_tag(tag) {
            Some(lang) => words.language_name(lang),
            None => value,
        },
        ("answers", "off") => words.answers.off,
        ("answers", "noticed") => words.answers.noticed,
        ("answers", "words") => words.answers.words,
        ("opening_hours", "as_site") => words.hours.as_site,
        ("opening_hours", "always") => words.hours.always,
        ("action", "group_selection") => menu.group_selection,
        ("action", "custom") => menu.custom,
        ("action", "host_open") => menu.host_open,
        ("action", "host_closed") => menu.host_closed,
        ("action", "host_search") => menu.host_search,
        ("method", "direct") => menu.direct,
        ("method", "room") => menu.room,
        ("method", "both") => menu.both,
        ("icon", "bell") => menu.icon_bell,
        ("icon", "person") => menu.icon_person,
        ("icon", "people") => menu.icon_people,
        ("icon", "search") => menu.icon_search,
        ("icon", "parcel") => menu.icon_parcel,
        ("icon", "interview") => menu.icon_interview,
        ("icon", "building") => menu.icon_building,
        ("icon", "help") => menu.icon_help,
        ("company" | "name" | "people" | "purpose", "off") => menu.not_asked,
        ("company" | "name" | "people" | "purpose", "optional") => menu.optional,
        ("company" | "name" | "people" | "purpose", "required") => menu.required,
        _ => value,
    }
}

/// Text for a value that is absent from the JSON: the meaning of its default.
pub(crate) fn missing_value_text(words: &'static Words, path: &[String]) -> &'static str {
    let (button, field) = split_button(path);
    match FieldKind::of(field) {
        FieldKind::RetentionDays => return words.settings_diff.standard_value,
        // A week of the site is listed by weekday, the hours of a device as a whole or below `own`.
        FieldKind::WeekdayHours if field.len() == 2 => return words.hours.always,
        FieldKind::WeekdayHours | FieldKind::OpeningHours => return words.hours.as_site,
        _ => {}
    }
    match field.last().map_or("", String::as_str) {
        "answers" => match AnswerDisplay::default() {
            AnswerDisplay::Off => words.answers.off,
            AnswerDisplay::Noticed => words.answers.noticed,
            AnswerDisplay::Words => words.answers.words,
        },
        "escalation" if button.is_some() => words.escalation.as_office,
        "escalation" => words.escalation.summary_none,
        "missed_visit" => words.settings_diff.no,
        "is_shown" => words.settings_diff.yes,
        "purpose_notice" => words.settings_diff.standard_text,
        _ if path.iter().any(|part| part == "texts") => words.settings_diff.standard_text,
        "backup_days" => words.alarms.backup_never,
        _ => words.settings_diff.no_value,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;
    use yobirin_domain::escalation::preset;
    use yobirin_domain::model::directory::{Group, Host};
    use yobirin_domain::model::hours::DeviceHours;
    use yobirin_domain::model::lang::TranslatedText;
    use yobirin_domain::model::menu::{Action, Ask, Button, Device, Icon, Method};
    use yobirin_domain::model::settings::SettingsDocument;

    use super::*;
    use crate::i18n::setup::SetupLang;

    fn path(parts: &[&str]) -> Vec<String> {
        parts.iter().map(|part| (*part).to_owned()).collect()
    }

    #[test]
    fn fields_have_the_labels_of_their_forms() {
        let words = SetupLang::Ja.words();
        let read = |parts: &[&str]| labels(words, &path(parts)).join(" › ");
        assert_eq!(read(&["kana"]), "ふりがな");
        assert_eq!(read(&["name", "en"]), "名前 › 英語");
        assert_eq!(read(&["latin_name"]), "ローマ字の名前");
        assert_eq!(read(&["names", "en"]), "会社名 › 英語");
        assert_eq!(read(&["contact", "phone"]), "連絡先の電話番号");
        assert_eq!(read(&["contact", "names", "ko"]), "連絡先の名前 › 韓国語");
        assert_eq!(
            read(&["contact", "phones", "en"]),
            "連絡先の電話番号 › 英語"
        );
        assert_eq!(
            read(&["purpose_notice", "texts", "ko"]),
            "利用目的の表示 › 文面 › 韓国語"
        );
        assert_eq!(read(&["ask", "name"]), "来訪者に聞くこと › お名前");
        assert_eq!(read(&["opening_hours", "mon"]), "受付時間 › 月曜日");
        assert_eq!(read(&["alarms", "room"]), "異常のお知らせ › ルーム");
        assert_eq!(
            read(&["alarms", "backup_days"]),
            "異常のお知らせ › バックアップの期限"
        );
        assert_eq!(read(&[]), "");
    }

    #[test]
    fn a_missing_value_is_worded_as_its_default() {
        let words = SetupLang::Ja.words();
        let read = |parts: &[&str]| missing_value_text(words, &path(parts));
        assert_eq!(read(&["escalation"]), "再通知なし");
        assert_eq!(read(&["menu", "b1", "escalation"]), "オフィスの設定どおり");
        assert_eq!(read(&["opening_hours", "mon"]), "いつでも受付");
        let own_monday = ["opening_hours", "own", "week", "mon"];
        assert_eq!(read(&own_monday), "オフィスと同じ");
        assert_eq!(read(&["opening_hours"]), "オフィスと同じ");
        assert_eq!(read(&["menu", "b1", "missed_visit"]), "いいえ");
        assert_ne!(read(&["answers"]), words.settings_diff.no_value);
        assert_eq!(read(&["purpose_notice", "texts", "ko"]), "（標準の文面）");
        assert_eq!(read(&["purpose_notice", "is_shown"]), "はい");
        assert_eq!(read(&["alarms", "backup_days"]), "知らせない");
        assert_eq!(read(&["alarms", "room"]), "（なし）");
        assert_eq!(read(&["logo"]), "（なし）");
    }

    #[test]
    fn actions_and_opening_hours_are_called_what_their_forms_call_them() {
        let words = SetupLang::Ja.words();
        let actions = [
            Action::GroupSelection { below: None },
            Action::Custom {
                group: "g".parse().unwrap(),
            },
            Action::HostOpen,
            Action::HostClosed,
            Action::HostSearch,
        ];
        let name = |value: Value| match value {
            Value::Object(fields) => fields.keys().next().cloned().unwrap(),
            name => name.as_str().unwrap().to_owned(),
        };
        for action in actions {
            let action = name(serde_json::to_value(action).unwrap());
            assert_ne!(value_text(words, "action", &action), action);
        }
        for hours in [DeviceHours::AsSite, DeviceHours::Always] {
            let hours = name(serde_json::to_value(hours).unwrap());
            assert_ne!(value_text(words, "opening_hours", &hours), hours);
        }
    }

    #[test]
    fn every_field_of_a_document_has_a_label() {
        let mut document = SettingsDocument::default();
        let mut sato = Host::named("a".parse().unwrap(), "佐藤");
        sato.latin_name = "Sato".to_owned();
        document.hosts.push(sato);
        document.site.names.set(Lang::En, "Sample Inc.");
        document.site.answers = AnswerDisplay::Noticed;
        document.site.escalation = preset();
        document.site.purpose_notice.is_shown = false;
        document.site.alarms.backup_days = Some(7);
        let mut device = Device::named("lobby".parse().unwrap(), "1F");
        device.menu.push(Button {
            id: "call".parse().unwrap(),
            label: TranslatedText::of(Lang::Ja, "呼び出し"),
            icon: Icon::Bell,
            action: Action::HostSearch,
            method: Method::Room,
            ask: Ask::NOTHING,
            template: Some(String::new()),
            escalation: Some(preset()),
            missed_visit: true,
        });
        document.devices.push(device);
        let name = TranslatedText::default();
        document
            .groups
            .push(Group::named("g".parse().unwrap(), name));
        let json: Value = serde_json::from_str(&document.to_json()).unwrap();
        let button = &json["devices"][0]["menu"][0];
        for entry in [&json["site"], &json["hosts"][0], &json["groups"][0], button] {
            for field in entry.as_object().unwrap().keys() {
                // An id never changes, and `labels` names the parts of a contact.
                let needs_no_name = field == "id" || field == "contact";
                assert!(
                    needs_no_name || field_name(SetupLang::Ja.words(), field).is_some(),
                    "{field}"
                );
            }
        }
    }
}
