//! Values of fields as an admin reads them: names for ids, yes or no, opening hours.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use yobirin_domain::model::escalation_step::EscalationStep;
use yobirin_domain::model::hours::{DeviceHours, Span, Week};
use yobirin_domain::model::lang::TranslatedText;

use super::field;
use super::field_kind::{FieldKind, IdKind};
use super::shortened::{shorten_list, truncate};
use crate::browser::clock;
use crate::i18n::fill;
use crate::i18n::setup::{SEPARATOR, Words, counted};
use crate::setup::shared::backup::backup_days_text;
use crate::setup::shared::escalation;
use crate::setup::shared::hours::{closed_days_text, spans_text, week_summary};

/// Maximum length of a value, in characters.
const MAX_VALUE_CHARS: usize = 120;

/// Writes values.
pub(super) struct ValueWriter<'a> {
    pub(super) words: &'static Words,
    /// Name of the record with an id; `None` for a value that is not an id of this kind.
    pub(super) name_of: &'a dyn Fn(IdKind, &Value) -> Option<String>,
}

impl ValueWriter<'_> {
    /// Value of the field `path`, written as its kind; a value that is not of that kind is written as it is.
    pub(super) fn text(&self, path: &[String], value: &Value) -> String {
        let text = self.text_of_kind(FieldKind::of(path), value);
        text.unwrap_or_else(|| self.plain_text(path, value))
    }

    /// As [`Self::text`], shortened: a list to its first entries and the number of the others, other texts to their
    /// start.
    pub(super) fn short_text(&self, path: &[String], value: &Value) -> String {
        let whole = self.text(path, value);
        let is_sentence = matches!(
            FieldKind::of(path),
            FieldKind::Escalation | FieldKind::WeekdayHours
        );
        match value {
            Value::Array(list) if !is_sentence && whole.chars().count() > MAX_VALUE_CHARS => {
                let entries = list.iter().map(|entry| self.short_text(path, entry));
                let entries: Vec<String> = entries.collect();
                let separator = self.words.names.list_separator;
                shorten_list(&entries, separator, MAX_VALUE_CHARS, |count| {
                    let count = count.to_string();
                    fill(self.words.settings_diff.and_more, &[("count", &count)])
                })
            }
            _ => truncate(&whole, MAX_VALUE_CHARS),
        }
    }

    /// `None` when the value is not readable as this kind.
    fn text_of_kind(&self, kind: FieldKind, value: &Value) -> Option<String> {
        let words = self.words;
        if value.is_null() {
            return None;
        }
        match kind {
            FieldKind::Action => self.action(value),
            FieldKind::BackupDays => Some(backup_days_text(words, value.as_u64()?)),
            FieldKind::ClosedDays => Some(closed_days_text(words, &read(value)?)),
            FieldKind::Day => {
                let day = value.as_str().filter(|day| !day.is_empty())?;
                Some(clock::format_iso_day(day, words.language().tag()))
            }
            FieldKind::Escalation => {
                let steps = read::<Vec<EscalationStep>>(value)?;
                Some(escalation::summary(words, &steps))
            }
            FieldKind::Id(kind) => (self.name_of)(kind, value),
            FieldKind::Image => Some(words.settings_diff.image.to_owned()),
            FieldKind::OpeningHours => {
                let week = match read(value) {
                    Some(DeviceHours::Own { week }) => week,
                    _ => read::<Week>(value)?,
                };
                Some(week_summary(words, &week))
            }
            FieldKind::RetentionDays => {
                let days = usize::try_from(value.as_u64()?).ok()?;
                Some(counted(words.retention.days, days))
            }
            FieldKind::Secret => Some(words.settings_diff.secret_set.to_owned()),
            FieldKind::WeekdayHours => Some(spans_text(words, &read::<Vec<Span>>(value)?)),
            FieldKind::Plain => None,
        }
    }

    /// The value without regard to its kind.
    fn plain_text(&self, path: &[String], value: &Value) -> String {
        let texts = &self.words.settings_diff;
        let field = path.last().map_or("", String::as_str);
        match value {
            Value::Null => texts.no_value.to_owned(),
            Value::Bool(flag) => if *flag { texts.yes } else { texts.no }.to_owned(),
            Value::Number(number) => number.to_string(),
            Value::String(text) if text.is_empty() => texts.no_value.to_owned(),
            Value::String(text) => field::value_text(self.words, field, text).to_owned(),
            Value::Array(list) if list.is_empty() => texts.no_value.to_owned(),
            Value::Array(list) => {
                let each = list.iter().map(|entry| self.text(path, entry));
                each.collect::<Vec<_>>()
                    .join(self.words.names.list_separator)
            }
            Value::Object(fields) => self.record(fields),
        }
    }

    /// Name of an action, then the group that it concerns.
    fn action(&self, value: &Value) -> Option<String> {
        // An action without a group is a plain text, not an object.
        let mut parts = Vec::new();
        for (action, details) in value.as_object()? {
            parts.push(field::value_text(self.words, "action", action).to_owned());
            for (key, detail) in details.as_object()? {
                parts.push(self.text(std::slice::from_ref(key), detail));
            }
        }
        Some(parts.join(SEPARATOR))
    }

    /// Name of a record if it has one, else its fields.
    fn record(&self, fields: &Map<String, Value>) -> String {
        let name = match fields.get("name").or_else(|| fields.get("label")) {
            Some(Value::String(name)) => Some(name.clone()),
            Some(name) => {
                read::<TranslatedText>(name).map(|name| name.best(self.words.language()).to_owned())
            }
            None => None,
        };
        if let Some(name) = name {
            return name;
        }
        let each = fields.iter().map(|(key, value)| {
            let path = std::slice::from_ref(key);
            let value = self.text(path, value);
            match field::labels(self.words, path).pop() {
                Some(label) => format!("{label}: {value}"),
                None => value,
            }
        });
        each.collect::<Vec<_>>().join(SEPARATOR)
    }
}

fn read<T: DeserializeOwned>(value: &Value) -> Option<T> {
    T::deserialize(value).ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::i18n::setup::SetupLang;

    /// The value of a field in Japanese. The keys of `path` are separated by dots; the record with the id `a` is called
    /// 名前 a.
    fn text(path: &str, value: &Value) -> String {
        let keys = path.split('.').filter(|key| !key.is_empty());
        let path: Vec<String> = keys.map(str::to_owned).collect();
        let name_of = |_: IdKind, value: &Value| Some(format!("名前 {}", value.as_str()?));
        let writer = ValueWriter {
            words: SetupLang::Ja.words(),
            name_of: &name_of,
        };
        writer.text(&path, value)
    }

    #[test]
    fn values_are_written_by_the_kind_of_their_field() {
        let week = json!({"mon": [{"from": "09:00", "to": "18:00"}]});
        for (path, value, expected) in [
            ("alarms.backup_days", json!(7), "7\u{a0}日"),
            ("alarms.room", json!("r"), "名前 r"),
            ("groups", json!(["a", "b"]), "名前 a、名前 b"),
            ("groups", json!([]), "（なし）"),
            ("in_charge", json!("a"), "名前 a"),
            ("menu", json!(["a"]), "名前 a"),
            ("logo", json!("data:image/png,…"), "（画像）"),
            ("logo", json!(null), "（なし）"),
            ("exit_pin", json!({"hash": "…"}), "（設定済み）"),
            ("hidden", json!(true), "はい"),
            ("account", json!(42), "42"),
            ("escalation", json!([]), "再通知なし"),
            ("opening_hours.mon", json!([]), "休み"),
            ("opening_hours", json!("always"), "いつでも受付"),
            ("action", json!("host_search"), "担当者検索"),
            (
                "action",
                json!({"custom": {"group": "g"}}),
                "カスタム通知 · 名前 g",
            ),
        ] {
            let text = text(path, &value).replace('\u{a0}', " ");
            assert_eq!(text, expected.replace('\u{a0}', " "), "{path} {value}");
        }
        let own = json!({"own": {"week": week.clone()}});
        assert_eq!(text("opening_hours", &week), text("opening_hours", &own));
        assert!(text("opening_hours", &own).contains("9:00"));
    }

    #[test]
    fn an_unreadable_value_is_shown_as_it_is() {
        for (path, value, expected) in [
            ("alarms.backup_days", json!(-1), "-1"),
            ("alarms.backup_days", json!("soon"), "soon"),
            ("retention.visitors", json!(0.5), "0.5"),
            ("alarms.room", json!(7), "7"),
            ("groups", json!([7]), "7"),
            ("absent_from", json!("tomorrow"), "tomorrow"),
            ("absent_from", json!(20), "20"),
            ("closed_days", json!(["soon", 20]), "soon、20"),
            ("escalation", json!([{"after": "soon"}]), "after: soon"),
            ("opening_hours.mon", json!([{"from": "noon"}]), "from: noon"),
            ("opening_hours.mon", json!("noon"), "noon"),
            ("opening_hours", json!({"mon": 5}), "mon: 5"),
            ("action", json!({"custom": "g"}), "custom: g"),
            ("name", json!({"name": 5}), "名前: 5"),
        ] {
            assert_eq!(text(path, &value), expected, "{path} {value}");
        }
    }

    #[test]
    fn a_whole_record_is_written_as_its_name_else_its_fields() {
        assert_eq!(text("", &json!({"name": "佐藤"})), "佐藤");
        assert_eq!(text("", &json!({"label": {"ja": "呼び出し"}})), "呼び出し");
        assert_eq!(
            text("", &json!({"hidden": false})),
            "受付画面に表示しない: いいえ"
        );
        assert_eq!(text("", &json!({})), "");
        assert_eq!(text("", &json!("word")), "word");
    }
}
