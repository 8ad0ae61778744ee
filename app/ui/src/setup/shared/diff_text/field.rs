//! Labels for fields of the JSON form, and for values that are words of it.

use crate::i18n::setup::Words;
use yobirin_domain::model::date::Weekday;
use yobirin_domain::model::lang::Lang;

use crate::setup::shared::hours::weekday_name;

/// Labels of a path within an entry or a button; empty for the entry itself.
pub(crate) fn labels(words: &Words, path: &[String]) -> Vec<String> {
    let parts: Vec<&str> = path.iter().map(String::as_str).collect();
    let w = &words.changes;
    let (name, rest) = match parts.as_slice() {
        [] => return Vec::new(),
        ["contact", "name", ..] => return vec![w.field_contact_name.to_owned()],
        ["contact", "phone", ..] => return vec![w.field_contact_phone.to_owned()],
        ["ask", "name", ..] => {
            return vec![w.field_ask.to_owned(), w.field_visitor_name.to_owned()];
        }
        [first, rest @ ..] => (*first, rest),
    };
    let mut labels = vec![field_name(words, name).unwrap_or(name).to_owned()];
    // The parts of a device's opening hours need no names of their own.
    let is_named = |part: &&&str| name != "opening_hours" || !matches!(**part, "kind" | "week");
    for part in rest.iter().filter(is_named) {
        let weekday = Weekday::ALL.into_iter().find(|day| day.key() == *part);
        let label = match (Lang::from_tag(part), weekday) {
            (Some(lang), _) if matches!(name, "name" | "label") => words.language(lang),
            (_, Some(day)) if name == "opening_hours" => weekday_name(words, day),
            _ => field_name(words, part).unwrap_or(part),
        };
        labels.push(label.to_owned());
    }
    labels
}

/// Label of one field.
fn field_name(words: &Words, name: &str) -> Option<&'static str> {
    let w = &words.changes;
    Some(match name {
        "time_zone" => w.field_time_zone,
        "languages" => w.field_languages,
        "default_room" => w.field_default_room,
        "accent" => w.field_accent,
        "logo" => w.field_logo,
        "opening_hours" => w.field_opening_hours,
        "closed_days" => w.field_closed_days,
        "exit_pin" => w.field_exit_pin,
        "name" => w.field_name,
        "kana" => w.field_kana,
        "display_name" => w.field_display_name,
        "search_keys" => w.field_search_keys,
        "account" => w.field_account,
        "groups" => w.field_groups,
        "delegates" => w.field_delegates,
        "visitor_message" => w.field_visitor_message,
        "absent_until" => w.field_absent_until,
        "hidden" => w.field_hidden,
        "parent" => w.field_parent,
        "room" => w.field_room,
        "in_charge" => w.field_in_charge,
        "not_callable" => w.field_not_callable,
        "order" => w.field_order,
        "place" => w.field_place,
        "access" => w.field_access,
        "text_size" => w.field_text_size,
        "high_contrast" => w.field_high_contrast,
        "low_reach" => w.field_low_reach,
        "menu" => w.field_menu,
        "label" => w.field_label,
        "icon" => w.field_icon,
        "action" => w.field_action,
        "method" => w.field_method,
        "ask" => w.field_ask,
        "company" => w.field_company,
        "people" => w.field_people,
        "purpose" => w.field_purpose,
        "template" => w.field_template,
        _ => return None,
    })
}

/// Text of a value that is a word of the JSON form.
pub(crate) fn value_text<'a>(words: &'static Words, field: &str, value: &'a str) -> &'a str {
    let menu = &words.menu;
    match (field, value) {
        ("languages", tag) => match Lang::from_tag(tag) {
            Some(lang) => words.language(lang),
            None => value,
        },
        ("kind", "as_site") => words.hours.as_site,
        ("kind", "always") => words.hours.always,
        ("kind", "own") => words.hours.own_hours,
        ("kind", "group_selection") => menu.group_selection,
        ("kind", "custom") => menu.custom,
        ("kind", "host_open") => menu.host_open,
        ("kind", "host_closed") => menu.host_closed,
        ("kind", "host_search") => menu.host_search,
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

#[cfg(test)]
mod tests {
    use serde_json::Value;
    use yobirin_domain::model::directory::{Group, Host};
    use yobirin_domain::model::settings::SettingsDocument;

    use super::*;
    use crate::i18n::setup::SetupLang;

    fn path(parts: &[&str]) -> Vec<String> {
        parts.iter().map(|part| (*part).to_owned()).collect()
    }

    #[test]
    fn fields_are_called_what_their_forms_call_them() {
        let words = SetupLang::Ja.words();
        let read = |parts: &[&str]| labels(words, &path(parts)).join(" › ");
        assert_eq!(read(&["kana"]), "よみがな");
        assert_eq!(read(&["name", "en"]), "名前 › 英語");
        assert_eq!(read(&["contact", "phone"]), "連絡先の電話番号");
        assert_eq!(read(&["ask", "name"]), "来訪者に聞くこと › お名前");
        assert_eq!(read(&["opening_hours", "mon"]), "受付時間 › 月曜日");
        assert_eq!(read(&[]), "");
    }

    /// Every field of a document has a label.
    #[test]
    fn no_field_of_a_document_goes_by_its_name_in_json() {
        let mut document = SettingsDocument::default();
        document
            .hosts
            .push(Host::named("a".parse().unwrap(), "佐藤"));
        let name = yobirin_domain::model::lang::LocalText::default();
        document
            .groups
            .push(Group::named("g".parse().unwrap(), name));
        let json: Value = serde_json::from_str(&document.to_json()).unwrap();
        for entry in [&json["site"], &json["hosts"][0], &json["groups"][0]] {
            for field in entry.as_object().unwrap().keys() {
                let known = field == "id" || field == "contact";
                assert!(
                    known || field_name(SetupLang::Ja.words(), field).is_some(),
                    "{field}"
                );
            }
        }
    }
}
