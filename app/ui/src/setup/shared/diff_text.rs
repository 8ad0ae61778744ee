//! Texts for the differences between settings documents: for saved versions, for merged changes,
//! for undone steps.

mod field;
mod grouped;
mod shortened;

use std::sync::Arc;

use leptos::prelude::*;
use serde_json::Value;
use yobirin_domain::diff::{Change, Entity};
use yobirin_domain::model::escalation_step::EscalationStep;
use yobirin_domain::model::hours::{DeviceHours, Span, Week};
use yobirin_domain::model::id::{GroupId, HostId, RoomId};
use yobirin_domain::model::lang::TranslatedText;
use yobirin_domain::model::settings::SettingsDocument;

use crate::browser::clock;
use crate::i18n::fill;
use crate::i18n::setup::{SEPARATOR, Words, counted};

use super::display_names::DisplayNames;
use super::escalation;
use super::hours::{days_text, spans_text, week_summary};
use crate::setup::nav::words;
use crate::setup::shared::backup::backup_days_text;
use grouped::ChangeItem;
use shortened::{shorten_list, truncate};

pub(crate) use field::labels as field_labels;

/// Maximum length of a value, in characters.
const MAX_VALUE_CHARS: usize = 120;
/// Maximum of listed changes; the others are only counted.
const MAX_LISTED_CHANGES: usize = 200;

/// Texts for changes. Names of deleted entries come from other documents.
#[derive(Clone)]
pub(crate) struct DiffText {
    words: &'static Words,
    names: DisplayNames,
    other_documents: Vec<Arc<SettingsDocument>>,
}

impl DiffText {
    /// Names come from these documents and the draft.
    pub(crate) fn with_documents(others: Vec<Arc<SettingsDocument>>) -> Self {
        Self {
            words: words(),
            names: DisplayNames::from_context(),
            other_documents: others,
        }
    }

    /// Names come from the draft.
    pub(crate) fn from_context() -> Self {
        Self::with_documents(Vec::new())
    }

    /// Entry and field of a change, such as “Host 佐藤 花 › furigana” (担当者「佐藤 花」 › ふりがな).
    pub(crate) fn change_label(&self, change: &Change) -> String {
        self.field_label(&change.field.entity, &change.name, &change.field.path)
    }

    /// As [`Self::change_label`], for the field `path` of the entry `entity` that is called `name`.
    pub(crate) fn field_label(
        &self,
        entity: &Entity,
        name: &TranslatedText,
        path: &[String],
    ) -> String {
        let texts = &self.words.changes;
        let name = name.best(self.words.lang.lang());
        let name = if name.trim().is_empty() {
            self.words.names.unnamed
        } else {
            name
        };
        let entry = match entity {
            Entity::Site => texts.site.to_owned(),
            Entity::Host(_) => fill(texts.host, &[("name", name)]),
            Entity::Group(_) => fill(texts.group, &[("name", name)]),
            Entity::Device(_) => fill(texts.device, &[("name", name)]),
        };
        let mut parts = vec![entry];
        let mut field_path = path;
        if let [menu, button, more @ ..] = path
            && menu == "menu"
        {
            let label = self.button(button);
            parts.push(fill(texts.button, &[("name", &label)]));
            field_path = more;
        }
        parts.extend(field::labels(self.words, field_path));
        parts.join(" › ")
    }

    /// As [`Self::whole_text`], shortened: a list to its first entries and the number of the others, other texts to
    /// their start.
    pub(crate) fn value_text(&self, path: &[String], value: Option<&Value>) -> String {
        let whole = self.whole_text(path, value);
        match value {
            Some(Value::Array(list)) if whole.chars().count() > MAX_VALUE_CHARS => {
                if path.last().is_some_and(|field| field == "escalation") || is_opening_hours(path)
                {
                    return truncate(&whole, MAX_VALUE_CHARS);
                }
                let entries = list.iter();
                let entries: Vec<String> = entries
                    .map(|entry| self.value_text(path, Some(entry)))
                    .collect();
                let separator = self.words.route_trace.list_separator;
                shorten_list(&entries, separator, MAX_VALUE_CHARS, |count| {
                    fill(
                        self.words.changes.and_more,
                        &[("count", &count.to_string())],
                    )
                })
            }
            _ => truncate(&whole, MAX_VALUE_CHARS),
        }
    }

    /// Value of the field `path` as an admin reads it: names for ids, yes or no, opening hours.
    fn whole_text(&self, path: &[String], value: Option<&Value>) -> String {
        let texts = &self.words.changes;
        let field = path.last().map_or("", String::as_str);
        let Some(value) = value else {
            return field::missing_value_text(self.words, path).to_owned();
        };
        match (field, value) {
            ("escalation", Value::Array(_)) => self.steps(value),
            ("opening_hours", Value::Object(_)) => self.hours(value),
            ("action", Value::Object(fields)) => self.action(fields),
            (_, Value::Array(_)) if is_opening_hours(path) => self.spans(value),
            ("logo", _) => texts.image.to_owned(),
            ("exit_pin", _) => texts.secret_set.to_owned(),
            (_, Value::Null) => texts.no_value.to_owned(),
            (_, Value::Bool(flag)) => if *flag { texts.yes } else { texts.no }.to_owned(),
            ("room" | "default_room", Value::Number(id)) => self.room(id),
            ("backup_days", Value::Number(days)) => {
                backup_days_text(self.words, days.as_u64().unwrap_or_default())
            }
            (_, Value::Number(days)) if path.first().is_some_and(|name| name == "retention") => {
                let days = days.as_u64().and_then(|days| usize::try_from(days).ok());
                counted(self.words.retention.days, days.unwrap_or_default())
            }
            (_, Value::Number(number)) => number.to_string(),
            ("groups" | "parent" | "group" | "below", Value::String(id)) => self.group(id),
            ("delegates" | "in_charge", Value::String(id)) => self.host(id),
            ("menu", Value::String(id)) => self.button(id),
            ("absent_from" | "absent_until" | "closed_days", Value::String(day)) => {
                clock::format_iso_day(day, self.words.lang.lang().tag())
            }
            (_, Value::String(text)) if text.is_empty() => texts.no_value.to_owned(),
            (_, Value::String(text)) => field::value_text(self.words, field, text).to_owned(),
            (_, Value::Array(list)) if list.is_empty() => texts.no_value.to_owned(),
            (_, Value::Array(list)) => {
                let each = list.iter().map(|entry| self.whole_text(path, Some(entry)));
                each.collect::<Vec<_>>()
                    .join(self.words.route_trace.list_separator)
            }
            (_, Value::Object(fields)) => self.record_text(fields),
        }
    }

    /// The whole value below a shortened one, folded; nothing for a value that is shown whole.
    fn folded_whole(&self, path: &[String], value: Option<&Value>) -> Option<AnyView> {
        let whole = self.whole_text(path, value);
        (whole != self.value_text(path, value)).then(|| {
            view! {
                <details class="change-whole">
                    <summary>{self.words.changes.show_whole}</summary>
                    <p>{whole}</p>
                </details>
            }
            .into_any()
        })
    }

    /// Opening hours of the site (a week) or of a device (a week of its own).
    fn hours(&self, value: &Value) -> String {
        let week = match serde_json::from_value(value.clone()) {
            Ok(DeviceHours::Own { week }) => Some(week),
            _ => serde_json::from_value::<Week>(value.clone()).ok(),
        };
        week.map_or_else(|| value.to_string(), |week| week_summary(self.words, &week))
    }

    /// Action with a group: its name, then the group.
    fn action(&self, fields: &serde_json::Map<String, Value>) -> String {
        let parts = fields.iter().flat_map(|(action, group)| {
            let name = field::value_text(self.words, "action", action).to_owned();
            [name, self.value_text(&[], Some(group))]
        });
        let parts = parts.filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(SEPARATOR)
    }

    /// Steps of escalation.
    fn steps(&self, value: &Value) -> String {
        let steps: Vec<EscalationStep> = serde_json::from_value(value.clone()).unwrap_or_default();
        escalation::summary(self.words, &steps)
    }

    /// Opening hours of one weekday, such as `9:00–12:00, 13:00–18:00`.
    fn spans(&self, value: &Value) -> String {
        let spans: Vec<Span> = serde_json::from_value(value.clone()).unwrap_or_default();
        spans_text(self.words, &spans)
    }

    /// Label of an item of the list: that of its change, with all weekdays that changed alike.
    fn item_label(&self, item: &ChangeItem<'_>) -> String {
        let change = item.change;
        if item.days.is_empty() {
            return self.change_label(change);
        }
        let path = &change.field.path[..1];
        let label = self.field_label(&change.field.entity, &change.name, path);
        format!("{label} › {}", days_text(self.words, &item.days))
    }

    /// Text of a record: its name if it has one, else its fields.
    fn record_text(&self, fields: &serde_json::Map<String, Value>) -> String {
        let name = fields.get("name").or_else(|| fields.get("label"));
        if let Some(name) = name {
            let text = serde_json::from_value::<TranslatedText>(name.clone()).ok();
            let lang = self.words.lang.lang();
            return match (name, text) {
                (Value::String(name), _) => name.clone(),
                (_, Some(text)) => text.best(lang).to_owned(),
                _ => String::new(),
            };
        }
        let each = fields.iter().map(|(key, value)| {
            let path = [key.clone()];
            let label = field::labels(self.words, &path).pop();
            let value = self.value_text(&path, Some(value));
            match label {
                Some(label) => format!("{label}: {value}"),
                None => value,
            }
        });
        each.collect::<Vec<_>>().join(SEPARATOR)
    }

    fn room(&self, id: &serde_json::Number) -> String {
        let room = id.as_u64().and_then(|id| RoomId::try_from(id).ok());
        room.map_or_else(|| id.to_string(), |room| self.names.room(room))
    }

    fn host(&self, id: &str) -> String {
        let found = id.parse::<HostId>().ok().and_then(|id| {
            let mut other_hosts = self
                .other_documents
                .iter()
                .flat_map(|document| &document.hosts);
            let in_draft = self.names.has_host(&id);
            let other_name = other_hosts
                .find(|host| host.id == id)
                .map(|host| host.name.clone());
            other_name
                .filter(|_| !in_draft)
                .or_else(|| Some(self.names.host(&id)))
        });
        found.unwrap_or_else(|| id.to_owned())
    }

    fn group(&self, id: &str) -> String {
        let lang = self.words.lang.lang();
        let found = id.parse::<GroupId>().ok().and_then(|id| {
            let mut other_groups = self
                .other_documents
                .iter()
                .flat_map(|document| &document.groups);
            let in_draft = self.names.has_group(&id);
            let other_name = other_groups
                .find(|group| group.id == id)
                .map(|group| group.name.best(lang).to_owned());
            other_name
                .filter(|_| !in_draft)
                .or_else(|| Some(self.names.group(&id)))
        });
        found.unwrap_or_else(|| id.to_owned())
    }

    fn button(&self, id: &str) -> String {
        let lang = self.words.lang.lang();
        let devices = self
            .other_documents
            .iter()
            .flat_map(|document| &document.devices);
        let mut buttons = devices.flat_map(|device| &device.menu);
        let other_label = buttons
            .find(|button| button.id.as_str() == id)
            .map(|button| button.label.best(lang).to_owned());
        let label_in_draft = || id.parse().map(|id| self.names.button(&id)).ok();
        other_label
            .or_else(label_in_draft)
            .unwrap_or_else(|| id.to_owned())
    }

    /// Several changes in one sentence: the first labels, and the number of others.
    pub(crate) fn sentence(&self, changes: &[Change]) -> String {
        const MAX_NAMED_CHANGES: usize = 3;
        let mut labels: Vec<String> = Vec::new();
        let items = grouped::items(changes);
        for item in &items {
            let change = item.change;
            let label = self.item_label(item);
            let added_or_removed = match (&change.before, &change.after) {
                (None, Some(_)) if change.field.path.is_empty() => self.words.changes.added,
                (Some(_), None) if change.field.path.is_empty() => self.words.changes.removed,
                _ => "",
            };
            labels.push(format!("{label} {added_or_removed}").trim_end().to_owned());
            if labels.len() == MAX_NAMED_CHANGES {
                break;
            }
        }
        let more = items.len().saturating_sub(labels.len());
        if more > 0 {
            let count = more.to_string();
            labels.push(fill(self.words.changes.and_more, &[("count", &count)]));
        }
        labels.join(self.words.route_trace.list_separator)
    }
}

/// Number of rows that [`ChangeList`] shows or counts for these changes.
pub(crate) fn row_count(changes: &[Change]) -> usize {
    grouped::items(changes).len()
}

/// True for a path inside opening hours.
fn is_opening_hours(path: &[String]) -> bool {
    path.first().is_some_and(|name| name == "opening_hours")
}

/// The changes as a list: label, before, after.
#[component]
#[allow(clippy::needless_pass_by_value)] // a component owns its props
pub(crate) fn ChangeList(
    /// The changes.
    changes: Vec<Change>,
    /// Texts.
    diff_text: DiffText,
) -> impl IntoView {
    let texts = &diff_text.words.changes;
    let items = grouped::items(&changes);
    let more = items.len().saturating_sub(MAX_LISTED_CHANGES);
    let list_item = |item: &ChangeItem<'_>| {
        let change = item.change;
        let label = diff_text.item_label(item);
        let path = &change.field.path;
        let (before, after) = (change.before.as_ref(), change.after.as_ref());
        let is_entry = path.is_empty() || path.len() == 2 && path[0] == "menu";
        let detail = match (before, after) {
            (None, _) if is_entry => {
                view! { <ins class="change-new">{texts.added}</ins> }.into_any()
            }
            (_, None) if is_entry => {
                view! { <del class="change-old">{texts.removed}</del> }.into_any()
            }
            _ if path.len() == 1 && path[0] == "order" => {
                view! { <span class="muted">{texts.order}</span> }.into_any()
            }
            _ => {
                let (was, is) = (
                    diff_text.value_text(path, before),
                    diff_text.value_text(path, after),
                );
                view! {
                    <del class="change-old">{was}</del>
                    <span aria-hidden="true">" → "</span>
                    <ins class="change-new">{is}</ins>
                    {diff_text.folded_whole(path, before)}
                    {diff_text.folded_whole(path, after)}
                }
                .into_any()
            }
        };
        view! { <li data-change=path.join(".")><span class="change-place">{label}</span> <div class="change-values">{detail}</div></li> }
    };
    let list_items = items
        .iter()
        .take(MAX_LISTED_CHANGES)
        .map(list_item)
        .collect_view();
    let unlisted_count = (more > 0).then(|| {
        view! { <li class="muted">{fill(texts.and_more, &[("count", &more.to_string())])}</li> }
    });
    view! { <ul class="changes">{list_items} {unlisted_count}</ul> }
}
