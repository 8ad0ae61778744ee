//! Texts for the differences between settings documents: for saved versions, merged changes and undone steps.

mod change_list;
mod field;
mod field_kind;
mod grouped;
mod record_name;
mod shortened;
mod value;

use std::sync::Arc;

use serde_json::Value;
use yobirin_domain::diff::{Change, Entity, SitePage};
use yobirin_domain::model::lang::TranslatedText;
use yobirin_domain::model::settings::SettingsDocument;

use crate::i18n::fill;
use crate::i18n::setup::Words;

use super::display_names::DisplayNames;
use super::hours::days_text;
use crate::setup::nav::words;
use field_kind::split_button;
use grouped::ChangeItem;
use value::ValueWriter;

pub(crate) use change_list::ChangeList;
pub(crate) use field::labels as field_labels;

/// Texts for changes. Names of deleted entries come from other documents.
#[derive(Clone)]
pub(crate) struct DiffText {
    words: &'static Words,
    names: DisplayNames,
    other_documents: Vec<Arc<SettingsDocument>>,
}

impl DiffText {
    /// Texts whose names come from the draft, and for entries that it lacks from these documents.
    pub(crate) fn with_documents(others: Vec<Arc<SettingsDocument>>) -> Self {
        Self {
            words: words(),
            names: DisplayNames::from_context(),
            other_documents: others,
        }
    }

    /// Texts whose names come from the draft alone.
    pub(crate) fn from_context() -> Self {
        Self::with_documents(Vec::new())
    }

    /// Entry and field of a change, such as “Host 佐藤 花 › furigana” (担当者「佐藤 花」 › ふりがな). Fields of the site
    /// have the page that edits them as their entry.
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
        let texts = &self.words.settings_diff;
        let name = name.best(self.words.language());
        let name = if name.trim().is_empty() {
            self.words.names.unnamed
        } else {
            name
        };
        let entry = match entity {
            Entity::Site => return site_labels(self.words, path).join(" › "),
            Entity::Host(_) => fill(texts.host, &[("name", name)]),
            Entity::Group(_) => fill(texts.group, &[("name", name)]),
            Entity::Device(_) => fill(texts.device, &[("name", name)]),
        };
        let mut parts = vec![entry];
        let (button, field_path) = split_button(path);
        if let Some(id) = button {
            let label = id.parse().map(|id| self.button(&id));
            let label = label.unwrap_or_else(|_| id.to_owned());
            parts.push(fill(texts.button, &[("name", &label)]));
        }
        parts.extend(field::labels(self.words, field_path));
        parts.join(" › ")
    }

    /// Value of the field `path` as an admin reads it, shortened; for an absent value the meaning of its default.
    pub(crate) fn value_text(&self, path: &[String], value: Option<&Value>) -> String {
        match value {
            Some(value) => self.with_writer(|writer| writer.short_text(path, value)),
            None => field::missing_value_text(self.words, path).to_owned(),
        }
    }

    /// The whole value; `None` when [`Self::value_text`] does not shorten it.
    fn whole_if_shortened(&self, path: &[String], value: Option<&Value>) -> Option<String> {
        let value = value?;
        self.with_writer(|writer| {
            let whole = writer.text(path, value);
            (whole != writer.short_text(path, value)).then_some(whole)
        })
    }

    fn with_writer<T>(&self, write: impl FnOnce(&ValueWriter<'_>) -> T) -> T {
        write(&ValueWriter {
            words: self.words,
            name_of: &|kind, id| self.name_of(kind, id),
        })
    }

    /// Label of an item of the list: the label of its change; for opening hours, the field and the weekdays that
    /// changed alike.
    fn item_label(&self, item: &ChangeItem<'_>) -> String {
        let change = item.change;
        if item.days.is_empty() {
            return self.change_label(change);
        }
        let path = change.field.path.get(..1).unwrap_or_default();
        let label = self.field_label(&change.field.entity, &change.name, path);
        format!("{label} › {}", days_text(self.words, &item.days))
    }

    /// Several changes in one sentence: the first labels, and the number of others.
    pub(crate) fn sentence(&self, changes: &[Change]) -> String {
        const MAX_NAMED_CHANGES: usize = 3;
        let mut labels: Vec<String> = Vec::new();
        let items = grouped::items(changes);
        for item in &items {
            let change = item.change;
            let label = self.item_label(item);
            let is_entry = change.field.path.is_empty();
            labels.push(match (&change.before, &change.after) {
                (None, Some(_)) if is_entry => {
                    format!("{label} {}", self.words.settings_diff.added)
                }
                (Some(_), None) if is_entry => {
                    format!("{label} {}", self.words.settings_diff.removed)
                }
                _ => label,
            });
            if labels.len() == MAX_NAMED_CHANGES {
                break;
            }
        }
        let unnamed = items.len().saturating_sub(labels.len());
        if unnamed > 0 {
            let count = unnamed.to_string();
            labels.push(fill(
                self.words.settings_diff.and_more,
                &[("count", &count)],
            ));
        }
        labels.join(self.words.names.list_separator)
    }
}

/// Name of the page that edits a field of the site, and the labels of the field.
fn site_labels(words: &Words, path: &[String]) -> Vec<String> {
    let (page, pages) = (SitePage::of(path), &words.layout);
    let page_name = match page {
        SitePage::Office => pages.site,
        SitePage::Chatwork => pages.chatwork,
        SitePage::Answers => pages.answers,
        SitePage::PurposeNotice => pages.purpose_notice,
        SitePage::Alarms => pages.alarms,
        SitePage::Retention => pages.retention,
    };
    let labels = field::labels(words, path).into_iter();
    // The first label would repeat the page's name.
    let labels = labels.skip(usize::from(page.is_one_field()));
    std::iter::once(page_name.to_owned())
        .chain(labels)
        .collect()
}

/// Number of rows that [`ChangeList`] shows or counts for these changes.
pub(crate) fn row_count(changes: &[Change]) -> usize {
    grouped::items(changes).len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::setup::SetupLang;

    #[test]
    fn a_field_of_the_site_is_named_after_the_page_that_edits_it() {
        for (path, label) in [
            ("accent", "オフィス › アクセントカラー"),
            ("default_room", "Chatwork › acallルーム（共通ルーム）"),
            ("escalation", "応答と再通知 › 再通知"),
            ("purpose_notice.texts.ko", "利用目的の表示 › 文面 › 韓国語"),
            ("alarms.room", "異常のお知らせ › ルーム"),
            ("retention", "保存期間"),
            ("", "オフィス"),
        ] {
            let parts = path.split('.').filter(|part| !part.is_empty());
            let path: Vec<String> = parts.map(str::to_owned).collect();
            let labels = site_labels(SetupLang::Ja.words(), &path);
            assert_eq!(labels.join(" › "), label);
        }
    }
}
