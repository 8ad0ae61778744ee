//! Changed fields of one record.

use serde_json::Value;

use super::record::{Edit, Record};
use super::{Change, FieldPath, parts};
use crate::model::lang::TranslatedText;

/// Adds the changed fields of a record; a record that was added or removed is one change.
pub(super) fn list_changes<T: Record>(edit: &Edit<T>, changes: &mut Vec<Change>) {
    let Some(record) = edit.after.as_ref().or(edit.before.as_ref()) else {
        return;
    };
    let mut list = ChangeList {
        entity: record.entity(),
        name: record.name(),
        changes,
    };
    let before = edit.before.as_ref().and_then(Record::json);
    let after = edit.after.as_ref().and_then(Record::json);
    if before.is_none() || after.is_none() {
        list.add(Vec::new(), before.as_ref(), after.as_ref());
    } else {
        list.compare(&mut Vec::new(), before.as_ref(), after.as_ref());
    }
}

struct ChangeList<'a> {
    entity: super::Entity,
    name: TranslatedText,
    changes: &'a mut Vec<Change>,
}

impl ChangeList<'_> {
    fn add(&mut self, path: Vec<String>, before: Option<&Value>, after: Option<&Value>) {
        self.changes.push(Change {
            field: FieldPath {
                entity: self.entity.clone(),
                path,
            },
            name: self.name.clone(),
            before: before.cloned(),
            after: after.cloned(),
        });
    }

    /// Adds the differences between two versions of the value at `path`.
    fn compare(&mut self, path: &mut Vec<String>, before: Option<&Value>, after: Option<&Value>) {
        if before == after {
            return;
        }
        if let Some((before, after)) = parts::split_both(path, before, after) {
            for key in parts::all_keys(&[&before, &after]) {
                path.push(key.to_owned());
                let (old, new) = (before.get(key), after.get(key));
                let is_added_or_removed = old.is_none() || new.is_none();
                let is_list_entry = old.or(new).is_some_and(|value| value.get("id").is_some());
                if is_added_or_removed && is_list_entry {
                    // One change for the whole entry, instead of one for each of its fields.
                    self.add(path.clone(), old, new);
                } else {
                    self.compare(path, old, new);
                }
                path.pop();
            }
            let old_order = parts::common_ids_in_order(&before, &after);
            let new_order = parts::common_ids_in_order(&after, &before);
            if old_order != new_order {
                self.add(
                    path.clone(),
                    Some(&old_order.into()),
                    Some(&new_order.into()),
                );
            }
            return;
        }
        self.add(path.clone(), before, after);
    }
}
